"""What can be done about a group, a seat in it or a meeting of it, as a table: a row for each act, and one view for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.models import GroupSeat, Meeting, Person, SafetyGroup
from permissions import groups as may
from permissions.verdict import Verdict
from web.design_system.forms import ButtonForm, PageForm
from web.pages.groups.forms import DayForm, GroupForm, HeldForm, JoinForm, LeaveForm, MoveForm, PapersForm, WhyForm
from workflows.doors import groups, meetings

Row = SafetyGroup | GroupSeat | Meeting


@dataclass(frozen=True)
class GroupAct:
    """One act. `may` and the door ask the same verdicts; `names` are the answers that the door takes."""

    code: str
    title: str
    form: type[PageForm]
    do: Callable[..., Any]
    may: Callable[[Any, Person, datetime], list[Verdict]]
    names: tuple[str, ...] = ()
    submit: str = "Put it on record"
    plain: str = ""

    def particulars(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {name: answers[name] for name in self.names}

    def can(self, row: Row, by: Person, at: datetime) -> bool:
        return all(self.may(row, by, at))


def _keeps(group: SafetyGroup, by: Person, at: datetime) -> list[Verdict]:
    return [may.may_keep_groups(group.organisation, by, at), may.is_open(group)]


def _by_code(*acts: GroupAct) -> dict[str, GroupAct]:
    return {act.code: act for act in acts}


OF_GROUPS = _by_code(
    GroupAct("group_join", "Write down that a partner sits in it", JoinForm, groups.seat_partner, _keeps,
             ("person", "starts_on", "membership", "membership_reason"),
             plain="Ask the partner first: nobody sits in a group who has not said yes."),
    GroupAct("meeting_plan", "Plan a meeting", DayForm, meetings.plan_meeting, _keeps, ("day",), "Plan it",
             "The partners of the group are told."),
    GroupAct("group_change", "Change what is on record", GroupForm, groups.change_group, _keeps,
             ("name", "kind", "terms", "target"), plain="What was written before stays in the record."),
    GroupAct("group_close", "Take it off the list", WhyForm, groups.close_group, _keeps, ("why",), "Take it off the list",
             "Nothing is deleted: the record keeps the group, its partners and its meetings."),
)  # fmt: skip
OF_SEATS = _by_code(
    GroupAct("group_seat_member", "Make them a member", ButtonForm, groups.make_member, may.may_become_member,
             plain="From today on they decide with the others, and count."),
    GroupAct("group_seat_end", "Ask for the seat to be ended", WhyForm, groups.ask_to_end_group_seat, may.may_ask_to_end, ("why",),
             "Ask a second person", "The partner is told at once. The seat is theirs until a second person agrees."),
    GroupAct("group_seat_agree", "Agree that the seat ends", ButtonForm, groups.agree_to_end_group_seat, may.may_answer_end,
             submit="Agree", plain="The seat ends today, and the partner is told."),
    GroupAct("group_seat_refuse", "Say no: the seat stays", ButtonForm, groups.refuse_to_end_group_seat, may.may_answer_end,
             submit="The seat stays", plain="Everything stays as it was."),
    GroupAct("group_leave", "Leave the group", LeaveForm, groups.leave_group, may.may_leave, ("why",), "Leave the group"),
)  # fmt: skip
OF_MEETINGS = _by_code(
    GroupAct("meeting_move", "Move it", MoveForm, meetings.move_meeting, may.may_plan, ("to_day", "why"), "Move it",
             "The partners of the group are told. A move less than three working days before is counted."),
    GroupAct("meeting_cancel", "Call it off", WhyForm, meetings.cancel_meeting, may.may_plan, ("why",), "Call it off",
             "The partners of the group are told."),
    GroupAct("meeting_papers", "Say when the papers were sent", PapersForm, meetings.record_papers_sent, may.may_note_papers,
             ("sent_on",)),
    GroupAct("meeting_held", "Say who was there", HeldForm, meetings.record_held, may.may_record_held, ("present",),
             plain="It is lay-quorate if at least one partner was there as a member. This is written down once."),
)  # fmt: skip
