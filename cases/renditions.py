"""The two files that one version of a paper may be: what staff read, and what lay partners read (IG4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models.fields.files import FieldFile

from cases.models import PaperVersion


@dataclass(frozen=True)
class Rendition:
    """One file of a version, under the name it is offered by. `size` in bytes."""

    file: FieldFile
    name: str
    media_type: str
    size: int
    sha256: str
    without_parts: bool


def rendition(version: PaperVersion, without_parts: bool) -> Rendition:
    """The file to hand out. `without_parts`: to a lay partner, where something of this version is held back from them.

    Raises PaperVersion.lay_rendition.RelatedObjectDoesNotExist where there is no such file.
    """
    found = version.lay_rendition if without_parts else version
    return Rendition(found.file, found.name, found.media_type, found.size, found.sha256, without_parts)
