"""Who may do what on a partner's training: every stage and every state of an item, by every actor (C1 to C9).

The tables are written from the brief. Whatever is not in them is refused, by the rule that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from cases.models import TrainingItem, Visit
from permissions.verdict import Refused
from tests.builders import EVENTS, changed_since, contents, undone
from tests.trainees import a_training
from workflows import engine
from workflows.calendar import london_day
from workflows.doors import second_key, training
from workflows.processes.training.story import TALKED, TrainingStory

pytestmark = pytest.mark.django_db

State = TrainingItem.State
LAY = {"iris", "pat", "far_psp"}
ACTORS = (
    "iris", "coordinator", "coordinator2", "specialist", "exec_team", "quality",  # who sit
    "exec", "lead2", "member", "auditor", "pat", "root", "far_psp", "far_lead",  # who do not
)  # fmt: skip
TOUCHING_ITEMS = ("iris", "coordinator", "coordinator2", "specialist", "exec_team", "quality", "pat", "root")
COORDINATORS = {"coordinator", "coordinator2"}
BOTH = {"iris", "specialist"}

STAGES: dict[str, dict[str, set[str]]] = {
    "require/prepare": {"submit": COORDINATORS},
    "offer/prepare": {"submit": COORDINATORS},
    "learn/prepare": {"submit": {"iris"}},
    "checking/prepare": {"submit": COORDINATORS},
    "readiness/prepare": {"submit": {"specialist"}},
    "readiness/answer": {"answer": BOTH},
    "sign/answer": {"answer": BOTH},
    "in_force/wait": {},
    "renew/decide": {"decide:again": COORDINATORS, "decide:end": {"iris"}},
    "lapsed/prepare": {"submit": COORDINATORS},
    "lapsed/decide": {"decide:again": COORDINATORS, "decide:end": {"iris"}},
    "ended/-": {},
}
"""What each stage lets whom do, besides what is open at every stage."""

ALWAYS = {"more": {"iris"}, "withdraw": {*COORDINATORS, "specialist"}}

OFFER, BOOK, COMPLETE, NEED = COORDINATORS, {"iris", *COORDINATORS}, {"iris", *COORDINATORS}, {"iris"}
WAIVE = {*COORDINATORS, "specialist"}
ITEMS: dict[str, dict[str, set[str]]] = {
    "required": {"offer": OFFER, "need": NEED, "waive": WAIVE},
    "offered": {"offer": OFFER, "book": BOOK, "complete": COMPLETE, "need": NEED, "waive": WAIVE},
    "booked": {"offer": OFFER, "book": BOOK, "complete": COMPLETE, "need": NEED, "waive": WAIVE},
    "completed": {"check": COORDINATORS},
    "completed by proxy": {"check": {"coordinator2"}},
    "rejected": {"book": BOOK, "complete": COMPLETE, "need": NEED, "waive": WAIVE},
    "verified": {},
    "waived": {},
    "signed": {},
    "lapsed": {"offer": OFFER, "need": NEED},
}
"""What each state of an item lets whom do. A need that was told after the offer is the only thing that "meet" is for."""

RULES = {"answer": "R2", "offer": "C2", "book": "C2", "need": "C2", "meet": "C2", "complete": "C3", "check": "C4", "waive": "C6",
         "more": "C5", "withdraw": "R8"}  # fmt: skip
"""The rule by which the wrong person is refused; for a stage it is the stage itself."""

Attempt = Callable[[TrainingStory, str], Any]


# Each act as anybody might try it, right in everything but the person


def _visit(case: TrainingStory) -> Any:
    return case.look.visits[-1].pk


def submit(case: TrainingStory, who: str) -> Any:
    state = case.case.state
    facts = {"readiness": TALKED, "lapsed": {"lapse_cause": "organisation"}}.get(state, {})
    return case.do(engine.submit, who, visit=_visit(case), facts=facts, outcome="accept" if state == "checking" else "")


def answer(case: TrainingStory, who: str) -> Any:
    word = "ready" if case.case.state == "readiness" else "sign"
    return case.do(engine.take_position, who, visit=_visit(case), answer=word)


def decide(outcome: str) -> Attempt:
    return lambda case, who: case.do(engine.decide, who, visit=_visit(case), outcome=outcome)


ON_STAGES: dict[str, Attempt] = {
    "submit": submit, "answer": answer, "decide:again": decide("again"), "decide:end": decide("end"),
    "more": lambda case, who: case.do(training.ask_for_more, who, title="Charts", why="I lost the thread."),
    "withdraw": lambda case, who: case.do(second_key.ask_to_withdraw, who, reason="It was opened twice."),
}  # fmt: skip
IN_STEP = {"submit": Visit.Step.PREPARE, "answer": Visit.Step.ANSWER, "decide": Visit.Step.DECIDE}


def _on(item: TrainingItem) -> dict[str, Attempt]:
    """Every act on an item."""
    soon = timedelta(days=20)
    return {
        "offer": lambda case, who: case.offer_item(item, met="A loop.", by=who),
        "book": lambda case, who: case.book(item, london_day(case.at) + soon, by=who),
        "complete": lambda case, who: case.complete(item, by=who),
        "check": lambda case, who: case.check(item, by=who),
        "need": lambda case, who: case.do(training.ask_adjustment, who, item=item.pk, adjustments="A loop."),
        "meet": lambda case, who: case.do(training.meet_adjustment, who, item=item.pk, adjustments_met="It has one."),
        "waive": lambda case, who: case.ask_to_waive(item, london_day(case.at) + soon, by=who),
    }


# The stages


def _steps(case: TrainingStory) -> Iterator[str]:
    """Walks the whole process, and says where it stands."""
    case.open()
    yield "require/prepare"
    case.confirm()
    for item in case.items_that_are(State.REQUIRED):
        case.offer_item(item)
    yield "offer/prepare"
    case.submit("coordinator")
    for item in case.items_that_are(State.OFFERED):
        case.complete(item)
    yield "learn/prepare"
    case.submit("iris")
    for item in case.items_that_are(State.COMPLETED):
        case.check(item)
    yield "checking/prepare"
    case.submit("coordinator", outcome="accept")
    yield "readiness/prepare"
    case.talk()
    yield "readiness/answer"
    case.answer("iris", "ready")
    case.answer("specialist", "ready")
    yield "sign/answer"
    case.sign()
    yield "in_force/wait"
    case.renewal_begins()
    yield "renew/decide"
    case.runs_out()
    yield "lapsed/prepare"
    case.say_why()
    yield "lapsed/decide"
    case.decide("iris", "end")
    yield "ended/-"


def _rule_at(case: TrainingStory, act: str) -> str:
    look, kind = case.look, act.partition(":")[0]
    if look.stage is None or look.visit is None or (kind in IN_STEP and look.visit.step != IN_STEP[kind]):
        return "STALE"
    return RULES.get(kind, look.stage.ref)


def test_who_may_do_what_at_every_stage() -> None:
    case = a_training()
    for state in _steps(case):
        look = case.look
        assert f"{look.case.state}/{look.visit.step if look.visit else '-'}" == state
        may = {} if state == "ended/-" else {**ALWAYS, **STAGES[state]}
        _try_all(case, state, ON_STAGES, may, lambda act: _rule_at(case, act), ACTORS)


# The items


def _items(case: TrainingStory) -> Iterator[tuple[str, TrainingItem]]:
    """One item led through every state."""
    case.open()
    case.confirm()
    item = case.item("data_protection")
    yield "required", item
    case.offer_item(item)
    yield "offered", item
    case.book(item, london_day(case.at) + timedelta(days=3))
    yield "booked", item
    with undone():
        case.complete(item, by="coordinator")
        yield "completed by proxy", item
    with undone():
        case.waive_item(item, london_day(case.at) + timedelta(days=30))
        yield "waived", item
    case.complete(item)
    yield "completed", item
    case.check(item, accepted=False, reason="The name is missing.")
    yield "rejected", item
    case.complete(item)
    case.check(item)
    yield "verified", item
    case.walk_to("in_force")
    yield "signed", item
    case.renewal_begins()
    case.runs_out()
    yield "lapsed", item


def test_who_may_do_what_with_an_item_in_every_state() -> None:
    case = a_training()
    for state, item in _items(case):
        assert case.item("data_protection").state == state.partition(" ")[0]
        may = ITEMS[state]

        def rule(act: str, may: dict[str, set[str]] = may) -> str:
            return RULES[act] if act in may else "STALE"

        _try_all(case, state, _on(item), may, rule, TOUCHING_ITEMS)


# What is tried


def _try_all(
    case: TrainingStory, state: str, acts: dict[str, Attempt], may: dict[str, set[str]], rule: Callable[[str], str],
    actors: tuple[str, ...],
) -> None:  # fmt: skip
    before = contents()
    for act, attempt in acts.items():
        for who in actors:
            if who in may.get(act, set()):
                _is_allowed(case, act, who, attempt)
            else:
                _is_refused(case, act, who, attempt, rule(act))
    assert changed_since(before) == {EVENTS}, state


def _is_allowed(case: TrainingStory, act: str, who: str, attempt: Attempt) -> None:
    with undone():
        number = Event.objects.count()
        attempt(case, who)
        assert Event.objects.count() >= number + 1, (act, who)
        told = Event.objects.filter(case_id=case.case_id).latest("seq")
        assert (told.kind != "refused", told.person_id, told.capacity) == (True, case.who(who).pk, _capacity(who)), (act, who)


def _is_refused(case: TrainingStory, act: str, who: str, attempt: Attempt, rule: str) -> None:
    last = Event.objects.filter(case_id=case.case_id).order_by("-seq").values_list("seq", flat=True)[0]
    with pytest.raises(Refused) as caught:
        attempt(case, who)
    assert rule in caught.value.rules, f"{case.case.state}: {who} {act} was refused by {caught.value.rules}, not by {rule}"
    (told,) = Event.objects.filter(case_id=case.case_id, seq__gt=last)
    assert (told.kind, told.person_id, told.capacity) == ("refused", case.who(who).pk, _capacity(who))


def _capacity(who: str) -> str:
    return "lay" if who in LAY else "staff"
