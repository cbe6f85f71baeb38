"""How the steps of a process are said on a page: what one is asked to do, who is meant, how many."""

from __future__ import annotations

from collections.abc import Iterable

from cases.models import Visit
from workflows.available import to_decide
from workflows.definition import MEASURES, Process, Stage

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_ASKED = {
    "support": "Say what you think of {}",
    "seen": "Read {}, and say that you have",
    "heard": "Say whether you were heard",
    "ready": "Say whether you are ready",
    "sign": "Sign {}",
    "evidence": "Say whether you have seen that it was done",
}

_OPENED = {
    "OVS": "Open a case",
    "IMP": "Propose an improvement project",
    "TRN": "Start the training of a partner",
}
"""What opening a case of a process is called."""


def to_open(process: Process) -> str:
    """What the button says that opens a case of a process."""
    return _OPENED.get(process.code, f"Open a case: {lower(process.title)}")


def number(count: int) -> str:
    """ "two"; figures above ten."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def names(people: Iterable[str]) -> str:
    """ "Ann Lee, Bob Ray and Cy Orr"; each name once."""
    found = list(dict.fromkeys(people))
    return " and ".join(part for part in (", ".join(found[:-1]), found[-1]) if part) if found else "nobody"


def one_of(people: Iterable[str]) -> str:
    """ "Ann Lee, Bob Ray or Cy Orr", where any one of them will do; each once."""
    found = list(dict.fromkeys(people))
    return " or ".join(part for part in (", ".join(found[:-1]), found[-1]) if part) if found else "nobody"


def lower(words: str) -> str:
    """The words as the middle of a sentence begins: "review the draft report"."""
    return words[:1].lower() + words[1:]


def subject(stage: Stage) -> str:
    """What the stage is about, as the object of a sentence: "the draft report"."""
    if stage.on_each:
        return f"the {lower(stage.on_each.plural)}"
    if stage.deals_with == MEASURES:
        return "the measures"
    return f"the {lower(stage.paper.title)}" if stage.paper else f"\u201c{stage.title}\u201d"


def lay_say(stage: Stage) -> str:
    """The mark of a stage that does not go on without its lay partners; empty where none are asked (R1)."""
    if not stage.lay_required:
        return ""
    if stage.hears:
        return "Lay partners who disagree must be heard"
    return "Lay partners must agree" if stage.asks_to_agree else "Lay partners must answer"


def must_be_answered_before(process: Process) -> str:
    """By when every comment of a lay partner has an answer, as the end of a sentence."""
    return "before the report is signed" if process.signed_by else "before the work can come to its end"


def recording_silence(process: Process) -> str:
    """Who may record that somebody gave no answer: "group chair", "project sponsor"; empty where nobody may."""
    return " or ".join(lower(seats.role.title) for seats in process.seats if seats.role.may("lapse"))


def asked(stage: Stage) -> str:
    """What somebody whose answer is wanted is asked to do."""
    return _ASKED.get(stage.asks.code, stage.asks.question).format(subject(stage))


def to_do(stage: Stage, step: str) -> str:
    """What somebody whose turn it is in this step is asked to do."""
    if step == Visit.Step.ANSWER:
        return asked(stage)
    return to_decide(stage) if step == Visit.Step.DECIDE else stage.title


PAGE_OF_STEP = {Visit.Step.PREPARE: "stage_submit", Visit.Step.ANSWER: "position", Visit.Step.DECIDE: "stage_decide"}
"""The page on which each step of a visit is done."""
