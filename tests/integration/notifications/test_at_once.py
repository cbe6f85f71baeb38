"""Several senders in the same moment: each person still gets one e-mail."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connections

from audit.models import Event
from audit.verify import verify_chains
from notifications.models import Dispatch, Notice
from tests.builders import a_story
from tests.integration.deadlines.clock import SOON, send_at

pytestmark = pytest.mark.django_db(transaction=True)

SENDERS = 4


def test_four_senders_at_once_send_each_person_one_e_mail() -> None:
    case = a_story().walk_to("terms")
    at, start = case.at + SOON, Barrier(SENDERS)

    def sends(_: int) -> None:
        start.wait(timeout=30)
        try:
            send_at(at)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(sends, range(SENDERS)))
    send_at(at)
    got = Counter(who for one in mail.outbox for who in one.to)
    assert set(got.values()) == {1}
    assert len(got) == Dispatch.objects.filter(state="sent").count() == Event.objects.filter(kind="told").count()
    assert not Notice.objects.filter(by_mail=True, dispatch=None).exists()
    assert verify_chains().findings == []
