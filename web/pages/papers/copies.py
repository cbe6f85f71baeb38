"""Copies that say to whom they were given (IG16): a line on each, with the number under which the record knows it."""

from __future__ import annotations

from typing import BinaryIO, cast

from audit.models import Event
from cases.marked_copies import marked
from cases.models import PaperVersion, Person
from cases.renditions import Rendition
from web.design_system import words
from web.pages.papers.presenter import kind_of_file, title_of_version
from workflows.look import Look


def mark_of(look: Look, person: Person, version: PaperVersion, opening: Event) -> str:
    """What stands on a copy; the same for lay and staff. Empty for its author, and for those who check the record
    from outside the group, who compare its fingerprint."""
    if version.author_id == person.pk or not (look.seats_of(person.pk) or opening.facts.get("emergency")):
        return ""
    what = f"{look.case.reference}, {title_of_version(version)}"
    return f"{what}. Copy {opening.seq}, given to {person.name} on {words.day(opening.at)}. Do not pass it on."


def copy_of(handed: Rendition, mark: str) -> bytes | None:
    """The file with its mark; None for the file itself, where there is no mark or it cannot be put on."""
    if not mark:
        return None
    with handed.file.open("rb") as file:
        return marked(kind_of_file(handed), cast("BinaryIO", file), mark)
