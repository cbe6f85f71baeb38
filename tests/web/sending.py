"""What each page with a form sends, filled in as it should be, and who may send it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.casework import day
from tests.web.everybody import NOBODY, SUPERUSER, WHO, World
from workflows.calendar import london_day

REASON = "We talked about it on the telephone and agreed."
MEASURE = {"title": "Families called back", "why": "They wait.", "how": "Each week."}
ASKING = {"asking_to": "confirm"}
"""With every field at once, as no page of ours sends it: question and check in one."""
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Sending:
    """`does`: those who may, in the state of the case; the fields may depend on the world that they are sent in."""

    does: str
    values: Fields | Callable[[World, dict[str, Any]], Fields]
    state: str = "answering"

    def fields(self, world: World, state: str) -> dict[str, Any]:
        return dict(self.values(world, world.named[state]) if callable(self.values) else self.values)


SENDS_NOTHING = Sending("", {})


def _trust(world: World) -> Any:
    return world.stories["answering"].trust


def _opening(world: World, names: dict[str, Any]) -> Fields:
    trust = _trust(world)
    return {
        "title": "A new case",
        "summary": "It happened.",
        "who_lead": trust["lead"].pk,
        "who_directorate": trust["directorate"].pk,
    }


def _asking(world: World, names: dict[str, Any]) -> Fields:
    soon = london_day(world.at) + timedelta(days=7)
    return {
        "people": [_trust(world)["ivy"].pk], "why": REASON, "hours": "Six a month", "meetings": "Four", "until": "June",
        "pay": "Unpaid", "membership": "member", **day("reply_by", soon),
    }  # fmt: skip


def _tie(world: World, names: dict[str, Any]) -> Fields:
    return {"person": _trust(world)["ivy"].pk, "kind": "relative"}


def _emergency(world: World, names: dict[str, Any]) -> Fields:
    return {**ASKING, "asking_at": "emergency", "reference": names["reference"], "reason": REASON}


def _rule(world: World, names: dict[str, Any]) -> Fields:
    return {"subject": "other", "years": "12", "source": "Policy", **day("starts_on", london_day(world.at))}


def _waiver(world: World, names: dict[str, Any]) -> Fields:
    return {**day("until", london_day(world.at) + timedelta(days=7)), "reason": REASON}


def _lay_file(world: World, names: dict[str, Any]) -> Fields:
    return {"file": SimpleUploadedFile("lay.txt", b"What happened.")}


def _part(world: World, names: dict[str, Any]) -> Fields:
    return {**_waiver(world, names), "what": "Two names", "category": "staff"}


def _visit(world: World, names: dict[str, Any]) -> Fields:
    return {"visit": names["visit"], "reason": REASON}


def _file(world: World, names: dict[str, Any]) -> Fields:
    return {"file": SimpleUploadedFile("report.txt", b"What happened, hour by hour."), "change_note": REASON, "after": "2"}


def _views(world: World, names: dict[str, Any]) -> Fields:
    actions = world.stories["answering"].look.live_actions
    said = {f"answer_{one.pk.hex}": "support" for one in actions} | {f"revision_{one.pk.hex}": one.revision for one in actions}
    return {**ASKING, "asking_at": "view", **said}


def _action(world: World, names: dict[str, Any]) -> Fields:
    due = day("due_on", london_day(world.at) + timedelta(days=30))
    return {"title": "Answer every bell", "owner": _trust(world)["directorate"].pk, "measure": "An audit each month", **due}


def _soon(world: World, names: dict[str, Any]) -> Fields:
    return {**ASKING, "asking_at": "book", **day("day", london_day(world.at) + timedelta(days=7))}


def _said(world: World, names: dict[str, Any]) -> Fields:
    live = world.stories["asking"].look.visit
    given = {"answer": "support", "given": "phone", **day("given_on", london_day(world.at))}
    return {"visit": live.pk, "version": live.version_id, **given}


def _stand_in(world: World, names: dict[str, Any]) -> Fields:
    today = london_day(world.at)
    return {"person": _trust(world)["ivy"].pk, **day("starts_on", today), **day("until", today + timedelta(days=9))}


def _filed(world: World, names: dict[str, Any]) -> Fields:
    return {"reference": "Folder 7", **day("signed_on", london_day(world.at))}


def _done(world: World, names: dict[str, Any]) -> Fields:
    return {
        **ASKING, "asking_at": "complete", **day("completed_on", london_day(world.at)), "provider": "The trust", "hours": "1",
        "evidence": REASON,
    }  # fmt: skip


def _required(world: World, names: dict[str, Any]) -> Fields:
    row = {"title_1": "Essentials", "why_1": REASON, "within_1": "40"}
    return {**day("starts_on", london_day(world.at)), "source": REASON, "without": REASON, **row}


def _claim(world: World, names: dict[str, Any]) -> Fields:
    return {**ASKING, "asking_at": "claim", **day("day", london_day(world.at)), "reading": "2.5"}


def _paid(world: World, names: dict[str, Any]) -> Fields:
    return day("paid_on", london_day(world.at))


def _terms(world: World, names: dict[str, Any]) -> Fields:
    amounts = {"whole_day": "150", "half_day": "75", "half_day_hours": "4", "half_day_is": "under", "paid_within": "15"}
    return {**day("starts_on", london_day(world.at)), "source": REASON, **amounts}


def _partner(world: World, names: dict[str, Any]) -> Fields:
    return {"person": _trust(world)["ivy"].pk, "task": "oversight", "anyway": "on"}


def _appointed(world: World, names: dict[str, Any]) -> Fields:
    return {**ASKING, "asking_at": "appoint", "role": "psp", **day("starts_on", london_day(world.at))}


def _promised(world: World, names: dict[str, Any]) -> Fields:
    return {**ASKING, "asking_at": "promise", **day("signed_on", london_day(world.at))}


def _learned(world: World, names: dict[str, Any]) -> Fields:
    done = day("completed_on", london_day(world.at))
    return {**ASKING, "asking_at": "training", "subject": "other", "other": "First aid", **done, "source": REASON}


GROUP = {"name": "Falls group", "kind": "review", "terms": REASON, "target": "2"}


def _joined(world: World, names: dict[str, Any]) -> Fields:
    return {"person": _trust(world)["ivy"].pk, "membership": "member", **day("starts_on", london_day(world.at))}


def _met(world: World, names: dict[str, Any]) -> Fields:
    soon = london_day(world.at) + timedelta(days=7)
    return {**day("day", soon), **day("to_day", soon), **day("sent_on", london_day(world.at)), "why": REASON}


def _totals(world: World, names: dict[str, Any]) -> Fields:
    groups = "Under 50, 6, 600\n50 and over, 9, 400"
    return {"theme": "age", "totals": groups, "source": REASON, **day("counted_on", london_day(world.at))}


NELL = {"name": "Nell Park", "email": "nell@harbourvale.example", "contact_by": "email"}

SENDING = {
    "directory_add": Sending("coordinator quality", {**ASKING, "asking_at": "add", **NELL}),
    "directory_change": Sending("coordinator quality", {**ASKING, "asking_at": "change", **NELL}),
    "directory_appoint": Sending("coordinator quality", _appointed),
    "directory_promise": Sending("coordinator quality", _promised),
    "directory_training": Sending("coordinator quality", _learned),
    "directory_end": Sending("coordinator quality", {**ASKING, "asking_at": "end", "reason": REASON}),
    "waiver_end": Sending("exec_team", {"request": "pressed once"}, "following"),
    "case_open": Sending("lead lead2 directorate quality", _opening),
    "seat_assign": Sending("lead", _asking, "forming"),
    "seat_withdraw_offer": Sending("lead", {"reason": REASON}, "forming"),
    "seat_end": Sending("lead chair", {"what": "end", "reason": REASON}),
    "connection": Sending("lead engagement", _tie),
    "offices": Sending("exec exec_team coordinator quality", {"request": "pressed once"}),
    "seat_answer": Sending("gwen", {"answer": "accept"}),
    "seat_leave": Sending("pat", {"how": "step_down"}),
    "proposal": Sending("exec exec_team", {"answer": "confirm"}),
    "withdraw": Sending("lead chair directorate", {"reason": REASON}),
    "waiver_ask": Sending("lead chair", _waiver, "forming"),
    "stand_in_ask": Sending("pat", _stand_in),
    "type_in": Sending("coordinator", _said, "asking"),
    "typed_file": Sending("coordinator", _filed),
    "typed_witness": Sending("quality", {"seen": "on"}),
    "typed_take_back": Sending("coordinator quality", {"reason": REASON}),
    "typed_confirm": Sending("pat", {"answer": "confirm"}),
    "confirm_link": Sending("anon pat", {"answer": "confirm"}),
    "remind": Sending("lead chair coordinator", _visit),
    "paper_upload": Sending("lead", _file),
    "paper_release": Sending("lead", {"plain_summary": "It says what happened.", "lay_reads": "same", "identifies": "no"}, "draft"),
    "emergency_ask": Sending("ivy far", _emergency),
    "emergency_agree": Sending("ivy", {"request": "pressed once"}),
    "emergency_refuse": Sending("ivy", {"reason": REASON}),
    "emergency_end": Sending("lead2", {"request": "pressed once"}),
    "retention_act": Sending("exec quality", {"kind": "inquest", "asked_by": "The coroner", "reason": REASON}),
    "retention_act_about": Sending("exec quality", {"reason": REASON}),
    "retention_rule": Sending("quality", _rule),
    "withheld_challenge": Sending("pat", {"reason": REASON}, "withholding"),
    "withheld_end": Sending("lead exec", {"reason": REASON}, "withholding"),
    "withheld_longer": Sending("exec", _waiver, "withholding"),
    "withheld_answer": Sending("exec", {"outcome": "upheld", "answer": REASON}, "withholding"),
    "withheld_part": Sending("lead", _part, "withholding"),
    "withheld_file": Sending("lead", _lay_file, "withholding"),
    "guardian_ask": Sending("lead", {"why": REASON}, "withholding"),
    "paper_unclear": Sending("pat", {"text": REASON}),
    "comment": Sending("lead chair pat exec exec_team coordinator engagement directorate quality", {"text": REASON}),
    "comment_answer": Sending("lead chair engagement directorate", {"outcome": "changed", "text": REASON}),
    "answer_verdict": Sending("pat", {"satisfied": "no", "missing": REASON}),
    "stage_submit": Sending("lead", {**ASKING, "asking_at": "stage", "version": ""}, "withholding"),
    "stage_decide": Sending("exec_team", {**ASKING, "asking_at": "decision", "outcome": "investigate"}, "deciding"),
    "position": Sending("pat", _views),
    "position_item": Sending("pat", _views),
    "facts": Sending("engagement", {"fact_questions_status": "asked_none"}),
    "training_offer": Sending(
        "coordinator", {**ASKING, "asking_at": "offer", "what": "A day", "how": "Online", "when": "In May"}, "training"
    ),
    "training_meet": Sending("coordinator", {**ASKING, "asking_at": "meet", "adjustments_met": REASON}, "training"),
    "training_adjust": Sending("pat", {**ASKING, "asking_at": "adjust", "adjustments": REASON}, "training"),
    "training_book": Sending("pat coordinator", _soon, "training"),
    "training_complete": Sending("pat coordinator", _done, "training"),
    "training_check": Sending("coordinator", {**ASKING, "asking_at": "check", "answer": "accept"}, "training"),
    "training_waive": Sending("coordinator", _waiver, "training"),
    "training_more": Sending("pat", {"title": "How to read a chart", "why": REASON}, "training"),
    "training_start": Sending("coordinator", _partner),
    "matter_new": Sending("pat gwen rhona ivy far", {**ASKING, "asking_at": "matter", "title": "At night", "text": REASON}),
    "matter_answer": Sending("exec", {"outcome": "partly", "text": REASON}),
    "matter_settle": Sending("pat", {"request": "pressed once"}),
    "matter_again": Sending("pat", {"text": REASON}),
    "matter_share": Sending("pat", {"request": "pressed once"}),
    "matter_take_back": Sending("pat", {"request": "pressed once"}),
    "matter_withhold": Sending("quality", {"title": "At night", "text": REASON, "why": REASON}),
    "word_ask": Sending(" ".join(set(WHO) - {NOBODY, SUPERUSER}), {"short": "XYZ"}),
    "signal_explain": Sending("quality", {"text": REASON}),
    "word_write": Sending("lead lead2 coordinator quality", {"short": "XYZ", "plain": REASON}),
    "word_retire": Sending("lead lead2 coordinator quality", {"why": REASON}),
    "word_decline": Sending("lead lead2 coordinator quality", {"why": REASON}),
    "experience_answer": Sending("pat", {"free": "4"}),
    "profile_new": Sending("coordinator quality", _totals),
    "group_new": Sending("chair coordinator quality", GROUP),
    "group_change": Sending("chair coordinator quality", GROUP),
    "group_close": Sending("chair coordinator quality", {"why": REASON}),
    "group_join": Sending("chair coordinator quality", _joined),
    "group_seat_member": Sending("chair coordinator quality", {"request": "pressed once"}),
    "group_seat_end": Sending("chair coordinator quality", {"why": REASON}),
    "group_seat_agree": Sending("exec exec_team quality", {"request": "pressed once"}),
    "group_seat_refuse": Sending("exec exec_team quality", {"request": "pressed once"}),
    "group_leave": Sending("pat", {"why": ""}),
    "meeting_plan": Sending("chair coordinator quality", _met),
    "meeting_move": Sending("chair coordinator quality", _met),
    "meeting_cancel": Sending("chair coordinator quality", {"why": REASON}),
    "meeting_papers": Sending("chair coordinator quality", _met),
    "meeting_held": Sending("chair coordinator quality", {"request": "pressed once"}),
    "claim_new": Sending("pat gwen rhona ivy far", _claim),
    "claim_approve": Sending("coordinator", {"request": "pressed once"}),
    "claim_pay": Sending("coordinator", _paid),
    "claim_question": Sending("coordinator", {"text": REASON}),
    "claim_decline": Sending("coordinator", {"text": REASON}),
    "claim_answer": Sending("pat", {"text": REASON}),
    "claim_take_back": Sending("pat", {"request": "pressed once"}),
    "payment_terms_new": Sending("coordinator quality", _terms),
    "requirement_set_new": Sending("coordinator quality", _required),
    "requirement_set_answer": Sending("quality", {"answer": "confirm"}),
    "hold_place": Sending("pat", {"reason": REASON}, "testing"),
    "hold_answer": Sending("chair", {"answer": REASON}, "testing"),
    "measure_propose": Sending("lead pat", MEASURE, "agreeing"),
    "measure_change": Sending("lead", MEASURE, "agreeing"),
    "measure_baseline": Sending("lead", {"baseline": REASON}, "agreeing"),
    "measure_endorse": Sending("pat", {"request": "pressed once"}, "agreeing"),
    "measure_drop": Sending("lead", {"reason": REASON}, "agreeing"),
    "evaluations": Sending("coordinator", {"request": "pressed once"}, "ending"),
    "evaluation_offer": Sending("coordinator", {"request": "pressed once"}, "ending"),
    "evaluation_answer": Sending("pat", {"understood": REASON}, "ending"),
    "action_draft": Sending("directorate", _action),
    "action_change": Sending("directorate", _action),
}
"""Every act that can be sent at once. Interests and evidence are asked for on two pages, so no single form does them."""
