"""What was done to the packages that we build on, as they were released, done to us.

What goes wrong there was seen by running it: django-simple-history 3.13.0, django-fsm-2 4.2.4, django-guardian 3.5.2
and django-viewflow 2.4.0, each alone, on Django 5.2 and SQLite.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django_fsm import TransitionNotAllowed
from guardian.shortcuts import assign_perm
from viewflow.workflow.models import Process as ViewflowProcess

from audit import triggers
from audit.append_only import AppendOnly
from audit.models import Event
from audit.record import Act, Actor, NoAct, acting, write
from cases.models import Case, Person, Position, Seat
from permissions.models import CaseGrant
from permissions.scope import visible_cases
from tests.builders import FullGroup, nothing_changes, refused, undone
from tests.specification.peer_failures.conftest import findings
from workflows import law
from workflows.models import Task
from workflows.processes.oversight.models import OversightCase
from workflows.registry import process_of


@pytest.mark.proves("R16")
def test_x1_history_misses_no_change_keeps_its_author_and_cannot_be_rewritten(case: FullGroup) -> None:
    """X1, django-simple-history: update() left no row, a deleted user left no name, rows were edited and deleted.

    Here: an update round the record is found, an account with a past cannot be deleted, the database refuses the rest.
    """
    history = Seat.history.filter(id=case.seat("pat").pk)
    newest = history.order_by("-history_id")[0]
    assert newest.history_person_name == "Pat Mercer"
    with pytest.raises(ProtectedError):
        get_user_model().objects.get(person=case.who("pat")).delete()
    for change in ("UPDATE cases_historicalseat SET state = 'ended'", "DELETE FROM cases_historicalseat"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    for forge in (lambda rows: rows.delete(), lambda rows: rows.update(history_type="-"), lambda rows: rows[0].save()):
        with pytest.raises((AppendOnly, RuntimeError)), transaction.atomic():
            forge(history)
    Seat.objects.filter(pk=case.seat("pat").pk).update(state="ended")
    assert "cases.seat" in {one.table for one in findings(case)}


def test_x2_no_transition_runs_for_anybody_without_the_engines_ruling(case: FullGroup) -> None:
    """X2, django-fsm-2: the transition ran for a user whose permission said no, and update() changed a protected field.

    Here: there is no permission to leave out, every way out fails closed, the state cannot be assigned, an update is found.
    """
    stage = process_of("OVS", 1).stage("draft_review")
    for way in (*(one.code for one in stage.outcomes), "dissent", "returned", "changed", "withdraw"):
        name = law.transition_name(1, "draft_review", way)
        assert not getattr(OversightCase, name)._django_fsm.get_transition("draft_review").permission
        with pytest.raises(TransitionNotAllowed):
            getattr(law.typed(case.case), name)()
    with pytest.raises(AttributeError):
        case.case.state = "sharing"
    Case.objects.filter(pk=case.case_id).update(state="sharing")
    assert "cases.case" in {one.table for one in findings(case)}


@pytest.mark.proves("IG3")
def test_x3_a_grant_hangs_on_a_seat_and_no_superuser_has_one(case: FullGroup) -> None:
    """X3, django-guardian: an orphaned grant passed to a new object, a superuser had every permission, no grant said why.

    Here: a case cannot be deleted under its grants, a grant by hand fails or is found, each names its seat and beginning.
    """
    root, gwen = case.who("root"), case.who("gwen")
    account = get_user_model().objects.get(person=gwen)
    see = Permission.objects.get(codename="see_case")
    assert get_user_model().objects.get(person=root).is_superuser
    assert not visible_cases(root, case.at).exists()
    by_hand = CaseGrant(user=account, permission=see, content_object=case.case, seat=case.seat("pat"), granted_at=case.at)
    for attempt in (lambda: assign_perm("see_case", account, case.case), by_hand.save):
        with pytest.raises((NoAct, IntegrityError)), transaction.atomic():
            attempt()
    with pytest.raises((ProtectedError, NoAct)), transaction.atomic():
        case.case.delete()
    for grant in CaseGrant.objects.filter(content_object=case.case_id).select_related("seat"):
        assert grant.granted_at
        assert (grant.seat.is_active, grant.seat.case_id) == (True, case.case_id)
    with undone():
        CaseGrant.objects.bulk_create([by_hand])
        assert {one.table for one in findings(case)} == {"permissions.casegrant"}
    with triggers.lifted(), connection.cursor() as cursor:
        seat = case.seat("amina").pk
        key = seat if connection.vendor == "postgresql" else seat.hex
        cursor.execute("DELETE FROM permissions_casegrant WHERE seat_id = %s", [key])
    assert {one.table for one in findings(case)} == {"permissions.casegrant", "cases.seat"}


def test_x4_history_and_sight_hold_through_a_proxy(case: FullGroup) -> None:
    """X4, django-guardian with viewflow's process: no grant on a proxy, for its content type is another.

    Here: a process is a proxy of the one concrete case; sight reaches it, and what is saved through it leaves history.
    """
    found = OversightCase.objects.get(pk=case.case_id)
    assert visible_cases(case.who("pat"), case.at).filter(pk=found.pk).exists()
    with pytest.raises(NoAct):
        found.save()
    before, actor = Case.history.filter(id=found.pk).count(), Actor(case.who("root").pk, "Rae Root", "staff")
    with transaction.atomic(), acting(Act("facts_recorded", actor, case.at, found.organisation_id, found.pk)) as act:
        found.save(update_fields=["facts"])
        write(act)
    assert Case.history.filter(id=found.pk).count() == before + 1


@pytest.mark.proves("R2")
def test_x5_a_task_that_is_given_to_a_manager_stays_the_partners(case: FullGroup) -> None:
    """X5, viewflow: a task assigned to a partner was reassigned to a manager, and nothing named the partner any more.

    Here: a task is of a seat; whoever owns the row, the lead cannot answer it, and the partner's name stays with it.
    """
    task = Task.objects.get(seat=case.seat("amina"), finished__isnull=True)
    Task.objects.filter(pk=task.pk).update(owner=get_user_model().objects.get(person=case.who("lead")))
    with refused("R2"):
        case.answer("lead")
    assert Task.objects.get(pk=task.pk).seat.person == case.who("amina")
    case.answer("amina")
    assert Position.objects.latest("at").person == case.who("amina")


@pytest.mark.proves("IG3")
def test_x6_a_seat_fills_list_and_inbox_and_no_permission_on_the_model_does(case: FullGroup) -> None:
    """X6, viewflow: a grant and a task filled neither list nor inbox; a permission on the model showed every case and task.

    Here: whoever sits finds the case listed and their task waiting; every permission there is opens nothing.
    """
    assert visible_cases(case.who("amina"), case.at).filter(pk=case.case.pk).exists()
    mine = Task.objects.filter(seat__person=case.who("amina"), finished__isnull=True)
    assert [task.visit_id for task in mine] == [case.visit]
    get_user_model().objects.get(person=case.who("gwen")).user_permissions.set(Permission.objects.all())
    assert not visible_cases(case.who("gwen"), case.at).exists()
    with refused("R2"):
        case.answer("gwen")


@pytest.mark.proves("R2")
def test_x7_a_task_that_somebody_else_finishes_by_hand_decides_nothing(case: FullGroup) -> None:
    """X7, viewflow: a superuser took the partner's task, finished it, and the partner was not mentioned.

    Here: it counts for nothing, is found, and the stage still waits for the partner.
    """
    task = Task.objects.get(seat=case.seat("amina"), finished__isnull=True)
    activation = task.flow_task.activation_class(task)
    activation.start(None)
    activation.execute()
    assert Task.objects.get(pk=task.pk).status == "DONE"
    assert {one.table for one in findings(case)} == {"cases.case"}
    case.answer("chair")
    case.answer("pat")
    assert case.case.state == "draft_review"
    case.answer("amina")
    assert case.case.state == "actions"


@pytest.mark.proves("R16")
def test_x8_nobody_who_took_part_can_be_deleted_and_no_approval_with_them(case: FullGroup) -> None:
    """X8, viewflow: with the user who approved, the row of the approval was deleted.

    Here: neither an account nor a person nor a case goes, and viewflow's own tables, which cascade, stay empty.
    """
    case.answer("pat")
    accounts: Any = get_user_model().objects.filter(person__seats__case=case.case_id).distinct()
    with nothing_changes():
        for row in (*accounts, *Person.objects.all(), case.case, Position.objects.latest("at")):
            with pytest.raises((ProtectedError, NoAct, AppendOnly)), transaction.atomic():
                row.delete()
    assert Event.objects.filter(kind="position_taken", person_id=case.who("pat").pk).exists()
    assert not ViewflowProcess.objects.exists()
