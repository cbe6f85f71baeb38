"""Every door of the project: all of an act or nothing, once for one request, and a refusal on record.

The doors are found, not listed: one that no table here knows fails the test.
"""

from __future__ import annotations

import ast
import importlib
import io
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.base import File
from django.db.models import Model

import notifications
import permissions
import web
import workflows
from audit import storing
from audit.models import Event
from audit.signals import recorded
from cases.models import Appointment, PaperVersion
from permissions.roles import EXEC
from permissions.verdict import Refused
from tests.architecture.source import APPS, calls, modules
from tests.builders import EVENTS, FullGroup, a_full_group, changed_since, contents, undone
from tests.integration.doors.office_doors import CHECKING, EMERGENCY_DOORS, OFFICE_DOORS, READING_EVIDENCE, SHARING
from tests.integration.doors.retention_doors import OLD_CASE_DOORS, RETENTION_DOORS
from tests.integration.doors.through import Through
from tests.integration.doors.training_doors import SETTING_REQUIREMENTS, TRAINING_DOORS
from tests.projects import a_full_project
from tests.trainees import a_training
from workflows.answering import Answered
from workflows.calendar import london_day
from workflows.door import door
from workflows.doors import (
    confirming,
    people,
    renditions,
    seats,
    second_key,
    stand_ins,
    typed_answers,
    understanding,
    waivers,
    withholding,
)  # fmt: skip
from workflows.doors.verdicts import answers_on
from workflows.organisation_door import organisation_door
from workflows.testing import Walk

pytestmark = pytest.mark.django_db

Prepare = Callable[[FullGroup], dict[str, Any]]
STRANGER = "gwen"
"""Eligible, trained, known to the trust, and without a seat on the case."""

PROPOSED = {"trigger": "local_priority", "response": "psii", "why_this": "New to us.", "why_not_others": "Too small."}


def _text(words: str = "What happened when.") -> dict[str, Any]:
    body = words.encode()
    return {"file": File(io.BytesIO(body)), "name": "text.txt", "size": len(body)}


def _seat_of(key: str) -> Prepare:
    return lambda case: {"seat": case.seat(key).pk}


def _offered(case: FullGroup) -> dict[str, Any]:
    return {"seat": case.offer("pat").pk}


def _accepted(case: FullGroup) -> dict[str, Any]:
    seat = case.offer("pat").pk
    case.do(seats.accept_seat, "pat", seat=seat)
    return {"seat": seat, "confidential": True, "conflict": False}


def _with_reason(given: Prepare) -> Prepare:
    return lambda case: {**given(case), "reason": "It is for the better."}


def _asked(ask: Any, key: str = "amina") -> Prepare:
    def given(case: FullGroup) -> dict[str, Any]:
        return {"proposal": case.do(ask, "lead", seat=case.seat(key).pk, reason="Not seen since May.").pk}

    return given


def _asked_to_withdraw(case: FullGroup) -> dict[str, Any]:
    return {"proposal": case.do(second_key.ask_to_withdraw, "lead", reason="Opened twice.").pk}


def _waiver(case: FullGroup) -> dict[str, Any]:
    return {"rule": "R9", "until": london_day(case.at) + timedelta(days=9), "reason": "The family waits."}


def _asked_to_waive(case: FullGroup) -> dict[str, Any]:
    return {"proposal": case.do(waivers.ask_for_waiver, "lead", **_waiver(case)).pk}


def _waived(case: FullGroup) -> dict[str, Any]:
    return {"waiver": case.do(waivers.grant_waiver, "exec_team", **_asked_to_waive(case)).pk}


def _waived_until_yesterday(case: FullGroup) -> dict[str, Any]:
    waiver = _waived(case)
    case.wait(10)
    return waiver


def _blind(case: FullGroup) -> dict[str, Any]:
    """Sight ended, because training ran out more than thirty days ago."""
    pat = case.who("pat")
    until = pat.training.latest("valid_until").valid_until
    assert until
    case.at += timedelta(days=(until - london_day(case.at)).days + 31)
    return {"person": pat.pk, "until": until}


def _report(case: FullGroup) -> PaperVersion:
    version = case.look.latest_released("report")
    assert version
    return version


