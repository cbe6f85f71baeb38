"""Before a paper is released: what in it points to a person, which its author looks at and says so (IG1, IG14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, cast

from cases.file_kinds import FileKind, UnfitFile
from cases.identifiers import Identifier, identifiers_in, mark_of
from cases.models import PaperVersion
from cases.paper_text import text_of
from cases.renditions import Rendition, rendition
from permissions.verdict import Verdict, judge


@dataclass(frozen=True)
class Pointing:
    """What points to people in a version. `inside`: the words of the file were read too; those of a PDF cannot be."""

    found: tuple[Identifier, ...] = ()
    inside: bool = True

    @property
    def mark(self) -> str:
        return mark_of(self.found)


def points_to_people(version: PaperVersion, plain_summary: str, lay_reads: str) -> Pointing:
    """Every NHS number and e-mail address that a release would give to the group: in the summary, the names, the note, the file.

    `lay_reads` says which file lay partners get, and so which is searched; there is none where they read nothing of it.
    """
    if lay_reads == PaperVersion.LayReads.NOTHING:
        return Pointing()
    has_own = lay_reads == PaperVersion.LayReads.OWN and hasattr(version, "lay_rendition")
    file = rendition(version, without_parts=has_own)
    beside = ((plain_summary, "the summary"), (version.change_note, "your note on what changed"),
              (version.paper.title, "the title"), (file.name, "the name of the file"))  # fmt: skip
    found = [one for text, where in beside for one in identifiers_in(text, where)]
    words = words_of_file(file)
    by = "line" if file.media_type == FileKind.TEXT.media_type else "paragraph"
    return Pointing((*found, *identifiers_in(words or "", "the file", by)), words is not None)


def words_of_file(found: Rendition) -> str | None:
    """The words of the file; None where nobody can search them: a PDF, a document of thousands of pages."""
    kind = next((kind for kind in FileKind if kind.media_type == found.media_type), None)
    if kind is None:
        return None
    with found.file.open("rb") as file:
        try:
            return text_of(kind, cast(BinaryIO, file))
        except UnfitFile:
            return None


def looked_through(pointing: Pointing, checked: str) -> Verdict:
    """IG1: what points to a person is looked at first. `checked` is the mark of the very list that was looked at."""
    found = pointing.found
    first = f"{found[0]}" + (f", and {len(found) - 1} more" if len(found) > 1 else "") if found else ""
    return judge(checked == pointing.mark or not found, "IG1", f"This may point to a person: {first}.",
                 "Take it out, or look at each and say that it may stay.")  # fmt: skip
