"""No code, account or shell moves a case, takes a seat's part or grants sight, except through a door; what is forced shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model, ProtectedError
from django_fsm import TransitionNotAllowed

from audit import triggers
from audit.append_only import AppendOnly, AppendOnlyModel
from audit.findings import Finding
from audit.history import is_recorded
from audit.record import Act, Actor, NoAct, acting, write
from audit.verify import verify_live_rows
from cases.models import Case
from permissions.scope import visible_cases
from permissions.verdict import Refused
from tests.builders import a_full_group, a_story, nothing_changes, refused
from workflows import engine, law
from workflows.processes.oversight.story import Story
from workflows.registry import process_of
from workflows.verify import verify_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Story:
    """The draft report is before the group; Pat has answered."""
    found = a_full_group()
    found.walk_to("draft_review")
    found.put_draft_to_group()
    found.answer("pat")
    return found


def findings(case: Story) -> list[Finding]:
    return [*verify_live_rows(case.case_id).findings, *verify_case(case.case, case.at)]


def forge(statement: str, *given: Any) -> None:
    """What a database administrator could do by hand."""
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute(statement, given)


# The law


def test_no_transition_runs_without_a_ruling_and_every_way_out_is_tried(case: Story) -> None:
    found = law.typed(case.case)
    ways = [law.transition_name(1, stage, outcome) for stage, outcome, _ in law.ways(process_of("OVS", 1))]
    assert len(ways) > 30
    for name in ways:
        with pytest.raises(TransitionNotAllowed):
            getattr(found, name)()
    assert found.state == "draft_review"


def test_a_ruling_is_for_one_case_and_one_way_and_is_used_up(case: Story) -> None:
    found = law.typed(case.case)
    visit = case.visit
    for ruling in (
        law.Ruling(case.trust.organisation.pk, visit, "v1__draft_review__pass"),
        law.Ruling(found.pk, visit, "v1__draft_review__returned"),
        None,
    ):
        found._ruling = ruling  # type: ignore[attr-defined]
        with pytest.raises(TransitionNotAllowed):
            found.v1__draft_review__pass()  # type: ignore[attr-defined]
    law.move(found, law.Ruling(found.pk, visit, "v1__draft_review__pass"))
    with pytest.raises(TransitionNotAllowed):
        found.v1__actions__pass()  # type: ignore[attr-defined]


def test_the_plain_case_has_no_transition_and_no_state_can_be_assigned(case: Story) -> None:
    assert not [name for name in dir(Case) if name.startswith("v1__")]
    for found in (case.case, law.typed(case.case)):
        with pytest.raises(AttributeError):
            found.state = "closed"
        with pytest.raises(AttributeError):
            setattr(found, "state", "sharing")  # noqa: B010


def test_a_move_forced_in_memory_is_not_saved_without_an_act(case: Story) -> None:
    found = law.typed(case.case)
    law.move(found, law.Ruling(found.pk, case.visit, "v1__draft_review__pass"))
    with pytest.raises(NoAct), nothing_changes():
        found.save()
    assert case.case.state == "draft_review"


def test_a_move_forced_with_an_act_of_its_own_is_found_by_replay(case: Story) -> None:
    """Somebody with a Python shell who forges ruling and act both leaves visits that do not lead there."""
    found = law.typed(case.case)
    law.move(found, law.Ruling(found.pk, case.visit, "v1__draft_review__pass"))
    actor = Actor(case.who("root").pk, "Rae Root", "staff")
    with transaction.atomic(), acting(Act("decided", actor, case.at, case.trust.organisation.pk, found.pk)) as act:
        found.save()
        write(act)
    assert any("its visits lead to 'draft_review'" in one.what for one in verify_case(case.case, case.at))


@pytest.mark.parametrize("way", ["queryset", "bulk", "sql"])
def test_a_state_changed_round_the_record_is_found(case: Story, way: str) -> None:
    if way == "queryset":
        Case.objects.filter(pk=case.case_id).update(state="sharing")
    elif way == "bulk":
        found = case.case
        found.__dict__["state"] = "sharing"
        Case.objects.bulk_update([found], ["state"])
    else:
        forge("UPDATE cases_case SET state = %s", "sharing")
    assert {one.table for one in findings(case)} >= {"cases.case"}


def test_a_case_cannot_be_read_again_in_place_which_would_unlock_its_state(case: Story) -> None:
    with pytest.raises(TypeError):
        case.case.refresh_from_db()


# Every recorded fact


def recorded() -> list[type[Model]]:
    from django.apps import apps

    models = [m for label in ("cases", "permissions") for m in apps.get_app_config(label).get_models() if not m._meta.proxy]
    return [m for m in models if not issubclass(m, AppendOnlyModel) or not m.__name__.startswith("Historical")]


def test_every_fact_has_a_history_or_is_only_ever_added() -> None:
    bare = [model.__name__ for model in recorded() if not is_recorded(model) and not issubclass(model, AppendOnlyModel)]
    assert bare == []


@pytest.mark.proves("R16")
def test_saving_or_deleting_any_fact_outside_an_act_is_refused(case: Story) -> None:
    case.comment("pat", "Page 2 is unclear.", kind="report")
    tried = []
    with nothing_changes():
        for model in recorded():
            row = model._default_manager.first()
            if row is None:
                continue
            tried.append(model.__name__)
            with pytest.raises((NoAct, AppendOnly)), transaction.atomic():
                row.save()
            with pytest.raises((NoAct, AppendOnly, ProtectedError)), transaction.atomic():
                row.delete()
            row.pk, row._state.adding = None, True
            with pytest.raises((NoAct, AppendOnly)), transaction.atomic():
                row.save()
    assert {"Case", "Seat", "Visit", "Position", "Person", "Appointment", "PaperVersion", "CaseGrant", "Comment"} <= set(tried)


# Who decides


def test_a_superuser_decides_nothing_at_any_step(case: Story) -> None:
    with refused("R2"):
        case.answer("root")
    for key in ("amina", "pat", "chair"):
        case.answer(key, enough_time=True)
    case.draft_action()
    with refused("B8"):
        case.submit("root")
    case.submit("directorate")
    with refused("R2"):
        case.answer("root")
    case.walk_to("actions")
    case.all_answer(also=())
    with refused("B9"):
        case.submit("root", outcome="sign")


def test_a_role_alone_opens_no_case_and_decides_nothing() -> None:
    """The same roles as those who sit, without the seat."""
    case = a_story().walk_to("sign_off")
    for who in ("lead2", "chair2", "directorate2"):
        with pytest.raises(Refused):
            case.do(engine.submit, who, visit=case.visit, outcome="sign")
        assert not visible_cases(case.who(who), case.at).exists()


def test_times_without_a_zone_are_refused(case: Story) -> None:
    naive = datetime(2026, 6, 1, 9)  # noqa: DTZ001 - that is the point
    with pytest.raises((TypeError, ValueError)), nothing_changes():
        engine.take_position(case=case.case_id, by=case.who("amina"), at=naive, visit=case.visit, answer="support")
