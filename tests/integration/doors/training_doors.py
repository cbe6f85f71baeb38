"""The doors on a partner's training, by the stage in which they are passed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.integration.doors.through import Through
from workflows.calendar import london_day
from workflows.doors.requirements import record_requirement_set
from workflows.processes.training.story import TrainingStory


def _item(case: TrainingStory) -> dict[str, Any]:
    return {"item": case.item("data_protection").pk}


def _offered(case: TrainingStory) -> dict[str, Any]:
    case.offer_item(case.item("data_protection"))
    return _item(case)


def _for_next_week(case: TrainingStory) -> dict[str, Any]:
    return {**_offered(case), "day": london_day(case.at) + timedelta(days=7)}


def _needs(case: TrainingStory) -> dict[str, Any]:
    case.ask_adjustment(case.item("data_protection"))
    return {**_item(case), "adjustments_met": "It is captioned."}


def _handed_in(case: TrainingStory) -> dict[str, Any]:
    return {"completed_on": london_day(case.at), "provider": "e-Learning", "evidence": "Certificate", **_offered(case)}


def _completed(case: TrainingStory) -> dict[str, Any]:
    _offered(case)
    case.complete(case.item("data_protection"))
    return {**_item(case), "accepted": True}


def _waiver(case: TrainingStory) -> dict[str, Any]:
    return {**_item(case), "until": london_day(case.at) + timedelta(days=9), "reason": "The course was cancelled."}


def _asked_to_waive(case: TrainingStory) -> dict[str, Any]:
    return {"proposal": case.ask_to_waive(case.item("data_protection"), london_day(case.at) + timedelta(days=9)).pk}


def _ninety_days_before(case: TrainingStory) -> dict[str, Any]:
    until = case.look.trained_until
    assert until
    case.until(until - timedelta(days=90))
    return {}


TRAINING_DOORS: dict[str, tuple[Through, ...]] = {
    "offer": (
        Through("doors.training.offer_item", "coordinator", lambda case: {**_item(case), "offer": "On Tuesday, in the library."}),
        Through("doors.training.ask_adjustment", "iris", lambda case: {**_item(case), "adjustments": "I lip-read."}),
        Through("doors.training.meet_adjustment", "coordinator", _needs),
        Through(
            "doors.training.book_item", "iris", lambda case: {**_offered(case), "day": london_day(case.at) + timedelta(days=9)}
        ),
        Through("doors.training.complete_item", "iris", _handed_in),
        Through("doors.training.check_item", "coordinator", _completed),
        Through("doors.training.ask_for_more", "iris", lambda case: {"title": "Charts", "why": "I lost the thread."}),
        Through("doors.waivers.ask_to_waive", "specialist", _waiver),
        Through("doors.waivers.grant_training_waiver", "exec_team", _asked_to_waive),
    ),
    "in_force": (Through("engine.expire", None, _ninety_days_before),),
}


def requirements(case: TrainingStory) -> dict[str, Any]:
    """A set of one requirement."""
    asked = [{"code": "jargon", "title": "Words of data protection", "why": "So that no word shuts you out."}]
    given = {"role": "psp", "task": "oversight", "starts_on": london_day(case.at), "source": "Board, March"}
    return {"organisation": case.trust.organisation, "requirements": asked, **given}


def _set_that_waits(case: TrainingStory) -> dict[str, Any]:
    made = record_requirement_set(by=case.who("coordinator"), at=case.at, **requirements(case))
    return {"requirement_set": made.pk, "reason": "It asks for too little."}


SETTING_REQUIREMENTS = (
    Through("doors.requirements.record_requirement_set", "quality", requirements),
    Through("doors.requirements.agree_requirement_set", "quality", _set_that_waits),
    Through("doors.requirements.refuse_requirement_set", "specialist", _set_that_waits),
)
