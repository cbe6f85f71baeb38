"""Pictures of a process: a table, a Mermaid flowchart, BPMN 2.0, and the whole definition as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

from workflows.definition import Process
from workflows.fingerprint import definition_json, fingerprint
from workflows.pictures.bpmn import bpmn
from workflows.pictures.mermaid import mermaid
from workflows.pictures.table import markdown_page, text_table

__all__ = ["FORMATS", "as_json", "bpmn", "mermaid", "page", "text"]


def text(whole: Process) -> str:
    """The table of an expanded process, for a terminal."""
    return text_table(whole, fingerprint(whole))


def page(whole: Process) -> str:
    """The reference page of an expanded process, in Markdown."""
    return markdown_page(whole, fingerprint(whole))


def as_json(whole: Process) -> str:
    """The whole expanded definition, `stages` in order, and its `fingerprint`.

    Take the key "fingerprint" out and the rest, as JSON with sorted keys, the separators "," and ":" and only ASCII,
    has that SHA-256.
    """
    return json.dumps({**definition_json(whole), "fingerprint": fingerprint(whole)}, indent=2, ensure_ascii=False) + "\n"


FORMATS: dict[str, Callable[[Process], str]] = {"text": text, "json": as_json, "mermaid": mermaid, "bpmn": bpmn}
