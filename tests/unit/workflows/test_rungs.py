"""The rung of the ladder that a process gives its lay people: one small process for each, and ours by hand."""

from dataclasses import replace

import pytest

from permissions.roles import CHAIR, EXEC, LEAD, PSP
from tests.unit.workflows.pages import AGREE, ENDS, HOLD, SEATS, SIGN, WRITE, page, with_stage
from workflows.definition import EVIDENCE, SEEN, Agreement, Dissent, Final, Outcome, Process, Stage, at_least, every
from workflows.expansion import expand
from workflows.processes.improvement.process import IMPROVEMENT
from workflows.processes.oversight.process import OVERSIGHT
from workflows.processes.training.process import TRAINING
from workflows.signals.rungs import Power, Rung, in_words, powers


def _power(written: Process) -> Power:
    (found,) = powers(expand(written))
    assert found.role == PSP
    return found


def _named(power: Power) -> dict[str, Rung]:
    return {stage.code: rung for stage, rung in power.decisions}


BOTH: Agreement = every(PSP) & at_least(1, PSP) & at_least(1, CHAIR)
ASK_NOBODY = with_stage("agree", agreed_by=at_least(1, CHAIR), dissent=None)
ONLY_READ = with_stage("agree", asks=SEEN, dissent=None)
GONE_ROUND = page(stages=(replace(WRITE, choices=(Outcome("ask", "agree"), Outcome("hurry", "done")), passes_to=""), AGREE, SIGN))
OVERRULED = page()
THEIR_NO_HOLDS = with_stage("agree", asks=EVIDENCE, dissent=None)
THEY_DECIDE = page(
    stages=(
        replace(WRITE, passes_to="choose"),
        Stage("choose", "Choose", acts=LEAD, decided_by=PSP, choices=(Outcome("fund", "done"), Outcome("leave", "done"))),
    )
)


@pytest.mark.parametrize(
    ("written", "rung"),
    [
        (ASK_NOBODY, Rung.INFORMING),
        (ONLY_READ, Rung.CONSULTATION),
        (GONE_ROUND, Rung.CONSULTATION),
        (OVERRULED, Rung.PLACATION),
        (THEIR_NO_HOLDS, Rung.PARTNERSHIP),
        (THEY_DECIDE, Rung.DELEGATED_POWER),
    ],
    ids=["asked nothing", "asked to read", "gone round", "heard and overruled", "their no holds", "they decide"],
)
def test_each_rung_has_a_process_that_gives_it(written: Process, rung: Rung) -> None:
    assert _power(written).rung is rung


def test_a_chooser_who_needs_the_leave_of_staff_shares_the_decision() -> None:
    asked = replace(THEY_DECIDE.stages[1], agreed_by=at_least(1, CHAIR))
    power = _power(page(stages=(THEY_DECIDE.stages[0], asked)))
    assert power.rung is Rung.INFORMING  # they are asked nothing to which they could say no, and do not choose alone


def test_who_chooses_only_to_leave_does_not_decide() -> None:
    ways = (Outcome("fund", "done", decided_by=LEAD), Outcome("leave", "done"))
    assert _power(page(stages=(THEY_DECIDE.stages[0], replace(THEY_DECIDE.stages[1], choices=ways)))).decisions == ()


def test_one_way_on_is_nothing_to_choose() -> None:
    only = replace(THEY_DECIDE.stages[1], choices=(Outcome("fund", "done"),))
    assert _power(page(stages=(THEY_DECIDE.stages[0], only))).decisions == ()


def test_an_end_that_nobody_excuses_and_that_goes_round_them_takes_the_rung_away() -> None:
    assert "done" in _power(GONE_ROUND).silent_ends
    excused = replace(GONE_ROUND, ends=(Final("done", "Done", without_lay="It is small."), ENDS[1]))
    assert _power(excused).is_gone_round  # for then there is no end left that needs them
    assert _power(excused).rung is Rung.CONSULTATION


