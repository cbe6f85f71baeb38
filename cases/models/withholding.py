"""What lay partners read of a paper, and what is held back from them: by whom, why, until when, and how they object (R6, IG5)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.paper import Paper, PaperVersion, stored_under
from cases.models.person import Person
from cases.models.seat import Seat


class LayRendition(FactModel):
    """The file that lay partners read instead of the one that staff read: the same text without what is held back (IG4)."""

    version = models.OneToOneField(PaperVersion, models.PROTECT, related_name="lay_rendition")
    file = models.FileField(upload_to=stored_under, max_length=200)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes")
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    history = History(along=("version",))

    def __str__(self) -> str:
        return f"what lay partners read of {self.version_id}"


class Withholding(FactModel):
    """Something that staff read and lay partners do not: a part of one version, or a whole paper (`version` empty).

    Lay partners see that it is there, its category, the reason, who decided and until when (IG5).
    """

    class Category(models.TextChoices):
        PATIENT = "patient", "It points to a patient or a family"
        STAFF = "staff", "It points to a member of staff"
        THIRD = "third", "It was told in confidence by somebody else"
        LEGAL = "legal", "It is legal advice, or belongs to a court or an inquest"
        PROTECTED = "protected", "It is protected by law, as material of the national investigation body"

    case = models.ForeignKey(Case, models.PROTECT, related_name="withholdings")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="withholdings")
    version = models.ForeignKey(PaperVersion, models.PROTECT, null=True, blank=True, related_name="withholdings")
    what = models.CharField(max_length=200, help_text="What is held back, in words that give nothing of it away.")
    category = models.CharField(max_length=20, choices=Category)
    reason = models.TextField()
    until = models.DateField(help_text="The day by which it ends, or is decided again.")
    decided_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    history = History()

    class Meta:
        indexes = [models.Index(fields=("case", "decided_at"), name="withholding_by_case")]
        constraints = [
            models.CheckConstraint(
                name="withholding_ends_with_person",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True) | Q(ended_at__isnull=False, ended_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def in_force(self) -> bool:
        return self.ended_at is None

    @property
    def is_whole(self) -> bool:
        """True where lay partners see nothing of the paper."""
        return self.version_id is None


class Challenge(FactModel):
    """A lay partner objects to something being held back; somebody who did not decide it answers."""

    class Outcome(models.TextChoices):
        ENDED = "ended", "It is no longer held back"
        UPHELD = "upheld", "It stays held back"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    withholding = models.ForeignKey(Withholding, models.PROTECT, related_name="challenges")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    due_on = models.DateField(help_text="The day by which it is answered (working days of the organisation).")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("withholding", "seat"), name="one_open_challenge_a_seat", condition=Q(answered_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.reason[:80]

    @property
    def waits(self) -> bool:
        return self.answered_at is None


class CaldicottDecision(FactModel):
    """Whether lay partners may read a version that points to somebody: asked by its author, decided by the guardian (IG2)."""

    class Outcome(models.TextChoices):
        ALLOWED = "allowed", "They may read it as it is"
        REFUSED = "refused", "They may not read it as it is"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    version = models.OneToOneField(PaperVersion, models.PROTECT, related_name="caldicott")
    asked_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    why = models.TextField(help_text="Why lay partners need it as it is.")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    history = History()

    def __str__(self) -> str:
        return self.get_outcome_display() or "asked"

    @property
    def allows(self) -> bool:
        return self.outcome == self.Outcome.ALLOWED
