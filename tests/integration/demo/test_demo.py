"""The demo is built once, and is what the sign-in page and the command promise."""

from __future__ import annotations

import importlib
import io
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from audit.models import Event
from cases.models import Case, Comment, EmergencySight, Hold, Lapse, Matter, PaperVersion, Person, Position, Seat, Visit, Waiver
from permissions.verdict import Refused
from web.pages.signin.presenter import personas
from workflows import engine
from workflows.calendar import ENGLAND, LONDON, london_day
from workflows.demo import offered
from workflows.demo.building import EVERY_TALE, PASSWORD
from workflows.demo.trust import NEWCOMERS
from workflows.look import Look
from workflows.models import Task
from workflows.registry import process_of

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=LONDON)
"""A Sunday evening."""


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The demo, built once for this module and taken back after it; what the command said."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.utils.timezone.now", lambda: NOW)
        yield built()
        transaction.set_rollback(True)


def built() -> str:
    out = io.StringIO()
    with override_settings(PARITY_DEMO=True):
        call_command("build_demo", stdout=out, stderr=io.StringIO())
    return out.getvalue()


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def case_in(state: str) -> Case:
    return Case.objects.get(state=state)


def look_at(case: Case) -> Look:
    return Look(case, process_of(case.process, case.definition_version), NOW)


def test_every_stage_has_a_case_and_some_have_ended() -> None:
    stages = [stage.code for stage in process_of("OVS").stages if not stage.hears]
    states = list(Case.objects.filter(process="OVS").values_list("state", flat=True))
    assert Case.objects.count() == len(EVERY_TALE)
    assert set(states) == {*stages, "draft_review__dissent", "closed", "other_response"}


def test_it_is_as_large_as_it_says() -> None:
    """Four partners and three newcomers, eighteen on the staff; oversight cases in every stage, of which two have ended."""
    by_capacity = {one: Person.objects.filter(appointments__capacity=one).distinct().count() for one in ("lay", "staff")}
    assert by_capacity == {"lay": 4 + len(NEWCOMERS), "staff": 18}
    assert Counter(Case.objects.values_list("process", flat=True)) == {"OVS": 15, "IMP": 2, "TRN": 4}
    assert Case.objects.filter(process="OVS", closed_at=None).count() == 13
    over = Case.objects.filter(process="OVS").exclude(closed_at=None)
    assert set(over.values_list("state", flat=True)) == {"closed", "other_response"}


