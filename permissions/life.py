"""The small life of a thing: which move leads from which states to which. Tables of moves are in `seatlife`, `traininglife`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """One step of a life. `title` says it in a sentence: "you cannot ..."."""

    code: str
    title: str
    source: tuple[str, ...]
    target: str


def life(*moves: Move) -> dict[str, Move]:
    """The moves by their code."""
    return {move.code: move for move in moves}
