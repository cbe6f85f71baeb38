"""What the visitor can do on a case now, and what not, and why: the offers of the engine, with their addresses."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Person
from permissions.verdict import Verdict
from web.pages.cases.found import address
from workflows.available import available
from workflows.look import Look


@dataclass(frozen=True)
class Doing:
    """One act: `verdicts` are those that refuse it, none when it can be done."""

    title: str
    href: str
    verdicts: tuple[Verdict, ...]
    main: bool


@dataclass(frozen=True)
class Doings:
    """The main acts are buttons, the others a list; what stands refused is said with its reasons."""

    main: tuple[Doing, ...]
    others: tuple[Doing, ...]
    refused: tuple[Doing, ...]


def doings(look: Look, person: Person) -> Doings:
    """Everything that is this person's to do here. No statement beyond what the Look has not read yet."""
    found = [
        Doing(one.title, address(one.code, look.case, **one.params), one.refusals, one.main)
        for one in available(look, person)
        if not one.code.startswith("training_")  # shown with the item that it is about
    ]
    return Doings(
        main=tuple(one for one in found if one.main and not one.verdicts),
        others=tuple(one for one in found if not one.main and not one.verdicts),
        refused=tuple(one for one in found if one.verdicts),
    )