def test_the_rung_is_the_lowest_of_their_decisions_and_the_higher_ones_are_named() -> None:
    check = Stage("check", "Check it", acts=LEAD, agreed_by=BOTH, asks=EVIDENCE, passes_to="done", returns_to="check")
    ways = (Outcome("sign", "check", "Sign"), Outcome("send_back", "agree", "Send back", back=True))
    power = _power(page(stages=(WRITE, AGREE, replace(SIGN, choices=ways), check)))
    assert _named(power) == {"agree": Rung.PLACATION, "check": Rung.PARTNERSHIP}
    assert power.rung is Rung.PLACATION
    assert [stage.code for stage, _ in power.higher] == ["check"]
    assert "At “Check it” it is rung 6, partnership: nothing goes on against their no." in in_words(power)


def test_a_no_that_lay_people_themselves_would_decide_on_is_not_overruled() -> None:
    heard_by_lay = with_stage("agree", dissent=Dissent(PSP))  # no sound process; only to see whose decision counts
    assert _power(heard_by_lay).rung is Rung.PARTNERSHIP
    assert _power(with_stage("agree", dissent=Dissent(EXEC))).rung is Rung.PLACATION


def test_that_they_can_begin_and_stop_is_said() -> None:
    power = _power(page(any_time=(*page().any_time, HOLD), opened_by=(LEAD, PSP)))
    assert (power.begins, power.stops) == (True, True)
    assert "They can begin a case and stop the work until they are answered." in in_words(power)
    assert (_power(page()).begins, _power(page()).stops) == (False, False)


def test_a_process_without_lay_seats_has_no_rung() -> None:
    assert powers(expand(page(seats=SEATS[1:]))) == ()


# Ours, worked out by hand from the tables of the source


def test_oversight_is_heard_and_may_be_overruled_until_the_evidence_is_shown() -> None:
    # B2, B7, B8: a "do not support" is heard by the executive, who may decide against it (R3): placation.
    # B3, B5: noted. B11: one partner confirms that the evidence was seen, and nobody decides against that: partnership.
    power = _power(OVERSIGHT)
    assert _named(power) == {
        "terms": Rung.PLACATION, "draft_review": Rung.PLACATION, "actions": Rung.PLACATION, "follow_up": Rung.PARTNERSHIP,
    }  # fmt: skip
    assert power.rung is Rung.PLACATION
    assert power.silent_ends == ("other_response", "withdrawn")
    assert in_words(power) == (
        "On Arnstein\u2019s ladder of 8 rungs this process gives a Patient Safety Partner rung 5, placation (“involve” on the IAP2 "
        "spectrum): nothing goes on without their answer, but somebody else may decide against it. At “Check that the actions "
        "were done” it is rung 6, partnership: nothing goes on against their no. Without a decision of theirs it can end only "
        "as “Another learning response was chosen” or “Withdrawn”."
    )


def test_a_project_is_heard_and_may_be_overruled_and_partners_begin_and_stop_it() -> None:
    # A3, A4, A6: agreed by a partner, and an executive hears a "do not support". A1: a partner may propose. A5: may place a hold.
    power = _power(IMPROVEMENT)
    assert _named(power) == {"scope": Rung.PLACATION, "measures": Rung.PLACATION, "review": Rung.PLACATION}
    assert (power.rung, power.begins, power.stops) == (Rung.PLACATION, True, True)
    assert power.silent_ends == ("declined", "withdrawn")


def test_training_is_signed_by_both_and_neither_alone() -> None:
    # C5, C6: both, neither signature alone suffices, and nobody signs in the partner's place: partnership. The end is the
    # partner's alone to choose; only a withdrawal by two people goes round it.
    power = _power(TRAINING)
    assert _named(power) == {"readiness": Rung.PARTNERSHIP, "sign": Rung.PARTNERSHIP}
    assert power.rung is Rung.PARTNERSHIP
    assert power.silent_ends == ("withdrawn",)
