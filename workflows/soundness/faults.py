"""What can be wrong with a process: one row per fault, with the rule it breaks and how to mend it. Imports no Django."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition import Process


@dataclass(frozen=True)
class Fault:
    """A kind of fault. `code` begins with E (the project does not start) or W (it says so, and starts)."""

    code: str
    title: str
    rule: str
    remedy: str

    @property
    def stops(self) -> bool:
        return self.code.startswith("E")


@dataclass(frozen=True)
class Finding:
    """A fault found in one place: `stage` is empty where the fault is the whole process's."""

    fault: Fault
    process: str
    version: int
    stage: str
    what: str

    @property
    def code(self) -> str:
        return self.fault.code

    def __str__(self) -> str:
        place = f"{self.process} version {self.version}" + (f", stage {self.stage!r}" if self.stage else "")
        return f"{place}: {self.what} ({self.fault.rule})"


class Unsound(Exception):
    """The page cannot be made into a law and a route. `findings` says why, each with its remedy."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(f"[{one.code}] {one} {one.fault.remedy}" for one in findings))


FAULTS: dict[str, Fault] = {}


def _fault(code: str, title: str, rule: str, remedy: str) -> Fault:
    return FAULTS.setdefault(code, Fault(code, title, rule, remedy))


# The page itself: without these it cannot be compiled, or not as it reads
NO_STAGE = _fault("E001", "A process has no stage", "page", "Write at least one stage card and one end.")
TWICE = _fault(
    "E002", "A code is used twice", "page", "Give each its own code: codes are stored, and must tell one thing from another."
)
UNFIT = _fault(
    "E003", "A code cannot be stored", "page",
    "Use small letters, digits and single underscores, beginning with a letter, and no name that a case or a flow uses already.",
)  # fmt: skip
NOWHERE = _fault("E004", "A way leads nowhere", "page", "Name a stage or an end of this process.")
IDLE = _fault("E005", "Nobody does anything in a stage", "page", "Say who acts, who must agree or who decides.")
NO_DISSENTER = _fault(
    "E006", "A disagreement that nobody could raise is to be heard", "R3",
    "Ask a lay role to agree to this stage, with a question that can be disagreed with, or take the Dissent away.",
)  # fmt: skip
TWO_WAYS = _fault("E007", "A stage says twice where it leads", "page", "Write either choices or passes_to, not both.")
UNLISTED = _fault("E008", "A stage names a paper or an item that the process does not list", "page", "Add it to papers or items.")
TWO_QUESTIONS = _fault("E009", "One fact is asked for by two questions", "page", "Use one Fact in both places, or two codes.")
NO_FIELD = _fault(
    "E010", "No field can ask for a fact", "page",
    "Use the kind text, choice, day or yes_no; give choices to a choice, and to nothing else.",
)  # fmt: skip
TWO_GUARDS = _fault("E011", "Two guards share a code", "page", "Rename one: verdicts are stored under the code.")
NO_ENTRY = _fault("E012", "Lay entry is tied to no stage", "R10", "Let lay_entry_by name a stage of this process.")
NO_EFFECT = _fault(
    "E013", "An act open at every stage has no effect that the engine knows", "page",
    "Its effect is records, with something to record; ends, with the end it leads to; or pauses, with who answers and by when.",
)  # fmt: skip
HALF_A_CLOCK = _fault(
    "E015", "A stage that the clock ends, without the sentence or without the end", "page",
    "Write both expires_when and expires_to, or neither.",
)  # fmt: skip
NO_OPENER = _fault("E014", "Nobody may open a case", "page", "Name the roles that open it in opened_by.")

# People: every denominator is counted against seats
UNSEATED = _fault(
    "E020", "A role has a part but no seat", "seats", "Add Seats for the role, or give the part to a role that is seated."
)
UNFILLED = _fault(
    "E021", "A seat that nobody fills", "seats",
    "Say who offers it (offered_by), or that whoever opens the case names the person (asked_at_opening).",
)  # fmt: skip
UPSIDE_DOWN = _fault("E022", "The fewest seats are more than the seats wanted", "R11", "Let minimum be no more than target.")
UNREACHABLE_TERM = _fault(
    "E023", "An agreement that the fewest seats cannot reach", "R1",
    "Raise the minimum of the seats, or ask for fewer; never fewer than one.",
)  # fmt: skip
MAYBE_EMPTY = _fault(
    "E024", "A part given to a role that may have nobody", "R1",
    "Let the role have at least one seat (minimum), or give the part to another.",
)  # fmt: skip
NO_CHOOSER = _fault(
    "E025", "A choice that nobody makes", "page", "Say who decides (decided_by), or who acts, or leave one way out."
)

# Paths
UNREACHED = _fault("E030", "A stage or an end that no case can reach", "paths", "Lead to it from a stage, or take it away.")
ENDLESS = _fault("E031", "A stage from which no end can be reached", "paths", "Give it a way out that leads to an end.")
BACK_TO_UNKNOWN = _fault(
    "E032", "A way back to where the case may never have been", "paths",
    "Lead back to a stage that every path to this one passes.",
)  # fmt: skip
GUARDED_BACK = _fault("E033", "A guard on the way back", "paths", "Take the guards off: nobody may be stuck. Mark it back=True.")

# Power
UNHEARD_DISSENT = _fault(
    "E040", "A lay disagreement that nobody would hear", "R3", "Add dissent=Dissent(...) with the executive who hears it.",
)  # fmt: skip
NO_RETURN = _fault(
    "E041", "A refusal that leads nowhere", "R1", "Say in returns_to where the case goes back to when it is not agreed."
)
HEARD_BY_LAY = _fault("E042", "A lay disagreement is heard by a lay role", "R3", "Name an executive in Dissent.")
TOKENISM = _fault(
    "E043", "A case can end with no lay voice, and no reason is written", "R1",
    "Let every path to this end pass a stage that lay people must agree to, or write without_lay on the end.",
)  # fmt: skip
ONE_KEY = _fault("E044", "One person alone can end a case", "R8", "Name the second person's roles in second.")
ONLY_SHOWN = _fault(
    "W045", "Lay people are shown papers on the way to an end, and asked for no decision", "R1",
    "Ask a question that can be answered with no (SUPPORT, READY, SIGN, EVIDENCE) in at least one stage on every path.",
)  # fmt: skip
RUNS_OUT = _fault(
    "E047", "The clock ends a stage that lay people must agree to", "R1",
    "Take expires_to off: silence is no answer, and time alone carries nothing past a lay partner.",
)  # fmt: skip
HELD_BY_NOBODY = _fault(
    "E048", "A hold that no lay partner can place, or that the one who placed it answers", "R12",
    "Let lay roles place the hold (by), and let a member of staff answer it (answered_by).",
)  # fmt: skip
STALE_EXCUSE = _fault(
    "W046", "A written reason for having no lay voice is not needed any more", "R1", "Take without_lay off this end.",
)  # fmt: skip


def found(process: Process, fault: Fault, what: str, stage: str = "") -> Finding:
    """The fault, found in this process and stage."""
    return Finding(fault, process.code, process.version, stage, what)
