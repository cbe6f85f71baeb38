"""A small sound process for tests to spoil: a text is written, agreed with lay people, and signed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from permissions.roles import CHAIR, EXEC, EXEC_TEAM, LEAD, MEMBER, PSP
from workflows.calendar import working_days
from workflows.definition import (
    AnyTime,
    Dissent,
    Fact,
    Final,
    Guard,
    Item,
    Outcome,
    Paper,
    Process,
    Seats,
    Stage,
    at_least,
    every,
)

TEXT = Paper("text", "Text", LEAD)
POINT = Item("point", "Point", "Points")
DAY = Fact("met_that_day", "On which day did you meet?", "day")
IS_TRUE = Guard("it_is_true", "T1", "It is true", lambda look: True, "Make it true.")

WRITE = Stage("write", "Write it", ref="T1", acts=LEAD, records=(DAY,), passes_to="agree", within=working_days(5))
AGREE = Stage(
    "agree", "Agree it", ref="T2", acts=LEAD, paper=TEXT, agreed_by=every(PSP) & at_least(1, CHAIR) & at_least(1, PSP),
    passes_to="sign", dissent=Dissent(EXEC), returns_to="write", within=working_days(10),
)  # fmt: skip
SIGN = Stage(
    "sign", "Sign it", ref="T3", acts=EXEC, paper=TEXT,
    choices=(Outcome("sign", "done", "Sign", only_if=(IS_TRUE,)), Outcome("send_back", "agree", "Send back", back=True)),
)  # fmt: skip
WITHDRAW = AnyTime("withdraw", "Withdraw", by=(LEAD,), effect="ends", second=(EXEC_TEAM,), to="withdrawn")
HOLD = AnyTime("hold", "Stop it", by=(PSP,), effect="pauses", during=("sign",), answered_by=CHAIR, within=working_days(5))
SEATS = (
    Seats(PSP, minimum=1, target=2, offered_by=LEAD),
    Seats(LEAD, asked_at_opening=True),
    Seats(CHAIR, offered_by=LEAD),
    Seats(MEMBER, minimum=0, target=0, offered_by=LEAD),
    Seats(EXEC),
    Seats(EXEC_TEAM),
)
ENDS = (Final("done", "Done"), Final("withdrawn", "Withdrawn", without_lay="Two people and a reason."))


def page(**changes: Any) -> Process:
    """The sound process, or the same with some of its fields changed."""
    sound = Process(
        code="TST", title="A text", plain="A text that lay people agree to.", version=1, seats=SEATS,
        stages=(WRITE, AGREE, SIGN), ends=ENDS, papers=(TEXT,), items=(POINT,), any_time=(WITHDRAW,), opened_by=(LEAD,),
        signed_by=EXEC, lay_entry_by="agree", within=working_days(60),
    )  # fmt: skip
    return replace(sound, **changes)


def with_stage(code: str, **changes: Any) -> Process:
    """The sound process with some fields of one stage changed."""
    return page(stages=tuple(replace(stage, **changes) if stage.code == code else stage for stage in page().stages))


def with_seats(role: Any, **changes: Any) -> Process:
    """The sound process with the seats of one role changed."""
    return page(seats=tuple(replace(seats, **changes) if seats.role == role else seats for seats in SEATS))
