"""Words about one partner's training that not everybody on the case reads (IG7, IG10): shown as withheld, and from whom."""

from __future__ import annotations

from audit.models import Event
from cases.models import Person
from permissions.roles import PSP
from permissions.traininglife import NEEDED_BY_A_SECOND_PERSON, READ_EVIDENCE, may_read_evidence
from web.pages.cases.wording import names
from workflows.definition import Fact
from workflows.evidence.readers import is_training
from workflows.look import Look

READERS = names("the partner" if role == PSP else f"the {role.title.lower()}" for role in READ_EVIDENCE)
WITHHELD = f"Withheld: personal training details. These can read them: {READERS}."


def reads_words(look: Look, person: Person) -> bool:
    """Whether a person reads what was written on this case, and not only that it was."""
    held = {seat.role for seat in look.seats_of(person.pk)}
    return not is_training(look.process) or may_read_evidence(held)


def readers_of(look: Look) -> str:
    """Who reads what is said on this case, as a sentence."""
    if is_training(look.process):
        return f"These can read it: {READERS}."
    return "Everyone who sits on this case can read it, and so can the quality team."


def are_open(event: Event) -> bool:
    """Whether what was written in an act is for everybody on the case: what a second person has to decide on is."""
    return event.kind in NEEDED_BY_A_SECOND_PERSON


def is_open(fact: Fact) -> bool:
    """Whether an answer is one of a few that are given, and so tells nothing personal."""
    return fact.kind != "text"
