"""The facts: one module per thing, gathered here so that Django finds them."""

from cases.models.action import SafetyAction
from cases.models.case import Case, Connection, Incident, StoredDefinition
from cases.models.comment import AnswerVerdict, Comment, CommentAnswer
from cases.models.emergency import EmergencySight
from cases.models.evaluation import Evaluation
from cases.models.experience import Experience, ExperienceRound
from cases.models.group import Attendance, GroupSeat, Meeting, MeetingMove, SafetyGroup
from cases.models.hold import Hold
from cases.models.matter import Matter, MatterWord
from cases.models.measure import Measure
from cases.models.organisation import Organisation
from cases.models.paper import Paper, PaperVersion
from cases.models.payment import Claim, ClaimLine, ClaimWord, PaymentTerms
from cases.models.person import Appointment, Confidentiality, Person, TrainingRecord
from cases.models.position import Lapse, Position, Reminder
from cases.models.profile import Profile
from cases.models.retention import Departure, Disposal, LegalHold, Objection, RetentionRule
from cases.models.seat import Declaration, Seat
from cases.models.signal_note import SignalNote
from cases.models.term import Term
from cases.models.training import Requirement, RequirementSet, TrainingItem
from cases.models.twokeys import Proposal, Waiver
from cases.models.typed_answer import TypedAnswer, TypedWord
from cases.models.unclear import Unclear
from cases.models.visit import Visit
from cases.models.withholding import CaldicottDecision, Challenge, LayRendition, Withholding

__all__ = [
    "AnswerVerdict",
    "Appointment",
    "Attendance",
    "CaldicottDecision",
    "Case",
    "Challenge",
    "Claim",
    "ClaimLine",
    "ClaimWord",
    "Comment",
    "CommentAnswer",
    "Confidentiality",
    "Connection",
    "Declaration",
    "Departure",
    "Disposal",
    "EmergencySight",
    "Evaluation",
    "Experience",
    "ExperienceRound",
    "GroupSeat",
    "Hold",
    "Incident",
    "Lapse",
    "LayRendition",
    "LegalHold",
    "Matter",
    "MatterWord",
    "Measure",
    "Meeting",
    "MeetingMove",
    "Objection",
    "Organisation",
    "Paper",
    "PaperVersion",
    "PaymentTerms",
    "Person",
    "Position",
    "Profile",
    "Proposal",
    "Reminder",
    "Requirement",
    "RequirementSet",
    "RetentionRule",
    "SafetyAction",
    "SafetyGroup",
    "Seat",
    "SignalNote",
    "StoredDefinition",
    "Term",
    "TrainingItem",
    "TrainingRecord",
    "TypedAnswer",
    "TypedWord",
    "Unclear",
    "Visit",
    "Waiver",
    "Withholding",
]
