"""Real worker processes on one database, some of them killed in the middle: every row is worked exactly once."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from audit.models import Event
from audit.verify import verify_chains
from permissions.roles import PSP
from tests.builders import BEGINNING, a_trust
from workflows.deadlines.models import Deadline
from workflows.demo.trust import PERSONAS, Persona
from workflows.doors import seats
from workflows.processes.oversight.story import Story

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

CASES, OFFERS, WORKERS = 20, 10, 4
ROOT = Path(__file__).resolve().parents[3]
WORK = """
import sys
from datetime import datetime
import django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from workflows.deadlines.running import run_due
print("ready", flush=True)
while run_due(lambda: datetime.fromisoformat(sys.argv[2])).busy:
    pass
"""


@contextmanager
def workers(at: str, number: int) -> Iterator[list[subprocess.Popen[str]]]:
    """So many processes that work what is due at `at`, all begun."""
    command = [sys.executable, "-c", WORK, str(connection.settings_dict["NAME"]), at]
    begun = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(number)]
    for one in begun:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
        one.stdout.close()
    yield begun
    assert {one.wait(timeout=60) for one in begun} <= {0, -signal.SIGKILL}


def test_every_row_is_worked_once_whoever_is_killed_and_whatever_is_voided_meanwhile() -> None:
    asked = tuple(Persona(f"p{number}", f"Partner {number}", PSP) for number in range(OFFERS))
    trust = a_trust(PERSONAS + asked)
    stories = [_with_offers(Story(trust, BEGINNING), asked) for _ in range(CASES)]
    rows = Deadline.objects.filter(kind="offer_unanswered")
    assert rows.filter(state="open").count() == CASES * OFFERS
    at = BEGINNING + timedelta(days=60)

    with workers(at.isoformat(), WORKERS) as first:
        _until_done(rows, 30)
        for one in first[:2]:
            one.send_signal(signal.SIGKILL)
            one.wait(timeout=10)
        for story in stories[-3:]:
            story.at = at
            seats.withdraw_offer(
                case=story.case_id, by=story.who("lead"), at=at, seat=story.seat("p9").pk, reason="We have enough people."
            )
    with workers(at.isoformat(), 2):
        pass

    states = Counter(rows.values_list("state", flat=True))
    assert set(states) <= {"done", "voided"}
    assert states["voided"] <= 3
    said = Event.objects.filter(kind="offer_overdue").values_list("pk", flat=True)
    done = rows.filter(state="done").values_list("event_id", flat=True)
    assert (len(said), Counter(said)) == (len(done), Counter(done))
    assert not Deadline.objects.filter(attempts__gt=0).exists()
    assert verify_chains().findings == []


def _with_offers(story: Story, asked: tuple[Persona, ...]) -> Story:
    story.open()
    story.propose_response()
    story.decide_response()
    for one in asked:
        story.offer(one.key)
    return story


def _until_done(rows: object, number: int) -> None:
    """Wait until so many rows are done: the workers are in the middle of it."""
    deadline = time.monotonic() + 30
    while Deadline.objects.filter(kind="offer_unanswered", state="done").count() < number:
        assert time.monotonic() < deadline
        time.sleep(0.02)
