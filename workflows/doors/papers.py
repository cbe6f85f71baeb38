"""Papers: upload a version, release it to everyone at once (R6), read it (recorded)."""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.base import File

from cases.models import LayRendition, Paper, PaperVersion, Person, Seat, Visit
from cases.papers import FileKind, UnfitFile, inspect_file, safe_name, sha256_of
from permissions.roles import Role
from permissions.scope import may_see, visible_papers
from permissions.verdict import Refused, Verdict, judge, refuse
from workflows.door import Doing, door, require
from workflows.doors.emergency import reads_in_emergency
from workflows.doors.identifiers import looked_through, points_to_people
from workflows.doors.understanding import mended_by
from workflows.doors.withholding import HeldBack, fit_to_hold_back, held_back, says_what
from workflows.look import Look
from workflows.may import GO_BACK, seat_among, seated
from workflows.settling import take
from workflows.ways import CHANGED, graph_of, reached

OTHER = "other"
"""The kind of a paper that no stage of the process names."""

SAME, OWN, NOTHING = PaperVersion.LayReads.SAME, PaperVersion.LayReads.OWN, PaperVersion.LayReads.NOTHING
HIDDEN = "a paper that lay partners do not see"


def author_role(look: Look, kind: str) -> Role | None:
    """Who writes this kind of paper; a paper of another kind is the lead's, like the first the process names."""
    paper = look.process.paper(kind) or (look.process.papers[0] if look.process.papers and kind == OTHER else None)
    return paper.author if paper else None


def may_upload(look: Look, person: Person, kind: str) -> list[Verdict]:
    """Whether a person may add a version of this kind of paper now."""
    role = author_role(look, kind)
    seat = seat_among(look.active(role), person) if role else None
    return [
        judge(look.stage is not None, "B1", "This case has ended."),
        judge(role is not None, "R4", "This process has no such paper.", GO_BACK),
        seated(seat, "R4", f"Only the {role.title.lower() if role else 'author'} may upload this paper."),
        still_unsigned(look, kind),
        still_open(look, kind),
    ]


def still_unsigned(look: Look, kind: str) -> Verdict:
    """R4: what was signed is what the group agreed, and no other text takes its place afterwards."""
    return judge(not look.is_signed(kind), "R4", "This paper has been signed.", "What there is to add is a paper of its own.")


def still_open(look: Look, kind: str) -> Verdict:
    """R4: a text that the lay partners agreed is replaced only where they will be asked about the new one."""
    asking = [stage.code for stage in look.process.stages if stage.paper and stage.paper.code == kind and stage.asks_to_agree]
    agreed = any(visit.stage in asking and not visit.is_live for visit in look.visits)
    ahead = reached(graph_of(look.process), look.case.state)
    reason = "The group has agreed this paper, and will not be asked about it again."
    return judge(not agreed or bool(ahead & set(asking)), "R4", reason, "What there is to add is a paper of its own.")


@door("paper_uploaded")
def upload_paper(
    doing: Doing, *, kind: str, file: File, name: str, size: int, title: str = "", change_note: str = "",
    hold_back: HeldBack | None = None,
) -> PaperVersion:  # fmt: skip
    """Add a version. Only its author sees it until it is released. `size` in bytes, 25 MB at most.

    `hold_back`: lay partners are not to see this paper at all, which they are told and may challenge (R6).
    Raises Refused, also for a file that is too large or is not what its name says.
    """
    look = doing.look
    require(*may_upload(look, doing.person, kind))
    role = author_role(look, kind)
    seat = seat_among(look.active(role), doing.person) if role else None
    assert seat
    doing.acting_as(seat)
    media = inspected(name, file, size)
    require(*may_hold_back_whole(look, kind, hold_back))
    paper = _paper(doing, seat, kind, title, hold_back)
    earlier = [one for one in look.versions if one.paper_id == paper.pk]
    need_note = judge(
        not earlier or bool(change_note.strip()), "R4", "Say what changed since the last version.", "A sentence or two."
    )
    require(need_note)
    version = PaperVersion(
        id=doing.new_id(),
        paper=paper,
        number=len(earlier) + 1,
        name=safe_name(name),
        media_type=media.media_type,
        size=size,
        sha256=sha256_of(cast(BinaryIO, file)),
        change_note=change_note,
        author=doing.person,
        uploaded_at=look.at,
    )
    store(version, file)
    version.save(force_insert=True)
    look.versions.append(version)
    names(doing, version)
    return version


