"""Was each fact written by an act that may write it, and each word said by the person whose it is? Reads the ledger.

The ledger shows that nothing was altered afterwards. This shows what somebody wrote through no door at all, in an act
of their own making: a position that no partner took, a seat that no two people ended.
"""

from __future__ import annotations

from collections.abc import Iterator
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


def authorship(look: Look) -> Iterator[Finding]:
    """Every row of the case that was not written by the act that may, or was said by somebody else."""
    speakers, signed = _speakers(look), _signed(look)
    for event in Event.objects.filter(case_id=look.case.pk).order_by("seq"):
        for table, key, _digest in event.rows:
            if table in WRITERS and event.kind not in WRITERS[table]:
                what = f"it was written by an act of the kind {event.kind!r}, which does not write such rows"
                yield Finding(table, key, what, Forgery.WRONG_AUTHOR)
            if event.kind == WITNESSED and table in (label(Position), label(Comment)):
                if event.person_id not in signed.get(key, ()):
                    what = "no form that the partner signed was filed by one person and witnessed by another (R2)"
                    yield Finding(table, key, what, Forgery.WRONG_AUTHOR)
            elif table in SPEAK_FOR_THEMSELVES and event.person_id != speakers.get((table, key)):
                yield Finding(table, key, "it was not said by the person whose seat it speaks for (R2)", Forgery.WRONG_AUTHOR)


def _speakers(look: Look) -> dict[tuple[str, str], UUID]:
    """By table and key, the person in the seat from which each word was said."""
    people = {seat.pk: seat.person_id for seat in look.seats}
    return {
        (label(model), str(row)): people[seat]
        for model in SPOKEN
        for row, seat in model.objects.filter(case=look.case.pk).values_list("pk", "seat")
        if seat in people
    }


def _signed(look: Look) -> dict[str, set[UUID]]:
    """By key of a position that rests on a signed form, and of the words that came with it, the witness: where that is
    neither the typist nor whoever filed it."""
    rows = Position.objects.filter(case=look.case.pk, typed__way=TypedAnswer.Way.FORM, typed__form_signed_on__isnull=False)
    second = rows.exclude(typed__witness=F("typed__typed_by")).exclude(typed__witness=F("typed__filed_by"))
    found = second.values_list("pk", "comment", "typed__witness")
    return {str(key): {witness} for *keys, witness in found for key in keys if key and witness}