def _draft(case: FullGroup) -> dict[str, Any]:
    draft = case.paper("report", text="Second text.", release=False)
    return {"version": draft.pk, "plain_summary": "It says what happened.", "lay_reads": "same"}


def _version(case: FullGroup) -> dict[str, Any]:
    return {"version": _draft(case)["version"]}


def _asked_guardian(case: FullGroup) -> dict[str, Any]:
    draft = _version(case)
    case.do(renditions.ask_guardian, "lead", **draft, why="Her own words.")
    return {**draft, "outcome": "allowed", "reason": "She agreed."}


def _held(case: FullGroup) -> dict[str, Any]:
    case.paper_held_back()
    return {"withholding": case.look.withholdings[-1].pk, "reason": "We cannot judge it without that."}


def _challenged(case: FullGroup) -> dict[str, Any]:
    given = _held(case)
    return {"challenge": case.do(withholding.challenge, "pat", **given).pk, "outcome": "ended", "answer": "You are right."}


def _unclear(case: FullGroup) -> dict[str, Any]:
    version = _report(case).pk
    case.do(understanding.say_unclear, "pat", version=version, text="Page 2.")
    return {"version": version}


def _commented(case: FullGroup) -> dict[str, Any]:
    case.comment("pat", "Page 2 is unclear.", kind="report")
    return {"comment": case.look.unanswered_comments[0].pk, "outcome": "changed", "text": "Page 2 is new."}


def _answered(case: FullGroup) -> dict[str, Any]:
    case.comment("pat", "Page 2 is unclear.", kind="report")
    case.answer_comments()
    return {"answer": answers_on(case.look).unsaid[0].pk, "satisfied": False, "text": "By whom?"}


def _position(case: FullGroup) -> dict[str, Any]:
    return {"visit": case.visit, "answer": "support", "version": _report(case).pk}


def _typed_in(case: FullGroup) -> dict[str, Any]:
    said = (Answered("support"),)
    given = {"seat": case.seat("pat").pk, "said": said, "given": "phone", "given_on": london_day(case.at)}
    return {"visit": case.visit, "version": _report(case).pk, **given}


def _typed(case: FullGroup) -> dict[str, Any]:
    return {"typed": case.do(typed_answers.type_in, "coordinator", **_typed_in(case)).pk}


def _to_file(case: FullGroup) -> dict[str, Any]:
    return {**_typed(case), "reference": "Folder 7", "signed_on": london_day(case.at)}


def _filed(case: FullGroup) -> dict[str, Any]:
    return {"typed": case.do(confirming.file_form, "coordinator", **_to_file(case)).pk}


def _to_hand_over(case: FullGroup) -> dict[str, Any]:
    today = london_day(case.at)
    return {**_seat_of("pat")(case), "person": case.who("gwen"), "starts_on": today, "until": today + timedelta(days=5)}


def _handed_over(case: FullGroup) -> dict[str, Any]:
    case.do(stand_ins.hand_over, "pat", **_to_hand_over(case))
    return _seat_of("pat")(case)


def _stand_in_that_is_over(case: FullGroup) -> dict[str, Any]:
    case.do(stand_ins.hand_over, "pat", **_to_hand_over(case))
    case.wait(6)
    return _seat_of("gwen")(case)


def _late(case: FullGroup) -> dict[str, Any]:
    for _ in range(2):
        case.remind("amina")
        case.wait(1)
    case.wait(10)
    return {"visit": case.visit, "seat": case.seat("amina").pk, "reason": "Silent."}


def _submission(case: FullGroup) -> dict[str, Any]:
    return {"visit": case.visit, "facts": PROPOSED}


def _decision(case: FullGroup) -> dict[str, Any]:
    case.propose_response()
    return {"visit": case.visit, "outcome": "investigate"}


def _action(case: FullGroup) -> dict[str, Any]:
    due = london_day(case.at) + timedelta(days=60)
    return {"title": "Answer bells", "measure": "Audit", "owner": case.who("directorate"), "due_on": due}


def _changed_action(case: FullGroup) -> dict[str, Any]:
    case.draft_action()
    return {**_action(case), "action": case.look.live_actions[-1].pk}


