"""IG3: any difference between seats, grants and rights given elsewhere is found, on the page and by `manage.py verify`."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from guardian.models import UserObjectPermission
from guardian.shortcuts import assign_perm

from audit import triggers
from cases.models import Case, Seat
from permissions.grants import sight
from permissions.models import CaseGrant
from tests.builders import FullGroup, a_full_group, again
from workflows.evidence import drift
from workflows.evidence.drift import drift_of, drift_of_case, sheet_of, strange_rights

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> FullGroup:
    return a_full_group().walk_to("planning")


@pytest.fixture
def case(walked: FullGroup, apart: None) -> FullGroup:
    return again(walked)


def _grant_without_a_seat(case: FullGroup) -> str:
    _by_hand("UPDATE cases_seat SET state = 'ended' WHERE id = %s", case.seat("pat").pk)
    return drift.NO_SEAT


def _seat_without_a_grant(case: FullGroup) -> str:
    _by_hand("DELETE FROM permissions_casegrant WHERE seat_id = %s", case.seat("pat").pk)
    return drift.NO_GRANT


def _grant_to_another_account(case: FullGroup) -> str:
    statement = "UPDATE permissions_casegrant SET user_id = %s WHERE seat_id = %s"
    _by_hand(statement, case.seat("pat").pk, case.who("gwen").account_id)
    return drift.NO_SEAT


def _generic_row(case: FullGroup) -> str:
    UserObjectPermission.objects.assign_perm("see_case", case.who("gwen").account, Case.objects.get(pk=case.case_id))
    return f"{drift.GENERIC} (see_case)"


def _model_wide(case: FullGroup) -> str:
    case.who("gwen").account.user_permissions.add(sight())  # type: ignore[union-attr]
    return drift.MODEL_WIDE


def _by_hand(statement: str, seat: UUID, *before: int | None) -> None:
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute(statement, [*before, seat.hex if connection.vendor == "sqlite" else str(seat)])


def test_an_honest_organisation_has_none(case: FullGroup) -> None:
    assert drift_of(case.case.organisation) == []
    assert list(strange_rights()) == []


@pytest.mark.proves("IG3")
@pytest.mark.parametrize(
    "spoil", [_grant_without_a_seat, _seat_without_a_grant, _grant_to_another_account, _generic_row, _model_wide]
)
def test_each_difference_is_found_for_the_organisation_and_by_verify(case: FullGroup, spoil: Callable[[FullGroup], str]) -> None:
    what = spoil(case)
    found = drift_of(case.case.organisation)
    assert what in {one.finding.what for one in found}
    assert what in {row[2] for row in sheet_of(found).rows}
    seats = Seat.objects.filter(case=case.case_id).select_related("person")
    of_case = {one.finding.what for one in drift_of_case(case.case, seats)}
    assert (what in of_case) == (spoil is not _model_wide)
    with pytest.raises(CommandError, match="BROKEN"):
        call_command("verify", verbosity=0)


def test_a_group_with_the_right_to_see_cases_is_found_and_other_rights_of_the_host_are_not(case: FullGroup) -> None:
    group = Group.objects.create(name="Readers")
    assign_perm("auth.view_group", group)
    assert drift_of(case.case.organisation) == []
    group.permissions.add(sight())
    (one,) = strange_rights()
    assert (one.whom, one.finding.what) == ("Readers", drift.MODEL_WIDE)


def test_another_organisation_has_nothing_to_do_with_it(case: FullGroup) -> None:
    _generic_row(case)
    assert CaseGrant.objects.exists()
    assert drift_of(case.who("far_psp").organisation) == []
