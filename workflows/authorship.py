"""Was each fact written by an act that may write it, and each word said by the person whose it is? Reads the ledger.

The ledger shows that nothing was altered afterwards. This shows what somebody wrote through no door at all, in an act
of their own making: a position that no partner took, a seat that no two people ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import F

from audit.findings import Finding, Forgery
from audit.models import Event
from audit.rows import label
from cases.models import (
    AnswerVerdict,
    CaldicottDecision,
    Challenge,
    Comment,
    CommentAnswer,
    Declaration,
    EmergencySight,
    Evaluation,
    Hold,
    Lapse,
    Measure,
    Position,
    Reminder,
    Seat,
    TypedAnswer,
    TypedWord,
    Waiver,
    Withholding,
)
from permissions.scope import TELL_AN_ANSWER
from workflows.look import Look

ANSWERS = set(TELL_AN_ANSWER)
WITNESSED = "signed_form_witnessed"
SEATS = {
    "case_opened", "seat_offered", "seat_accepted", "seat_declined", "interests_declared", "recused", "stepped_down",
    "offer_withdrawn", "stand_in_asked", "returned_to_seat", "stand_in_over", "seat_ended", "membership_changed", "offices_filled",
}  # fmt: skip
WRITERS = {
    label(Position): ANSWERS,
    label(Lapse): {"lapsed"},
    label(Reminder): {"reminded"},
    label(Declaration): {"interests_declared", "recused"},
    label(Comment): {"comment_made", "answer_does_not_satisfy"} | ANSWERS,
    label(CommentAnswer): {"comment_answered"},
    label(AnswerVerdict): {"answer_satisfies", "answer_does_not_satisfy"},
    label(Waiver.history.model): {"waived", "training_waived", "waiver_ended"},
    label(Seat.history.model): SEATS,
    label(EmergencySight.history.model): {"emergency_asked", "emergency_agreed", "emergency_refused", "emergency_ended"},
    label(Hold.history.model): {"hold_placed", "hold_answered", "hold_taken_back"},
    label(Measure.history.model): {
        "measure_proposed",
        "measure_changed",
        "baseline_recorded",
        "measure_endorsed",
        "measure_dropped",
    },
    label(TypedAnswer.history.model): {
        "answer_typed_in",
        "typed_answer_confirmed",
        "typed_answer_denied",
        "typed_answer_taken_back",
        "signed_form_filed",
        WITNESSED,
    },
    label(TypedWord): {"answer_typed_in"},
    label(Evaluation.history.model): {"evaluation_offered", "evaluation_answered"},
    label(Withholding.history.model): {
        "paper_uploaded",
        "part_withheld",
        "challenge_answered",
        "withholding_ended",
        "withholding_prolonged",
    },
    label(Challenge.history.model): {"withholding_challenged", "challenge_answered"},
    label(CaldicottDecision.history.model): {"caldicott_asked", "caldicott_decided"},
}
"""Which kinds of event write which table: those of the doors that own the fact, and no others."""

SPOKEN = (Position, Declaration, Comment, AnswerVerdict)
SPEAK_FOR_THEMSELVES = {label(model) for model in SPOKEN}
"""Tables whose rows are somebody's own word: only the person in the seat adds one (R2)."""


class Words:
    """What the ledger says was written on some cases, and who spoke in it: each kind read once, when first asked for."""

    def __init__(self, cases: Iterable[UUID]) -> None:
        self._cases = list(cases)

    @cached_property
    def written(self) -> dict[UUID, list[_Written]]:
        """By case, its events in order."""
        found: dict[UUID, list[_Written]] = defaultdict(list)
        events = Event.objects.filter(case_id__in=self._cases).order_by("case_id", "seq")
        for case, *event in events.values_list("case_id", "kind", "person_id", "rows"):
            found[case].append(_Written(*event))
        return found

    @cached_property
    def seats(self) -> dict[UUID, dict[tuple[str, str], UUID]]:
        """By case, and by table and key, the seat from which each word was said."""
        found: dict[UUID, dict[tuple[str, str], UUID]] = defaultdict(dict)
        for model in SPOKEN:
            for case, row, seat in model.objects.filter(case__in=self._cases).values_list("case_id", "pk", "seat_id"):
                found[case][label(model), str(row)] = seat
        return found

    @cached_property
    def signed(self) -> dict[UUID, dict[str, UUID]]:
        """By case, and by key of a position that rests on a signed form, and of the words that came with it, the witness:
        where that is neither the typist nor whoever filed it."""
        rows = Position.objects.filter(case__in=self._cases, typed__way=TypedAnswer.Way.FORM, typed__form_signed_on__isnull=False)
        second = rows.exclude(typed__witness=F("typed__typed_by")).exclude(typed__witness=F("typed__filed_by"))
        found: dict[UUID, dict[str, UUID]] = defaultdict(dict)
        for case, witness, *keys in second.values_list("case_id", "typed__witness", "pk", "comment"):
            found[case] |= {str(key): witness for key in keys if key and witness}
        return found


class _Written(NamedTuple):
    """One event: its kind, whose act it was, and the rows that it says it wrote."""

    kind: str
    person: UUID | None
    rows: list[tuple[str, str, str]]


def authorship(look: Look, words: Words | None = None) -> Iterator[Finding]:
    """Every row of the case that was not written by the act that may, or was said by somebody else.

    `words`: what was read of many cases, this one among them; else it is read here, with six statements.
    """
    case = look.case.pk
    words = words or Words([case])
    people = {seat.pk: seat.person_id for seat in look.seats}
    signed = words.signed[case]
    speakers = {word: people[seat] for word, seat in words.seats[case].items() if seat in people}
    for event in words.written[case]:
        for table, key, _digest in event.rows:
            if table in WRITERS and event.kind not in WRITERS[table]:
                what = f"it was written by an act of the kind {event.kind!r}, which does not write such rows"
                yield Finding(table, key, what, Forgery.WRONG_AUTHOR)
            if event.kind == WITNESSED and table in (label(Position), label(Comment)):
                if event.person is None or event.person != signed.get(key):
                    what = "no form that the partner signed was filed by one person and witnessed by another (R2)"
                    yield Finding(table, key, what, Forgery.WRONG_AUTHOR)
            elif table in SPEAK_FOR_THEMSELVES and event.person != speakers.get((table, key)):
                yield Finding(table, key, "it was not said by the person whose seat it speaks for (R2)", Forgery.WRONG_AUTHOR)
