"""R2, R16, attacked: an administrator, a superuser or an engineer of the host project goes round the doors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import transaction
from django_fsm import TransitionNotAllowed
from guardian.shortcuts import assign_perm, remove_perm

from audit.ids import uuid7
from audit.models import Event
from audit.record import Act, Actor, NoAct, acting, write
from cases.models import Case, Position, Seat
from permissions.models import CaseGrant
from permissions.scope import may_see, visible_cases
from tests.builders import a_story, nothing_changes, refused, undone
from workflows import engine
from workflows.doors import comments, reminders
from workflows.doors.people import record_person
from workflows.law import typed
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case

pytestmark = pytest.mark.django_db


def in_review() -> Story:
    case = a_story().walk_to("draft_review")
    case.put_draft_to_group()
    case.wait(6)
    return case


def forged(case: Story, kind: str, person: Any = None) -> Act:
    """An act that no door made, in the name of whoever is wanted."""
    actor = Actor(person.pk, person.name, "staff") if person else Actor(None, "The system", "system")
    return Act(kind, actor, case.at, case.case.organisation_id, case.case_id)


def position_of(case: Story, key: str) -> Position:
    visit, seat = case.look.visit, case.seat(key)
    assert visit
    return Position(
        id=uuid7(case.at), case_id=visit.case_id, visit=visit, seat=seat, person=seat.person, version_id=visit.version_id,
        answer="support", stance="for", at=case.at,
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "by"), [("facts_recorded", "lead"), ("position_taken", "lead"), ("position_taken", None)])
def test_a_position_planted_in_an_act_of_ones_own_is_found(kind: str, by: str | None) -> None:
    case = in_review()
    with transaction.atomic(), acting(forged(case, kind, case.who(by) if by else None)) as act:
        position_of(case, "amina").save()
        write(act)
    assert any("position" in str(finding).lower() for finding in verify_case(case.case, case.at))


def test_a_lay_seat_ended_or_silenced_in_an_act_of_ones_own_is_found() -> None:
    case = in_review()
    for column, value in (("state", Seat.State.ENDED), ("membership", Seat.Membership.ATTENDEE)):
        with undone():
            seat = case.seat("amina")
            setattr(seat, column, value)
            with acting(forged(case, "facts_recorded", case.who("lead"))) as act:
                seat.save()
                write(act)
            assert any("historicalseat" in str(finding).lower() for finding in verify_case(case.case, case.at))


def test_no_fact_of_a_case_is_saved_outside_an_act() -> None:
    case = in_review()
    held, seat = case.case, case.seat("amina")
    with nothing_changes():
        held.title = "Something else"
        for attempt in (held.save, seat.save, position_of(case, "amina").save):
            with pytest.raises(NoAct), transaction.atomic():
                attempt()


def test_a_case_is_moved_by_nothing_but_the_engine_even_inside_an_act() -> None:
    case = in_review()
    held = typed(Case.objects.get(pk=case.case_id))
    with pytest.raises(AttributeError):
        held.state = "sharing"
    with nothing_changes(), pytest.raises(TransitionNotAllowed), undone(), acting(forged(case, "decided", case.who("exec"))):
        held.v1__draft_review__pass()  # type: ignore[attr-defined]


def test_a_superuser_decides_nothing_and_sees_nothing() -> None:
    case = in_review()
    person = case.who("member")
    assert person.account
    person.account.is_superuser = person.account.is_staff = True
    person.account.save()
    assert not may_see(person, case.case, case.at)
    for attempt, given in (
        (engine.take_position, {"visit": case.visit, "answer": "support"}),
        (engine.submit, {"visit": case.visit}),
        (reminders.remind, {"visit": case.visit, "seat": case.seat("amina").pk}),
    ):
        with refused():
            case.do(attempt, "member", **given)


def test_sight_is_neither_given_nor_taken_by_guardians_own_shortcuts() -> None:
    case = in_review()
    outsider, partner = case.who("gwen"), case.who("amina")
    account = outsider.account
    assert account
    see = Permission.objects.get(codename="see_case", content_type__app_label="cases")
    held = Case.objects.get(pk=case.case_id)
    before = CaseGrant.objects.count()
    for attempt in (
        lambda: assign_perm("cases.see_case", outsider.account, held),
        lambda: assign_perm("cases.see_case", outsider.account),
        lambda: account.user_permissions.add(see),
        lambda: remove_perm("cases.see_case", partner.account, held),
    ):
        try:
            with transaction.atomic():
                attempt()
        except NoAct:
            pass
    assert CaseGrant.objects.count() == before
    assert not visible_cases(outsider, case.at).exists()
    assert may_see(partner, case.case, case.at)


def test_an_account_is_not_put_in_the_place_of_a_partners_own() -> None:
    """R2: whoever keeps the records of people would otherwise answer as the partner whose record it is."""
    case = in_review()
    partner = case.who("amina")
    mine = get_user_model().objects.create(username="another@harbourvale.example")
    with pytest.raises(Exception, match="account"):
        record_person(
            organisation=case.trust.organisation, name=partner.name, email=partner.email, account=mine,
            by=case.who("coordinator"), at=case.at,
        )  # fmt: skip
    partner.refresh_from_db()
    assert partner.account != mine


def test_nothing_is_dated_back() -> None:
    """Two reminders of last week, sent today, would let the chair record a silence tomorrow."""
    case = in_review()
    for days in (9, 8):
        with pytest.raises(Exception, match="dated before"):
            reminders.remind(
                case=case.case_id,
                by=case.who("chair"),
                at=case.at - timedelta(days=days),
                visit=case.visit,
                seat=case.seat("amina").pk,
            )
    case.remind("amina")
    dates = list(Event.objects.filter(case_id=case.case_id).order_by("seq").values_list("at", flat=True))
    assert dates == sorted(dates)


def test_one_token_never_swallows_a_second_thing_said() -> None:
    """A partner goes back to the page, changes support to dissent and saves again: that is no retry of the first."""
    case = in_review()
    version = case.look.visit.version_id if case.look.visit else None
    given = {"visit": case.visit, "version": version, "request": "one-page"}
    said = [
        engine.take_position(case=case.case_id, by=case.who("amina"), at=case.at, answer=answer, text=text, **given)
        for answer, text in (("support", ""), ("support", ""), ("do_not_support", "I read page 4 again."))
    ]
    assert [one.repeated for one in said] == [False, True, False]
    assert Position.objects.filter(seat=case.seat("amina")).latest("number").answer == "do_not_support"
    words = comments.comment(
        case=case.case_id, by=case.who("amina"), at=case.at, version=version, text="Page 4.", request="one-page"
    )
    assert not words.repeated
