"""The record of a case as one zip file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from audit.models import Event
from workflows.export.record import write_record


def zipped_record(exported: Event) -> IO[bytes]:
    """The record as it stood after the act by which it leaves, in a file on disk that is gone once it is closed."""
    packed = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with TemporaryDirectory() as folder, ZipFile(packed, "w", ZIP_DEFLATED) as into:
        write_record(exported, Path(folder) / "record")
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                into.write(path, path.relative_to(folder))
    packed.seek(0)
    return packed
