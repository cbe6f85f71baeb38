"""Who may ask the record how a case stood and what an act changed: the same readers as of its reads and refusals."""

from __future__ import annotations

from cases.models import Case, Person
from permissions.scope import in_sight, reads_whole_record, sealed_before_own
from permissions.traininglife import may_read_evidence
from permissions.verdict import Verdict, judge
from workflows.definition import Process
from workflows.look import Look


def reads_whole(look: Look, person: Person) -> bool:
    """Whether a person reads the whole record of this case (IG7, R16). One statement."""
    reads = reads_whole_record(person, look.at, "pk")
    return Case.objects.filter(in_sight(person, look.at), reads, pk=look.case.pk).exists()


def is_training(process: Process) -> bool:
    """Whether cases of this process are about the training of one partner."""
    return any(item.code == "training" for item in process.items)


def has_answered_first(look: Look, person: Person) -> Verdict:
    """Whether no answer on the case is sealed to a person who sits in its group: beside another office they read no more.

    One statement, and only for whoever sits on a case that had a stage in which everybody judges alone.
    """
    asks = bool(look.seats_of(person.pk)) and any(visit.blind for visit in look.visits)
    waits = asks and sealed_before_own(person).filter(case=look.case.pk).exists()
    return judge(not waits, "R18", "What others answered is sealed, and you sit in the group.", "It opens with your own answer.")


def may_read_past(look: Look, person: Person) -> list[Verdict]:
    """IG4, IG7: whether a person reads how the whole case stood: whoever reads its whole record, and every word on it."""
    held = {seat.role for seat in look.seats_of(person.pk)}
    words = not is_training(look.process) or may_read_evidence(held)
    return [
        judge(
            reads_whole(look, person), "IG7",
            "How the case stood is shown to the quality team, the Caldicott Guardian and auditors.",
            "The record of the case shows what you may read of it.",
        ),
        judge(words, "IG10", "What is written about a training is for those who look after it."),
        has_answered_first(look, person),
    ]  # fmt: skip
