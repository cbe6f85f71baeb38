"""The papers of a case as one person may see them: the newest version of each first, older ones behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from cases.models import PaperVersion
from web.design_system.words import day, filesize
from web.pages.cases.found import address
from web.pages.cases.reading import CaseFacts


@dataclass(frozen=True)
class VersionLine:
    """One version of a paper. `draft`: only its author sees it."""

    title: str
    href: str
    note: str
    plain_summary: str
    change_note: str
    draft: bool


@dataclass(frozen=True)
class PaperLine:
    """One paper: its newest version, and those before it."""

    newest: VersionLine
    older: tuple[VersionLine, ...]


def papers(facts: CaseFacts) -> list[PaperLine]:
    """Every paper with a version that this person may open; the paper that changed last comes first."""
    ordered = sorted(facts.readable, key=lambda one: (str(one.paper_id), -one.number))
    groups = [list(versions) for _key, versions in groupby(ordered, key=lambda one: one.paper_id)]
    groups.sort(key=lambda versions: versions[0].uploaded_at, reverse=True)
    return [PaperLine(lines[0], tuple(lines[1:])) for lines in (_lines(facts, versions) for versions in groups)]


def _lines(facts: CaseFacts, versions: Iterable[PaperVersion]) -> list[VersionLine]:
    return [_line(facts, version) for version in versions]


def _line(facts: CaseFacts, version: PaperVersion) -> VersionLine:
    when = f"Released {day(version.released_at)}" if version.released_at else f"Uploaded {day(version.uploaded_at)}"
    return VersionLine(
        title=f"{version.paper.title}, version {version.number}",
        href=address("paper", facts.look.case, version=version.pk),
        note=f"{when}, by {version.author}. {filesize(facts.look.handed_to(facts.person.pk, version).size)}.",
        plain_summary=version.plain_summary,
        change_note=version.change_note,
        draft=not version.is_released,
    )
