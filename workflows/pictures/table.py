"""The table of a process: in plain text for a terminal, and in Markdown for the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from workflows.definition import Process
from workflows.pictures.mermaid import mermaid
from workflows.pictures.words import COLUMNS, POLICY, around, named, rows, seats_words
from workflows.signals.rungs import in_words, powers

WIDTHS = (20, 24, 28, 20, 34, 36)


def text_table(whole: Process, fingerprint: str) -> str:
    """The process as a governance board reads it, about 175 characters wide."""
    lines = [f"{whole.code} {whole.title}, version {whole.version}", whole.plain, f"Fingerprint {fingerprint}", ""]
    rule = "-+-".join("-" * width for width in WIDTHS)
    for cells in (tuple((name,) for name in COLUMNS), *(row.cells for row in rows(whole))):
        lines += [*_wrapped(cells), rule]
    lines += ["", "Seats", *(f"  {named(seats.role)}: {seats_words(seats)}" for seats in whole.seats)]
    lines += ["", "Around it", *(f"  {what}: {words}" for what, words in around(whole))]
    lines += ["", "Power", *(f"  {in_words(one)}" for one in powers(whole))]
    lines += ["", "Policy of every stage with a lay voice", *(f"  {one}" for one in POLICY)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _wrapped(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of one row, each cell wrapped to its width."""
    columns = [
        [line for entry in cell for line in wrap(entry, width, subsequent_indent="  ")]
        for cell, width in zip(cells, WIDTHS, strict=True)
    ]
    for number in range(max(map(len, columns))):
        parts = (lines[number] if number < len(lines) else "" for lines in columns)
        yield " | ".join(part.ljust(width) for part, width in zip(parts, WIDTHS, strict=True))


def markdown_page(whole: Process, fingerprint: str) -> str:
    """The page of a process in the reference: table, seats, ends, policy and diagram."""
    lines = [
        f"# {whole.title} ({whole.code}), version {whole.version}", "", whole.plain, "",
        f"Fingerprint: `{fingerprint}`", "", "## Stages", "",
        *_table(COLUMNS, [["<br>".join(map(_cell, cell)) for cell in row.cells] for row in rows(whole)]), "",
        "## Seats", "",
        *_table(("Role", "How many"), [[named(seats.role), seats_words(seats)] for seats in whole.seats]), "",
        "## How much power it gives", "", *(f"- {in_words(one)}" for one in powers(whole)), "",
        "## Around it", "", *_table(("What", "How"), [list(pair) for pair in around(whole)]), "",
        "## What holds wherever lay people are asked", "", *(f"- {one}" for one in POLICY), "",
        "## Diagram", "", "```mermaid", mermaid(whole).rstrip("\n"), "```", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    return [_line(head), _line(["---"] * len(head)), *(_line(line) for line in body)]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("(lay)", "**(lay)**")
