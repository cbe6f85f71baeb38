"""IG3: in an emergency a case opens to somebody without a seat: two people, one of them lay and outside, for two hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from audit.models import Event
from audit.record import Act, Actor, acting, write
from cases.models import EmergencySight, PaperVersion, Seat
from notifications.models import Notice
from permissions.emergency import lay_outsiders, visible_emergencies, waiting_for
from permissions.models import CaseGrant
from permissions.scope import may_see, reads_as_staff, visible_cases, visible_events, visible_papers
from permissions.verdict import Refused
from tests.builders import FullGroup, a_full_group, again, refused
from workflows.calendar import london_day
from workflows.doors import emergency, papers, people
from workflows.doors.comments import comment
from workflows.doors.facts import record_connection
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")

WHY = "A ward uses the same pump tonight, and nobody of the group answers the telephone."
OUTSIDE = {"gwen", "tomas"}
"""Lay people of the trust who never sat on the case: Pat, Amina and Ivy sit, Rhona declared a conflict, Fay is elsewhere."""


@pytest.fixture(scope="module")
def walked(kept: None) -> FullGroup:
    return a_full_group().walk_to("gathering")


@pytest.fixture
def case(walked: FullGroup, apart: None) -> FullGroup:
    return again(walked)


def ask(case: FullGroup, who: str = "lead2") -> EmergencySight:
    made: EmergencySight = case.do(emergency.ask_for_sight, who, reason=WHY)
    return made


def agree(case: FullGroup, asked: EmergencySight, who: str = "gwen") -> EmergencySight:
    made: EmergencySight = case.do(emergency.agree_to_sight, who, emergency=asked.pk)
    return made


def opened(case: FullGroup, who: str = "lead2", second: str = "gwen") -> EmergencySight:
    return agree(case, ask(case, who), second)


def sees(case: FullGroup, who: str, after: timedelta = timedelta()) -> bool:
    return may_see(case.who(who), case.case, case.at + after)


# Two people, one of them lay and outside


def test_nothing_opens_until_a_second_person_agrees_and_then_to_the_first_alone(case: FullGroup) -> None:
    asked = ask(case)
    assert not sees(case, "lead2")
    agree(case, asked)
    assert sees(case, "lead2")
    assert not sees(case, "gwen")
    assert not CaseGrant.objects.filter(user=case.who("lead2").account).exists()  # and no other software is told more
    assert list(verify_case(case.case, case.at)) == []


def test_who_is_lay_and_outside(case: FullGroup) -> None:
    assert {one.name for one in lay_outsiders(case.case, case.at)} == {case.who(key).name for key in OUTSIDE}
    people.appoint(person=case.who("tomas"), role="member", starts_on=london_day(case.at), at=case.at)  # R18: lay no more
    case.take_seat("gwen")
    case.step_down("gwen")
    with refused("IG3"):
        ask(case)  # nobody is left who could agree


@pytest.mark.parametrize("second", ["lead2", "chair2", "pat", "amina", "ivy", "rhona", "exec", "auditor", "root", "far_psp"])
def test_nobody_else_can_be_the_second_of_somebody_on_the_staff(case: FullGroup, second: str) -> None:
    """Not the one who asks, no second member of staff, no partner of the group, nobody with a conflict, nobody from elsewhere."""
    asked = ask(case)
    with refused("IG3"):
        agree(case, asked, second)
    with refused("IG3"):
        case.do(emergency.refuse_sight, second, emergency=asked.pk, reason="I say so.")
    assert asked not in waiting_for(case.who(second), case.at)
    assert not sees(case, "lead2")


@pytest.mark.parametrize("second", ["tomas", "chair2", "coordinator", "pat"])
def test_a_lay_person_from_outside_asks_and_anybody_else_without_a_conflict_agrees(case: FullGroup, second: str) -> None:
    asked = ask(case, "gwen")
    assert asked in waiting_for(case.who(second), case.at)
    agree(case, asked, second)
    assert sees(case, "gwen")


def test_a_request_waits_for_nobody_who_could_agree_to_it_no_more(case: FullGroup) -> None:
    """Gwen was outside when she asked; with a tie to the case she is not, and a member of staff is no second for her."""
    asked = ask(case, "gwen")
    case.do(record_connection, "lead", person=case.who("gwen"), kind="relative")
    with refused("IG3"):
        agree(case, asked, "coordinator")
    assert [who for who in ("coordinator", "tomas") if asked in waiting_for(case.who(who), case.at)] == ["tomas"]


@pytest.mark.parametrize("second", ["gwen", "rhona", "far_lead", "far_psp"])
def test_nobody_else_can_be_the_second_of_a_lay_person(case: FullGroup, second: str) -> None:
    """Not they themselves, nobody with a conflict, nobody from elsewhere: that one of the two is lay is not enough."""
    asked = ask(case, "gwen")
    assert asked not in waiting_for(case.who(second), case.at)
    with refused("IG3"):
        agree(case, asked, second)
    with refused("IG3"):
        case.do(emergency.refuse_sight, second, emergency=asked.pk, reason="I say so.")
    assert not sees(case, "gwen")


@pytest.mark.parametrize("who", ["pat", "lead", "rhona", "auditor", "root", "far_lead"])
def test_who_cannot_ask(case: FullGroup, who: str) -> None:
    """Whoever sits there, has a conflict, sees it anyhow, or is of another trust. A superuser is as anybody."""
    if who == "root":
        asked = ask(case, who)
        with refused("IG3"):
            agree(case, asked, who)
    else:
        with refused("IG3"):
            ask(case, who)
    assert sees(case, who) == (who in ("pat", "lead", "auditor"))


def test_nobody_on_the_staff_is_made_lay_to_agree(case: FullGroup) -> None:
    """Whoever keeps the records of people ends a colleague's appointment and makes them a partner: they stay what they were."""
    friend, keeper, asked = case.who("chair2"), case.who("specialist"), ask(case, "specialist")
    people.end_appointment(appointment=friend.appointments.get(), by=keeper, at=case.at, reason="Has moved on.")
    people.appoint(person=friend, role="psp", starts_on=london_day(case.at), by=keeper, at=case.at)
    assert asked not in waiting_for(friend, case.at)
    with refused("IG3"):
        agree(case, asked, "chair2")
    assert not sees(case, "specialist")


