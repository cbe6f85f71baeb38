"""People who would get round their lay partners try to, on an investigation and on a project, and no hard rule gives way.

What must hold is read from the tables by `hard_rules`: not by the count, the law, the look or the scope under test.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from hypothesis import strategies as st
from hypothesis.stateful import rule

from permissions.verdict import Refused
from tests.builders import ALSO, BEGINNING
from tests.integration.walks import test_random_projects as projects
from tests.integration.walks import test_random_walks as investigations
from tests.integration.walks.hostile import Hostile
from tests.integration.walks.walking import walk
from workflows.demo.trust import PERSONAS, build_trust
from workflows.processes.improvement.story import ImprovementStory
from workflows.processes.oversight.story import Story

pytestmark = pytest.mark.django_db


class OneEventForEachAct:
    """A story that counts, in the ledger's own table, what each act and each refusal leaves behind: one event."""

    def do(self, act: Any, part: str, /, **particulars: Any) -> Any:
        before = self._events()
        try:
            result = super().do(act, part, **particulars)  # type: ignore[misc]
        except Refused:
            assert self._events() == before + 1, f"{act.__name__} was refused, with {self._events() - before} events"
            raise
        assert self._events() == before + 1, f"{act.__name__} left {self._events() - before} events"
        return result

    def _events(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM audit_event WHERE chain = %s", [f"case:{self.case_id}"])  # type: ignore[attr-defined]
            return int(cursor.fetchone()[0])


class CountedInvestigation(OneEventForEachAct, Story):
    """An investigation."""


class CountedProject(OneEventForEachAct, ImprovementStory):
    """A project."""


class AnInvestigationAmongEnemies(Hostile, investigations.AnybodyDoesAnything):
    """Half of the time the case goes on; half of the time somebody tries something."""

    story = CountedInvestigation
    staff, partners = investigations.STAFF, investigations.PARTNERS

    @rule(seed=st.integers(0, 999_999))
    def something_happens(self, seed: int) -> None:
        self.dice.seed(seed)
        tries = (*self.hostile_acts(), self.somebody_submits, self.a_new_version_comes_out, self.the_chair_chases_and_lapses)
        self.a_stage_runs(tries) if self.dice.random() < 0.5 else self.dice.choice(tries)()

    def says(self, who: str, answer: str, quick: bool) -> None:
        """Some partners want the time that is theirs (R5)."""
        super().says(who, answer, quick and self.dice.random() < 0.6)


class AProjectAmongEnemies(Hostile, projects.AnybodyDoesAnythingToAProject):
    """The same, of an improvement project."""

    story = CountedProject
    staff, partners = projects.STAFF, projects.PARTNERS

    @rule(seed=st.integers(0, 999_999))
    def something_happens(self, seed: int) -> None:
        self.dice.seed(seed)
        self.a_stage_runs() if self.dice.random() < 0.5 else self.dice.choice(self.hostile_acts())()
        self.case.wait(self.dice.choice((0, 1, 6)))


def a_trust_with_an_administrator(personas: Any) -> Any:
    trust = build_trust(BEGINNING, personas)
    get_user_model().objects.filter(person=trust["root"]).update(is_superuser=True, is_staff=True)
    return trust


def test_an_investigation_among_enemies() -> None:
    machine = AnInvestigationAmongEnemies
    machine.trust = a_trust_with_an_administrator(PERSONAS + ALSO)
    walk(machine, walks=7, steps=18)
    assert min(machine.came_to["pass"], machine.came_to["dissent"]) > 0, machine.came_to


def test_a_project_among_enemies() -> None:
    machine = AProjectAmongEnemies
    machine.trust = a_trust_with_an_administrator(PERSONAS + projects.ALSO)
    walk(machine, walks=5, steps=14)
    assert machine.came_to["pass"] > 0, machine.came_to
