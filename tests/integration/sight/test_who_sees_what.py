"""Who sees a case and its papers in every state of a seat: active seats and auditors, and nobody else, by no other key (IG3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from cases.models import Case, PaperVersion
from permissions.models import CaseGrant
from permissions.roles import AUDITOR
from permissions.scope import visible_cases, visible_events, visible_papers
from tests.builders import FullGroup, a_full_group, end_seat, refused, second_key_on, undone
from workflows.calendar import london_day
from workflows.doors import papers, people, seats
from workflows.doors.facts import record_connection
from workflows.verify import verify_case

pytestmark = pytest.mark.django_db

SEE_THE_CASE = {
    "pat", "amina",  # active lay members
    "ivy", "member",  # attendees: they may read and speak, and do not count
    "lead", "directorate", "chair", "engagement",  # staff with a seat
    "exec", "exec_team", "exec_team2", "coordinator", "quality", "caldicott",  # offices that the process seats
    "auditor",  # reads everything of the organisation (R16)
}  # fmt: skip


def seeing(case: FullGroup) -> set[str]:
    """Whoever of everybody known sees the case."""
    return {key for key, person in case.trust.people.items() if visible_cases(person, case.at).filter(pk=case.case.pk).exists()}


@pytest.fixture
def case() -> FullGroup:
    """The draft report is before the group, a third version of it not yet released."""
    found = a_full_group()
    found.walk_to("draft_review")
    found.paper("report", text="The second text.")
    found.paper("report", text="The third text.", release=False)
    found.put_draft_to_group()
    return found


@pytest.mark.proves("R18", "IG3")
def test_a_tie_closes_a_case_to_an_auditor_and_no_other_case(case: FullGroup) -> None:
    """Its page, its papers and its record: whoever checks a case is not one of the family it is about."""
    auditor, other = (
        case.who("auditor"),
        FullGroup(case.trust, case.at, partners=("gwen",), lead="lead2", directorate="directorate2"),
    )
    other.open()
    assert visible_events(auditor, case.at).filter(case_id=case.case.pk).exists()
    case.do(record_connection, "lead", person=auditor, kind="relative")
    assert seeing(case) == SEE_THE_CASE - {"auditor"}
    assert not visible_papers(auditor, case.case, case.at).exists()
    assert not visible_events(auditor, case.at).filter(case_id=case.case.pk).exclude(person_id=auditor.pk).exists()
    assert "auditor" in seeing(other)


@pytest.mark.proves("IG2", "IG3")
def test_active_seats_and_auditors_see_it_and_nobody_else(case: FullGroup) -> None:
    assert seeing(case) == SEE_THE_CASE
    other = FullGroup(case.trust, case.at, partners=("gwen",), lead="lead2", directorate="directorate2")
    other.open()
    assert seeing(other) == {
        "lead2",
        "directorate2",
        "exec",
        "exec_team",
        "exec_team2",
        "coordinator",
        "quality",
        "caldicott",
        "auditor",
    }
    assert set(visible_cases(case.who("pat"), case.at)) == {case.case}


def test_each_step_into_a_seat_and_out_of_it(case: FullGroup) -> None:
    def sees(key: str) -> bool:
        return key in seeing(case)

    seat = case.offer("gwen").pk
    assert not sees("gwen")
    with undone():
        case.do(seats.decline_seat, "gwen", seat=seat)
        assert not sees("gwen")
    with undone():
        case.do(seats.withdraw_offer, "lead", seat=seat, reason="Asked by mistake.")
        assert not sees("gwen")
    case.do(seats.accept_seat, "gwen", seat=seat)
    assert not sees("gwen")  # interests are not declared yet
    with undone():
        case.do(seats.declare_interests, "gwen", seat=seat, confidential=True, conflict=True, text="My sister works there.")
        assert not sees("gwen")
    case.do(seats.declare_interests, "gwen", seat=seat, confidential=True, conflict=False)
    assert sees("gwen")
    for leave in (lambda: case.recuse("gwen"), lambda: case.step_down("gwen"), lambda: end_seat(case, "gwen")):
        with undone():
            leave()
            assert not sees("gwen")
            assert list(verify_case(case.case, case.at)) == []
    asked = case.do(seats.ask_to_end_seat, "chair", seat=seat, reason="Not seen since May.")
    assert sees("gwen")
    with undone():
        second_key_on(case, asked)
        assert not sees("gwen")
    with undone():
        second_key_on(case, case.do(seats.ask_for_attendee, "chair", seat=case.seat("amina").pk, reason="She asked."))
        assert sees("amina")  # an attendee reads on


def test_a_partners_sight_ends_with_training_and_its_thirty_days_and_comes_back_with_a_new_certificate(case: FullGroup) -> None:
    pat = case.who("pat")
    until = CaseGrant.objects.get(seat=case.seat("pat")).until
    assert until
    for days, sees in ((0, True), (1, False)):
        at = case.at + timedelta(days=(until - london_day(case.at)).days + days)
        assert visible_cases(pat, at).exists() is sees
        assert visible_papers(pat, case.case, at).exists() is sees
    renewed = london_day(case.at)
    people.record_training(
        person=pat, subject="oversight", completed_on=renewed, valid_until=renewed + timedelta(days=3000), at=case.at
    )
    people.appoint(person=pat, role="psp", starts_on=renewed, ends_on=renewed + timedelta(days=3000), at=case.at)
    assert visible_cases(pat, at).exists()
    assert list(verify_case(case.case, case.at)) == []


def test_auditors_see_their_own_organisation_for_as_long_as_they_are_appointed(case: FullGroup) -> None:
    people.appoint(person=case.who("far_lead"), role=AUDITOR.code, starts_on=london_day(case.at), at=case.at)
    assert "far_lead" not in seeing(case)
    appointment = case.who("auditor").appointments.get()
    people.end_appointment(appointment=appointment, at=case.at, reason="Has moved on.")
    assert "auditor" not in seeing(case)


@pytest.mark.proves("IG3")
def test_no_account_flag_opens_anything(case: FullGroup) -> None:
    root = get_user_model().objects.get(person=case.who("root"))
    assert root.is_superuser
    assert root.is_staff
    assert not visible_papers(case.who("root"), case.case, case.at).exists()
    person = case.who("amina")
    person.account = None  # a partner who works by post has no screen to see it on
    assert not visible_cases(person, case.at).exists()


@pytest.mark.proves("R6")
def test_everybody_sees_the_same_versions_and_only_its_author_an_unreleased_one(case: FullGroup) -> None:
    """R6: the lay partners read what staff of the group read, from the same moment on."""
    released = set(PaperVersion.objects.filter(paper__case=case.case_id, released_at__isnull=False))
    (draft,) = PaperVersion.objects.filter(paper__case=case.case_id, released_at__isnull=True)
    for key in case.trust.people:
        expected = released | {draft} if key == "lead" else released if key in SEE_THE_CASE else set()
        assert set(visible_papers(case.who(key), case.case, case.at)) == expected, key
    for key in ("pat", "exec", "auditor", "gwen"):
        with pytest.raises(PaperVersion.DoesNotExist):
            case.do(papers.open_paper, key, version=draft.pk)
    case.release(draft)
    for key in ("pat", "exec", "auditor"):
        case.do(papers.open_paper, key, version=draft.pk)


def test_an_author_who_lost_the_case_loses_the_draft_too(case: FullGroup) -> None:
    case.step_down("lead")
    assert not visible_papers(case.who("lead"), case.case, case.at).exists()


def test_versions_of_another_case_are_not_reached_through_this_one(case: FullGroup) -> None:
    other = FullGroup(case.trust, case.at, partners=("gwen",), lead="lead2")
    other.open()
    with pytest.raises(PaperVersion.DoesNotExist):
        other.do(papers.open_paper, "exec", version=case.look.versions[0].pk)
    with refused("R4"):
        other.do(papers.release_paper, "lead", version=case.look.versions[-1].pk, plain_summary="Not mine.", lay_reads="same")


def test_a_closed_case_is_still_seen_by_those_who_sat_on_it(case: FullGroup) -> None:
    case.withdraw()
    assert not case.case.is_open
    assert seeing(case) == SEE_THE_CASE
    assert Case.objects.count() == 1
