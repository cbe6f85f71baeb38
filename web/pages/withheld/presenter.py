"""What is held back, as the pages show it: to lay partners just as to staff, all but the thing itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.models import Challenge, PaperVersion, Person, Withholding
from permissions.roles import title_of
from web.design_system.words import day, due
from web.pages.cases.found import address
from workflows.doors.renditions import may_ask_guardian
from workflows.doors.withholding import may_answer_challenge, may_challenge, may_end_withholding, may_prolong_withholding
from workflows.look import Look
from workflows.offers import REASON


@dataclass(frozen=True)
class ChallengeCard:
    """A lay partner's challenge and its answer; `answer_href` for whoever may answer it."""

    who: str
    reason: str
    at: datetime
    due: str
    is_late: bool
    waits: bool
    outcome: str
    answer: str
    answered_by: str
    answered_at: datetime | None
    answer_href: str


@dataclass(frozen=True)
class HeldBackCard:
    """One thing that is or was held back."""

    what: str
    of: str
    category: str
    reason: str
    decided_by: str
    decided_at: datetime
    until: str
    tag: str
    colour: str
    in_force: bool
    ended: str
    challenges: tuple[ChallengeCard, ...]
    challenge_href: str
    end_href: str
    longer_href: str


def held_back_cards(look: Look, person: Person, rows: Iterable[Withholding]) -> list[HeldBackCard]:
    """Those in force first, each with what was said against it."""
    cards = [card_of(look, person, one) for one in rows if is_known(look, one)]
    return sorted(cards, key=lambda card: not card.in_force)


def is_known(look: Look, row: Withholding) -> bool:
    """Of a draft that nobody has yet, nobody is told; of what staff can read, everybody is."""
    about = [one for one in look.versions if one.pk == row.version_id or (row.is_whole and one.paper_id == row.paper_id)]
    return any(one.is_released for one in about)


def card_of(look: Look, person: Person, row: Withholding) -> HeldBackCard:
    """One thing that is or was held back, with what this person can do about it."""
    late = row.in_force and row.until < look.today
    version = look.version(row.version_id) if row.version_id else None
    return HeldBackCard(
        what=row.what, of=f"{version.paper.title}, version {version.number}" if version else "A whole paper",
        category=row.get_category_display(), reason=row.reason, decided_by=_who(look, row.decided_by_id),
        decided_at=row.decided_at, until=day(row.until), in_force=row.in_force,
        tag="Its day has passed" if late else "Held back" if row.in_force else "No longer held back",
        colour="red" if late else "orange" if row.in_force else "grey",
        ended=f"{_who(look, row.ended_by_id)} ended it on {day(row.ended_at)}: {row.end_reason}" if row.ended_at else "",
        challenges=tuple(_challenge(look, person, one) for one in look.challenges if one.withholding_id == row.pk),
        challenge_href=_href(look, "withheld_challenge", row, may_challenge(look, person, row.pk, REASON)[2]),
        end_href=_href(look, "withheld_end", row, may_end_withholding(look, person, row.pk, REASON)[2]),
        longer_href=_href(
            look, "withheld_longer", row, may_prolong_withholding(look, person, row.pk, look.calendar.add(look.today, 1), REASON)[2]
        ),
    )  # fmt: skip


def _href(look: Look, page: str, row: Withholding, verdicts: Iterable[object]) -> str:
    return address(page, look.case, withholding=row.pk) if all(verdicts) else ""


def _challenge(look: Look, person: Person, one: Challenge) -> ChallengeCard:
    may = all(may_answer_challenge(look, person, one.pk, Challenge.Outcome.UPHELD, REASON)[2])
    late = one.waits and one.due_on < look.today
    return ChallengeCard(
        who=_who(look, one.seat_id), reason=one.reason, at=one.at, waits=one.waits,
        due=due(one.due_on, look.calendar.between(look.today, one.due_on), look.today), is_late=late,
        outcome=one.get_outcome_display(), answer=one.answer, answered_at=one.answered_at,
        answered_by=_who(look, one.answered_by_id) if one.answered_by_id else "",
        answer_href=address("withheld_answer", look.case, challenge=one.pk) if may else "",
    )  # fmt: skip


def _who(look: Look, seat: object) -> str:
    found = next((one for one in look.seats if one.pk == seat), None)
    return f"{found.person.name}, {title_of(found.role)}" if found else "Somebody"


def counted(look: Look) -> str:
    """How many papers staff were given, and how many of them lay partners have in full: part of the case (T5)."""
    given = [one for one in look.versions if one.is_released]
    short = sum(1 for one in given if look.is_held_back(one.paper_id))
    parts = sum(1 for one in given if look.parts_held_back(one.pk))
    number = f"Staff were given {len(given)} version{'s' if len(given) != 1 else ''} of papers."
    if not short and not parts:
        return f"{number} Lay partners can read all of them in full."
    return f"{number} Lay partners can read {len(given) - short - parts} in full, {parts} without a part, and {short} not at all."


@dataclass(frozen=True)
class DraftPanel:
    """What lay partners will read of a draft: for the page that releases it."""

    cards: list[HeldBackCard]
    file: str
    whole: bool
    guardian: str
    part_href: str
    file_href: str
    guardian_href: str


def draft_panel(look: Look, person: Person, version: PaperVersion) -> DraftPanel:
    """What is ready, and where the rest is made ready."""
    parts = [one for one in look.withholdings if one.version_id == version.pk]
    asked = look.caldicott(version.pk)
    own = getattr(version, "lay_rendition", None)
    may_ask = all(may_ask_guardian(look, person, version.pk, REASON)[2])
    here = {"version": version.pk}
    return DraftPanel(
        cards=[card_of(look, person, one) for one in parts if one.in_force],
        file=own.name if own else "", whole=look.is_held_back(version.paper_id),
        guardian=(asked.get_outcome_display() or "Waiting for the decision") if asked else "",
        part_href=address("withheld_part", look.case, **here), file_href=address("withheld_file", look.case, **here),
        guardian_href=address("guardian_ask", look.case, **here) if may_ask else "",
    )  # fmt: skip
