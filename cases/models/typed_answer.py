"""An answer that a partner gave by telephone or letter and somebody typed in: no position until the partner confirms it (R2)."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef

from audit.history import History, InsertOnly
from cases.models.action import SafetyAction
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.paper import PaperVersion
from cases.models.person import Person
from cases.models.seat import Seat
from cases.models.visit import Visit


class TypedAnswer(FactModel):
    """What one partner said of one stage, in one visit, on one exact version (R4). It counts for nothing by itself.

    `mark` is the digest of the link's token, which is stored nowhere; `sent_to` the address that the link goes to, empty
    where the partner confirms by a form that they sign. `confirm_by` is the last day on which they can (included).
    """

    class Given(models.TextChoices):
        PHONE = "phone", "by telephone"
        LETTER = "letter", "in a letter"
        IN_PERSON = "in_person", "in person"

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for the partner to confirm it"
        FILED = "filed", "The signed form is filed and waits for a witness"
        CONFIRMED = "confirmed", "Confirmed"
        VOID = "void", "Does not count"

    class Way(models.TextChoices):
        LINK = "link", "a link"
        SIGNED_IN = "signed_in", "signing in"
        FORM = "form", "a signed form"

    case = models.ForeignKey(Case, models.PROTECT, related_name="typed_answers")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="typed_answers")
    version = models.ForeignKey(PaperVersion, models.PROTECT, null=True, blank=True, related_name="+")
    enough_time = models.BooleanField(default=False, help_text="Agrees that the decision need not wait for the notice (R5).")
    given = models.CharField(max_length=10, choices=Given)
    given_on = models.DateField()
    typed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    typed_at = models.DateTimeField()
    confirm_by = models.DateField()
    sent_to = models.EmailField(blank=True)
    mark = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    form_reference = models.CharField(max_length=200, blank=True, help_text="Where the signed paper is kept.")
    form_signed_on = models.DateField(null=True, blank=True)
    filed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(max_length=10, choices=Way, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    witness = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    voided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.TextField(blank=True)

    history = History()

    class Meta:
        indexes = [models.Index(fields=("seat", "state"), name="typed_answer_by_seat")]

    def __str__(self) -> str:
        return f"typed in for {self.seat_id}"

    OPEN = (State.WAITING, State.FILED)

    @property
    def is_open(self) -> bool:
        """True while it can still be confirmed, if time and text allow it."""
        return self.state in self.OPEN


def spoken_for(seat: str) -> Exists:
    """Whether something was typed in for a seat and is open; `seat` is the path to its key."""
    return Exists(TypedAnswer.objects.filter(seat=OuterRef(seat), state__in=TypedAnswer.OPEN))


class TypedWord(InsertOnly, FactModel):
    """One answer within it: on the stage as a whole, or on one item where the stage asks about each."""

    typed = models.ForeignKey(TypedAnswer, models.PROTECT, related_name="words")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    item = models.ForeignKey(SafetyAction, models.PROTECT, null=True, blank=True, related_name="+")
    item_revision = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=40)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.answer
