"""What random walks through any process share: the dice, the rollback, what was read from the tables by code of their own."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

from audit.verify import verify_chains, verify_live_rows
from cases.models import Lapse, Position, SafetyAction, Seat, Visit, Waiver
from permissions.verdict import Refused
from tests.builders import BEGINNING, undone
from tests.integration.walks.hard_rules import broken
from tests.integration.walks.tables import Tables
from workflows.demo.trust import Trust
from workflows.testing import Walk
from workflows.verify import verify_case

TEXT = "Because of what happened that night."


class RandomWalk(RuleBasedStateMachine):
    """A case somewhere on its road; each step is somebody trying something, allowed or not.

    There is one rule, with one number, and the dice for the rest: with a rule for each act hypothesis leaves most of
    them out of each walk, and hardly a case gets anywhere.
    """

    trust: ClassVar[Trust]
    came_to: ClassVar[Counter[str]]
    """How the stays ended in which the walks themselves, and not the road before them, brought a case."""
    story: ClassVar[type[Walk]]
    counted: ClassVar[tuple[str, ...]] = ()
    """The stages whose ends are counted there."""

    def __init__(self) -> None:
        super().__init__()
        self.rolled_back = contextlib.ExitStack()
        self.rolled_back.enter_context(undone())
        self.case: Any = self.story(self.trust, BEGINNING)
        self.beginning = 0
        self.dice = Random(0)  # noqa: S311 - chance, not secrets

    def walks_to(self, stage: str) -> None:
        """The ordinary road, of which nothing is counted."""
        self.case.walk_to(stage)
        self.beginning = Visit.objects.filter(case=self.case.case_id).count()

    def attempt(self, act: Any, who: str, /, **given: Any) -> Any:
        """Whatever is refused is refused; any other failure fails the test."""
        try:
            return self.case.do(act, who, **given)
        except Refused:
            return None

    @property
    def live(self) -> Visit | None:
        return Visit.objects.filter(case=self.case.case_id, ended_at=None).first()

    def visits(self, **wanted: Any) -> Any:
        """The stays that have ended."""
        return Visit.objects.filter(case=self.case.case_id, ended_at__isnull=False, **wanted)

    @invariant()
    def the_hard_rules_hold(self) -> None:
        assert not self.case.case_id or broken(Tables(self.case.case_id)) == []

    def teardown(self) -> None:
        try:
            if self.case.case_id:
                own = self.visits(number__gte=self.beginning).values_list("stage", "outcome")
                self.came_to.update(how for stage, how in own if stage in self.counted)
                assert list(verify_case(self.case.case, self.case.at)) == []
                assert verify_chains(self.case.case_id).findings == []
                assert verify_live_rows(self.case.case_id).findings == []
        finally:
            self.rolled_back.close()


def walk(machine: type[RandomWalk], walks: int, steps: int) -> None:
    """Always the same walks; the first in which something does not hold fails.

    With `--hypothesis-profile=long` as many as that profile says (see tests/conftest.py), and others each time.
    """
    machine.came_to = Counter()
    always_the_same = settings().derandomize
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=walks if always_the_same else settings().max_examples, stateful_step_count=steps, database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a walk takes a second: to make a failing one smaller would take minutes
        ),
    )  # fmt: skip


# Read from the tables


def nobody_is_passed_over(visit: Visit) -> None:
    """Every lay member at the moment when a stay ended had answered, or lapsed, and one of them had a voice (R1)."""
    said = set(Position.objects.filter(visit=visit).values_list("seat", flat=True))
    lapsed = set(Lapse.objects.filter(visit=visit).values_list("seat", flat=True))
    lay = {row["id"] for row in lay_members_at(visit)}
    assert lay <= said | lapsed, f"{visit}: a partner was passed over"
    assert lay & said or waived(visit), f"{visit}: passed with no lay voice"


def lay_members_at(visit: Visit) -> Iterator[dict[str, Any]]:
    """The lay seats that counted at the moment when a visit ended, from the newest version of each until then."""
    newest: dict[Any, dict[str, Any]] = {}
    for row in Seat.history.filter(case_id=visit.case_id, history_date__lte=visit.ended_at).order_by("history_id").values():
        newest[row["id"]] = row
    return (row for row in newest.values() if (row["capacity"], row["state"], row["membership"]) == ("lay", "active", "member"))


def waived(visit: Visit) -> bool:
    return Waiver.objects.filter(
        case=visit.case_id, rule="R9", stage=visit.stage, granted_at__gte=visit.opened_at, granted_at__lte=visit.ended_at
    ).exists()


def unheard(visit: Visit) -> bool:
    """Whether a partner's last word, on the text that was then in force, was no; one with a conflict has none."""
    then = {"case_id": visit.case_id, "history_date__lte": visit.ended_at}
    recused = set(Seat.history.filter(state="recused", **then).values_list("id", flat=True))
    revision = {None: 0}
    for row in SafetyAction.history.filter(**then).order_by("history_id").values():
        revision[row["id"]] = -1 if row["state"] == "dropped" else row["revision"]
    last: dict[Any, Position] = {}
    for one in Position.objects.filter(visit=visit, seat__capacity="lay").order_by("number"):
        if one.item_revision == revision[one.item_id] and one.seat_id not in recused:
            last[one.seat_id, one.item_id] = one
    return any(one.stance == "against" for one in last.values())
