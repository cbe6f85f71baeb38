"""The kinds of act and how each is told: one row per kind, a code that is stored and a sentence in plain English.

A sentence may name {actor} and any key of the event's facts. Codes are stored data: add, never rename.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Protocol

from audit.days import day_as_told


@dataclass(frozen=True)
class Kind:
    """A kind of act: the code in the ledger and the sentence that a timeline shows for it."""

    code: str
    sentence: str


class UnknownKind(LookupError):
    """An act of a kind that nobody registered. It is refused rather than recorded without words."""

    def __init__(self, code: str) -> None:
        super().__init__(f"There is no kind of act called {code!r}. Register it with audit.kinds.register(Kind(...)).")


class Told(Protocol):
    """What can be told: an event of the ledger, or anything with the same three attributes."""

    @property
    def kind(self) -> str: ...
    @property
    def person_name(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


kinds: dict[str, Kind] = {}


def register(*added: Kind) -> None:
    """Add kinds of act, for instance from the `ready()` of an app that plugs in. Raises ValueError for a code in use."""
    for kind in added:
        if kinds.setdefault(kind.code, kind) != kind:
            raise ValueError(f"The kind of act {kind.code!r} already has another sentence.")


def kind_called(code: str) -> Kind:
    """Return the kind. Raises UnknownKind."""
    try:
        return kinds[code]
    except KeyError:
        raise UnknownKind(code) from None


def tell(event: Told) -> str:
    """Say in plain English what happened. Never raises for facts that are missing: a record must always be readable."""
    kind = kinds.get(event.kind)
    sentence = kind.sentence if kind else "{actor} did something recorded as “{unknown_kind}”"
    told = _Wording().vformat(sentence, (), {**event.facts, "actor": event.person_name, "unknown_kind": event.kind})
    return " ".join([_full_stop(told), *_moves(event.facts.get("moves"))])


# What else may stand for a fact that an act of that kind does not always have: a position may be on a safety action.
_INSTEAD = {"paper": ("action", "stage_title"), "stage_title": ("stage",), "outcome_title": ("outcome",)}
_UNSAID = {
    "actor": "someone",
    "given": "without signing in",
    "way": "a way that was not noted",
    "typed_by": "somebody",
    "person": "someone",
    "paper": "a paper",
    "role": "a role",
    "stage_title": "a stage",
    "version": "a version",
    "action": "its wording was not noted",
    "answer": "nothing was noted",
    "outcome": "nothing was noted",
    "outcome_title": "nothing was noted",
}


class _Wording(Formatter):
    """Fills a sentence from facts that may be missing, empty or of any shape."""

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        found = (kwargs.get(name) for name in (field_name, *_INSTEAD.get(field_name, ())))
        value = next((value for value in found if value not in (None, "", [], {})), None)
        return (_UNSAID.get(field_name, "something") if value is None else value), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if not isinstance(value, list | tuple):
            return day_as_told(str(value))
        items = [str(item) for item in value]
        return (" " if all(item.endswith(".") for item in items) else ", ").join(items)


def _full_stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."


def _moves(moves: Any) -> Iterable[str]:
    for move in moves if isinstance(moves, list) else []:
        if isinstance(move, Mapping):
            came, went = (
                move.get("from_title") or "one stage",
                move.get("to_title") or "another",
            )
            yield f"The case moved from {came} to {went}."


register(
    # The case and its stages.
    Kind("case_opened", "{actor} opened the case {reference}"),
    Kind("submitted", "{actor} submitted their part of “{stage_title}”"),
    Kind("position_taken", "{actor} said what they think of {paper}: {answer}"),
    Kind("answer_typed_in", "{actor} typed in what {person} said {given}. It counts for nothing until {person} confirms it"),
    Kind(
        "typed_answer_confirmed",
        "{actor} confirmed by {way} what they had said {given}, typed in by {typed_by}, of {paper}: {answer}",
    ),
    Kind("typed_answer_denied", "{actor} said of what {typed_by} had typed in for them: that is not what I said"),
    Kind("typed_answer_taken_back", "{actor} took back what {typed_by} had typed in for {person}"),
    Kind("signed_form_filed", "{actor} filed the form by which {person} confirms what was typed in ({reference})"),
    Kind(
        "signed_form_witnessed",
        "{actor} witnessed the form signed by {person}, who thereby said {given}, typed in by {typed_by}, of {paper}: {answer}",
    ),
    Kind("decided", "{actor} decided “{stage_title}”: {outcome_title}"),
    Kind("case_withdrawal_asked", "{actor} asked for the case to be withdrawn"),
    Kind(
        "case_withdrawn",
        "{actor} agreed, as the second person, that the case is withdrawn",
    ),
    Kind("lapsed", "{actor} recorded that {person} did not answer in time"),
    Kind("reminded", "{actor} reminded {person} that their answer is awaited"),
    Kind("facts_recorded", "{actor} recorded: {what}"),
    # What the clock does.
    Kind("answer_due", "{what} is due on {due}. Reminded: {people}"),
    Kind("escalated", "{what} was due on {due} and is late. Told: {people}"),
    Kind("waiver_expired", "The waiver of rule {rule} ran out on {until}"),
    Kind("offer_overdue", "{person} has not answered the offer of a seat as {role}. Told: {people}"),
    Kind("sight_over", "{person} no longer sees the case, because training ran out on {until}. Asked what follows: {people}"),
    Kind("training_warned", "{training} of {person} runs out on {until}. Told: {people}"),
    Kind("end_warned", "The {what} of {person} runs out on {until}. Told: {people}"),
    Kind("sight_ended", "{person} no longer sees the case, because their {what} ran out on {until}. Asked what follows: {people}"),
    Kind("settled", "“{stage_title}” was settled: {outcome_title}"),
    Kind("expired", "The clock ended “{stage_title}”"),
    Kind("refused", "{actor} was refused: {reasons}"),
    Kind("route_rebuilt", "{actor} had the open tasks of the case worked out again"),
    # Seats and membership.
    Kind("seat_offered", "{actor} offered {person} a seat as {role}"),
    Kind("sight_renewed", "{person} sees the case for as long as what was renewed now lasts ({role})"),
    Kind("offices_filled", "{actor} brought the seats that go with an office up to date: {changes}"),
    Kind("seat_accepted", "{actor} accepted a seat as {role}"),
    Kind("seat_declined", "{actor} declined a seat as {role}"),
    Kind("offer_withdrawn", "{actor} withdrew the offer of a seat to {person}"),
    Kind("interests_declared", "{actor} declared their interests: {conflict}"),
    Kind("recused", "{actor} stood aside because of a conflict of interest"),
    Kind("stepped_down", "{actor} stepped down from their seat as {role}"),
    Kind("stand_in_asked", "{actor} asked {person} to stand in for them as {role}, from {from_day} until {until}"),
    Kind("returned_to_seat", "{actor} took their seat back from {person}, who was to stand in"),
    Kind("stand_in_over", "{person} no longer stands in for {whose}, because the time is over"),
    Kind("seat_end_asked", "{actor} asked for the seat of {person} to be ended"),
    Kind(
        "seat_ended",
        "{actor} agreed, as the second person, that the seat of {person} ends",
    ),
    Kind(
        "membership_change_asked",
        "{actor} asked for a change to the membership of {person}: {kind}",
    ),
    Kind(
        "membership_changed",
        "{actor} agreed, as the second person, a change to the membership of {person}: {kind}",
    ),
    Kind(
        "second_person_refused",
        "{actor}, asked as the second person, did not agree: {kind}",
    ),
    Kind("waiver_asked", "{actor} asked for a waiver of rule {rule}"),
    Kind("waived", "{actor} agreed, as the second person, a waiver of rule {rule}"),
    Kind("waiver_ended", "{actor} ended the waiver of rule {rule}"),
    # Sight in an emergency.
    Kind("emergency_asked", "{actor} asked to see this case in an emergency. Told: {people}"),
    Kind("emergency_agreed", "{actor} agreed that {person} sees this case in an emergency, until {until}"),
    Kind("emergency_refused", "{actor} did not agree that {person} sees this case in an emergency"),
    Kind("emergency_ended", "{actor} ended early that {person} sees this case in an emergency"),
    # Papers and what is said about them.
    Kind("paper_uploaded", "{actor} uploaded version {version} of {paper}"),
    Kind("paper_released", "{actor} released version {version} of {paper}"),
    Kind("paper_given_to_staff", "{actor} gave staff version {version} of {paper}"),
    Kind("lay_rendition_uploaded", "{actor} uploaded what lay partners read of {paper}, version {version}"),
    Kind("part_withheld", "{actor} decided to hold something back from lay partners until {until}: {what} ({category})"),
    Kind("withholding_challenged", "{actor} challenged that something is held back: {what}. An answer is due by {due}"),
    Kind("challenge_answered", "{actor} answered {person}, who had challenged that something is held back: {outcome}"),
    Kind("withholding_ended", "{actor} ended the holding back of: {what}"),
    Kind("withholding_prolonged", "{actor} decided again to hold something back from lay partners, until {until}: {what}"),
    Kind("caldicott_asked", "{actor} asked the Caldicott Guardian about {paper}, version {version}"),
    Kind("caldicott_decided", "{actor} decided as Caldicott Guardian on {paper}, version {version}: {outcome}"),
    Kind("paper_read", "{actor} opened {paper}, version {version}"),
    Kind("paper_unclear", "{actor} cannot follow {paper}, version {version}"),
    Kind("unclear_taken_back", "{actor} can follow {paper}, version {version}, after all"),
    Kind("summary_mended", "{actor} wrote the summary of {paper}, version {version}, again"),
    Kind("comment_made", "{actor} commented on {paper}"),
    Kind("comment_answered", "{actor} answered a comment by {person}: {outcome}"),
    Kind("answer_satisfies", "{actor} said that the answer by {person} answers their comment"),
    Kind("answer_does_not_satisfy", "{actor} said that the answer by {person} does not answer their comment: {asks}"),
    # Safety actions.
    Kind("action_drafted", "{actor} drafted a safety action: {action}"),
    Kind("action_changed", "{actor} changed a safety action: {action}"),
    Kind("action_evidenced", "{actor} added evidence to a safety action: {action}"),
    # Holds, measures and evaluations.
    Kind("hold_placed", "{actor} stopped the work until they are answered, by {due}: {what}"),
    Kind("hold_answered", "{actor} answered {person}, who had stopped the work: {answer}"),
    Kind("hold_taken_back", "{actor} took back what had stopped the work: {what}"),
    Kind("measure_proposed", "{actor} proposed a measure: {measure}"),
    Kind("measure_changed", "{actor} wrote a measure anew: {measure}"),
    Kind("baseline_recorded", "{actor} wrote down what a measure was before any change: {measure}"),
    Kind("measure_endorsed", "{actor} said that a measure matters to patients: {measure}"),
    Kind("measure_dropped", "{actor} dropped a measure: {measure}"),
    Kind("evaluation_offered", "{actor} asked {person} what it was like to be involved"),
    Kind("evaluation_answered", "{actor} said what it was like to be involved"),
    # Training.
    Kind("item_offered", "{actor} offered {person} the training “{training}”"),
    Kind("adjustment_asked", "{actor} said what they need to take part in “{training}”"),
    Kind("adjustment_met", "{actor} wrote down how the needs of {person} are met in “{training}”"),
    Kind("item_booked", "{actor} booked the training “{training}” for {person} on {day}"),
    Kind("item_completed", "{actor} handed in evidence of the training “{training}” of {person}"),
    Kind("item_checked", "{actor} checked the evidence of the training “{training}” of {person}: {outcome}"),
    Kind("training_asked_for", "{actor} asked for more training: {training}"),
    Kind("training_waiver_asked", "{actor} asked that {person} need not have the training “{training}” until {until}"),
    Kind(
        "training_waived",
        "{actor} agreed, as the second person, that {person} need not have the training “{training}” until {until}",
    ),
    Kind("requirement_set_recorded", "{actor} wrote down what training is required: {requirement_set}"),
    Kind("requirement_set_agreed", "{actor} agreed, as the second person, what training is required: {requirement_set}"),
    Kind("requirement_set_refused", "{actor} did not agree what training is required: {requirement_set}"),
    # People and organisations.
    Kind("person_recorded", "{actor} recorded the person {person}"),
    Kind("appointed", "{actor} appointed {person} as {role}"),
    Kind("appointment_ended", "{actor} ended the appointment of {person} as {role}"),
    Kind("training_recorded", "{actor} recorded training of {person}: {training}"),
    Kind("confidentiality_signed", "{person} signed the confidentiality agreement"),
    Kind("organisation_recorded", "{actor} recorded the organisation {organisation}"),
    Kind("incident_recorded", "{actor} recorded the incident {incident}"),
    # Payment: that something was claimed, never what for or how much (IG10).
    Kind("payment_terms_recorded", "{actor} wrote down what partners are paid: version {version}, from {starts_on}"),
    Kind("claim_made", "{actor} made a claim for their time or expenses: claim {claim}"),
    Kind("claim_questioned", "{actor} asked {person} about claim {claim}"),
    Kind("claim_answered", "{actor} answered about claim {claim}"),
    Kind("claim_approved", "{actor} approved claim {claim} of {person}"),
    Kind("claim_declined", "{actor} declined claim {claim} of {person}"),
    Kind("claim_paid", "{actor} recorded that claim {claim} of {person} is paid"),
    Kind("claim_taken_back", "{actor} took back claim {claim}"),
    Kind("claim_late", "Claim {claim} was to be paid by {due} and is late. Told: {people}"),
    # What partners raise: a concern, an item for the board.
    Kind("matter_raised", "{actor} raised {matter}, to be answered by {due}"),
    Kind("matter_answered", "{actor} answered {matter} of {person}"),
    Kind("matter_settled", "{actor} said that {matter} is settled"),
    Kind("matter_not_settled", "{actor} said that the answer does not answer {matter}: it goes further up, by {due}"),
    Kind("matter_taken_back", "{actor} took back {matter}"),
    Kind("matter_shared", "{actor} let the group read {matter}"),
    Kind("matter_withheld", "{actor} withheld a part of {matter} of {person} from the page that everybody reads"),
    Kind("matter_late", "{matter} of {person} was to be answered by {due} and is late. Told: {people}"),
    # The words that an organisation explains.
    Kind("term_recorded", "{actor} wrote down what “{term}” means"),
    Kind("term_asked_for", "{actor} asked what “{term}” means"),
    Kind("term_retired", "{actor} took “{term}” out of the words we use"),
    Kind("term_declined", "{actor} did not add “{term}” to the words we use"),
    # Messages that left the application.
    Kind("telling_asked", "The coordinators were asked to tell {person} by {channel}: {count} to pass on"),
    Kind("told", "{person} was told by {channel} that something is waiting: {count}"),
    Kind("mail_chosen", "{actor} chose how often {person} is sent e-mail: {choice}"),
    # Reading and signing in.
    Kind("signed_in", "{actor} signed in"),
)
