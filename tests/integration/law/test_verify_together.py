"""Many cases are checked together with a few statements, and what is found is what checking each of them alone finds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from audit import triggers
from audit.compiled import NotCompilable, compiled
from audit.findings import Finding
from cases.models import Case, Seat
from tests.builders import a_full_group, a_trust, again, undone
from workflows import verify
from workflows.case_batch import CaseBatch, asked_of_many
from workflows.look import Look
from workflows.processes.oversight.story import Story
from workflows.rebuilding import asked_now
from workflows.registry import process_of

pytestmark = pytest.mark.django_db

READ_TOGETHER = (
    "visits", "seats", "versions", "unanswered_comments", "actions", "measures", "evaluations", "training_items", "waivers",
    "holds", "proposals", "connections", "withholdings", "challenges", "incident", "positions", "lapses", "reminders",
)  # fmt: skip


def rich() -> Story:
    """A case that passed three agreements, with a draft before its group that one has answered."""
    case = a_full_group().walk_to("draft_review")
    case.put_draft_to_group()
    case.answer("pat", "do_not_support", "The family was not asked.")
    case.comment("amina", "Who was on duty?")
    return case


def opened(case: Story, number: int) -> list[Case]:
    """More cases of the same trust, just opened."""
    return [Story(case.trust, case.at).open() for _ in range(number)]


def found(case: Story) -> dict[UUID, list[Finding]]:
    """What is found on each case of them all, without those on which nothing is."""
    told = {one.pk: list(findings) for one, findings in verify.verify_cases(Case.objects.all(), case.at)}
    assert list(told) == list(Case.objects.order_by("pk").values_list("pk", flat=True))
    return {key: findings for key, findings in told.items() if findings}


def statements(case: Story) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert found(case) == {}
    return len(queries)


def forge(statement: str, *given: Any) -> None:
    """What a database administrator could do by hand."""
    native = connection.features.has_native_uuid_field
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute(statement, [one.hex if isinstance(one, UUID) and not native else one for one in given])


def test_fifty_cases_take_as_many_statements_as_five() -> None:
    case = rich()
    opened(case, 4)
    of_five = statements(case)
    opened(case, 45)
    assert Case.objects.count() == 50 < verify.AT_ONCE
    assert statements(case) == of_five <= 40


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_a_broken_case_is_found_wherever_it_stands_and_no_other(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "AT_ONCE", at_once)
    case = rich()
    opened(case, 3)
    broken = (
        ("UPDATE cases_case SET state = 'closed' WHERE id = %s", "it stands in 'closed'"),
        ("UPDATE workflows_task SET finished = created WHERE case_id = %s", "the open tasks are not those"),
        ("DELETE FROM permissions_casegrant WHERE content_object_id = %s", "its account has no sight of the case"),
        ("UPDATE cases_case SET process = 'gone' WHERE id = %s", None),
    )
    for key in Case.objects.order_by("pk").values_list("pk", flat=True):
        for statement, what in broken:
            with undone():
                forge(statement, key)
                if what is None:  # a case that cannot be read at all says so, once it is asked for, and only then
                    told = {one.pk: findings for one, findings in verify.verify_cases(Case.objects.all(), case.at)}
                    with pytest.raises(LookupError):
                        list(told.pop(key))
                    assert all(list(findings) == [] for findings in told.values())
                    continue
                told_of = found(case)
                assert list(told_of) == [key]
                assert any(what in one.what for one in told_of[key])
                assert told_of[key] == list(verify.verify_case(Case.objects.get(pk=key), case.at))


def test_who_acts_while_cases_are_read_is_not_accused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tasks are read after a partner's answer, and what was said before it: nothing is wrong with either."""
    case = rich()
    opened(case, 2)
    before = again(case)
    acts = iter([lambda: case.answer("amina")])

    def asked_later(*cases: UUID) -> Any:
        next(acts, lambda: None)()
        return asked_now(*cases)

    monkeypatch.setattr(verify, "asked_now", asked_later)
    assert found(before) == {}
    assert next(acts, None) is None, "somebody did act in between"


def test_what_is_read_together_is_what_each_case_reads_alone() -> None:
    case, other = rich(), Story(a_trust(), a_full_group().at).open()
    case.paper_held_back()
    at = case.at + timedelta(hours=1)
    cases = list(Case.objects.select_related("organisation").filter(pk__in=[case.case_id, other.pk]))
    batch = CaseBatch(cases, at)
    for one in cases:
        alone = Look(one, process_of(one.process, one.definition_version), at)
        for name in READ_TOGETHER:
            assert _plain(getattr(batch.look(one), name)) == _plain(getattr(alone, name)), name
    assert all(getattr(batch.look(case.case), name) for name in ("positions", "unanswered_comments", "withholdings"))


def _plain(rows: Any) -> Any:
    """Every column and annotation of rows, and of what was selected beside them."""
    if isinstance(rows, list):
        return [_plain(row) for row in rows]
    if rows is None:
        return None
    own = {name: value for name, value in vars(rows).items() if not name.startswith("_")}
    return own, {name: _plain(one) for name, one in rows._state.fields_cache.items() if one is not None}


@compiled()
def _on_it_or_named_so(case: UUID) -> QuerySet[Seat]:
    return Seat.objects.filter(Q(case=case) | Q(pk=case))


def test_a_read_that_does_more_with_a_case_than_look_for_it_is_not_asked_of_many() -> None:
    with pytest.raises(NotCompilable, match="does not simply look for one case"):
        asked_of_many(_on_it_or_named_so, case=[UUID(int=1)])