def _evidence(case: FullGroup) -> dict[str, Any]:
    return {"action": case.look.live_actions[0].pk, "evidence": "Audit attached."}


def _new_office(case: FullGroup) -> dict[str, Any]:
    people.appoint(person=case.who("chair2"), role="exec_team", starts_on=london_day(case.at), at=case.at)
    return {}


CASE_DOORS: dict[str, tuple[Through, ...]] = {
    "closed": OLD_CASE_DOORS,
    "response": (
        Through("engine.submit", "directorate", _submission),
        Through("engine.decide", "exec_team", _decision),
        Through("rebuilding.rebuild_route", None),
        Through("doors.offices.fill_offices", "coordinator", _new_office),
        *EMERGENCY_DOORS,
        READING_EVIDENCE,
        CHECKING,
    ),
    "form_group": (
        Through("doors.seats.offer_seats", "lead", lambda case: {"people": [case.who("pat")], "role": "psp", "why": "You know."}),
        Through("doors.seats.accept_seat", "pat", _offered),
        Through("doors.seats.decline_seat", "pat", _offered),
        Through("doors.seats.withdraw_offer", "lead", _with_reason(_offered)),
        Through("doors.seats.declare_interests", "pat", _accepted),
        Through("doors.waivers.ask_for_waiver", "lead", _waiver),
        Through("doors.waivers.grant_waiver", "exec_team", _asked_to_waive),
        Through("doors.waivers.end_waiver", "exec_team", _waived),
        Through("deadlines.acts.waiver_expired", None, _waived_until_yesterday),
        Through("deadlines.acts.offer_overdue", None, _offered),
    ),
    "draft_review": (
        Through("engine.take_position", "pat", _position),
        Through("engine.look_again", "lead"),
        Through("doors.papers.upload_paper", "lead", lambda case: {"kind": "other", "title": "Timeline", **_text()}),
        Through("doors.papers.release_paper", "lead", _draft),
        Through("doors.renditions.add_lay_rendition", "lead", lambda case: {**_version(case), **_text()}),
        Through("doors.renditions.hold_back_part", "lead", lambda case: {
            **_version(case), "given": case.reason_to_hold_back("A name")}),
        Through("doors.renditions.ask_guardian", "lead", lambda case: {**_version(case), "why": "Her own words."}),
        Through("doors.renditions.decide_as_guardian", "caldicott", _asked_guardian),
        Through("doors.withholding.challenge", "pat", _held),
        Through("doors.withholding.answer_challenge", "exec", _challenged),
        Through("doors.withholding.end_withholding", "lead", _held),
        Through("doors.withholding.prolong_withholding", "exec", lambda case: {
            **_held(case), "until": london_day(case.at) + timedelta(days=40)}),
        Through("doors.papers.open_paper", "pat", lambda case: {"version": _report(case).pk}, PaperVersion.DoesNotExist),
        Through("doors.comments.comment", "pat", lambda case: {"version": _report(case).pk, "text": "Page 2 is unclear."}),
        Through("doors.comments.answer_comment", "lead", _commented),
        Through("doors.verdicts.say_whether_answered", "pat", _answered),
        Through("doors.understanding.say_unclear", "pat", lambda case: {"version": _report(case).pk, "text": "Page 2."}),
        Through("doors.understanding.take_back_unclear", "pat", _unclear),
        Through("doors.understanding.mend_summary", "lead", lambda case: {
            **_unclear(case), "plain_summary": "The nurses called, and nobody came."}),
        Through("doors.reminders.remind", "chair", lambda case: {"visit": case.visit, **_seat_of("amina")(case)}),
        Through("doors.reminders.lapse", "chair", _late),
        Through("doors.stand_ins.hand_over", "pat", _to_hand_over),
        Through("doors.stand_ins.return_to_seat", "pat", _handed_over),
        Through("doors.stand_ins.end_stand_in", None, _stand_in_that_is_over),
        Through("doors.typed_answers.type_in", "coordinator", _typed_in),
        Through("doors.confirming.confirm", "pat", _typed),
        Through("doors.confirming.deny", "pat", _typed),
        Through("doors.confirming.file_form", "coordinator", _to_file),
        Through("doors.confirming.witness", "quality", _filed),
        Through("doors.confirming.take_back", "coordinator", _with_reason(_typed)),
        Through("doors.seats.recuse", "pat", lambda case: {**_seat_of("pat")(case), "text": "My neighbour."}),
        Through("doors.seats.step_down", "pat", _seat_of("pat")),
        Through("doors.seats.ask_to_end_seat", "chair", _with_reason(_seat_of("amina"))),
        Through("doors.seats.ask_for_attendee", "chair", _with_reason(_seat_of("amina"))),
        Through("doors.second_key.confirm_seat_end", "exec", _asked(seats.ask_to_end_seat)),
        Through("doors.second_key.confirm_attendee", "exec", _asked(seats.ask_for_attendee)),
        Through("doors.second_key.refuse_proposal", "exec", _with_reason(_asked(seats.ask_to_end_seat))),
        Through("doors.second_key.ask_to_withdraw", "lead", lambda case: {"reason": "Opened twice."}),
        Through("doors.second_key.confirm_withdrawal", "exec", _asked_to_withdraw),
        Through("doors.facts.record_facts", "engagement", lambda case: {
            "act": "record_questions", "facts": {"questions_status": "asked_none"}}),
        Through("doors.facts.record_connection", "lead", lambda case: {"person": case.who("tomas"), "kind": "relative"}),
        Through("doors.sight.renew_sight", None, lambda case: {"person": case.who("pat")}),
        Through("doors.exports.export_record", "auditor", lambda case: {"to": "The coroner, who asked for it."}),
    ),
    "terms": (
        Through("deadlines.acts.escalate", None, lambda case: {
            "what": "The terms", "due_on": london_day(case.at), "late": [case.seat("lead").pk], "first": [EXEC]}),
        Through("deadlines.acts.tell_it_is_due", None, lambda case: {
            "what": "The answer", "due_on": london_day(case.at), "owing": [case.seat("lead").pk]}),
        Through("deadlines.lasting.sight_over", None, _blind),
        Through("deadlines.lasting.training_warned", None, lambda case: {
            "person": case.who("pat").pk, "until": london_day(case.at), "subject": "oversight"}),
        Through("deadlines.lasting.end_warned", None, lambda case: {
            "person": case.who("pat").pk, "until": london_day(case.at), "what": "confidentiality agreement"}),
        Through("deadlines.lasting.sight_ended", None, lambda case: {**_blind(case), "what": "term as a lay partner"}),
    ),
    "actions": (
        Through("doors.actions.draft_action", "directorate", _action),
        Through("doors.actions.change_action", "directorate", _changed_action),
    ),
    "follow_up": (Through("doors.actions.give_evidence", "directorate", _evidence),),
}  # fmt: skip