@pytest.mark.parametrize(
    ("what", "kind", "process", "at_least"),
    [
        ("a disagreement was heard", "dissent", "OVS", 2),
        ("a partner stood aside", "recused", "OVS", 1),
        ("an answer lapsed", "lapsed", "OVS", 1),
        ("a lay rule was lifted", "waived", "OVS", 1),
        ("something late was told upward", "escalated", "OVS", 3),
        ("something held back was challenged", "withholding_challenged", "OVS", 1),
        ("a partner stopped a project", "hold_placed", "IMP", 1),
        ("a training ran out", "expired", "TRN", 2),
        ("a training was waived", "training_waived", "TRN", 1),
        ("a training that was late was told upward", "escalated", "TRN", 3),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_every_turn_that_things_can_take_is_there(what: str, kind: str, process: str, at_least: int) -> None:
    cases = Case.objects.filter(process=process).values("pk")
    if kind == "dissent":
        found = Visit.objects.filter(case__in=cases, stage__endswith="__dissent").count()
    else:
        found = Event.objects.filter(kind=kind, case_id__in=cases).count()
    assert found >= at_least, what


def test_references_run_in_the_order_of_the_days_and_nothing_is_still_to_come() -> None:
    for process in ("OVS", "IMP", "TRN"):
        by_reference = list(Case.objects.filter(process=process).order_by("opened_at").values_list("reference", flat=True))
        assert by_reference == sorted(by_reference)
    assert not Event.objects.filter(at__gt=NOW).exists()


def test_what_waits_is_due_soon_or_a_little_late() -> None:
    today = london_day(NOW)
    for case in Case.objects.filter(closed_at=None).exclude(state="in_force"):  # where nothing waits
        visit = look_at(case).visit
        assert visit
        assert visit.due_on
        assert -5 <= ENGLAND.between(today, visit.due_on) <= 40, case.title
        last = Event.objects.filter(case_id=case.pk).latest("at").at
        assert NOW - timedelta(days=14) < last, case.title


def test_the_record_of_the_demo_is_whole() -> None:
    out = io.StringIO()
    call_command("verify", stdout=out, stderr=io.StringIO())
    assert "All is well" in out.getvalue()


def test_titles_and_texts_are_each_their_own() -> None:
    assert Case.objects.values("title").distinct().count() == len(EVERY_TALE)
    texts = PaperVersion.objects.values("sha256").distinct().count()
    assert texts == PaperVersion.objects.count() > 40
    for version in PaperVersion.objects.all():
        with version.file.open() as file:
            text = file.read().decode()
        assert text.count("\n\n") > 4
        assert len(version.plain_summary) > 80 or version.lay_reads == "nothing"
    spoken = list(Position.objects.exclude(text="").values_list("text", "seat"))
    assert len(spoken) == len(set(spoken)) > 15


def test_an_empty_lay_seat_blocks_a_group() -> None:
    case = case_in("form_group")
    look = look_at(case)
    coordinator = Seat.objects.get(case=case, role="coordinator").person
    assert look.visit
    with pytest.raises(Refused, match="Every lay seat is filled"):
        engine.decide(case=case, by=coordinator, at=NOW, visit=look.visit.pk, outcome="confirm")
    assert Seat.objects.get(case=case, person__name="Gwen Parry").state == "declined"


def test_a_disagreement_waits_for_the_executive_lead() -> None:
    case = case_in("draft_review__dissent")
    waiting = Task.objects.filter(case=case, finished=None, seat__isnull=False)
    assert [task.seat.person.name for task in waiting] == ["Eleanor Hughes"]
    assert Position.objects.filter(case=case, stance="against").get().text.startswith("The mother asked three times")


def test_a_disagreement_was_decided_against_and_stands_in_the_record() -> None:
    case = case_in("closed")
    assert case.visits.get(stage="draft_review__dissent").outcome == "pass"
    assert Position.objects.filter(case=case, answer="heard").exists()
    assert Position.objects.filter(case=case, stance="against", seat__capacity="lay").count() == 1


def test_the_special_cases_are_there() -> None:
    assert Seat.objects.filter(state="recused", case=case_in("terms")).exists()
    assert Lapse.objects.filter(case=case_in("actions")).exists()
    assert Waiver.objects.filter(case=case_in("planning"), rule="R9").exists()
    assert Comment.objects.filter(case=case_in("synthesis"), response=None).count() == 2
    assert Comment.objects.filter(case=case_in("gathering"), response=None).count() == 1
    assert case_in("follow_up").actions.exclude(delay_reason="").count() == 1


def test_one_project_is_stopped_by_a_partner_and_one_tells_what_changed() -> None:
    stopped, shared = case_in("testing"), case_in("share")
    assert stopped.opened_as == shared.opened_as == "lay"
    hold = Hold.objects.get(case=stopped)
    assert hold.stops
    assert 0 <= ENGLAND.between(london_day(NOW), hold.due_on) <= 5
    assert Comment.objects.filter(case=shared, response=None).count() == 0
    assert Comment.objects.filter(case=shared, position=None).count() == 2
    assert Comment.objects.filter(case=shared, position__isnull=False).count() == 3


def test_a_concern_waits_an_item_for_the_board_is_answered_and_a_case_was_opened_in_an_emergency() -> None:
    state = Matter.State
    assert set(Matter.objects.values_list("kind", "state")) == {("concern", state.RAISED), ("board_item", state.ANSWERED)}
    opened = EmergencySight.objects.get()
    assert opened.until is not None
    assert not opened.runs_at(NOW)


def test_the_report_that_is_ready_can_be_signed() -> None:
    case = case_in("sign_off")
    look = look_at(case)
    signer = Seat.objects.get(case=case, role="exec").person
    assert look.visit
    report = look.latest_released("report")
    assert report
    with transaction.atomic():
        engine.submit(case=case, by=signer, at=NOW, visit=look.visit.pk, outcome="sign", version=report.pk)
        assert Case.objects.get(pk=case.pk).state == "sharing"
        transaction.set_rollback(True)


def test_everybody_offered_has_something_to_try_and_a_seat_or_a_reason() -> None:
    for persona, email, tried in offered.offered():
        held = Hold.objects.filter(answered_at=None, case__seats__person__email=email, case__seats__role="sponsor")
        waits = Task.objects.filter(seat__person__email=email, finished=None).exists() or held.exists()
        assert tried
        assert waits or persona.key in ("tomas", "auditor", "lead", "iris"), email


def test_the_sign_in_page_offers_them_in_the_order_of_the_settings(settings: Any, client: Client) -> None:
    settings.PARITY_DEMO = True
    settings.PARITY_DEMO_PERSONAS = importlib.import_module("config.settings.demo").PARITY_DEMO_PERSONAS
    cards = personas(london_day(NOW))
    assert [card.name for card in cards] == [persona.name for persona, _, _ in offered.offered()]
    assert [card.to_try for card in cards] == list(offered.TO_TRY.values())
    assert "Sign in as Leila Grant" in client.get("/sign-in/").content.decode()


def test_the_password_works_too(demo: str) -> None:
    assert PASSWORD in demo
    assert "amina@harbourvale.example" in demo
    assert authenticate(username="amina@harbourvale.example", password=PASSWORD) is not None


def test_a_second_run_says_that_it_is_built_and_leaves_it() -> None:
    before = Event.objects.count()
    assert f"is there already, with {len(EVERY_TALE)} cases." in built()
    assert Event.objects.count() == before


def test_it_is_refused_outside_the_demo() -> None:
    with pytest.raises(CommandError, match="only with the demo's own settings"):
        call_command("build_demo", stdout=io.StringIO())
