"""What the visitor can do on a case now, and what not, and why: the offers of the engine, with their addresses."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Person
from permissions.verdict import Verdict
from web.pages.cases.found import address
from workflows.available import available
from workflows.look import Look
from workflows.offers import Offer


@dataclass(frozen=True)
class Doing:
    """One act: `verdicts` are those that refuse it, none when it can be done."""

    title: str
    href: str
    verdicts: tuple[Verdict, ...]
    main: bool


WHO, WHAT, ANSWERS, ENDING = "Who sits in the group", "Papers and facts", "Answers of the group", "Leaving or ending"
TRAINING = "The training, item by item"
HEADINGS = {
    "seat_assign": WHO, "offices": WHO, "connection": WHO, "waiver_ask": WHO,
    "paper_upload": WHAT, "paper_release": WHAT, "facts": WHAT, "action_draft": WHAT, "action_evidence": WHAT, "comments": WHAT,
    "withheld_answer": ANSWERS, "guardian_decide": ANSWERS,
    "position": ANSWERS, "look_again": ANSWERS, "remind": ANSWERS, "lapse": ANSWERS,
    "type_in": ANSWERS, "typed": ANSWERS, "typed_confirm": ANSWERS,
    "withdraw": ENDING, "seat_leave": ENDING,
}  # fmt: skip
"""Under which heading an act that is no button is listed, by its page."""
FEW = 4
"""So many acts are one list, without headings."""


@dataclass(frozen=True)
class Doings:
    """The main acts are buttons, the others lists; what stands refused is said with its reasons."""

    main: tuple[Doing, ...]
    others: tuple[tuple[str, tuple[Doing, ...]], ...]
    """(heading, acts); the heading is empty where there are few."""
    refused: tuple[Doing, ...]


def doings(look: Look, person: Person) -> Doings:
    """Everything that is this person's to do here. No statement beyond what the Look has not read yet."""
    found = [
        (_heading(one.code), _doing(look, one))
        for one in available(look, person)
        if not one.code.startswith("training_") or one.main  # the others are shown with the item that they are about
    ]
    return Doings(
        main=tuple(one for under, one in found if one.main and under != TRAINING and not one.verdicts),
        others=_under_headings([(under, one) for under, one in found if (under == TRAINING or not one.main) and not one.verdicts]),
        refused=tuple(one for under, one in found if one.verdicts and under != TRAINING),
    )


def _heading(code: str) -> str:
    return TRAINING if code.startswith("training_") else HEADINGS.get(code, WHAT)


def _doing(look: Look, offer: Offer) -> Doing:
    return Doing(offer.title, address(offer.code, look.case, **offer.params), offer.refusals, offer.main)


def _under_headings(acts: list[tuple[str, Doing]]) -> tuple[tuple[str, tuple[Doing, ...]], ...]:
    if len(acts) <= FEW:
        return (("", tuple(one for _, one in acts)),) if acts else ()
    listed = (
        (heading, tuple(one for under, one in acts if under == heading)) for heading in (TRAINING, ANSWERS, WHAT, WHO, ENDING)
    )
    return tuple((heading, found) for heading, found in listed if found)