def inspected(name: str, file: File, size: int) -> FileKind:
    try:
        return inspect_file(name, cast(BinaryIO, file), size)
    except UnfitFile as unfit:
        raise Refused([refuse("FILE", unfit.reason, unfit.remedy)]) from unfit


def may_hold_back_whole(look: Look, kind: str, given: HeldBack | None) -> list[Verdict]:
    """R6: what the process puts before the group is never held back whole; another paper may be, with all that is asked."""
    if given is None:
        return []
    free = judge(look.process.paper(kind) is None, "R6", "The group decides on this paper, so lay partners read it too.",
                 "Leave out a part of it instead.")  # fmt: skip
    return [free, *fit_to_hold_back(look, given)]


def _paper(doing: Doing, seat: Seat, kind: str, title: str, given: HeldBack | None) -> Paper:
    """The one paper of a kind that the process names; a new one for every other paper of a new title."""
    known = doing.look.process.paper(kind)
    title = known.title if known else title.strip()
    require(judge(bool(title), "R4", "Give the paper a title."))
    found = next((one.paper for one in doing.look.versions if one.paper.kind == kind and one.paper.title == title), None)
    taken = found is not None and given is not None
    require(judge(not taken, "R6", "There is a paper of this title already.", "Give this one another title."))
    if found is None:
        found = Paper(id=doing.new_id(), case=doing.case, kind=kind, title=title)
        found.save(force_insert=True)
        if given:
            says_what(doing, held_back(doing, seat, found, None, given))
    return found


def store(version: PaperVersion | LayRendition, file: File) -> None:
    """Put the bytes where their digest says; the same bytes are there already and are left."""
    field = version._meta.get_field("file")
    path = field.generate_filename(version, version.name)
    if not field.storage.exists(path):
        file.seek(0)
        path = field.storage.save(path, file)
    version.file.name = path


def names(doing: Doing, version: PaperVersion) -> None:
    """The ledger says which text an act was about. Of a paper that is held back not even the title is told (IG4)."""
    hidden = doing.look.is_held_back(version.paper_id)
    told = HIDDEN if hidden else version.paper.title
    doing.says(paper=told, version=version.number, version_id=str(version.pk), sha256=version.sha256)


def may_release(
    look: Look, person: Person, version: UUID, plain_summary: str, lay_reads: str | None, identifies: bool = False
) -> tuple[PaperVersion | None, list[Verdict]]:
    """The version, and the verdicts on giving it to the whole group.

    `lay_reads`: one of `PaperVersion.LayReads`; None where a page has still to ask. `identifies`: what they read names somebody.
    """
    found = look.version(version)
    role = author_role(look, found.paper.kind) if found else None
    seat = seat_among(look.active(role), person) if role else None
    return found, [
        judge(look.stage is not None, "B1", "This case has ended."),
        judge(found is not None, "R4", "There is no such version.", GO_BACK),
        seated(seat, "R6", f"Only the {role.title.lower() if role else 'author'} may release this paper."),
        judge(found is None or not found.is_released, "STALE", "This version has been released already.", GO_BACK),
        judge(_is_newest(look, found), "R4", "A newer version has been released.", GO_BACK),
        *([still_unsigned(look, found.paper.kind), still_open(look, found.paper.kind)] if found else []),
        judge(
            bool(plain_summary.strip()) or lay_reads == NOTHING,
            "R19",
            "Write a summary in plain language.",
            "Two to five short sentences for the lay partners.",
        ),
        *(what_lay_partners_read(look, found, lay_reads, identifies) if found and lay_reads is not None else []),
    ]


