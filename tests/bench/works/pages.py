"""Pages through gunicorn: home, messages, a case, and the press that gives an answer, against an answer that is empty."""

from __future__ import annotations

import random
from collections.abc import Iterator

from django.db import connections
from django.utils import timezone

from audit.models import Event
from cases.models import Case
from permissions.scope import newest_visible
from tests.bench.answering import Asked, answers_that_wait
from tests.bench.measuring import Timing, Variant, many_clients
from tests.bench.raw.rewriting import take_back
from tests.bench.serving.server import served
from tests.bench.serving.visiting import Visit, about_to_answer, address_of, client_of, cookies_of
from tests.bench.work import OURS, Bench, Row, Target, Work

CLIENTS, MOST, SECONDS, ROUNDS = 4, 2_000, 1.5, 3
ANSWERS = 15
"""Of each client."""

EMPTY, SOMEBODY = "empty view, session only", "empty view, visitor known"

TOLD = """\
gunicorn with two sync workers and connections to the database that are kept; four clients, each in a process of its own, on the
same two cores. Every visitor is signed in by a session that is valid. *Empty view, session only* goes through all middleware
and reads the session from its cookie; *empty view, visitor known* reads the account behind it as well, as every page for
somebody has to, and is what the target is held against. An answer is the last press of three: what is measured is the door, the
redirect and the middleware."""


def measure(bench: Bench) -> Iterator[Row]:
    """Each page in turn with the empty ones, in another order every round."""
    with served() as port:
        pages = _pages(bench, port)
        rounds = [_one_round(pages) for _ in range(ROUNDS)]
        found = {name: _middle([one[name] for one in rounds]) for name in pages}
        empty = {name: found[name] for name in (EMPTY, SOMEBODY)}
        for code, title in TITLES.items():
            yield Row(f"pages:{code}", title, {OURS: found[code], **empty})
        yield Row("pages:answer", "POST of an answer, confirmed", {OURS: _answering(bench, port), **empty})


TITLES = {"home": "Home of a partner", "messages": "Messages of a partner", "case": "The page of a case"}


def _pages(bench: Bench, port: int) -> dict[str, Visit]:
    person = bench.of.few
    cookies = cookies_of(client_of(person))
    seen: Case = newest_visible(person, timezone.now(), 1).select_related("organisation")[0]
    addresses = {
        EMPTY: "/nothing/",
        SOMEBODY: "/nothing/for-somebody/",
        "home": "/",
        "messages": "/messages/",
        "case": address_of("case", seen),
    }
    return {name: Visit(port, address, cookies) for name, address in addresses.items()}


def _one_round(pages: dict[str, Visit]) -> dict[str, Timing]:
    return {name: _asked(pages[name]) for name in random.sample(list(pages), len(pages))}


def _asked(visit: Visit) -> Timing:
    return many_clients(Variant(visit.address, lambda one: one.go(), lambda _: visit), CLIENTS, MOST, SECONDS)


def _middle(timings: list[Timing]) -> Timing:
    """The one of the middle round, by how many were done a second."""
    return sorted(timings, key=lambda one: one.rate or 0)[len(timings) // 2]


def _answering(bench: Bench, port: int) -> Timing:
    """Every answer once; those that each client sends to warm up are its first, and are sent again after they are taken back."""
    asked = answers_that_wait(bench.of.waiting, CLIENTS * ANSWERS)
    visits = [about_to_answer(one, port) for one in asked]
    connections.close_all()
    pairs = list(zip(asked, visits, strict=True))
    variant = Variant("answer", _sent, lambda turn: pairs[turn], _taken_back)
    return many_clients(variant, CLIENTS, len(pairs) // CLIENTS)


def _sent(pair: tuple[Asked, Visit]) -> Asked:
    pair[1].go()
    return pair[0]


def _taken_back(asked: Asked) -> None:
    newest = Event.objects.filter(case_id=asked.case).latest("seq")
    assert newest.kind == "position_taken", f"The newest act is {newest.kind}."
    take_back(asked.written, newest.pk)


WORK = Work(
    "pages", "Pages through gunicorn", measure,
    tuple(
        Target(f"page_{code}", f"pages:{code}", f"{title}, against an empty view for the same visitor", 2.0, SOMEBODY, "rate")
        for code, title in TITLES.items()
    ),
    TOLD,
)  # fmt: skip
