"""From the written page to the whole definition: the policy of lay-required stages and the dissent stages.

Policy is added here once and printed in every table; no page restates it.
"""

from __future__ import annotations

from dataclasses import replace

from workflows.calendar import WorkingDays
from workflows.definition import HEARD, Agreement, Dissent, Every, Fact, Outcome, Process, Stage
from workflows.facts import SINCE_DISAGREEMENT

NOTICE = WorkingDays(5)
"""R5: papers are available at least this long before a decision that lay people weigh in on."""

DISSENT_MARK = "__dissent"

DISSENT_RECORDS = (
    Fact("met_on", "On which day did you meet the partner?", "day", days=SINCE_DISAGREEMENT),
    Fact("what_was_said", "What was said?", hint="Write it so that the partner would agree that it was said."),
)


def dissent_code(stage: str) -> str:
    """The code of the stage where a disagreement about `stage` is heard."""
    return f"{stage}{DISSENT_MARK}"


def expand(process: Process) -> Process:
    """The whole definition: each lay-required stage with its policy, each `Dissent` as a stage of its own."""
    stages: list[Stage] = []
    for stage in process.stages:
        stages.append(_with_policy(stage))
        if stage.dissent:
            stages.append(_dissent_stage(stage, stage.dissent))
    return replace(process, stages=tuple(stages))


def _with_policy(stage: Stage) -> Stage:
    """R1: every lay seat answers, though the page asks only for some. R5: notice before a decision."""
    if not stage.lay_required or stage.agreed_by is None:
        return stage
    missing = [role for role in stage.agreed_by.lay_roles if Every(role) not in stage.agreed_by.terms]
    agreed_by = Agreement(stage.agreed_by.terms + tuple(Every(role) for role in missing))
    notice = stage.notice or (NOTICE if stage.asks.weighs and stage.paper else None)
    return replace(stage, agreed_by=agreed_by, notice=notice)


def _dissent_stage(origin: Stage, dissent: Dissent) -> Stage:
    """R3: the named executive meets the partner, decides with reasons; the partner says whether they were heard."""
    assert origin.agreed_by is not None
    code = dissent_code(origin.code)
    onward = tuple(
        replace(way, words=_in_spite_of_it(way), reason=True, decided_by=None) for way in origin.outcomes if not way.back
    )
    back = Outcome("send_back", origin.returns_to or origin.code, "Send it back to be changed", reason=True, back=True)
    return Stage(
        code,
        f"Hear the disagreement: {origin.title[0].lower()}{origin.title[1:]}",
        ref=dissent.ref or f"{origin.ref}a",
        plain="A partner does not support this. The executive must meet them, answer in writing and give reasons. "
        "The partner says whether they were heard. What the partner wrote stays in the final record.",
        acts=dissent.heard_by,
        records=DISSENT_RECORDS,
        agreed_by=Agreement(tuple(Every(role) for role in origin.agreed_by.lay_roles)),
        asks=HEARD,
        within=dissent.within,
        choices=(*onward, back),
        returns_to=code,
        hears=origin.code,
        shows=origin.shows,
    )


def _in_spite_of_it(way: Outcome) -> str:
    """The way on, said so that nobody forgets the disagreement."""
    if way.words in ("", "Go on"):
        return "Go on in spite of it"
    return f"Go on in spite of it: {way.words[0].lower()}{way.words[1:]}"
