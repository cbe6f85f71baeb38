"""`manage.py work`: the clock, the messages and the queue in one process, stopped by a word."""

from __future__ import annotations

import io
import os
import signal
from threading import Timer

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from tests.builders import a_story
from tests.integration.deadlines.clock import in_review, reminded
from workflows.deadlines.models import Sweep

pytestmark = pytest.mark.django_db(transaction=True)


def work(**options: object) -> str:
    out = io.StringIO()
    call_command("work", stdout=out, **options)
    return out.getvalue()


def test_an_act_queues_its_messages_in_its_own_transaction() -> None:
    case = a_story().walk_to("form_group")
    before = DBTaskResult.objects.count()
    with transaction.atomic():
        case.offer("gwen")
        assert DBTaskResult.objects.count() == before + 1
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == before


def test_one_round_reminds_sends_and_leaves_nothing_queued() -> None:
    case = in_review()
    said = work(once=True)
    assert len(reminded(case, "pat")) == 1
    assert "Deadlines:" in said
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").filter(run_after__lte=Sweep.objects.get(code="messages").ran_at)
    assert {who for one in mail.outbox for who in one.to} >= {case.who("chair").email, case.who("pat").email}
    assert set(Sweep.objects.values_list("code", flat=True)) == {"deadlines", "messages"}
    mail.outbox.clear()
    assert "done" not in work(once=True)


def test_where_others_do_the_work_the_sweeps_are_queued_once() -> None:
    for _ in range(2):
        work(once=True, queue_only=True)
    queued = DBTaskResult.objects.values_list("task_path", flat=True)
    assert sorted(queued) == ["notifications.tasks.send_messages", "workflows.deadlines.tasks.sweep_deadlines"]
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_it_stops_when_it_is_told_to() -> None:
    before = signal.getsignal(signal.SIGTERM)
    Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
    assert work(interval=0.1).splitlines()[-1].endswith("Stopped.")
    assert signal.getsignal(signal.SIGTERM) == before