def _measure(case: Any) -> dict[str, Any]:
    return {"measure": case.propose_measure("lead").pk}


TEXT = {"title": "Time to ask", "why": "Nobody is hurried.", "how": "A watch, ten times a week."}

PROJECT_DOORS: dict[str, tuple[Through, ...]] = {
    "measures": (
        Through("doors.measures.propose_measure", "pat", lambda case: dict(TEXT)),
        Through("doors.measures.change_measure", "lead", lambda case: {**_measure(case), **TEXT}),
        Through("doors.measures.record_baseline", "lead", lambda case: {**_measure(case), "baseline": "Six of ten"}),
        Through("doors.measures.endorse_measure", "amina", _measure),
        Through("doors.measures.drop_measure", "lead", _with_reason(_measure)),
    ),
    "testing": (
        Through("doors.holds.place_hold", "amina", lambda case: {"act": "hold", "reason": "Visitors read the cards."}),
        Through("doors.holds.answer_hold", "chair", lambda case: {"hold": case.hold("amina").pk, "answer": "Names only."}),
        Through("doors.holds.take_back_hold", "amina", lambda case: {"hold": case.hold("amina").pk}),
    ),
    "evaluate": (
        Through("doors.evaluations.offer_evaluation", "coordinator", _seat_of("pat")),
        Through("doors.evaluations.answer_evaluation", "pat", lambda case: {
            "evaluation": case.offer_evaluations()[0].pk, "answers": {"do_again": "Yes."}}),
    ),
}  # fmt: skip
"""Passed on an improvement project at this stage."""


