"""Understanding (R19): a lay partner says that they cannot follow a paper, and its author mends that. The clock waits meanwhile."""

from __future__ import annotations

from uuid import UUID

from cases.models import PaperVersion, Person, Seat, Unclear
from permissions.verdict import STALE, Verdict, judge
from workflows.door import Doing, door, require
from workflows.doors.identifiers import looked_through, points_to_people
from workflows.look import Look
from workflows.may import GO_BACK, seated
from workflows.standing import still_sees
from workflows.standstill import go_on, stop, stops_the_clock

End = Unclear.End


def marks(look: Look) -> list[Unclear]:
    """Everything on the case that somebody could not follow, oldest first. One statement."""
    return list(Unclear.objects.filter(case=look.case).select_related("seat__person").order_by("said_at", "id"))


def standing_marks(look: Look, paper: UUID) -> list[Unclear]:
    """What still stands about a paper, whichever of its versions it was said of. One statement."""
    return list(Unclear.objects.filter(case=look.case, version__paper=paper, ended_at=None).order_by("said_at", "id"))


def may_say_unclear(look: Look, person: Person, version: UUID, text: str) -> tuple[PaperVersion | None, Seat | None, list[Verdict]]:
    """The version, the lay seat from which a person says that they cannot follow it, and the verdicts."""
    found = look.version(version)
    own = next((seat for seat in look.seats_of(person.pk) if seat.is_lay), None)
    newest = next((one for one in reversed(look.versions) if found and one.paper_id == found.paper_id and one.is_released), None)
    said = bool(found and own) and any(one.seat_id == own.pk for one in standing_marks(look, found.paper_id))  # type: ignore[union-attr]
    return found, own, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        seated(own, "R19", "Only a lay partner with a seat on this case can stop the clock."),
        *still_sees(look, own),
        judge(found is not None and found.is_released, "R6", "There is no such paper.", GO_BACK),
        judge(found is None or not look.is_held_back(found.paper_id), "R6", "This paper is held back from lay partners.",
              "You can challenge that."),
        judge(newest == found or newest is None, STALE, "There is a newer version of this paper.", "Read that one first."),
        judge(not said, "R19", "You have said so already, and it is not mended yet.", "You can take it back, and say it anew."),
        judge(bool(text.strip()), "R19", "Say which words or which part you cannot follow.", "A few words are enough."),
    ]  # fmt: skip


@door("paper_unclear")
def say_unclear(doing: Doing, *, version: UUID, text: str) -> Unclear:
    """Say that one cannot follow a version. The clock of the stage that asks about it stands still until it is mended."""
    look = doing.look
    found, own, verdicts = may_say_unclear(look, doing.person, version, text)
    require(*verdicts)
    assert found and own
    doing.acting_as(own)
    stops = stops_the_clock(look, found)
    row = Unclear(
        id=doing.new_id(), case=look.case, version=found, seat=own, visit=look.visit if stops else None, text=text.strip(),
        said_at=look.at,
    )  # fmt: skip
    row.save(force_insert=True)
    if stops:
        stop(look)
    _says(doing, found, text=row.text, clock="stopped" if stops else "", tell=[str(found.author_id)])
    return row


def _says(doing: Doing, version: PaperVersion, **more: object) -> None:
    told = {"paper": version.paper.title, "version": version.number, "version_id": str(version.pk), "sha256": version.sha256}
    doing.says(**told, **{name: value for name, value in more.items() if value})


def may_take_back_unclear(look: Look, person: Person, version: UUID) -> tuple[Unclear | None, list[Verdict]]:
    """What this person said of a version and has not been mended, and the verdicts on taking it back."""
    own = {seat.pk for seat in look.seats_of(person.pk)}
    found = next((one for one in marks(look) if one.version_id == version and one.seat_id in own and one.stands), None)
    gone = "You have not said that you cannot follow this, or it has been mended."
    return found, [judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
                   judge(found is not None, STALE, gone, GO_BACK)]  # fmt: skip


@door("unclear_taken_back")
def take_back_unclear(doing: Doing, *, version: UUID) -> Unclear:
    """Take back that one cannot follow a version. Nobody else can (R2). No reason is needed."""
    look = doing.look
    found, verdicts = may_take_back_unclear(look, doing.person, version)
    require(*verdicts)
    assert found
    own, text = look.seat(found.seat_id), look.version(version)
    assert own and text
    doing.acting_as(own)
    _end(doing, [found], End.TAKEN_BACK)
    _says(doing, text)
    return found


def may_mend_summary(look: Look, person: Person, version: UUID, plain_summary: str) -> tuple[PaperVersion | None, list[Verdict]]:
    """The version, and the verdicts on writing its summary again: by its author, while somebody cannot follow it."""
    found = look.version(version)
    own = next((seat for seat in look.seats_of(person.pk) if found and found.author_id == person.pk), None)
    unclear = [one for one in standing_marks(look, found.paper_id) if one.version_id == version] if found else []
    return found, [
        judge(look.stage is not None, STALE, "This case has ended.", GO_BACK),
        judge(found is not None, STALE, "There is no such version.", GO_BACK),
        seated(own, "R19", "Only whoever wrote this version writes its summary again."),
        judge(bool(unclear), "R4", "Everybody can follow this version, so its summary stays as they read it.", GO_BACK),
        judge(bool(plain_summary.strip()), "R19", "Write a summary in plain language.", "Short sentences, everyday words."),
        judge(found is None or plain_summary.strip() != found.plain_summary, "R19", "This is the summary that they cannot follow.",
              "Say it in other words, above all the part that they name."),
    ]  # fmt: skip


@door("summary_mended")
def mend_summary(doing: Doing, *, version: UUID, plain_summary: str, checked: str = "") -> PaperVersion:
    """Write the summary of a released version again, because a partner could not follow it: the clock goes on.

    The paper itself stays as it was (R4), and the record keeps both summaries. `checked`: as for a release (IG1).
    """
    look = doing.look
    found, verdicts = may_mend_summary(look, doing.person, version, plain_summary)
    require(*verdicts)
    assert found
    require(looked_through(points_to_people(found, plain_summary, found.lay_reads), checked))
    doing.acting_as(next(iter(look.seats_of(doing.person.pk))))
    before, found.plain_summary = found.plain_summary, plain_summary.strip()
    found.save(update_fields=["plain_summary"])
    _end(doing, [one for one in standing_marks(look, found.paper_id) if one.version_id == version], End.NEW_SUMMARY)
    _says(doing, found, before=before, text=found.plain_summary)
    return found


def mended_by(doing: Doing, version: PaperVersion) -> None:
    """A new version has been released: what could not be followed in an older one is mended."""
    _end(doing, standing_marks(doing.look, version.paper_id), End.NEW_VERSION)


def _end(doing: Doing, found: list[Unclear], how: End) -> None:
    """End these, and let the clock of the live visit go on once nothing stands that stopped it."""
    look = doing.look
    for one in found:
        one.ended_at, one.ended_by = look.at, how
        one.save(update_fields=["ended_at", "ended_by"])
    if found and look.visit and not Unclear.objects.filter(visit=look.visit, ended_at=None).exists():
        go_on(look)
