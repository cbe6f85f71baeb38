"""Before a paper is released: what in it points to a person, which its author looks at and says so (IG1, IG14)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO, cast

from cases.file_kinds import FileKind, UnfitFile
from cases.identifiers import Identifier, identifiers_in, mark_of
from cases.models import PaperVersion
from cases.paper_text import text_of
from cases.pdf_text import words_of_pdf
from cases.renditions import Rendition, rendition
from permissions.verdict import Verdict, judge


@dataclass(frozen=True)
class Pointing:
    """What points to people in a version. `unread`: why its file, or a part of it, could not be searched; empty where all was."""

    found: tuple[Identifier, ...] = ()
    unread: str = ""

    @property
    def to_check(self) -> tuple[str, ...]:
        """Each thing that its author looks at before it is released."""
        unread = (f"the file, which could not be searched because {self.unread}",) if self.unread else ()
        return (*unread, *map(str, self.found))

    @property
    def mark(self) -> str:
        """A short mark of exactly this, for whoever has looked at it. Empty where there is nothing to look at."""
        return mark_of(self.to_check)


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
    inside = _in_pdf(file) if file.media_type == FileKind.PDF.media_type else _in_words(file)
    return Pointing((*found, *inside.found), inside.unread)


def _in_words(file: Rendition) -> Pointing:
    """What points to people in a document that is text inside."""
    words = words_of_file(file)
    if words is None:
        return Pointing(unread="it is too long, or damaged")
    by = "line" if file.media_type == FileKind.TEXT.media_type else "paragraph"
    return Pointing(tuple(identifiers_in(words, "the file", by)))


@lru_cache(maxsize=32)
def _in_pdf(file: Rendition) -> Pointing:
    """What points to people in a PDF, page by page. It is read once for a page and the act that follows it: that takes seconds."""
    with file.file.open("rb") as stream:
        read = words_of_pdf(cast(BinaryIO, stream))
    places = [(text, f"page {number} of the file") for number, text in enumerate(read.pages, start=1)]
    places += [(text, "the notes, form or properties of the file") for text in read.beside]
    found = tuple(one for text, where in places for one in identifiers_in(" ".join(text.split()), where))
    return Pointing(found, read.unread)


def words_of_file(found: Rendition) -> str | None:
    """The words of the file; None where there are none to be had: a damaged document, one of thousands of pages."""
    kind = next((kind for kind in FileKind if kind.media_type == found.media_type), None)
    if kind is None:
        return None
    with found.file.open("rb") as file:
        try:
            return text_of(kind, cast(BinaryIO, file))
        except UnfitFile:
            return None


def looked_through(pointing: Pointing, checked: str) -> Verdict:
    """IG1: what points to a person, or could not be searched, is looked at first. `checked`: the mark of that very list."""
    found = pointing.to_check
    first = found[0] + (f", and {len(found) - 1} more" if len(found) > 1 else "") if found else ""
    return judge(checked == pointing.mark or not found, "IG1", f"This may point to a person: {first}.",
                 "Take it out, or look at each and say that it may stay.")  # fmt: skip
