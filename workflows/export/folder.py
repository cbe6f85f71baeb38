"""A folder that is being written: each file as it goes, with its size and digest for the manifest."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from audit.chain import canonical


class Folder:
    """Writes files into a new folder and remembers what it wrote. Raises FileExistsError for one that holds anything."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise FileExistsError(f"{path} is not empty.")
        self.path = path
        self.files: list[dict[str, Any]] = []

    def write(self, name: str, text: str) -> None:
        self.write_parts(name, [text])

    def write_lines(self, name: str, things: Iterable[Any]) -> None:
        """One thing a line, as canonical JSON."""
        self.write_parts(name, (canonical(thing) + "\n" for thing in things))

    def write_parts(self, name: str, parts: Iterable[str]) -> None:
        """A file in UTF-8, part by part, so that it need not fit into memory."""
        seal, size = sha256(), 0
        (self.path / name).parent.mkdir(exist_ok=True)
        with (self.path / name).open("xb") as file:
            for part in parts:
                body = part.encode("utf-8")
                seal.update(body)
                size += file.write(body)
        self.files.append({"name": name, "size": size, "sha256": seal.hexdigest()})
