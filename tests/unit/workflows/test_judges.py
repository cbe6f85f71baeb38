"""R9: who signs a case or decides on it over or beside its lay partners, and so lifts no rule on it."""

from __future__ import annotations

import pytest

from permissions.roles import EXEC, SPECIALIST, SPONSOR, Role
from workflows.judging import judges_of
from workflows.registry import process_of
from workflows.standing import may_waive


@pytest.mark.parametrize(("process", "judges"), [("OVS", {EXEC}), ("IMP", {EXEC, SPONSOR}), ("TRN", {SPECIALIST})])
def test_those_who_sign_or_decide_where_lay_people_answer_are_its_judges(process: str, judges: set[Role]) -> None:
    assert judges_of(process_of(process)) == judges
    assert may_waive() not in judges