def _org(case: FullGroup) -> dict[str, Any]:
    return {"organisation": case.trust.organisation}


def _somebody(case: FullGroup) -> dict[str, Any]:
    return {"person": case.who("amina")}


def _appointment(case: FullGroup) -> dict[str, Any]:
    return {"appointment": Appointment.objects.get(person=case.who("chair2")), "reason": "Has moved on."}


def _opening(case: FullGroup) -> dict[str, Any]:
    lead, directorate = case.who("lead"), case.who("directorate")
    return {**_org(case), "process": "OVS", "title": "A fall", "people": {"lead": lead, "directorate": directorate}}


ON_NO_CASE = (
    Through("engine.open_case", "lead", _opening),
    Through("doors.people.record_organisation", "quality", lambda case: {
        "ods_code": case.trust.organisation.ods_code, "name": "A new name", "kind": "trust"}),
    Through("doors.people.record_person", "coordinator", lambda case: {**_org(case), "name": "Nell", "email": "nell@a.example"}),
    Through("doors.people.appoint", "coordinator", lambda case: {
        **_somebody(case), "role": "member", "starts_on": london_day(case.at)}),
    Through("doors.people.end_appointment", "coordinator", _appointment),
    Through("doors.people.record_training", "coordinator", lambda case: {
        **_somebody(case), "subject": "syllabus 1", "completed_on": london_day(case.at)}),
    Through("doors.people.sign_confidentiality", "coordinator", lambda case: {**_somebody(case), "signed_on": london_day(case.at)}),
    Through("doors.contact.choose_mail", "amina", lambda case: {**_somebody(case), "choice": "daily"}),
    Through("doors.people.record_incident", "lead", lambda case: {
        **_org(case), "reference": "W123", "incident_on": london_day(case.at), "summary": "A fall."}),
    *SETTING_REQUIREMENTS,
    *OFFICE_DOORS,
    *RETENTION_DOORS,
)  # fmt: skip


# Finding them


def _all_functions() -> Iterator[tuple[str, Any]]:
    for package in (workflows, permissions, notifications, web):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name and ".management" not in found.name:
                module = importlib.import_module(found.name)
                yield from ((found.name, one) for one in vars(module).values() if getattr(one, "__module__", "") == found.name)


def test_every_door_there_is_stands_in_a_table_here() -> None:
    made = {door("settled")(_fails).__code__, organisation_door("signed_in", _nowhere)(_fails).__code__}
    doors = {f"{where}.{one.__name__}" for where, one in _all_functions() if getattr(one, "__code__", None) in made}
    every_table = (*CASE_DOORS.values(), *PROJECT_DOORS.values(), *TRAINING_DOORS.values())
    known = [one.name for group in (*every_table, ON_NO_CASE, (SHARING,)) for one in group]
    assert len(known) == len(set(known))
    assert doors | {"workflows.engine.open_case"} == {f"workflows.{name}" for name in known}


def _nowhere(**_: Any) -> UUID:
    raise AssertionError("never called")


def test_nothing_else_writes_to_the_ledger() -> None:
    """Whoever wants a new kind of door must come by here."""
    writers = {m.as_posix() for m in modules(*APPS) for _, owner, name in calls(m) if name in ("acting", "organisation_act")}
    assert writers == {
        "workflows/door.py", "workflows/organisation_door.py", "workflows/engine.py",
        "notifications/record.py",  # that a message went out is no fact of a case, and nothing but the message changes with it
        "workflows/doors/evidence.py",  # that somebody read what another could see writes no fact either
        "web/pages/signin/recording.py",  # a sign-in writes no fact, so nothing can be half done
    }  # fmt: skip
    imports = {m.as_posix() for m in modules(*APPS) if m.parts[0] != "audit" for name in _imported(m) if name == "write"}
    assert imports == {"workflows/door.py", "workflows/organisation_door.py", "workflows/engine.py"}


def _imported(module: Any) -> Iterator[str]:
    from tests.architecture.source import tree

    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module == "audit.record":
            yield from (one.name for one in node.names)


# What each of them promises


