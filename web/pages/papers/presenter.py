"""What the pages of papers show: one version with its plain summary, and what was said about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.file_kinds import FileKind
from cases.models import Comment, PaperVersion, Person
from cases.renditions import Rendition
from permissions.roles import title_of
from permissions.scope import open_comments, visible_papers
from permissions.verdict import Verdict
from web.design_system import words
from web.pages.cases.found import address
from web.pages.papers.verdicts import UNSAID, VerdictInWords, in_words
from web.pages.plain.marks import Marks
from web.pages.withheld.presenter import held_back_cards
from workflows.calendar import WorkingDays, london_day
from workflows.deadlines.days import answer_due
from workflows.doors.comments import may_comment
from workflows.doors.papers import may_release
from workflows.doors.understanding import marks
from workflows.look import Look
from workflows.may import seat_with

SHOWN_HERE = 2_000_000
"""Bytes. A larger file is downloaded rather than shown as a page."""
NOT_YET = "written on the next page"
"""Stands in for a summary that is asked for later, so that its absence greys no button."""


def found_versions(look: Look, person: Person) -> list[PaperVersion]:
    """Every version on the case that the person may open, oldest first. One statement."""
    return list(visible_papers(person, look.case, look.at).order_by("uploaded_at", "number"))


def title_of_version(version: PaperVersion) -> str:
    """ "Investigation report, version 2"."""
    return f"{version.paper.title}, version {version.number}"


def held(look: Look, person: Person, version: PaperVersion) -> str:
    """How long the person could have read it: "You have had it for 6 working days." Empty for a version not released to them."""
    times = [at for seat in look.seats_of(person.pk) if (at := look.released_to(version, seat))]
    if not times:
        return ""
    days = look.calendar.between(london_day(min(times)), look.today)
    return f"You have had it for {WorkingDays(days)}." if days > 0 else "You got it today."


def kind_of_file(file: Rendition) -> FileKind | None:
    """What sort of file it is, from the media type that its bytes were found to have."""
    return next((kind for kind in FileKind if kind.media_type == file.media_type), None)


def can_be_shown(file: Rendition) -> bool:
    """Whether its words can be shown as a page: text, Word or OpenDocument, and not too large."""
    return kind_of_file(file) not in (None, FileKind.PDF) and file.size <= SHOWN_HERE


@dataclass(frozen=True)
class VersionBlock:
    """A version as other pages show it: its summary first, then the ways to read it."""

    title: str
    paper: str
    summary: str
    released: str
    held: str
    change_note: str
    number: int
    sha256: str
    href: str
    read_href: str
    file_href: str
    file_words: str


def version_block(look: Look, person: Person, version: PaperVersion) -> VersionBlock:
    """The version, ready for the page."""
    here = {"version": version.pk}
    file = look.handed_to(person.pk, version)
    kind = kind_of_file(file)
    return VersionBlock(
        title=title_of_version(version),
        paper=version.paper.title,
        summary=version.plain_summary,
        released=f"Released on {words.day(version.released_at)}." if version.released_at else "Not released yet.",
        held=held(look, person, version),
        change_note=version.change_note,
        number=version.number,
        sha256=file.sha256,
        href=address("paper", look.case, **here),
        read_href=address("paper_read", look.case, **here) if can_be_shown(file) else "",
        file_href=address("paper_file", look.case, **here),
        file_words=f"{kind.label if kind else 'file'}, {words.filesize(file.size)}",
    )


@dataclass(frozen=True)
class CommentCard:
    """A comment, with its answer if there is one."""

    key: str
    who: str
    section: str
    text: str
    at: datetime
    about: str
    lay: bool
    outcome: str = ""
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    answer_href: str = ""
    due: str = ""
    verdict: VerdictInWords = UNSAID
    follows: bool = False

    @property
    def is_answered(self) -> bool:
        return bool(self.outcome)


def comment_cards(look: Look, person: Person, comments: Iterable[Comment]) -> list[CommentCard]:
    """The comments as cards; `answer_href` only for those who answer comments on this case."""
    answers = look.stage is not None and seat_with(look, person, "answer_comments") is not None
    return [_card(look, person, comment, answers) for comment in comments]


def _card(look: Look, person: Person, comment: Comment, answers: bool) -> CommentCard:
    reply = getattr(comment, "response", None)
    seat = comment.seat
    card = CommentCard(
        key=str(comment.pk),
        who=f"{comment.person.name}, {title_of(seat.role)}",
        section=comment.part,
        text=comment.text,
        at=comment.at,
        about=comment.about,
        lay=seat.is_lay,
        follows=getattr(comment, "follows", None) is not None,
    )
    if reply is None:
        href = address("comment_answer", look.case, comment=comment.pk) if answers else ""
        return CommentCard(**{**card.__dict__, "answer_href": href, "due": _due(look, comment) if seat.is_lay else ""})
    given = {
        "outcome": reply.get_outcome_display(),
        "answer": reply.text,
        "answered_by": reply.answered_by.name,
        "answered_at": reply.at,
        "verdict": in_words(look, reply, person),
    }
    return CommentCard(**{**card.__dict__, **given})


def _due(look: Look, comment: Comment) -> str:
    """By when a partner's comment is answered; empty once the case has ended."""
    on = answer_due(look.calendar, comment.at)
    return words.due(on, look.calendar.between(look.today, on), look.today) if look.stage else ""


