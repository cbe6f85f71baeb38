"""Each fault that a page can have, planted; and the proofs that power is shared, tried on pages that only pretend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from permissions.roles import CHAIR, EXEC, LEAD, MEMBER, PSP
from tests.unit.workflows.pages import (
    AGREE,
    DAY,
    ENDS,
    HOLD,
    IS_TRUE,
    SEATS,
    SIGN,
    TEXT,
    WITHDRAW,
    WRITE,
    page,
    with_seats,
    with_stage,
)
from workflows.definition import (
    READY,
    SEEN,
    AnyTime,
    Dissent,
    Fact,
    Final,
    Item,
    Outcome,
    Paper,
    Process,
    Seats,
    Stage,
    at_least,
    every,
)
from workflows.soundness import FAULTS, Fault, Unsound, findings, require_buildable

ASKED_IF = Fact("why", "Why?", required=False, needed_if=("nothing", "yes"))

OTHER_TRUTH = replace(IS_TRUE, sentence="It is another truth")
READER = replace(MEMBER, code="reader", title="Reader")
GUARDED_BACK = Outcome("again", "agree", only_if=(IS_TRUE,))
BYPASS = with_stage("write", passes_to="", choices=(Outcome("ask", "agree"), Outcome("skip", "sign")))

PLANTED: list[tuple[str, str, Callable[[], Process]]] = [
    ("E001", "no stage", lambda: page(stages=())),
    ("E001", "no end", lambda: page(ends=())),
    ("E002", "two stages", lambda: page(stages=(WRITE, WRITE, AGREE, SIGN))),
    ("E002", "an end called like a stage", lambda: page(ends=(*ENDS, Final("sign", "Signed")))),
    ("E002", "two outcomes", lambda: with_stage("write", passes_to="", choices=(Outcome("go", "agree"), Outcome("go", "sign")))),
    ("E002", "an outcome of ours", lambda: with_stage("write", passes_to="", choices=(Outcome("dissent", "agree"),))),
    ("E002", "seats twice", lambda: page(seats=(*SEATS, Seats(PSP, offered_by=LEAD)))),
    ("E002", "papers twice", lambda: page(papers=(TEXT, replace(TEXT, title="Another")))),
    ("E002", "a fact twice", lambda: with_stage("write", records=(DAY, DAY))),
    ("E010", "days that nobody knows", lambda: with_stage("write", records=(replace(DAY, days="soon"),))),
    ("E010", "a text that may name days", lambda: with_stage("write", records=(Fact("note", "What?", days="ahead"),))),
    ("E010", "an answer needed because of one that is not asked", lambda: with_stage("write", records=(ASKED_IF,))),
    ("E003", "two underscores", lambda: page(stages=(replace(WRITE, code="wri__te"), AGREE, SIGN))),
    ("E003", "a capital", lambda: page(ends=(*ENDS, Final("Lost", "Lost")))),
    ("E003", "an outcome with a hyphen", lambda: with_stage("write", passes_to="", choices=(Outcome("go-on", "agree"),))),
    ("E004", "passes to nowhere", lambda: with_stage("write", passes_to="nowhere")),
    ("E004", "returns to nowhere", lambda: with_stage("agree", returns_to="nowhere")),
    ("E004", "an act to nowhere", lambda: page(any_time=(replace(WITHDRAW, to="nowhere"),))),
    ("E005", "nobody acts", lambda: with_stage("write", acts=None)),
    ("E006", "nobody lay is asked", lambda: with_stage("write", dissent=Dissent(EXEC))),
    ("E006", "nothing to disagree with", lambda: with_stage("agree", asks=SEEN)),
    ("E007", "choices and passes_to", lambda: with_stage("write", choices=(Outcome("go", "agree"),))),
    ("E008", "a paper", lambda: page(papers=())),
    ("E008", "an item", lambda: with_stage("agree", on_each=Item("action", "Action", "Actions"))),
    ("E009", "one code, two questions", lambda: with_stage("sign", records=(replace(DAY, question="When?"),))),
    ("E010", "a kind that no field has", lambda: with_stage("write", records=(replace(DAY, kind="date"),))),
    ("E010", "a choice of nothing", lambda: with_stage("write", records=(replace(DAY, kind="choice"),))),
    ("E011", "two sentences", lambda: with_stage("write", ready_when=(OTHER_TRUTH,))),
    ("E011", "two functions", lambda: with_stage("write", ready_when=(replace(IS_TRUE, test=lambda look: False),))),
    ("E012", "no such stage", lambda: page(lay_entry_by="elsewhere")),
    ("E013", "an effect that we do not know", lambda: page(any_time=(AnyTime("pause", "Pause", (LEAD,), "pauses"), WITHDRAW))),
    ("E013", "records nothing", lambda: page(any_time=(AnyTime("note", "Note", (LEAD,), "records"), WITHDRAW))),
    ("E013", "ends in a stage", lambda: page(any_time=(replace(WITHDRAW, to="sign"),))),
    ("E013", "a hold that nobody answers", lambda: page(any_time=(replace(HOLD, answered_by=None), WITHDRAW))),
    ("E013", "a hold with no day", lambda: page(any_time=(replace(HOLD, within=None), WITHDRAW))),
    ("E004", "a hold during nothing", lambda: page(any_time=(replace(HOLD, during=("nowhere",)), WITHDRAW))),
    ("E015", "a sentence, and nowhere to go", lambda: with_stage("write", expires_when=IS_TRUE)),
    ("E015", "somewhere to go, and no sentence", lambda: with_stage("write", expires_to="withdrawn")),
    ("E014", "nobody", lambda: page(opened_by=())),
    ("E020", "whoever acts", lambda: page(seats=tuple(seats for seats in SEATS if seats.role != EXEC))),
    ("E020", "whoever is asked", lambda: page(seats=tuple(seats for seats in SEATS if seats.role != CHAIR))),
    ("E020", "the second person", lambda: page(any_time=(replace(WITHDRAW, second=(READER,)),))),
    ("E020", "an author", lambda: page(papers=(TEXT, Paper("note", "Note", READER)))),
    ("E021", "no office, no offer", lambda: with_seats(CHAIR, offered_by=None)),
    ("E022", "minimum above target", lambda: with_seats(PSP, minimum=3)),
    ("E023", "more than the fewest seats", lambda: with_stage("agree", agreed_by=at_least(2, PSP))),
    ("E023", "nobody at all", lambda: with_stage("agree", agreed_by=at_least(0, PSP))),
    ("E024", "every over a role that may be empty", lambda: with_stage("agree", agreed_by=every(PSP) & every(MEMBER))),
    ("E024", "acts, but may be empty", lambda: with_stage("write", acts=MEMBER)),
    ("E024", "lay people may be missing", lambda: with_seats(PSP, minimum=0)),
    ("E025", "two ways and nobody", lambda: _unacted(Outcome("a", "sign"), Outcome("b", "done"))),
    ("E025", "one way is nobody's", lambda: _unacted(Outcome("a", "sign", decided_by=EXEC), Outcome("b", "sign"))),
    ("E030", "a stage", lambda: page(stages=(WRITE, AGREE, SIGN, Stage("lost", "Lost", acts=LEAD, passes_to="done")))),
    ("E030", "an end", lambda: page(ends=(*ENDS, Final("lost", "Lost")))),
    ("E031", "round and round", lambda: with_stage("sign", choices=(Outcome("send_back", "agree", back=True),))),
    ("E032", "returns to what may not have been", lambda: _two_roads("more")),
    ("E033", "a guard on the way back", lambda: with_stage("sign", choices=(*SIGN.choices, GUARDED_BACK))),
    ("E040", "SUPPORT and no Dissent", lambda: with_stage("agree", dissent=None)),
    ("E041", "no returns_to", lambda: with_stage("agree", returns_to="")),
    ("E041", "a lay no", lambda: with_stage("agree", asks=READY, dissent=None, agreed_by=every(PSP), returns_to="")),
    ("E042", "heard by a lay role", lambda: with_stage("agree", dissent=Dissent(PSP))),
    ("E043", "a way round", lambda: BYPASS),
    ("E043", "no lay stage at all", lambda: with_stage("agree", agreed_by=at_least(1, CHAIR), dissent=None)),
    ("E043", "withdrawn with no reason written", lambda: page(ends=(ENDS[0], replace(ENDS[1], without_lay=" ")))),
    ("E044", "no second person", lambda: page(any_time=(replace(WITHDRAW, second=()),))),
    ("E047", "silence ends it", lambda: with_stage("agree", expires_when=IS_TRUE, expires_to="withdrawn")),
    ("E048", "placed by staff", lambda: page(any_time=(replace(HOLD, by=(LEAD,)), WITHDRAW))),
    ("E048", "answered by whoever placed it", lambda: page(any_time=(replace(HOLD, answered_by=PSP), WITHDRAW))),
    ("W045", "only shown", lambda: with_stage("agree", asks=SEEN, dissent=None)),
    ("W046", "a reason without need", lambda: page(ends=(replace(ENDS[0], without_lay="There was no time."), ENDS[1]))),
]  # fmt: skip


def _unacted(*choices: Outcome) -> Process:
    return with_stage("agree", acts=None, passes_to="", choices=choices)


def _two_roads(back_to: str) -> Process:
    """Either straight to agreeing or by way of `more`, which agreeing then returns to."""
    fork = replace(WRITE, passes_to="", choices=(Outcome("ask", "agree"), Outcome("more", "more")))
    more = Stage("more", "Write more", acts=LEAD, passes_to="agree")
    return page(stages=(fork, more, replace(AGREE, returns_to=back_to), SIGN))


@pytest.mark.parametrize(
    ("code", "make"), [(code, make) for code, _why, make in PLANTED], ids=[f"{c} {why}" for c, why, _ in PLANTED]
)
def test_a_planted_fault_is_found(code: str, make: Callable[[], Process]) -> None:
    assert code in {one.code for one in findings(make())}


def test_every_fault_is_planted_somewhere() -> None:
    assert {code for code, _why, _make in PLANTED} == FAULTS.keys()


def test_a_sound_page_has_no_fault() -> None:
    assert findings(page()) == ()


def test_a_hold_and_a_clock_are_sound_where_they_belong() -> None:
    """A partner places it, somebody else answers it by a day; no stage that asks partners runs out."""
    assert findings(page(any_time=(HOLD, WITHDRAW))) == ()
    assert findings(with_stage("write", expires_when=IS_TRUE, expires_to="withdrawn")) == ()


def test_a_finding_names_process_stage_rule_and_remedy() -> None:
    (found,) = findings(with_stage("agree", dissent=None))
    assert str(found) == "TST version 1, stage 'agree': lay people may disagree here, and nobody is named to hear them. (R3)"
    assert found.fault.remedy


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.code)
def test_every_fault_has_a_remedy_in_a_full_sentence(fault: Fault) -> None:
    assert fault.remedy.endswith(".")


def test_a_stage_may_not_be_called_like_something_that_a_case_has() -> None:
    assert [one.code for one in findings(page(), reserved=frozenset({"sign"}))] == ["E003"]


def test_one_fact_may_be_asked_for_at_two_stages() -> None:
    assert findings(with_stage("sign", records=(DAY,))) == ()


def test_a_way_back_is_sound_where_every_road_has_passed() -> None:
    assert findings(_two_roads("write")) == ()


def test_facts_of_the_hearing_do_not_clash_with_themselves() -> None:
    twice = replace(AGREE, code="agree_more", returns_to="agree", passes_to="sign")
    assert findings(page(stages=(WRITE, replace(AGREE, passes_to="agree_more"), twice, SIGN))) == ()


# Dominance


def test_a_way_round_the_lay_stage_is_tokenism_even_if_the_stage_is_there() -> None:
    (found,) = (one for one in findings(BYPASS) if one.code == "E043")
    assert "'done'" in found.what


def test_a_lay_stage_on_each_branch_is_enough() -> None:
    fork = replace(WRITE, passes_to="", choices=(Outcome("ask", "agree"), Outcome("other", "other")))
    other = replace(AGREE, code="other", passes_to="sign")
    back = replace(SIGN, choices=(SIGN.choices[0], Outcome("send_back", "write", "Send back", back=True)))
    assert findings(page(stages=(fork, AGREE, other, back))) == ()


def test_the_hearing_of_a_disagreement_is_no_lay_voice_of_its_own() -> None:
    """Only through the stage that was disagreed with does a case get there; both are taken out together."""
    assert "E043" not in {one.code for one in findings(page())}


def test_giving_up_is_no_way_through() -> None:
    """A stage from which a case can only be withdrawn leads to no end."""
    stuck = with_stage("sign", choices=(Outcome("again", "sign", back=True),))
    assert {"E030", "E031"} == {one.code for one in findings(stuck)}


def test_a_question_with_a_no_is_a_voice_though_it_is_not_support() -> None:
    assert findings(with_stage("agree", asks=READY, dissent=None)) == ()


# What cannot be compiled


def test_a_page_that_cannot_be_compiled_is_refused_with_every_reason_and_remedy() -> None:
    with pytest.raises(Unsound) as refused:
        require_buildable(page(stages=(replace(WRITE, passes_to="nowhere"), replace(AGREE, code="a__b"), SIGN)))
    assert {one.code for one in refused.value.findings} == {"E003", "E004"}
    assert "TST version 1, stage 'write': it leads to 'nowhere'" in str(refused.value)
    assert "Name a stage or an end of this process." in str(refused.value)


def test_a_page_that_is_only_unfair_can_be_compiled() -> None:
    """It is the system check that stops it, so that its whole list of faults is shown."""
    require_buildable(BYPASS)


def test_a_fact_may_be_a_choice() -> None:
    assert findings(with_stage("write", records=(Fact("why", "Why?", "choice", (("a", "A"),)),))) == ()