def _passage(case: Walk, one: Through) -> Callable[..., Any]:
    """The door with everything given but the actor and the request."""
    where, _, name = one.name.rpartition(".")
    through = getattr(importlib.import_module(f"workflows.{where}"), name)
    given = one.given(case)
    case.wait()
    on = {} if one in (*ON_NO_CASE, SHARING) else {"case": case.case_id}

    def go(who: str | None = one.who, **other: Any) -> Any:
        return through(**on, by=case.who(who) if who else None, at=case.at, **given, **other)

    return go


@pytest.mark.parametrize("stage", CASE_DOORS)
def test_a_door_on_a_case_keeps_its_promises(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_full_group()
    case.walk_to(stage)
    if stage == "draft_review":
        case.put_draft_to_group()
    for one in CASE_DOORS[stage]:
        with undone():
            _keeps_its_promises(case, one, monkeypatch)


@pytest.mark.parametrize("stage", PROJECT_DOORS)
def test_a_door_on_a_project_keeps_its_promises(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_full_project()
    case.walk_to(stage)
    for one in PROJECT_DOORS[stage]:
        with undone():
            _keeps_its_promises(case, one, monkeypatch)


@pytest.mark.parametrize("stage", TRAINING_DOORS)
def test_a_door_on_a_training_keeps_its_promises(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_training().walk_to(stage)
    for one in TRAINING_DOORS[stage]:
        with undone():
            _keeps_its_promises(case, one, monkeypatch)


def test_a_door_on_no_case_keeps_its_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_full_group()
    case.open()
    for one in ON_NO_CASE:
        with undone():
            _keeps_its_promises(case, one, monkeypatch)


def test_a_door_on_what_a_partner_raised_keeps_its_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    _keeps_its_promises(a_full_group().walk_to("terms"), SHARING, monkeypatch)


def _keeps_its_promises(case: Walk, one: Through, monkeypatch: pytest.MonkeyPatch) -> None:
    go = _passage(case, one)
    _all_or_nothing(one, go, monkeypatch)
    _turns_a_stranger_away(case, one, go)
    _once_for_one_request(one, go)


class LedgerFails(Exception):
    pass


def _fails(*_: Any, **__: Any) -> None:
    raise LedgerFails


_stores = storing.add


def _stores_all_but_the_event(rows: Iterable[Model]) -> None:
    stored = list(rows)
    if any(isinstance(row, Event) for row in stored):
        raise LedgerFails
    _stores(stored)


def _all_or_nothing(one: Through, go: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents()
    with monkeypatch.context() as patch:
        patch.setattr(storing, "add", _stores_all_but_the_event)
        with pytest.raises(LedgerFails):
            go()
    assert changed_since(before) == set(), f"{one.name} left something behind when the ledger failed"
    recorded.connect(_fails)
    try:
        with pytest.raises(LedgerFails):
            go()
    finally:
        recorded.disconnect(_fails)
    assert changed_since(before) == set(), f"{one.name} left something behind when a listener failed"


def _turns_a_stranger_away(case: Walk, one: Through, go: Callable[..., Any]) -> None:
    if one.turned_away is None:
        return
    before, number = contents(), Event.objects.count()
    with pytest.raises(one.turned_away):
        go(STRANGER)
    if one.turned_away is Refused:
        assert changed_since(before) == {EVENTS}, one.name
        assert Event.objects.count() == number + 1
        told = Event.objects.get(kind="refused", at=case.at)
        assert (told.person_name, told.capacity) == (case.who(STRANGER).name, "lay"), one.name
        assert told.facts["attempt"] and told.facts["rules"] and told.facts["reasons"]  # noqa: PT018
    else:
        assert changed_since(before) == set(), one.name


def _once_for_one_request(one: Through, go: Callable[..., Any]) -> None:
    number = Event.objects.count()
    first = go(request="form-7")
    after = contents()
    again = go(request="form-7")
    assert changed_since(after) == set(), f"{one.name} did it twice"
    assert Event.objects.count() == number + 1, one.name
    if one in (*ON_NO_CASE, SHARING):
        assert again.pk == first.pk
    else:
        assert (first.repeated, again.repeated, again.event.pk) == (False, True, first.event.pk)