def comments_on(look: Look, person: Person) -> list[Comment]:
    """Every comment on the case that this person reads, with its answer, oldest first. One statement."""
    related = ("person", "seat", "version__paper", "response__answered_by", "response__verdict", "follows")
    return list(open_comments(person, Comment.objects.filter(case=look.case)).select_related(*related).order_by("at"))


class PaperPage:
    """One version: what it says in plain words, the file, its other versions, and what was said about it."""

    def __init__(self, look: Look, person: Person, version: PaperVersion, versions: list[PaperVersion]) -> None:
        self._look, self._person, self._version = look, person, version
        self._versions = [one for one in versions if one.paper_id == version.paper_id]
        self.block = version_block(look, person, version)
        self.is_draft = not version.is_released
        self.is_own = version.author_id == person.pk
        self.is_shortened = look.handed_to(person.pk, version).without_parts
        same = all(one.lay_reads in ("", PaperVersion.LayReads.SAME) for one in versions)
        rows = [] if same else look.withholdings
        self.held_back = held_back_cards(look, person, [one for one in rows if one.paper_id == version.paper_id])
        said = [one for one in comments_on(look, person) if one.version_id == version.pk]
        self.comments = comment_cards(look, person, said)
        self.marks = Marks(look, person, version, marks(look))

    @property
    def title(self) -> str:
        return self.block.title

    @property
    def newer(self) -> VersionBlock | None:
        """The newest version, where this is not it."""
        newest = self._versions[-1]
        return None if newest.pk == self._version.pk else version_block(self._look, self._person, newest)

    @property
    def others(self) -> list[VersionBlock]:
        """The other versions, newest first."""
        rest = [one for one in reversed(self._versions) if one.pk != self._version.pk]
        return [version_block(self._look, self._person, one) for one in rest]

    @property
    def release(self) -> tuple[str, list[Verdict]]:
        """Where the author releases it, and what stands in the way."""
        _found, verdicts = may_release(self._look, self._person, self._version.pk, NOT_YET, None)
        return address("paper_release", self._look.case, version=self._version.pk), [one for one in verdicts if not one]

    @property
    def comment_href(self) -> str:
        """Where to comment; empty where this person cannot."""
        look, version = self._look, self._version
        if not all(may_comment(look, self._person, version.pk, NOT_YET)[2]):
            return ""
        return address("comment", look.case, version=version.pk)