def what_lay_partners_read(look: Look, version: PaperVersion, lay_reads: str, identifies: bool) -> list[Verdict]:
    """IG4: it is said, and it is what was made ready: nothing is left out unsaid, and nothing said to be left out is there."""
    parts = [one for one in look.withholdings if one.version_id == version.pk and one.in_force]
    asked = look.caldicott(version.pk)
    whole = look.is_held_back(version.paper_id)
    own = hasattr(version, "lay_rendition")
    return [
        judge(lay_reads in PaperVersion.LayReads.values, "IG4", "Say what lay partners read.", "The same file, or their own."),
        judge(whole == (lay_reads == NOTHING), "R6", "Lay partners read this paper, or all of it is held back: it is not both.",
              "What is held back whole is decided when it is uploaded."),
        judge(lay_reads != OWN or own, "IG4", "There is no file for lay partners yet.", "Upload it first."),
        judge(lay_reads != OWN or bool(parts), "IG5", "It is not said what is left out of the lay partners\u2019 file.",
              "Write down each thing that is held back, and why."),
        judge(lay_reads != SAME or not parts, "IG5", "Something of this version is held back.",
              "Give lay partners a file of their own, or hold nothing back."),
        judge(lay_reads == NOTHING or not identifies or bool(asked and asked.allows), "IG2",
              "What lay partners read points to somebody, and the Caldicott Guardian has not allowed that.",
              "Take it out of their file, or ask the Caldicott Guardian."),
    ]  # fmt: skip


def _is_newest(look: Look, version: PaperVersion | None) -> bool:
    released = [v for v in look.versions if version and v.paper_id == version.paper_id and v.is_released]
    return version is None or all(one.number < version.number for one in released)


@door("paper_released")
def release_paper(
    doing: Doing, *, version: UUID, lay_reads: str, plain_summary: str = "", identifies: bool = False, checked: str = ""
) -> PaperVersion:
    """Release a version, with its plain summary, to staff and lay members at the same moment (R6).

    `lay_reads` says what lay partners read: the same file, their own, or nothing of it (IG4); see `may_release`.
    `checked`: the mark of what points to a person in it, by whoever has looked at each (`Pointing.mark`, IG1).
    If it replaces a text that the group is answering about, the stage begins again: earlier answers no longer count (R4).
    """
    look = doing.look
    found, verdicts = may_release(look, doing.person, version, plain_summary, lay_reads, identifies)
    require(*verdicts)
    assert found
    pointing = points_to_people(found, plain_summary, lay_reads)
    require(looked_through(pointing, checked))
    seat = seat_among(look.active(author_role(look, found.paper.kind) or look.process.papers[0].author), doing.person)
    assert seat
    doing.acting_as(seat)
    found.plain_summary, found.released_at, found.released_by = plain_summary.strip(), look.at, doing.person
    found.lay_reads, found.identifies = lay_reads, identifies
    found.save()
    names(doing, found)
    doing.says(lay_reads=found.get_lay_reads_display())
    if pointing.to_check:
        doing.says(looked_at=list(pointing.to_check))
    if lay_reads == NOTHING:
        doing.act.kind = "paper_given_to_staff"
    mended_by(doing, found)
    _ask_again(doing, found)
    return found


def _ask_again(doing: Doing, version: PaperVersion) -> None:
    """R4: what was asked about the old text is asked about the new one, in a new visit."""
    look = doing.look
    stage, visit = look.stage, look.visit
    if not stage or not visit or not stage.paper or stage.paper.code != version.paper.kind:
        return
    if visit.step != Visit.Step.PREPARE and stage.agreed_by:
        take(doing, CHANGED)


@door("paper_read")
def open_paper(doing: Doing, *, version: UUID) -> PaperVersion:
    """Open a version to read it: recorded, whoever reads (IG7). Raises PaperVersion.DoesNotExist when it may not be seen."""
    look = doing.look
    found = visible_papers(doing.person, look.case, look.at).get(pk=version)
    seat = next(iter(look.seats_of(doing.person.pk)), None)
    if seat:
        doing.acting_as(seat)
    else:
        reads_in_emergency(doing)
    require(judge(may_see(doing.person, look.case, look.at), "IG3", "You may not open this paper."))
    names(doing, found)
    doing.says(sha256=look.handed_to(doing.person.pk, found).sha256)
    return found
