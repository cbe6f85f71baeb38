"""People who act in the same moment: one of them is second, nobody is lost, and nothing happens twice.

PostgreSQL is where these prove the locks; SQLite lets only one write at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from audit.models import Event
from audit.verify import verify_chains, verify_live_rows
from cases.models import Case, Incident, Position, Seat, Visit
from permissions.scope import may_see
from permissions.verdict import Refused
from tests.builders import BEGINNING, a_story
from workflows import engine
from workflows.calendar import london_day
from workflows.doors import emergency, papers, people, requirements, seats, second_key
from workflows.doors.facts import record_connection
from workflows.models import Task
from workflows.processes.oversight.story import Story
from workflows.standing import owing
from workflows.verify import verify_case

pytestmark = pytest.mark.django_db(transaction=True)

Attempt = Callable[[], Any]


def at_once(*attempts: Attempt) -> list[Any]:
    """Run them all in threads of their own, from one starting shot: what each returned, or the refusal it met."""
    start = Barrier(len(attempts))

    def run(attempt: Attempt) -> Any:
        start.wait(timeout=30)
        try:
            return attempt()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


def refusals(results: list[Any]) -> list[Refused]:
    return [one for one in results if isinstance(one, Refused)]


def act(case: Story, door: Any, who: str, **given: Any) -> Attempt:
    """An act of this moment; the people are looked up beforehand, so that only the door runs in the thread."""
    person, at = case.who(who), case.at
    return lambda: door(case=case.case_id, by=person, at=at, **given)


def holds_together(case: Story) -> None:
    """The record is whole, the chain has one event a place, and the open tasks are what is owed."""
    assert verify_chains().findings == []
    assert verify_live_rows().findings == []
    assert list(verify_case(case.case, case.at)) == []
    places = list(Event.objects.filter(case_id=case.case_id).order_by("seq").values_list("seq", flat=True))
    assert places == list(range(1, len(places) + 1))
    tasks = Task.objects.filter(case=case.case_id, finished__isnull=True, flow_task_type="HUMAN")
    assert sorted(tasks.values_list("seat", flat=True)) == sorted(seat.pk for seat in owing(case.look))


def in_review(*partners: str) -> Story:
    case = a_story(partners=partners or ("pat", "amina")).walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    return case


def position(case: Story, who: str, answer: str = "support", **other: Any) -> Attempt:
    live = case.look.visit
    assert live
    return act(case, engine.take_position, who, visit=live.pk, answer=answer, version=live.version_id, text="So.", **other)


def test_one_position_sent_twice_is_taken_once() -> None:
    case = in_review()
    first, second = at_once(*[position(case, "pat", request="form-7")] * 2)
    assert {first.repeated, second.repeated} == {True, False}
    assert first.event.pk == second.event.pk
    assert Position.objects.filter(visit=case.visit).count() == 1
    holds_together(case)


def test_two_different_answers_of_one_person_are_one_after_the_other() -> None:
    case = in_review()
    at_once(position(case, "pat"), position(case, "pat", "do_not_support"))
    assert sorted(Position.objects.filter(visit=case.visit).values_list("number", flat=True)) == [1, 2]
    holds_together(case)


@pytest.mark.parametrize("last_word", ["support", "do_not_support"])
def test_all_positions_at_once_move_the_case_once(last_word: str) -> None:
    case = in_review("pat", "amina", "gwen")
    moved_to, owes = ("actions", "directorate") if last_word == "support" else ("draft_review__dissent", "exec")
    review = case.visit
    answers = [position(case, "chair"), position(case, "pat"), position(case, "amina"), position(case, "gwen", last_word)]
    results = at_once(*answers)
    # Whoever says no ends it when the partners have spoken, so the chair may come too late to it.
    assert len(refusals(results)) <= (0 if last_word == "support" else 1)
    assert case.case.state == moved_to
    assert Position.objects.filter(visit=review, seat__capacity="lay").count() == 3
    assert Visit.objects.filter(case=case.case_id, stage=moved_to).count() == 1
    tasks = Task.objects.filter(case=case.case_id, finished__isnull=True, flow_task_type="HUMAN")
    assert [task.seat.role for task in tasks if task.seat] == [owes]
    holds_together(case)


def test_two_submissions_and_two_decisions_at_once_are_one() -> None:
    case = a_story()
    case.open()
    given = {"trigger": "local_priority", "response": "swarm", "why_this": "New to us.", "why_not_others": "Too small a view."}
    submission = act(case, engine.submit, "directorate", visit=case.visit, facts=given)
    assert [one.rules for one in refusals(at_once(submission, submission))] == [("STALE",)]
    decisions = [
        act(case, engine.decide, "exec_team", visit=case.visit, outcome="investigate"),
        act(case, engine.decide, "exec_team2", visit=case.visit, outcome="investigate"),
        act(case, engine.decide, "directorate", visit=case.visit, outcome="other_response", reason="A review is enough."),
    ]
    assert [one.rules for one in refusals(at_once(*decisions))] == [("STALE",)] * 2
    assert Event.objects.filter(kind="decided").count() == 1
    assert Event.objects.filter(kind="refused").count() == 3
    holds_together(case)


def test_a_new_version_and_an_answer_on_the_old_one_are_in_some_order() -> None:
    case = in_review()
    old = case.look.visit
    assert old
    draft = case.paper("report", text="The second text.", release=False)
    release = act(case, papers.release_paper, "lead", version=draft.pk, plain_summary="What changed.", lay_reads="same")
    results = at_once(release, position(case, "pat"), position(case, "amina"))
    assert not isinstance(results[0], Refused)
    assert all(one.rules == ("STALE",) for one in refusals(results))
    assert Visit.objects.get(pk=old.pk).outcome == "changed"
    assert Position.objects.filter(visit=case.visit).count() == 0
    assert Position.objects.exclude(visit=old).filter(visit__stage="draft_review").count() == 0
    holds_together(case)


def test_many_first_readers_of_one_paper_fork_no_chain() -> None:
    case = in_review()
    version = case.look.latest_released("report")
    assert version
    readers = ("pat", "amina", "chair", "exec", "directorate")
    assert not refusals(at_once(*[act(case, papers.open_paper, who, version=version.pk) for who in readers]))
    assert Event.objects.filter(kind="paper_read").count() == len(readers)
    holds_together(case)


def test_one_seat_offered_twice_and_one_removal_confirmed_twice() -> None:
    case = in_review()
    offer = act(case, seats.offer_seats, "lead", people=[case.who("gwen")], role="psp", why="You know the ward.")
    assert ["B1" in one.rules for one in refusals(at_once(offer, offer))] == [True]
    assert Seat.objects.filter(person=case.who("gwen")).count() == 1
    asked = case.do(seats.ask_to_end_seat, "chair", seat=case.seat("amina").pk, reason="Not seen since May.")
    keys = [act(case, second_key.confirm_seat_end, who, proposal=asked.pk) for who in ("exec", "exec_team")]
    no = act(case, second_key.refuse_proposal, "exec_team2", proposal=asked.pk, reason="Talk to her.")
    assert [one.rules for one in refusals(at_once(*keys, no))] == [("STALE",)] * 2
    holds_together(case)


def test_of_two_groups_asked_at_once_that_share_somebody_one_is_asked_whole_and_the_other_not_at_all() -> None:
    case = in_review()
    groups = [[case.who(key) for key in keys] for keys in (("member", "lead2"), ("lead2", "quality"))]
    offers = [act(case, seats.offer_seats, "lead", people=people, role="member", why="You know the ward.") for people in groups]
    results = at_once(*offers)
    assert [one.rules for one in refusals(results)] == [("B1",)]
    (asked,) = [people for people, result in zip(groups, results, strict=True) if not isinstance(result, Refused)]
    assert set(Seat.objects.filter(case=case.case_id, state="offered").values_list("person", flat=True)) == {
        one.pk for one in asked
    }
    holds_together(case)


def test_a_partner_who_leaves_as_the_last_answer_comes_in_stops_or_does_not_stop_it_but_never_half() -> None:
    case = in_review()
    case.answer("chair")
    leaving = act(case, seats.recuse, "pat", seat=case.seat("pat").pk, text="My neighbour was on that ward.")
    assert not refusals(at_once(leaving, position(case, "amina")))
    assert case.case.state == "actions"
    holds_together(case)


def test_one_incident_opens_one_case() -> None:
    case = a_story()
    incident = people.record_incident(
        organisation=case.trust.organisation, reference="W7", incident_on=london_day(BEGINNING), summary="A fall.", at=BEGINNING
    )
    at = {"lead": case.who("lead"), "directorate": case.who("directorate")}

    def opening(who: str, incident: Incident | None) -> Attempt:
        given: dict[str, Any] = {
            "process": "OVS",
            "organisation": case.trust.organisation,
            "people": at,
            "title": "A fall",
            "at": case.at,
        }
        return lambda: engine.open_case(by=case.who(who), incident=incident, **given)

    assert len(refusals(at_once(opening("lead", incident), opening("quality", incident)))) == 1
    assert not refusals(at_once(opening("lead", None), opening("quality", None), opening("directorate", None)))
    references = sorted(Case.objects.values_list("reference", flat=True))
    assert references == [f"OVS-2026-000{number}" for number in range(1, 5)]
    assert verify_chains().findings == []


def test_what_is_required_is_answered_once_by_the_first_of_two() -> None:
    case = a_story()
    asked = [{"code": "words", "title": "Words of data protection", "why": "So that no word shuts you out."}]
    written = requirements.record_requirement_set(
        by=case.who("coordinator"), at=case.at, organisation=case.trust.organisation, role="psp", task="oversight",
        starts_on=london_day(case.at), source="Board, March", requirements=asked,
    )  # fmt: skip
    of, quality, specialist = {"at": case.at, "requirement_set": written.pk}, case.who("quality"), case.who("specialist")
    results = at_once(
        lambda: requirements.agree_requirement_set(by=quality, **of),
        lambda: requirements.refuse_requirement_set(by=specialist, reason="It is too little.", **of),
    )
    assert [one.rules for one in refusals(results)] == [("STALE",)]
    answers = Event.objects.filter(kind__in=("requirement_set_agreed", "requirement_set_refused"))
    assert [one.facts["row"][1] for one in answers].count(str(written.pk)) == 1
    assert verify_chains().findings == []


def asked_in_an_emergency() -> tuple[Story, Any]:
    """Somebody on the staff, with no seat, has asked to see the case."""
    case = a_story()
    case.open()
    asked = case.do(emergency.ask_for_sight, "lead2", reason="A ward uses the same pump.")
    case.wait()
    return case, asked


def test_a_case_opens_once_though_two_agree_at_once() -> None:
    case, asked = asked_in_an_emergency()
    results = at_once(*(act(case, emergency.agree_to_sight, who, emergency=asked.pk) for who in ("gwen", "tomas")))
    assert [one.is_stale for one in refusals(results)] == [True]
    asked.refresh_from_db()
    assert asked.answered_by in (case.who("gwen"), case.who("tomas"))
    assert Event.objects.filter(kind="emergency_agreed").count() == 1
    holds_together(case)


def test_a_tie_that_is_recorded_as_somebody_agrees_keeps_the_first_out_whoever_came_first() -> None:
    case, asked = asked_in_an_emergency()
    tie = act(case, record_connection, "lead", person=case.who("lead2"), kind="involved_staff")
    results = at_once(act(case, emergency.agree_to_sight, "gwen", emergency=asked.pk), tie)
    assert set().union(*(one.rules for one in refusals(results))) <= {"IG3"}
    assert not may_see(case.who("lead2"), case.case, case.at)
    holds_together(case)


def test_agreeing_as_the_first_takes_it_back_is_one_after_the_other() -> None:
    case, asked = asked_in_an_emergency()
    at_once(
        act(case, emergency.agree_to_sight, "gwen", emergency=asked.pk), act(case, emergency.end_sight, "lead2", emergency=asked.pk)
    )
    assert not may_see(case.who("lead2"), case.case, case.at)
    holds_together(case)
