"""Every state, every actor, every act that can move a case: allowed to whom the brief allows it, refused to all others.

The tables are written from the domain brief (sections 3 and 4B). Whoever is not named in a row is refused, by the rule
that stands beside the act; a refusal changes no row of any table and leaves one event.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.base import File

from audit.models import Event
from cases.models import Visit
from permissions.verdict import Refused
from tests.builders import EVENTS, FullGroup, a_full_group, changed_since, contents, undone
from workflows import engine
from workflows.calendar import london_day
from workflows.doors import papers, reminders, seats, second_key
from workflows.processes.oversight.story import STAGES

pytestmark = pytest.mark.django_db

ACTORS = (
    "pat", "amina",  # the two lay members
    "ivy", "rhona", "gwen", "tomas",  # a lay attendee, one who recused, two without a seat: eligible, and with lapsed training
    "lead", "chair", "engagement", "directorate", "exec", "exec_team", "coordinator", "quality",  # whoever has a seat
    "member", "lead2", "specialist", "auditor", "root",  # a staff attendee, and staff without a seat; root is a superuser
    "far_psp", "far_lead",  # people of another organisation
)  # fmt: skip
LAY = {"pat", "amina", "ivy", "rhona", "gwen", "tomas", "far_psp"}

# state and step: who submits; who answers; who takes each decision
TABLE = """
response/prepare               submit directorate
response/decide                decide:investigate exec_team         decide:other_response directorate   decide:send_back exec_team
form_group/prepare             submit lead
form_group/decide              decide:confirm coordinator           decide:send_back coordinator
terms/prepare                  submit lead
terms/answer                   answer chair,pat,amina
terms__dissent/prepare         submit exec
terms__dissent/answer          answer amina
planning/prepare               submit lead
planning/answer                answer chair,pat,amina
gathering/prepare              submit lead
synthesis/prepare              submit lead
synthesis/answer               answer chair,pat,amina
affected/prepare               submit engagement
draft_review/prepare           submit lead
draft_review/answer            answer chair,pat,amina
draft_review__dissent/prepare  submit exec
draft_review__dissent/answer   answer amina
actions/prepare                submit directorate
actions/answer                 answer pat,amina
actions__dissent/prepare       submit exec
actions__dissent/answer        answer amina
sign_off/prepare               submit exec
sharing/prepare                submit quality
follow_up/prepare              submit directorate
follow_up/answer               answer quality,pat,amina
closed/-                       -
"""
ALWAYS = {"withdraw": {"lead", "chair", "directorate"}, "offer": {"lead"}, "release": {"lead"}}
"""Open at every stage until the end; only a withdrawal is refused while a dissent is heard (R3)."""
JOINS_WITH_THE_GROUP = {"chair", "engagement", "pat", "amina", "ivy", "rhona", "member"}

WRONG_PERSON = {"answer": "R2", "withdraw": "R8", "offer": "B1", "release": "R6", "lapse": "R1"}
"""The rule by which somebody else is refused; for submissions and decisions it is the stage itself (B0 to B11)."""
ENDED = {"withdraw": "STALE", "offer": "B1", "release": "B1", "lapse": "STALE"}

FACTS = {
    "response": {
        "trigger": "local_priority",
        "response": "swarm",
        "why_this": "It is new to us.",
        "why_not_others": "Too small a view.",
    },
    "planning": {"agreed_end": "2026-09-01", "timetable_shared": "yes"},
    "affected": {"candour_status": "done", "affected_comments": "Nothing."},
    "draft_review": {"affected_answer": "The night shift is described anew."},
    "sharing": {"board_on": "2026-09-01", "icb_report": "Quarter 4", "feedback": "Page 4 is there because of you."},
}
ANSWERS = {"planning": "seen", "synthesis": "seen", "follow_up": "shown"}
CHOICES = {"sign_off": "sign", "hearing": "pass"}


def expected(state: str) -> dict[str, set[str]]:
    """Who may do what in this state, from the table."""
    cells = next(line.split()[1:] for line in TABLE.strip().splitlines() if line.split()[0] == state)
    own = dict(zip(cells[::2], (set(who.split(",")) for who in cells[1::2]), strict=False))
    return own if state == "closed/-" else {**ALWAYS, **own}


# Each act as anybody might try it, right in everything but the person


def heard(case: FullGroup) -> dict[str, str]:
    return {"met_on": london_day(case.at).isoformat(), "what_was_said": "We went through it."}


def submit(case: FullGroup, who: str) -> Any:
    look = case.look
    stage = look.stage
    kind = "hearing" if stage and stage.hears else stage.code if stage else ""
    latest = look.latest_released(stage.paper.code) if stage and stage.paper else None
    facts = heard(case) if kind == "hearing" else FACTS.get(kind, {})
    return case.do(
        engine.submit, who, visit=_visit(case), facts=facts, version=latest.pk if latest else None,
        outcome=CHOICES.get(kind, ""), reason="It was settled on page 4.",
    )  # fmt: skip


def answer(case: FullGroup, who: str) -> Any:
    look = case.look
    stage, live = look.stage, look.visit
    item = look.live_actions[0] if stage and stage.on_each and look.live_actions else None
    word = "heard" if stage and stage.hears else ANSWERS.get(stage.code, "support") if stage else "support"
    return case.do(
        engine.take_position, who, visit=_visit(case), answer=word, version=live.version_id if live else None,
        item=item.pk if item else None, item_revision=item.revision if item else 0,
    )  # fmt: skip


def decide(outcome: str) -> Callable[[FullGroup, str], Any]:
    return lambda case, who: case.do(engine.decide, who, visit=_visit(case), outcome=outcome, reason="Because of the plan.")


def withdraw(case: FullGroup, who: str) -> Any:
    return case.do(second_key.ask_to_withdraw, who, reason="It was opened twice.")


def offer(case: FullGroup, who: str) -> Any:
    return case.do(seats.offer_seats, who, people=[case.who("gwen")], role="psp", why="You know the ward.")


def release(case: FullGroup, who: str) -> Any:
    draft = next(version for version in case.look.versions if not version.is_released)
    return case.do(papers.release_paper, who, version=draft.pk, plain_summary="What we want to look at.", lay_reads="same")


def lapse(case: FullGroup, who: str) -> Any:
    """Refused to everybody here: nobody has been reminded."""
    return case.do(reminders.lapse, who, visit=_visit(case), seat=case.seat("lead").pk, reason="Never heard of again.")


ACTS: dict[str, Callable[[FullGroup, str], Any]] = {
    "submit": submit, "answer": answer, "decide:investigate": decide("investigate"), "decide:confirm": decide("confirm"),
    "decide:other_response": decide("other_response"), "decide:send_back": decide("send_back"),
    "withdraw": withdraw, "offer": offer, "release": release, "lapse": lapse,
}  # fmt: skip
IN_STEP = {"submit": Visit.Step.PREPARE, "answer": Visit.Step.ANSWER, "decide": Visit.Step.DECIDE, "lapse": Visit.Step.ANSWER}


def _visit(case: FullGroup) -> Any:
    return case.look.visits[-1].pk


def rule_against(case: FullGroup, act: str) -> str:
    """By which rule the brief refuses this act to whoever may not do it now."""
    look = case.look
    kind = act.partition(":")[0]
    if look.stage is None or look.visit is None:
        return ENDED.get(kind, "STALE")
    if kind in IN_STEP and look.visit.step != IN_STEP[kind]:
        return "STALE"
    if kind == "withdraw" and look.stage.hears:
        return "R3"
    return WRONG_PERSON.get(kind, look.stage.ref)


# The steps of each stage, and the road into its dissent


def steps_of(case: FullGroup, stage: str) -> Iterator[str]:
    """Walks a stage from step to step, and says where it stands."""
    _make_ready(case, stage)
    yield f"{stage}/{case.look.visit.step}" if case.look.visit else f"{stage}/-"
    if stage in ("response", "form_group"):
        case.propose_response(response="swarm") if stage == "response" else case.submit("lead")
        yield f"{stage}/decide"
    if stage in ("terms", "planning", "synthesis", "draft_review", "actions", "follow_up"):
        case.submit("directorate" if stage in ("actions", "follow_up") else "lead", facts=FACTS.get(stage, {}))
        yield f"{stage}/answer"
    if stage in ("terms", "draft_review", "actions"):
        _dissent(case)
        yield f"{stage}__dissent/prepare"
        case.hear_dissent()
        yield f"{stage}__dissent/answer"


PAPERS = {"terms": "terms", "planning": "plan", "gathering": "progress", "synthesis": "findings", "affected": "report"}


def _make_ready(case: FullGroup, stage: str) -> None:
    """What the guards ask for, so that nothing but the person is ever wrong."""
    if stage == "form_group":
        case.seat_group()
    if stage in PAPERS:
        case.paper(PAPERS[stage])
    if stage == "terms":
        case.record_questions()
    if stage == "actions":
        case.draft_action()
    if stage == "follow_up":
        case.give_evidence()


def _dissent(case: FullGroup) -> None:
    case.answer("pat")
    case.answer("amina", "do_not_support", "It does not say why families were not listened to.")


@pytest.mark.parametrize("stage", STAGES)
def test_who_may_do_what(stage: str) -> None:
    case = a_full_group()
    case.open()
    draft = io.BytesIO(b"What happened when.")
    case.do(papers.upload_paper, "lead", kind="other", title="Timeline", file=File(draft), name="timeline.txt", size=19)
    case.walk_to(stage)
    for state in steps_of(case, stage):
        _try_everything(case, state)


def _try_everything(case: FullGroup, state: str) -> None:
    look = case.look
    assert f"{look.case.state}/{look.visit.step if look.visit else '-'}" == state
    may, before = expected(state), contents()
    seated = {seat.person_id for seat in look.seats if seat.is_active}
    for act, attempt in _worth_trying(state).items():
        rule = rule_against(case, act)
        for who in ACTORS:
            comes_later = who in JOINS_WITH_THE_GROUP and case.who(who).pk not in seated
            if who in may.get(act, set()) and not comes_later and rule != "R3":
                _is_allowed(case, act, who, attempt)
            else:
                _is_refused(case, act, who, attempt, rule)
    assert changed_since(before) == {EVENTS}, state


def _worth_trying(state: str) -> dict[str, Callable[[FullGroup, str], Any]]:
    """What moves a case is tried everywhere; the rest where answers are awaited or the case has ended."""
    step = state.partition("/")[2]
    everywhere = {"submit", "answer", "withdraw", "decide:investigate"}
    here = {"answer": {"offer", "release", "lapse"}, "-": {"offer", "release", "lapse"}}.get(step, set())
    decisions = {act for act in ACTS if act.startswith("decide:") and step == "decide"}
    return {act: attempt for act, attempt in ACTS.items() if act in everywhere | here | decisions}


def _is_allowed(case: FullGroup, act: str, who: str, attempt: Callable[[FullGroup, str], Any]) -> None:
    with undone():
        number = Event.objects.count()
        attempt(case, who)
        assert Event.objects.count() == number + 1, (act, who)
        told = Event.objects.filter(case_id=case.case_id).latest("seq")
        assert (told.kind != "refused", told.person_id, told.capacity) == (True, case.who(who).pk, _capacity(who)), (act, who)


def _is_refused(case: FullGroup, act: str, who: str, attempt: Callable[[FullGroup, str], Any], rule: str) -> None:
    last = Event.objects.filter(case_id=case.case_id).order_by("-seq").values_list("seq", flat=True)[0]
    with pytest.raises(Refused) as caught:
        attempt(case, who)
    assert rule in caught.value.rules, f"{case.case.state}: {who} {act} was refused by {caught.value.rules}, not by {rule}"
    (told,) = Event.objects.filter(case_id=case.case_id, seq__gt=last)
    assert (told.kind, told.person_id, told.capacity) == ("refused", case.who(who).pk, _capacity(who))


def _capacity(who: str) -> str:
    return "lay" if who in LAY else "staff"
