"""What a role asks of a person, in four lines: kept as the one text of an offer, and read back from it."""

from __future__ import annotations

from collections.abc import Mapping

LINES = {
    "hours": "How much time",
    "meetings": "Meetings",
    "until": "Until when",
    "pay": "Pay",
}
"""Field of the form, and the words that begin its line."""


def written(answers: Mapping[str, str]) -> str:
    """The text of an offer from the four answers; an empty answer makes no line."""
    one_line = {field: " ".join((answers.get(field) or "").split()) for field in LINES}
    return "\n".join(f"{words}: {one_line[field]}" for field, words in LINES.items() if one_line[field])


def read(text: str) -> dict[str, str]:
    """The answers that a text was written from; empty for a text that says it in other words."""
    fields = {words: field for field, words in LINES.items()}
    lines = [line.partition(": ") for line in text.splitlines()]
    return {fields[words]: answer for words, _, answer in lines} if all(words in fields for words, _, _ in lines) else {}


def rows(text: str) -> list[tuple[str, str]]:
    """The text as questions and answers, to be shown."""
    answers = read(text)
    if not answers:
        return [("What it asks of you", text)] if text.strip() else []
    return [(LINES[field], answer) for field, answer in answers.items()]
