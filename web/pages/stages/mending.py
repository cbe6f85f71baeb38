"""What is missing before a stage can go on: for each thing the page on which it is mended, or who can mend it."""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import Person
from permissions.roles import Role
from permissions.verdict import Verdict
from web.pages.cases.found import address
from web.pages.cases.wording import lower, one_of
from workflows.available import available
from workflows.definition import Guard, Stage
from workflows.look import Look
from workflows.offers import Offer

MENDED_BY = {
    "a_chair_is_seated": ("seat_assign", "role", "chair"),
    "a_partner_is_seated": ("seat_assign", "role", "psp"),
    "lay_seats_are_filled": ("seat_assign", "role", "psp"),
    "questions_of_those_affected_are_recorded": ("facts", "act", "record_questions"),
    "a_progress_note_is_released": ("paper_upload", "kind", "progress"),
    "every_action_is_complete": ("action_draft", "", ""),
    "every_action_is_evidenced": ("action_evidence", "", ""),
    "comments_are_answered": ("comments", "", ""),
}
"""By the code of a guard, the act that makes it true: the page of the act and, where one page serves several, which."""
RELEASE, UPLOAD = "paper_release", "paper_upload"


@dataclass(frozen=True)
class Line:
    """One thing that must be so. `href` and `words`: where this person mends it; `who`: who can, where this person cannot."""

    verdict: Verdict
    href: str = ""
    words: str = ""
    who: str = ""


class Mending:
    """The things that a stage waits for, as one person sees them. `available` is asked once."""

    def __init__(self, look: Look, person: Person, stage: Stage) -> None:
        self._look, self._stage = look, stage
        self._offers = [offer for offer in available(look, person) if offer.allowed]

    def lines(self, guards: tuple[Guard, ...], verdicts: list[Verdict]) -> list[Line]:
        """Each verdict with the way to mend it. `guards` are those of the stage or of a way on."""
        by_words = {guard.sentence: guard for guard in guards}
        return [self._line(verdict, by_words.get(verdict.reason.removesuffix(": not yet."))) for verdict in verdicts]

    def _line(self, verdict: Verdict, guard: Guard | None) -> Line:
        if verdict.allowed:
            return Line(verdict)
        offer = self._offer(guard) if guard else self._paper_offer(verdict)
        if offer:
            return Line(verdict, address(offer.code, self._look.case, **offer.params), offer.title)
        role = self._mender(guard) if guard else self._author(verdict)
        return Line(verdict, who=self._who(role) if role else "")

    def _offer(self, guard: Guard) -> Offer | None:
        page, name, value = MENDED_BY.get(guard.code, ("", "", ""))
        fitting = (one for one in self._offers if one.code == page and (not name or one.params.get(name) == value))
        kind = value if page == UPLOAD else ""
        return self._release(kind) or next(fitting, None)

    def _release(self, kind: str) -> Offer | None:
        """A version that is there and only has to be released."""
        drafts = {str(one.pk) for one in self._look.versions_of(kind) if not one.is_released} if kind else set()
        return next((one for one in self._offers if one.code == RELEASE and one.params["version"] in drafts), None)

    def _paper_offer(self, verdict: Verdict) -> Offer | None:
        """The paper of the stage has no released version."""
        if not self._is_about_the_paper(verdict) or self._stage.paper is None:
            return None
        kind = self._stage.paper.code
        uploads = (one for one in self._offers if one.code == UPLOAD and one.params["kind"] == kind)
        return self._release(kind) or next(uploads, None)

    def _is_about_the_paper(self, verdict: Verdict) -> bool:
        return self._stage.paper is not None and verdict.reason.startswith(f"{self._stage.paper.title}: ")

    def _author(self, verdict: Verdict) -> Role | None:
        return self._stage.paper.author if self._stage.paper and self._is_about_the_paper(verdict) else None

    def _mender(self, guard: Guard) -> Role | None:
        """Who makes it true: the guard says so, or the paper's author, or whoever offers the seat; else whoever acts here."""
        page, _, value = MENDED_BY.get(guard.code, ("", "", ""))
        paper = self._look.process.paper(value) if page == UPLOAD else None
        offering = [seats.offered_by for seats in self._look.process.seats if seats.role.code == value and page == "seat_assign"]
        return guard.mended_by or (paper.author if paper else None) or next(iter(offering), None) or self._stage.acts

    def _who(self, role: Role) -> str:
        """ "Leila Grant (investigation lead)"; the role itself where nobody sits."""
        seated = [seat.person.name for seat in self._look.active(role)]
        title = lower(role.title)
        return f"{one_of(seated)} ({title})" if seated else f"the {title}: nobody holds that seat yet"
