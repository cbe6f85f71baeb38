"""What a check of the evidence finds: which row, what is wrong with it, and what kind of forgery that is."""

from dataclasses import dataclass, field
from enum import StrEnum


class Forgery(StrEnum):
    """What somebody did, as far as it can be told from what they left."""

    EVENT_EDITED = "edited event"
    EVENT_DELETED = "deleted event"
    EVENTS_SWAPPED = "events put in another order"
    CHAIN_BROKEN = "broken chain"
    TAIL_CUT = "newest events cut off"
    REWRITTEN = "chain written anew"
    HISTORY_EDITED = "edited history"
    HISTORY_DELETED = "deleted history"
    ROW_EDITED = "edited row"
    ROW_DELETED = "deleted row"
    ROW_INSERTED = "row inserted behind the ledger"
    FACT_CHANGED = "fact changed behind its history"
    STATE_MOVED = "state moved by hand"
    FACT_INSERTED = "fact made behind the ledger"
    FACT_REMOVED = "fact removed behind the ledger"
    SIGHT_WITHOUT_SEAT = "sight without a seat"
    SEAT_WITHOUT_SIGHT = "seat without sight"
    RULES_BROKEN = "a move that the rules do not have"
    MISCOUNTED = "answers that do not count up"
    WRONG_AUTHOR = "written by an act that may not"
    DEFINITION_CHANGED = "rules of the process changed"
    TASKS_BEHIND = "open tasks behind the facts"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was recorded: the table (app and model), the row's key, what is wrong with it, of what kind."""

    table: str
    row: str
    what: str
    kind: str = field(default="", compare=False)

    def __str__(self) -> str:
        said = f"{self.table} {self.row}: {self.what}"
        return f"{self.kind[0].upper()}{self.kind[1:]}: {said}" if self.kind else said


@dataclass
class Report:
    """How much was checked, how much of it is a stub, and what was found; it may stop collecting when there is too much."""

    events: int = 0
    rows: int = 0
    findings: list[Finding] = field(default_factory=list)
    stubs: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
