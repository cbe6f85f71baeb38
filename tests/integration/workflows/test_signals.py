"""The report on shared power: who reads it, what explains a number, which cases show behind it, and what it costs."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.kinds import tell
from audit.models import Event
from cases.models import SignalNote
from permissions.reporting import may_read_report
from tests.builders import a_story, another_trust, refused
from workflows.doors import understanding
from workflows.doors.people import appoint
from workflows.doors.signals import LONGEST, explain_signal
from workflows.processes.oversight.story import Story
from workflows.signals.quarters import quarter_of
from workflows.signals.report import behind, measure_all
from workflows.signals.signal import SIGNALS, Measured, Signal, Thresholds, Unit, add
from workflows.signals.words import in_unit, thresholds_of, value_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """A case with something of everything that is counted: comments, a mark, a part held back, a disagreement."""
    story = a_story().walk_to("affected")
    story.read("pat", "findings")
    said = [story.comment("pat", f"Something else, {number}.") for number in range(5)]
    assert said
    story.answer_comments()
    version = story.look.latest_released("findings")
    assert version
    story.do(understanding.say_unclear, "amina", version=version.pk, text="What is a SEIPS?")
    story.paper_in_part("report")
    story.submit("engagement", facts={"candour_status": "done", "candour_note": "Sent.", "affected_comments": "Nothing."})
    story.put_draft_to_group()
    story.answer("chair")
    story.answer("amina")
    story.dissent("pat")
    story.hear_dissent("pass")
    story.answer("pat", "heard")
    return story


def _given(story: Story, **other: object) -> dict[str, object]:
    first = quarter_of(story.at).first
    given = {"organisation": story.trust.organisation, "signal": "T6", "quarter": first, "text": "The lead was ill."}
    return {"by": story.who("quality"), "at": story.at, **given, **other}


# Who reads it


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("quality", True), ("auditor", True), ("exec", True), ("exec_team", True), ("pat", True), ("gwen", True),
        ("lead", False), ("coordinator", False), ("chair", False), ("caldicott", False),
    ],
)  # fmt: skip
def test_every_partner_and_those_who_answer_for_it_read_the_report(who: str, reads: bool) -> None:
    story = a_story()
    assert bool(may_read_report(story.who(who), story.trust.organisation, story.at)) is reads


def test_nobody_reads_the_report_of_another_organisation_or_after_their_term() -> None:
    story, elsewhere = a_story(), another_trust()
    assert not may_read_report(elsewhere["far_psp"], story.trust.organisation, story.at)
    assert not may_read_report(None, story.trust.organisation, story.at)
    until = story.at.date() + timedelta(days=5)
    visitor = story.who("member")
    appoint(person=visitor, role="exec_team", starts_on=story.at.date(), ends_on=until, at=story.at)
    assert may_read_report(visitor, story.trust.organisation, story.at)
    assert not may_read_report(visitor, story.trust.organisation, story.at + timedelta(days=6))


def test_the_cases_behind_a_number_are_named_only_to_whoever_sees_them(story: Story) -> None:
    other = Story(story.trust, story.at, partners=("gwen",))
    other.open()
    found = Measured(2, 2, 1.0, (story.case.pk, other.case.pk))
    at = other.at
    assert [one.pk for one in behind(SIGNALS["T2"], found, story.who("pat"), at).cases] == [story.case.pk]
    assert behind(SIGNALS["T2"], found, story.who("pat"), at).hidden == 1
    assert (
        behind(SIGNALS["T2"], found, story.who("gwen"), at).cases,
        behind(SIGNALS["T2"], found, story.who("gwen"), at).hidden,
    ) == ((), 2)
    assert behind(SIGNALS["T2"], found, story.who("auditor"), at).hidden == 0


# What explains a number


def test_what_the_quality_team_writes_is_read_beside_the_number_of_that_quarter(story: Story) -> None:
    organisation, quarter = story.trust.organisation, quarter_of(story.at)
    made = explain_signal(**_given(story))
    assert explain_signal(**_given(story, request="once")) == explain_signal(**_given(story, request="once"))
    notes = {one.signal.code: one.newest.notes for one in measure_all(organisation, [quarter], story.at)}
    assert [note.text for note in notes["T6"]] == ["The lead was ill."] * 2
    assert notes["T7"] == ()
    earlier = measure_all(organisation, [quarter.before], story.at)
    assert all(one.newest.notes == () for one in earlier)
    said = Event.objects.filter(kind="signal_explained").earliest("seq")
    assert (
        tell(said) == f"{story.who('quality').name} explained “Comments without an answer” for {quarter.title}: The lead was ill."
    )
    assert SignalNote.objects.get(pk=made.pk).by == story.who("quality")


def test_r16_nobody_but_the_quality_team_explains_a_number_and_nothing_else_is_explained(story: Story) -> None:
    for who in ("auditor", "exec", "pat", "lead"):
        with refused("R16"):
            explain_signal(**_given(story, by=story.who(who)))
    with refused("R16"):
        explain_signal(**_given(story, by=None))
    with refused("R16"):
        explain_signal(**_given(story, text="  "))
    with refused("R16"):
        explain_signal(**_given(story, text="x" * (LONGEST + 1)))
    with refused("R16"):
        explain_signal(**_given(story, quarter=quarter_of(story.at).next.first))
    with refused("STALE"):
        explain_signal(**_given(story, signal="T99"))
    with refused("STALE"):
        explain_signal(**_given(story, quarter=date(2026, 2, 1)))


# What is counted, of whom, at what cost


def test_signals_describe_the_organisation_and_name_nobody(story: Story) -> None:
    names = {person.name for person in story.trust.people.values()}
    names |= {part for name in names for part in name.split()}
    quarters = [quarter_of(story.at).before, quarter_of(story.at)]
    for one in measure_all(story.trust.organisation, quarters, story.at + timedelta(minutes=1)):
        signal = one.signal
        said = [signal.title, signal.counts, signal.of, signal.why, signal.beware, value_of(signal, one.newest.found)]
        for reading in one.trend:
            said += [reading.found.question, *(f"{what} {how_many}" for what, how_many in reading.found.others)]
        assert not any(name in text for name in names for text in said), said


def test_a_signal_costs_the_same_for_five_comments_and_for_fifty_on_more_cases(story: Story) -> None:
    def statements() -> dict[str, int]:
        at = story.at + timedelta(minutes=1)
        span = quarter_of(at).span(story.trust.organisation, at)
        return {code: _counted(signal, span) for code, signal in SIGNALS.items()}

    few = statements()
    for number in range(45):
        story.comment("pat", f"And more, {number}.", kind="report")
    for _ in range(2):
        other = Story(story.trust, story.at).walk_to("terms")
        other.record_questions()
        other.paper("terms")
        other.submit("lead")
        other.answer("chair", enough_time=True)
        other.answer("amina", enough_time=True)
        other.dissent("pat")
        other.hear_dissent("pass")
        other.answer("pat", "heard")
        story.at = other.at
    assert statements() == few
    # Who sat in which group comes of five histories: of committees, their seats, cases, seats, appointments.
    assert {code: number for code, number in few.items() if number > 4} == {"T9": 5, "T10": 6, "T11": 5, "T16": 5}


def _counted(signal: Signal, span: object) -> int:
    with CaptureQueriesContext(connection) as done:
        signal.measure(span)  # type: ignore[arg-type]
    return len(done)


def test_the_training_of_one_partner_is_no_case_of_shared_power() -> None:
    from tests.trainees import a_training

    training = a_training()
    at = training.at + timedelta(minutes=1)
    span = quarter_of(at).span(training.trust.organisation, at)
    assert all(SIGNALS[code].measure(span).denominator == 0 for code in ("T1", "T2", "T3", "T4", "T8", "T20"))


def test_an_outside_app_adds_a_signal_and_cannot_take_a_code_that_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.signals.signal.SIGNALS", dict(SIGNALS))
    with pytest.raises(ValueError, match="There is a signal T6 already"):
        add(Signal("T6", "Mine", "a", "b", "c", "d", Unit.SHARE, Thresholds(None, None), lambda span: Measured(0, 0, None)))


def test_a_report_without_a_quarter_is_refused() -> None:
    story = a_story()
    with pytest.raises(ValueError, match="at least one quarter"):
        measure_all(story.trust.organisation, [], story.at)


# Numbers in words


def test_numbers_are_said_with_their_unit_and_few_only_counted() -> None:
    assert [in_unit(Unit.SHARE, 0.125), in_unit(Unit.DAYS, 1), in_unit(Unit.DAYS, 4.5), in_unit(Unit.PER_HUNDRED, 40)] == [
        "12.5%", "1 working day", "4.5 working days", "40 for every 100",
    ]  # fmt: skip
    assert in_unit(Unit.SCORE, 3.75) == "3.8 of 5"
    signal = SIGNALS["T7"]
    assert thresholds_of(signal) == "amber below 20%, red below 10%"
    assert thresholds_of(SIGNALS["T5"]) == "red above 20%"
    assert value_of(signal, Measured(1, 3, 1 / 3)) == "1 of 3"
    assert value_of(signal, Measured(2, 6, 1 / 3)) == "33.3%"
    assert value_of(signal, Measured(0, 0, None)) == "nothing to count"


def test_the_command_prints_every_signal_with_its_light_and_trend(story: Story, tmp_path: Path) -> None:
    explain_signal(**_given(story))
    out, ods = io.StringIO(), story.trust.organisation.ods_code
    day = (story.at + timedelta(days=1)).date()
    call_command("show_signals", ods=ods, at=day, stdout=out)
    printed = out.getvalue()
    assert all(f"{signal.code} {signal.title} (" in printed for signal in SIGNALS.values())
    # Five answers were given to partners and all said that something changed: 5 of 5.
    assert "T7 Something changed (amber below 20%, red below 10%)" in printed
    assert "  January to March 2026: 100% (5 of 5), as it should be" in printed
    assert "  January to March 2026: 1 of 1, too few to say" in printed  # T8: Pat's disagreement, gone on in spite of
    assert "  October to December 2025: nothing to count\n" in printed
    assert "Trend: Jan-Mar 2024 nothing to count; Apr-Jun 2024 nothing to count" in printed
    assert "Explained: The lead was ill." in printed
    call_command("show_signals", ods=ods, at=day, csv=tmp_path / "signals.csv", stdout=out)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "signals.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 9 * len(SIGNALS)
    seventh = next(row for row in rows if row["Signal"] == "T7" and row["Quarter"] == "January to March 2026")
    assert (seventh["Numerator"], seventh["Denominator"], seventh["Value"]) == ("5", "5", "1.0")
    assert (seventh["How it stands"], seventh["Cases behind it"]) == ("as it should be", "1")
    with pytest.raises(CommandError, match="There is no organisation ZZZ"):
        call_command("show_signals", ods="ZZZ", stdout=out)
