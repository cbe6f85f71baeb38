"""The newest 25 cases that a person may know of: for somebody with few grants and for somebody with very many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from guardian.shortcuts import get_objects_for_user

from audit.compiled import compiled
from cases.models import Case, Person
from permissions.eligibility import day_of
from permissions.known import keys_of, known_by
from permissions.models import CaseGrant
from permissions.scope import newest_visible
from tests.bench.measuring import Variant, side_by_side
from tests.bench.peers.queued import fill, queue_of
from tests.bench.raw.worklist import newest
from tests.bench.work import GUARDIAN, OURS, RAW, Bench, Flat, Row, Target, Work

NUMBER = 25
GUARDIAN_ALONE = "guardian, told to look at no groups"
QUEUE = "viewflow's queue"

TOLD = """\
Ours, the hand-written SQL and guardian read the same grants: guardian's `get_objects_for_user` on the table of grants with a
foreign key (its quicker kind), once as it comes and once told to look neither at groups nor at permissions for everything.
Guardian asks neither whether a grant has run out nor whether the appointment behind it still holds. *viewflow's queue* reads
our open tasks in viewflow's own tables, with guardian's rows for the two people who are measured and for nobody else."""


def measure(bench: Bench) -> Iterator[Row]:
    """For a partner with about three grants, and for whoever has the most."""
    people = {"worklists:few": bench.of.few, "worklists:many": bench.of.many}
    held = {one.account_id or 0: CaseGrant.objects.filter(user=one.account_id).count() for one in people.values()}
    fill(list(people.values()), held)
    for code, person in people.items():
        yield _row(code, person, held, bench)


def _row(code: str, person: Person, held: dict[int, int], bench: Bench) -> Row:
    at = timezone.now()
    account = get_user_model().objects.get(person=person)
    assert [case.pk for case in ours(person, at)] == [row[0] for row in _keys(person, at)], "Ours and raw SQL see different cases."
    variants = [
        Variant(OURS, lambda _: ours(person, at)),
        Variant(RAW, lambda _: newest(person, at, NUMBER)),
        Variant(GUARDIAN, lambda _: _of_guardian(account)),
        Variant(GUARDIAN_ALONE, lambda _: _of_guardian(account, use_groups=False, accept_global_perms=False)),
        Variant(QUEUE, lambda fresh: queue_of(fresh, NUMBER), lambda _: get_user_model().objects.get(pk=account.pk)),
    ]
    number = held[account.pk]
    return Row(code, f"The newest 25 cases for somebody with {number:,} grants", side_by_side(variants, bench.rounds))


def ours(person: Person, at: datetime) -> list[Case]:
    """As home asks for them, without what home wants to know of each besides."""
    return _newest(**keys_of(person), at=at)


@compiled(day_of)
def _newest(person: UUID, account: int, at: datetime) -> QuerySet[Case]:
    return newest_visible(known_by(person, account), at, NUMBER)[:NUMBER]


def _keys(person: Person, at: datetime) -> list[tuple[Any, ...]]:
    place = [field.column for field in Case._meta.concrete_fields].index("id")
    return [(row[place],) for row in newest(person, at, NUMBER)]


def _of_guardian(account: Any, **options: bool) -> list[Case]:
    found = partial(get_objects_for_user, account, "cases.see_case", klass=Case, **options)
    return list(found().order_by("-id")[:NUMBER])


WORK = Work(
    "worklists", "The newest 25 cases that a person may know of", measure,
    (
        Target("worklist_few", "worklists:few", "Worklist of somebody with few grants, against raw SQL", 2.5),
        Target("worklist_many", "worklists:many", "Worklist of somebody with the most grants, against raw SQL", 2.5),
        Flat("worklist_few_flat", "worklists:few", "The same for few grants, as the data grows a hundredfold", 1.3),
        Flat("worklist_many_flat", "worklists:many", "The same for the most grants, as the data grows a hundredfold", 1.3),
    ),
    TOLD,
)  # fmt: skip
