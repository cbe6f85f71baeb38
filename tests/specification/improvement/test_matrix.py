"""Every state, every actor, every act on an improvement project: allowed to whom the brief allows it, refused to all others.

The table is written from the domain brief (sections 3 and 4A). Whoever is not named in a row is refused, by the rule that
stands beside the act; a refusal changes no row of any table and leaves one event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from audit.models import Event
from cases.models import Visit
from permissions.verdict import Refused
from tests.builders import EVENTS, changed_since, contents, undone
from tests.projects import FullProject, a_full_project
from workflows import engine
from workflows.calendar import london_day
from workflows.doors import evaluations, holds, measures, seats, second_key
from workflows.processes.improvement.story import CYCLE

pytestmark = pytest.mark.django_db

ACTORS = (
    "pat", "amina",  # the two lay members; Pat proposed the project
    "ivy", "rhona", "gwen", "tomas",  # a lay attendee, one who recused, two without a seat
    "lead", "chair",  # the project's own lead and its sponsor
    "specialist", "coordinator", "exec", "exec_team", "quality",  # the offices
    "member", "lead2", "chair2", "directorate", "auditor", "root",  # staff without a seat; root is a superuser
    "far_psp", "far_lead",  # people of another organisation
)  # fmt: skip
LAY = {"pat", "amina", "ivy", "rhona", "gwen", "tomas", "far_psp"}

# state and step: who submits; who answers; who takes each decision; who may propose a measure, stop the work, ask
TABLE = """
propose/prepare           submit specialist    measure pat
match/prepare             submit coordinator   measure pat,amina,ivy,lead
scope/prepare             submit lead          measure pat,amina,ivy,lead
scope/answer              answer lead,pat,amina    measure pat,amina,ivy,lead
scope__dissent/prepare    submit exec          measure pat,amina,ivy,lead
scope__dissent/answer     answer amina         measure pat,amina,ivy,lead
measures/prepare          submit lead          measure pat,amina,ivy,lead
measures/answer           answer lead,pat,amina
measures__dissent/prepare submit exec
measures__dissent/answer  answer amina
testing/prepare           submit lead          hold pat,amina,ivy
review/prepare            submit lead
review/answer             answer pat,amina
review/decide             decide:adopt chair   decide:adapt chair   decide:abandon chair
review__dissent/prepare   submit exec
review__dissent/answer    answer amina
share/prepare             submit lead
evaluate/prepare          submit coordinator
evaluate/decide           decide:close quality decide:send_back quality
closed/-                  -
"""
ALWAYS = {"withdraw": {"lead", "chair", "specialist"}, "offer": {"coordinator"}}
"""Open at every stage until the end; only a withdrawal is refused while a dissent is heard (R3)."""
JOINS_LATER = {"lead", "chair", "amina", "ivy", "rhona"}

WRONG_PERSON = {"answer": "R2", "withdraw": "R8", "offer": "B1", "hold": "R12", "measure": "A4", "ask": "A8"}
"""The rule by which somebody else is refused; for submissions and decisions it is the stage itself (A1 to A8)."""
IN_STEP = {"submit": Visit.Step.PREPARE, "answer": Visit.Step.ANSWER, "decide": Visit.Step.DECIDE}

FACTS: dict[str, dict[str, str]] = {
    "testing": CYCLE,
    "review": {"proposed": "adopt", "proposed_why": "It helps."},
    "share": {"you_said_we_did": "You said, we did.", "shared_where": "On the ward."},
    "evaluate": {"contribution": "A measure and a hold.", "payments_settled": "yes"},
}
CHOICES = {"propose": "accept", "testing": "enough", "review__dissent": "abandon"}


def expected(state: str) -> dict[str, set[str]]:
    """Who may do what in this state, from the table."""
    cells = next(line.split()[1:] for line in TABLE.strip().splitlines() if line.split()[0] == state)
    own = dict(zip(cells[::2], (set(who.split(",")) for who in cells[1::2]), strict=False))
    return own if state == "closed/-" else {**ALWAYS, **own}


# Each act as anybody might try it, right in everything but the person


def heard(case: FullProject) -> dict[str, str]:
    return {"met_on": london_day(case.at).isoformat(), "what_was_said": "We went through it."}


def _visit(case: FullProject) -> Any:
    return case.look.visits[-1].pk


def submit(case: FullProject, who: str) -> Any:
    stage = case.look.stage
    latest = case.look.latest_released(stage.paper.code) if stage and stage.paper else None
    facts = heard(case) if stage and stage.hears else FACTS.get(stage.code, {}) if stage else {}
    outcome = CHOICES.get(stage.code, "pass" if stage.hears else "") if stage else ""
    return case.do(
        engine.submit, who, visit=_visit(case), facts=facts, version=latest.pk if latest else None, outcome=outcome,
        reason="It is written beside it.",
    )  # fmt: skip


def answer(case: FullProject, who: str) -> Any:
    look = case.look
    word = "heard" if look.stage and look.stage.hears else "support"
    return case.do(
        engine.take_position, who, visit=_visit(case), answer=word, version=look.visit.version_id if look.visit else None
    )


def decide(outcome: str) -> Callable[[FullProject, str], Any]:
    return lambda case, who: case.do(engine.decide, who, visit=_visit(case), outcome=outcome, reason="Because of the tests.")


def withdraw(case: FullProject, who: str) -> Any:
    return case.do(second_key.ask_to_withdraw, who, reason="It was proposed twice.")


def offer(case: FullProject, who: str) -> Any:
    return case.do(seats.offer_seats, who, people=[case.who("gwen")], role="psp", why="You know the ward.")


def hold(case: FullProject, who: str) -> Any:
    return case.do(holds.place_hold, who, act="hold", reason="Visitors read the cards.")


def measure(case: FullProject, who: str) -> Any:
    return case.do(measures.propose_measure, who, title="Names", why="It matters.", how="We ask.")


def ask(case: FullProject, who: str) -> Any:
    return case.do(evaluations.offer_evaluation, who, seat=case.seat("pat").pk)


ACTS: dict[str, Callable[[FullProject, str], Any]] = {
    "submit": submit, "answer": answer, "withdraw": withdraw, "offer": offer, "hold": hold, "measure": measure, "ask": ask,
    **{f"decide:{way}": decide(way) for way in ("adopt", "adapt", "abandon", "close", "send_back")},
}  # fmt: skip


def rule_against(case: FullProject, act: str) -> str:
    """By which rule the brief refuses this act to whoever may not do it now."""
    look, kind = case.look, act.partition(":")[0]
    if look.stage is None or look.visit is None:
        return "B1" if kind == "offer" else "STALE"
    if kind in IN_STEP and look.visit.step != IN_STEP[kind]:
        return "STALE"
    if kind == "withdraw" and look.stage.hears:
        return "R3"
    if kind == "measure" and act not in expected(f"{look.case.state}/{look.visit.step}"):
        return "R4"
    return WRONG_PERSON.get(kind, look.stage.ref)


# The road, step by step, and the way into each dissent


def states(case: FullProject) -> Iterator[str]:
    """Walks from the proposal to the end; beside each stage that asks partners, into its dissent and back."""
    yield "propose/prepare"
    case.answer_proposal()
    case.seat_everybody()
    yield "match/prepare"
    case.submit("coordinator")
    case.paper("scope")
    yield "scope/prepare"
    case.submit("lead")
    yield "scope/answer"
    yield from _dissent(case, "lead")
    case.all_answer()
    case.record_baseline(case.propose_measure("pat"))
    yield "measures/prepare"
    case.submit("lead")
    yield "measures/answer"
    yield from _dissent(case, "lead")
    case.all_answer()
    yield "testing/prepare"
    case.test_change("enough")
    case.paper("results")
    yield "review/prepare"
    case.submit("lead", facts=FACTS["review"])
    yield "review/answer"
    yield from _dissent(case)
    case.all_answer(also=())
    yield "review/decide"
    case.decide_review()
    yield "share/prepare"
    case.submit("lead", facts=FACTS["share"])
    case.offer_evaluations()
    yield "evaluate/prepare"
    case.submit("coordinator", facts=FACTS["evaluate"])
    yield "evaluate/decide"
    case.decide("quality", "close")
    yield "closed/-"


def _dissent(case: FullProject, *also: str) -> Iterator[str]:
    with undone():
        for key in (*also, "pat"):
            case.answer(key)
        case.answer("amina", "do_not_support", "Nobody asked the patients.")
        stage = case.case.state
        yield f"{stage}/prepare"
        case.hear_dissent("abandon" if stage.startswith("review") else "pass")
        yield f"{stage}/answer"


def test_who_may_do_what() -> None:
    case = a_full_project()
    case.open()
    for state in states(case):
        _try_everything(case, state)


def _try_everything(case: FullProject, state: str) -> None:
    look = case.look
    assert f"{look.case.state}/{look.visit.step if look.visit else '-'}" == state
    may, before = expected(state), contents()
    seated = {seat.person_id for seat in look.seats if seat.is_active}
    for act in _worth_trying(state):
        rule = rule_against(case, act)
        for who in ACTORS:
            comes_later = who in JOINS_LATER and case.who(who).pk not in seated
            if who in may.get(act, set()) and not comes_later and rule != "R3":
                _is_allowed(case, act, who)
            else:
                _is_refused(case, act, who, rule)
    assert changed_since(before) == {EVENTS}, state


def _worth_trying(state: str) -> set[str]:
    """What the state's own row names, what moves a case, and at some states everything there is."""
    stage, _, step = state.partition("/")
    if stage in ("measures", "closed"):
        return set(ACTS) if step in ("answer", "-") else {"measure", "submit"}
    own = set(expected(state)) - ALWAYS.keys()
    return own | ({"withdraw", "hold"} if step == "answer" else {"submit"}) | ({"ask"} if stage == "share" else set())


def _is_allowed(case: FullProject, act: str, who: str) -> None:
    with undone():
        number = Event.objects.count()
        ACTS[act](case, who)
        assert Event.objects.count() == number + 1, (act, who)
        told = Event.objects.filter(case_id=case.case_id).latest("seq")
        assert (told.kind != "refused", told.person_id, told.capacity) == (True, case.who(who).pk, _capacity(who)), (act, who)


def _is_refused(case: FullProject, act: str, who: str, rule: str) -> None:
    last = Event.objects.filter(case_id=case.case_id).order_by("-seq").values_list("seq", flat=True)[0]
    with pytest.raises(Refused) as caught:
        ACTS[act](case, who)
    assert rule in caught.value.rules, f"{case.case.state}: {who} {act} was refused by {caught.value.rules}, not by {rule}"
    (told,) = Event.objects.filter(case_id=case.case_id, seq__gt=last)
    assert (told.kind, told.person_id, told.capacity) == ("refused", case.who(who).pk, _capacity(who))


def _capacity(who: str) -> str:
    return "lay" if who in LAY else "staff"
