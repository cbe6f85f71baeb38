"""The doors on what a partner is owed and raises, on words, and those that open a case in an emergency."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.builders_payment import claimed, terms, time
from tests.integration.doors.through import Through
from workflows.calendar import london_day
from workflows.doors import claims, emergency, experience, groups, matters, meetings, words
from workflows.doors.profile import Broad
from workflows.signals.quarters import quarter_of


def _organisation(case: Any) -> dict[str, Any]:
    return {"organisation": case.trust.organisation}


def _terms(case: Any) -> dict[str, Any]:
    return {
        **_organisation(case), "starts_on": london_day(case.at), "source": "Involvement policy", "paid_within": 20,
        "expenses": "Travel",
    }  # fmt: skip


def _of_a_day(case: Any) -> dict[str, Any]:
    terms(case.trust, case.at)
    return {**_organisation(case), "day": london_day(case.at), "lines": [time("meeting", "2")]}


def _claim(case: Any) -> dict[str, Any]:
    terms(case.trust, case.at)
    return {"claim": claimed(case.trust, case.at).pk}


def _questioned(case: Any) -> dict[str, Any]:
    given = _claim(case)
    claims.question_claim(by=case.who("coordinator"), at=case.at, text="Which meeting?", **given)
    return {**given, "text": "The one in March."}


def _approved(case: Any) -> dict[str, Any]:
    given = _claim(case)
    claims.approve_claim(by=case.who("coordinator"), at=case.at, **given)
    return {**given, "paid_on": london_day(case.at)}


def _late_claim(case: Any) -> dict[str, Any]:
    given = _claim(case)
    case.wait(25)
    return given


def _said(case: Any, kind: str = "concern") -> dict[str, Any]:
    return {**_organisation(case), "kind": kind, "title": "The corridor", "text": "People wait there."}


def _matter(case: Any, kind: str = "concern") -> dict[str, Any]:
    return {"matter": matters.raise_matter(by=case.who("pat"), at=case.at, **_said(case, kind)).pk}


def _answered(case: Any) -> dict[str, Any]:
    given = _matter(case)
    matters.answer_matter(by=case.who("exec"), at=case.at, outcome="not_done", text="There is no room.", **given)
    return given


def _late_matter(case: Any) -> dict[str, Any]:
    given = _matter(case)
    case.wait(15)
    return given


def _of_the_case(case: Any) -> dict[str, Any]:
    return {"matter": matters.raise_matter(by=case.who("pat"), at=case.at, case=case.case, **_said(case)).pk}


def _word(case: Any) -> dict[str, Any]:
    return {**_organisation(case), "short": "Bed board"}


def _number(case: Any) -> dict[str, Any]:
    return {**_organisation(case), "signal": "T6", "quarter": quarter_of(case.at).first, "text": "The lead was ill in March."}


def _asked_for(case: Any) -> dict[str, Any]:
    words.ask_for_word(by=case.who("pat"), at=case.at, **_word(case))
    return _word(case)


GROUP = {"name": "Safety Committee", "kind": "committee", "terms": "Of April: partners are members.", "target": 2}


def _group(case: Any) -> dict[str, Any]:
    return {"group": groups.register_group(by=case.who("quality"), at=case.at, **_organisation(case), **GROUP).pk}


def _joining(case: Any) -> dict[str, Any]:
    return {**_group(case), "person": case.who("pat"), "starts_on": london_day(case.at)}


def _in_group(case: Any, **more: Any) -> dict[str, Any]:
    return {"seat": groups.seat_partner(by=case.who("chair"), at=case.at, **_joining(case), **more).pk}


def _to_be_ended(case: Any) -> dict[str, Any]:
    given = _in_group(case)
    groups.ask_to_end_group_seat(by=case.who("chair"), at=case.at, why="Not seen since May.", **given)
    return given


def _asked_what_it_is_like(case: Any) -> dict[str, Any]:
    made = experience.ask_partners(by=case.who("coordinator"), at=case.at, **_organisation(case))
    return {"experience": made.asked.get(person=case.who("pat")).pk, "answers": {"free": 4}}


def _totals(case: Any) -> dict[str, Any]:
    groups = [Broad("Under 50", 6, 600), Broad("50 and over", 9, 400)]
    return {**_organisation(case), "theme": "age", "counted_on": london_day(case.at), "groups": groups, "source": "Census"}


def _meeting(case: Any) -> dict[str, Any]:
    return {"meeting": meetings.plan_meeting(by=case.who("chair"), at=case.at, day=london_day(case.at), **_group(case)).pk}


def _asked_by(who: str) -> Any:
    def given(case: Any) -> dict[str, Any]:
        return {"emergency": case.do(emergency.ask_for_sight, who, reason="A ward uses the same pump.").pk}

    return given


def _opened_to(who: str) -> Any:
    def given(case: Any) -> dict[str, Any]:
        asked = _asked_by(who)(case)
        case.do(emergency.agree_to_sight, "tomas", **asked)
        return asked

    return given


READING_EVIDENCE = Through("doors.evidence.read_evidence", "auditor", lambda case: {"what": "who could see it"})
"""Passed by an auditor, who has no seat on any case."""

CHECKING = Through("doors.checking.verify_record", "auditor")
"""Passed by an auditor too."""

EMERGENCY_DOORS = (
    Through("doors.emergency.ask_for_sight", "lead2", lambda case: {"reason": "A ward uses the same pump."}, None),
    Through("doors.emergency.agree_to_sight", "lead2", _asked_by("gwen")),
    Through("doors.emergency.refuse_sight", "lead2", lambda case: {**_asked_by("gwen")(case), "reason": "It was stopped."}),
    Through("doors.emergency.end_sight", "lead2", _opened_to("lead2")),
)
"""Passed on a case by people who have no seat on it."""

SHARING = Through("doors.matters.share_matter", "pat", _of_the_case)
"""Passed where the partner sits on a case."""

OFFICE_DOORS = (
    Through("doors.signals.explain_signal", "quality", _number),
    Through("doors.payment_terms.record_payment_terms", "coordinator", _terms),
    Through("doors.claims.make_claim", "pat", _of_a_day, None),
    Through("doors.claims.question_claim", "coordinator", lambda case: {**_claim(case), "text": "Which meeting?"}),
    Through("doors.claims.decline_claim", "coordinator", lambda case: {**_claim(case), "text": "It was paid before."}),
    Through("doors.claims.approve_claim", "coordinator", _claim),
    Through("doors.claims.record_payment", "coordinator", _approved),
    Through("doors.claims.answer_about_claim", "pat", _questioned),
    Through("doors.claims.take_back_claim", "pat", _claim),
    Through("doors.claims.tell_of_late_claim", None, _late_claim),
    Through("doors.matters.raise_matter", "pat", _said, None),
    Through("doors.matters.answer_matter", "exec", lambda case: {**_matter(case), "outcome": "done", "text": "A room is found."}),
    Through("doors.matters.settle_matter", "pat", _answered),
    Through("doors.matters.raise_matter_again", "pat", lambda case: {**_answered(case), "text": "I asked by when."}),
    Through("doors.matters.take_back_matter", "pat", _matter),
    Through("doors.matters.withhold_part", "quality", lambda case: {
        **_matter(case, "board_item"), "title": "A corridor", "text": "Somebody waited.", "why": "It names a patient."}),
    Through("doors.matters.tell_of_late_matter", None, _late_matter),
    Through("doors.words.record_word", "quality", lambda case: {**_word(case), "stands_for": "", "plain": "Where beds are found."}),
    Through("doors.words.ask_for_word", "pat", _word, None),
    Through("doors.words.retire_word", "lead", lambda case: {**_organisation(case), "short": "PSII", "why": "In full now."}),
    Through("doors.words.decline_word", "coordinator", lambda case: {**_asked_for(case), "why": "A slip."}),
    Through("doors.experience.ask_partners", "coordinator", _organisation),
    Through("doors.experience.answer_experience", "pat", _asked_what_it_is_like),
    Through("doors.profile.record_profile", "quality", _totals),
    Through("doors.groups.register_group", "quality", lambda case: {**_organisation(case), **GROUP}),
    Through("doors.groups.change_group", "quality", lambda case: {**_group(case), **GROUP, "target": 3}),
    Through("doors.groups.close_group", "quality", lambda case: {**_group(case), "why": "It meets no more."}),
    Through("doors.groups.seat_partner", "coordinator", _joining),
    Through("doors.groups.make_member", "chair", lambda case: _in_group(case, membership="attendee", membership_reason="Old.")),
    Through("doors.groups.ask_to_end_group_seat", "chair", lambda case: {**_in_group(case), "why": "Not seen since May."}),
    Through("doors.groups.agree_to_end_group_seat", "exec", _to_be_ended),
    Through("doors.groups.refuse_to_end_group_seat", "exec", _to_be_ended),
    Through("doors.groups.leave_group", "pat", _in_group),
    Through("doors.meetings.plan_meeting", "chair", lambda case: {**_group(case), "day": london_day(case.at)}),
    Through("doors.meetings.move_meeting", "chair", lambda case: {
        **_meeting(case), "to_day": london_day(case.at) + timedelta(days=1), "why": "No room."}),
    Through("doors.meetings.cancel_meeting", "chair", lambda case: {**_meeting(case), "why": "Nobody can come."}),
    Through("doors.meetings.record_papers_sent", "chair", lambda case: {**_meeting(case), "sent_on": london_day(case.at)}),
    Through("doors.meetings.record_held", "chair", lambda case: {**_meeting(case), "present": []}),
)  # fmt: skip