def test_a_personal_tie_keeps_one_out_of_both_parts(case: FullGroup) -> None:
    asked = ask(case)
    case.do(record_connection, "lead", person=case.who("gwen"), kind="relative")
    assert case.who("gwen") not in lay_outsiders(case.case, case.at)
    assert asked not in waiting_for(case.who("gwen"), case.at)
    with refused("IG3"):
        agree(case, asked)
    case.do(record_connection, "lead", person=case.who("chair2"), kind="involved_staff")
    with refused("IG3"):
        ask(case, "chair2")


def test_whoever_sits_on_the_case_and_has_lost_sight_does_not_get_it_back_so(case: FullGroup) -> None:
    """Their training ran out (C9): the seat is still theirs, and that is put right by those who can."""
    until = CaseGrant.objects.get(seat=case.seat("amina")).until
    assert until
    case.at += timedelta(days=(until - london_day(case.at)).days + 1)
    assert not sees(case, "amina")
    with refused("IG3"):
        ask(case, "amina")


def test_a_lay_person_is_let_in_only_with_a_promise_in_force(case: FullGroup) -> None:
    """IG3: as for a seat. Whoever works here promised with their contract."""
    organisation = case.trust.organisation
    new = people.record_person(organisation=organisation, name="Nell Fry", email="nell@a.example", at=case.at)
    people.appoint(person=new, role="psp", starts_on=london_day(case.at), at=case.at)
    case.trust.people["nell"] = new
    with refused("IG3"):
        ask(case, "nell")
    people.sign_confidentiality(person=new, signed_on=london_day(case.at), at=case.at)
    ask(case, "nell")


def test_both_say_why(case: FullGroup) -> None:
    with refused("IG3"):
        case.do(emergency.ask_for_sight, "lead2", reason=" ")
    asked = ask(case)
    with refused("IG3"):
        case.do(emergency.refuse_sight, "gwen", emergency=asked.pk, reason=" ")
    case.do(emergency.refuse_sight, "gwen", emergency=asked.pk, reason="The ward has stopped the pump.")
    for act in (emergency.agree_to_sight, emergency.end_sight):
        with refused("STALE"):
            case.do(act, "gwen" if act is emergency.agree_to_sight else "lead2", emergency=asked.pk)


def test_one_request_at_a_time_and_none_after_a_day(case: FullGroup) -> None:
    asked = ask(case)
    with refused("STALE"):
        ask(case)
    case.at = asked.asked_until
    with refused("STALE"):
        agree(case, asked)
    agree(case, ask(case))
    assert sees(case, "lead2")


