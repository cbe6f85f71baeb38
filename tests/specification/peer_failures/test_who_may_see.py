"""Who may see and who may decide: what people ask of other systems in public, asked of ours."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from audit.models import Event
from cases.models import Case, Seat
from permissions.roles import AUDITOR, CHAIR, MEMBER
from permissions.scope import visible_cases
from tests.builders import FullGroup, refused
from tests.specification.peer_failures.conftest import findings
from tests.web.casework import NOT_FOUND, OK, Casework, words
from workflows import engine, law
from workflows.calendar import london_day
from workflows.doors import reminders, seats
from workflows.doors.people import appoint
from workflows.models import Task
from workflows.processes.improvement.story import ImprovementStory
from workflows.processes.oversight.story import Story


def home(work: Casework, key: str) -> str:
    return words(work.client(key).get(reverse("home")))


@pytest.mark.proves("IG3")
def test_lists_keep_to_the_same_rule_as_the_page_itself(work: Casework) -> None:
    """viewflow/viewflow#505: the page of a process asked who may see it; its lists did not, and told everybody.

    Here: an investigation lead with no seat finds it neither at its address nor on home, messages, waivers or the record.
    """
    title = work.story.case.title
    assert title in home(work, "pat")
    assert work.get("lead2", "case").status_code == work.get("lead2", "record").status_code == NOT_FOUND
    for name in ("home", "notices", "waivers", "operations", "concerns"):
        assert title not in words(work.client("lead2").get(reverse(name))), name


@pytest.mark.proves("IG2")
def test_who_sees_what_is_one_statement_of_the_database(case: FullGroup) -> None:
    """viewflow/viewflow#293: a rule written in Python for one process cannot filter a list of them.

    Here: the rule is a query: listing, counting and asking about one case are a statement each, for one case or for many.
    """
    lead, mine = case.who("lead"), case.case.pk
    for more in (0, 3):
        for number in range(more):
            case.__class__(case.trust, case.at).open(f"Another fall {number}")
        with CaptureQueriesContext(connection) as asked:
            listed = list(visible_cases(lead, case.at).order_by("-pk")[:25])
            counted = visible_cases(lead, case.at).count()
            assert visible_cases(lead, case.at).filter(pk=mine).exists()
        assert (len(listed), counted, len(asked)) == (1 + more, 1 + more, 3)


@pytest.mark.proves("IG3")
def test_people_of_another_organisation_know_of_nothing(work: Casework) -> None:
    """viewflow/viewflow#138, viewflow/viewflow#181: everybody saw everybody's processes; one city could not be kept from another.

    Here: the organisation is part of the rule: even its own auditors read no case of another organisation.
    """
    story = work.story
    far = story.who("far_lead")
    appoint(person=far, role=AUDITOR.code, starts_on=london_day(story.at), at=story.at)
    assert not visible_cases(far, story.at).exists()
    assert work.get("far_lead", "case").status_code == NOT_FOUND
    assert story.case.title not in home(work, "far_lead")
    with refused("IG3"):
        story.do(seats.offer_seats, "lead", people=[far], role=MEMBER.code, why="She knows a lot.")


@pytest.mark.proves("IG3", "R2")
def test_whoever_has_a_task_gets_to_it_and_nobody_else_does(work: Casework) -> None:
    """camunda/camunda#28976, camunda/camunda#37545: people opened tasks they were no candidates for; candidates could not.

    Here: of everybody in the trust, exactly those whom the route waits for can open the question and answer it.
    """
    waited_for = Task.objects.filter(case=work.story.case_id, finished__isnull=True, seat__isnull=False)
    asked = {work.story.who(key).pk for key in ("pat", "amina", "chair")}
    assert {task.seat.person_id for task in waited_for.select_related("seat")} == asked
    for key, person in work.story.trust.people.items():
        page = work.get(key, "position", visit=work.story.visit)
        may_answer = page.status_code == OK and 'name="answer"' in page.content.decode()
        assert may_answer == (person.pk in asked), key


def test_a_task_that_is_nobodys_is_nobodys_and_people_are_told(work: Casework) -> None:
    """camunda/camunda-docs#7512, camunda/camunda-docs#7504: a task without candidates was everybody's, which nobody had said.

    Here: once the only lead has left nobody can do the lead's part, nobody finds it waiting, and the others are told.
    """
    story = work.story
    story.paper("report", text="A second text, so that it is the lead's turn again.")
    assert [seat.person for seat in _waited_for(story)] == [story.who("lead")]
    story.step_down("lead")
    assert _waited_for(story) == []
    for key in ("pat", "chair", "exec", "quality", "root"):
        with refused("B7"):
            story.submit(key, facts={"affected_answer": "Nothing."})
    assert "Leila Grant has stepped down" in words(work.client("chair").get(reverse("notices")))


def _waited_for(story: Story) -> list[Seat]:
    tasks = Task.objects.filter(case=story.case_id, finished__isnull=True, seat__isnull=False)
    return [task.seat for task in tasks.select_related("seat__person")]


@pytest.mark.proves("R2")
def test_the_engine_itself_asks_who_acts_and_not_only_the_pages(case: FullGroup) -> None:
    """camunda/camunda-docs#8721: the engine did not ask who may act, so that each application had to.

    Here: the functions behind the pages refuse, whoever calls them from wherever, and keep a record of it.
    """
    live = case.look.visit
    assert live
    for key in ("gwen", "lead", "far_psp", "root", "rhona", "ivy"):
        with refused("R2"):
            case.do(engine.take_position, key, visit=live.pk, answer="support", version=live.version_id)


def test_no_page_of_an_administrator_moves_a_case(case: FullGroup) -> None:
    """django-commons/django-fsm-2#149: the admin ran transitions without asking for the permission that they name.

    Here: whatever is in the admin can be read and not changed, by a superuser too, cases are not in it, no transition runs.
    """
    request = RequestFactory().post("/")
    request.user = get_user_model().objects.get(person=case.who("root"))
    assert request.user.is_superuser
    for model, page in admin.site._registry.items():
        if model._meta.app_label in ("audit", "cases", "permissions", "workflows"):
            allowed = page.has_add_permission(request), page.has_change_permission(request), page.has_delete_permission(request)
            assert allowed == (False, False, False), model
            assert not issubclass(model, Case)
    with pytest.raises(TransitionNotAllowed):
        law.typed(case.case).v1__draft_review__pass()  # type: ignore[attr-defined]


@pytest.mark.proves("R2", "R16")
def test_nobody_approves_for_a_partner_by_editing_the_data_under_them(case: FullGroup) -> None:
    """sartography/spiff-arena#653: an administrator edited the data of a halted process and then did the user's task.

    Here: the edit is found, the administrator is refused, and the stage waits for the partner.
    """
    with refused("R2"):
        case.answer("root")
    Case.objects.filter(pk=case.case_id).update(facts={"amina": "approved"})
    assert {one.table for one in findings(case)} == {"cases.case"}
    case.answer("chair")
    case.answer("pat")
    assert case.case.state == "draft_review"


@pytest.mark.proves("R18")
def test_nobody_approves_their_own_work_whatever_hats_they_wear(case: FullGroup) -> None:
    """ansible/awx#10610, nathanwoulfe/Plumber#120, verbb/workflow#132: people approved what they had asked for themselves.

    Here: whoever proposes a project does not accept it, and no setting says otherwise.
    """
    project = ImprovementStory(case.trust, case.at)
    project.open(by="specialist")
    with refused("R18"):
        project.answer_proposal()
    assert project.case.state == "propose"


@pytest.mark.proves("IG3")
def test_two_roles_of_one_account_neither_add_up_nor_take_away(case: FullGroup) -> None:
    """HyphaApp/hypha#3449: with a second role an account gained or lost what the first had given it.

    Here: a role is a seat on a case: a chair who sits as a member is a member there, whatever else she is appointed to.
    """
    appoint(person=case.who("chair2"), role=MEMBER.code, starts_on=london_day(case.at), at=case.at)
    assert not visible_cases(case.who("chair2"), case.at).exists()
    case.take_seat("chair2", "member")
    assert case.look.active(CHAIR)[0].person == case.who("chair")
    with refused("R1"):
        case.do(reminders.remind, "chair2", visit=case.visit, seat=case.seat("pat").pk)
    with refused("R2"):
        case.answer("chair2")
    case.answer("chair")


@pytest.mark.proves("IG3")
def test_what_waits_for_one_person_is_not_read_by_another(work: Casework) -> None:
    """projectcaluma/caluma#462: people who were no administrators read the work items of others.

    Here: a colleague in the same group finds neither the pages of my seat nor what was typed in for me.
    """
    mine = work.story.seat("pat").pk
    assert work.get("pat", "seat_leave", seat=mine).status_code == OK
    for key in ("amina", "chair", "lead", "exec", "auditor"):
        assert work.get(key, "seat_leave", seat=mine).status_code == NOT_FOUND, key


@pytest.mark.proves("IG3")
def test_who_may_give_a_seat_is_a_rule_too_and_who_gave_it_is_kept(case: FullGroup) -> None:
    """ansible/awx#1206: who hands out the right to approve, and who sees what was handed out?

    Here: lay seats are offered by the lead and by nobody else; each says who offered it and why, and so does the ledger.
    """
    for key in ("chair", "exec", "coordinator", "quality", "pat", "root", "lead2"):
        with refused("B1"):
            case.do(seats.offer_seats, key, people=[case.who("gwen")], role="psp", why="I know her.")
    seat = case.offer("gwen")
    said = Event.objects.get(case_id=case.case_id, kind="seat_offered", facts__person="Gwen Parry")
    assert (seat.offered_by, said.person_name) == (case.who("lead"), "Leila Grant")
    assert (seat.why, said.facts["why"]) == ("You know how it feels to wait for help on a ward.",) * 2
