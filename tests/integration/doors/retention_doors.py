"""The doors on how long records are kept, legal holds and disposal: passed on a case that ended twenty years ago."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from permissions.roles import PSP
from tests.integration.doors.through import Through
from tests.specification.retention.old_cases import LONG_AFTER
from workflows.calendar import london_day
from workflows.doors import departures, disposal, legal_holds, people

WHY = "The coroner wrote to us."


def _old(case: Any) -> dict[str, Any]:
    """Twenty years on; Pat, who sat on it, is a partner still, and so is Gwen, who did not."""
    case.at = LONG_AFTER
    for key in ("pat", "gwen"):
        people.end_appointment(appointment=case.who(key).appointments.get(), at=case.at, reason="The term ran out.")
        people.appoint(person=case.who(key), role=PSP.code, starts_on=london_day(case.at), at=case.at)
    return {}


def _held(case: Any) -> dict[str, Any]:
    hold = case.do(legal_holds.place_hold, "quality", kind="inquest", asked_by="The coroner", reason=WHY)
    return {"hold": hold.pk}


def _lift_asked(case: Any) -> dict[str, Any]:
    given = _held(case)
    case.do(legal_holds.ask_to_lift_hold, "quality", reason=WHY, **given)
    return given


def held_for_a_year(case: Any) -> dict[str, Any]:
    given = _held(case)
    case.at += timedelta(days=370)
    return given


def _proposed(case: Any) -> dict[str, Any]:
    _old(case)
    return {"disposal": case.do(disposal.propose_disposal, "quality").pk}


def _objected(case: Any) -> dict[str, Any]:
    return {"objection": case.do(disposal.object_to_disposal, "pat", text="We learn from it.", **_proposed(case)).pk}


def _past_the_time(case: Any) -> dict[str, Any]:
    given = _proposed(case)
    case.wait(working_days=21)
    return given


def _agreed(case: Any) -> dict[str, Any]:
    given = _past_the_time(case)
    case.do(disposal.agree_to_disposal, "caldicott", **given)
    return given


OLD_CASE_DOORS = (
    Through("doors.legal_holds.place_hold", "exec", lambda case: {"kind": "inquest", "asked_by": "The coroner", "reason": WHY}),
    Through("doors.legal_holds.keep_hold", "caldicott", lambda case: {**_held(case), "reason": WHY}),
    Through("doors.legal_holds.ask_to_lift_hold", "caldicott", lambda case: {**_held(case), "reason": WHY}),
    Through("doors.legal_holds.lift_hold", "caldicott", _lift_asked),
    Through("doors.disposal.propose_disposal", "quality", _old),
    Through("doors.disposal.object_to_disposal", "pat", lambda case: {**_proposed(case), "text": "We learn from it."}),
    Through(
        "doors.disposal.answer_objection", "caldicott", lambda case: {**_objected(case), "answer": "It is in the yearly report."}
    ),
    Through("doors.disposal.agree_to_disposal", "caldicott", _past_the_time),
    Through("doors.disposal.drop_disposal", "exec", lambda case: {**_proposed(case), "reason": "It may be asked for."}),
    Through("doors.disposal.carry_out_disposal", None, _agreed),
)

_KEEPING_DOORS = (
    Through("doors.legal_holds.tell_of_hold_review", None, held_for_a_year),
    Through("doors.retention_rules.record_retention_rule", "quality", lambda case: {
        "organisation": case.trust.organisation, "subject": "other", "years": 12, "starts_on": london_day(case.at),
        "source": "Records policy"}),
)  # fmt: skip


def _left(case: Any) -> dict[str, Any]:
    """Femi has left: no appointment, no seat."""
    person = people.record_person(organisation=case.trust.organisation, name="Femi Ade", email="femi@left.example", at=case.at)
    return {"person": person, "reason": "They asked us to."}


def _asked_to_rename(case: Any) -> dict[str, Any]:
    return {"departure": departures.ask_to_rename(by=case.who("coordinator"), at=case.at, **_left(case)).pk}


def _agreed_to_rename(case: Any) -> dict[str, Any]:
    given = _asked_to_rename(case)
    departures.agree_to_rename(by=case.who("caldicott"), at=case.at, **given)
    return given


LEAVING_DOORS = (
    Through("doors.departures.ask_to_rename", "coordinator", _left),
    Through("doors.departures.agree_to_rename", "caldicott", _asked_to_rename),
    Through("doors.departures.refuse_to_rename", "caldicott", lambda case: {**_asked_to_rename(case), "reason": "Not yet."}),
    Through("doors.departures.carry_out_renaming", None, _agreed_to_rename),
)

RETENTION_DOORS = (*_KEEPING_DOORS, *LEAVING_DOORS)