def test_what_the_database_itself_refuses(case: FullGroup) -> None:
    one = opened(case)
    for wrong in ({"answered_by": F("asked_by")}, {"answered_as": "staff"}, {"until": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EmergencySight.objects.filter(pk=one.pk).update(**wrong)


# Two hours


def test_it_closes_to_the_second_with_nothing_swept(case: FullGroup) -> None:
    one = opened(case)
    assert one.opens_at
    assert one.until == one.opens_at + timedelta(hours=2)
    left = one.until - case.at
    for after, open_ in ((left - timedelta(microseconds=1), True), (left, False)):
        who, at = case.who("lead2"), case.at + after
        assert sees(case, "lead2", after) is open_
        assert visible_cases(who, at).exists() is open_
        assert visible_papers(who, case.case, at).exists() is open_
        assert visible_events(who, at).exists() is open_
    case.at = one.until
    version = case.look.latest_released("progress") or case.look.versions[0]
    with pytest.raises(PaperVersion.DoesNotExist):
        case.do(papers.open_paper, "lead2", version=version.pk)
    with refused("STALE"):
        case.do(emergency.end_sight, "gwen", emergency=one.pk)


@pytest.mark.parametrize("who", ["lead2", "gwen"])
def test_either_of_the_two_ends_it_early_and_nobody_else(case: FullGroup, who: str) -> None:
    one = opened(case)
    for other in ("lead", "pat", "tomas", "exec"):
        with refused("IG3"):
            case.do(emergency.end_sight, other, emergency=one.pk)
    case.do(emergency.end_sight, who, emergency=one.pk)
    assert not sees(case, "lead2")


def test_whoever_asked_takes_the_request_back(case: FullGroup) -> None:
    asked = ask(case)
    case.do(emergency.end_sight, "lead2", emergency=asked.pk)
    with refused("STALE"):
        agree(case, asked)


def test_a_conflict_or_the_end_of_the_appointment_closes_it_at_once(case: FullGroup) -> None:
    asked = ask(case)
    case.do(record_connection, "lead", person=case.who("lead2"), kind="involved_staff")
    with refused("IG3"):
        agree(case, asked)  # what let them ask is no longer so
    opened(case, "chair2")
    case.do(record_connection, "lead", person=case.who("chair2"), kind="relative")
    assert not sees(case, "chair2")
    opened(case, "specialist")
    people.end_appointment(appointment=case.who("specialist").appointments.get(), at=case.at, reason="Has moved on.")
    assert not sees(case, "specialist")


# Sight, and nothing else


def test_it_is_no_seat_and_counts_nowhere(case: FullGroup) -> None:
    before = [(seat.pk, seat.state) for seat in case.look.seats]
    opened(case)
    opened(case, "gwen", "tomas")
    assert [(seat.pk, seat.state) for seat in case.look.seats] == before
    assert not Seat.objects.filter(case=case.case_id, person__in=(case.who("lead2"), case.who("gwen"))).exists()
    version = case.paper("progress")
    for who in ("lead2", "gwen"):
        with refused():
            case.do(comment, who, version=version.pk, text="I was never asked.")


@pytest.mark.proves("IG4", "IG6")
def test_a_lay_person_reads_what_lay_partners_read_and_somebody_on_the_staff_what_staff_read(case: FullGroup) -> None:
    part, whole = case.paper_in_part("progress"), case.paper_held_back()
    part.refresh_from_db()
    opened(case)
    opened(case, "gwen", "tomas")
    for who, like in (("lead2", "chair"), ("gwen", "pat")):
        person, seated = case.who(who), case.who(like)
        assert set(visible_papers(person, case.case, case.at)) == set(visible_papers(seated, case.case, case.at))
        assert case.look.handed_to(person.pk, part).sha256 == case.look.handed_to(seated.pk, part).sha256
    assert whole not in visible_papers(case.who("gwen"), case.case, case.at)
    assert case.look.handed_to(case.who("gwen").pk, part).sha256 != part.sha256
    assert not PaperVersion.objects.filter(reads_as_staff(case.who("gwen"), case.at, "paper__case")).exists()


def test_the_record_opens_as_to_somebody_who_took_a_seat_in_that_moment(case: FullGroup) -> None:
    opened(case)
    opened(case, "gwen", "tomas")
    read = {who: set(visible_events(case.who(who), case.at)) for who in ("lead2", "gwen", "chair", "pat")}
    assert read["lead2"] == {event for event in read["chair"] if event.person_id != case.who("chair").pk or event.kind != "refused"}
    assert {event.kind for event in read["gwen"]} <= {event.kind for event in read["pat"]}
    stage = case.look.visit
    assert stage
    own = {event for event in read["gwen"] if event.person_id != case.who("gwen").pk}
    assert own
    assert min(event.at for event in own) >= stage.opened_at
    assert not {event for event in read["lead2"] | read["gwen"] if event.kind in ("refused", "paper_read")}


# On record, and told at once


def test_each_step_is_on_record_with_who_and_as_what(case: FullGroup) -> None:
    one = opened(case)
    case.do(emergency.end_sight, "lead2", emergency=one.pk)
    told = Event.objects.filter(kind__startswith="emergency_", case_id=case.case_id).order_by("seq")
    assert [(event.kind, event.person_name, event.capacity, event.role) for event in told] == [
        ("emergency_asked", "Owen Bright", "staff", "lead"),
        ("emergency_agreed", "Gwen Parry", "lay", "psp"),
        ("emergency_ended", "Owen Bright", "staff", "lead"),
    ]
    assert one.history.count() == 3
    assert told[0].reason == WHY


def test_verify_finds_sight_that_another_act_gave(case: FullGroup) -> None:
    """Written round the doors by somebody who can write to the tables: as if the second person had agreed to days of it."""
    one = ask(case)
    one.state, one.answered_by, one.answered_as, one.answered_at = "agreed", case.who("gwen"), "lay", case.at
    one.opens_at, one.until = case.at, case.at + timedelta(days=90)
    actor = Actor(case.who("root").pk, "Rae Root", "staff")
    act = Act("seat_offered", actor, case.at, case.trust.organisation.pk, case.case_id)
    with transaction.atomic(), acting(act):
        one.save()
        write(act)
    assert any("'seat_offered', which does not write such rows" in found.what for found in verify_case(case.case, case.at))


def test_what_is_read_by_it_names_it(case: FullGroup) -> None:
    one = opened(case, "gwen", "tomas")
    version = case.paper("progress")
    case.do(papers.open_paper, "gwen", version=version.pk)
    read = Event.objects.filter(kind="paper_read").latest("seq")
    assert (read.person_name, read.capacity, read.facts["emergency"]) == ("Gwen Parry", "lay", str(one.pk))


def test_everybody_concerned_is_told_at_once_lay_partners_first(case: FullGroup) -> None:
    asked = ask(case)
    assert {one.person.name for one in _notices("emergency_asked")} == {case.who(key).name for key in (*OUTSIDE, "quality", "exec")}
    agree(case, asked)
    told = list(_notices("emergency_agreed").order_by("id"))
    seated = {seat.person_id for seat in case.look.seats if seat.is_active}
    assert {one.person_id for one in told} >= seated | {case.who("lead2").pk}
    lay = {seat.person_id for seat in case.look.seats if seat.is_active and seat.is_lay}
    assert {one.person_id for one in told[: len(lay)]} == lay
    assert all(one.by_mail for one in told)
    until = Event.objects.get(kind="emergency_agreed").facts["until"]
    assert (
        next(one for one in told if one.person == case.who("lead2")).text
        == f"Gwen Parry agreed: you can see the case until {until}."
    )


def _notices(kind: str) -> QuerySet[Notice]:
    return Notice.objects.filter(event_id__in=Event.objects.filter(kind=kind).values("pk")).select_related("person")


def test_who_may_read_of_it(case: FullGroup) -> None:
    """The two, whoever sees the case, those who may still answer, and the offices that watch; nobody else."""

    def reading() -> set[str]:
        return {key for key, person in case.trust.people.items() if visible_emergencies(person, case.at).exists()}

    asked = ask(case)
    seeing = {key for key, person in case.trust.people.items() if may_see(person, case.case, case.at)}
    assert reading() == seeing | OUTSIDE | {"lead2"}
    agree(case, asked)
    assert reading() == seeing | {"gwen", "lead2"}


def test_a_reference_that_is_nobodys_is_refused_and_on_record(case: FullGroup) -> None:
    given: dict[str, Any] = {"organisation": case.trust.organisation, "by": case.who("lead2"), "at": case.at, "reason": WHY}
    with pytest.raises(Refused) as caught:
        emergency.ask_by_reference(reference="OVS-2026-9999", **given)
    assert caught.value.rules == ("IG3",)
    assert Event.objects.filter(kind="refused", case_id=None).latest("seq").facts["attempt"] == "emergency_asked"
    made = emergency.ask_by_reference(reference=f" {case.case.reference.lower()} ", **given)
    assert made.result.case == case.case
