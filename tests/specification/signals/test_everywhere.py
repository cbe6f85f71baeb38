"""Signals of every organisation at once: the same numbers as of each alone, counted plainly; and no more statements."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from cases.models import Organisation
from tests.builders import BEGINNING, a_story, a_trust
from tests.builders_payment import terms
from tests.specification.signals.plain_cases import PLAINLY as OF_CASES
from tests.specification.signals.plain_groups import PLAINLY as OF_GROUPS
from tests.specification.signals.test_cost import _one_more
from tests.specification.signals.test_entry import Waived
from workflows.doors import understanding
from workflows.doors.people import record_organisation
from workflows.processes.oversight.story import Story
from workflows.signals.asked import Asked, Stretch, answered
from workflows.signals.quarters import quarter_of, quarters_before
from workflows.signals.report import measure_all, measure_everywhere
from workflows.signals.signal import SIGNALS, Span

pytestmark = pytest.mark.django_db

PLAINLY = OF_CASES | OF_GROUPS
CUTS = 6
OF_A_REPORT = 40
"""Statements for all signals, of however many organisations, quarters and cases."""


@pytest.fixture
def story() -> Story:
    """Three organisations: one with something of everything, one that closes on days of its own, one with nothing."""
    first = a_story().walk_to("affected")
    first.read("pat", "findings")
    first.comment("pat", "And the night?")
    first.comment("amina", "And the day?")
    first.answer_comments()
    version = first.look.latest_released("findings")
    assert version
    first.do(understanding.say_unclear, "amina", version=version.pk, text="What is a SEIPS?")
    first.wait(30)
    first.comment("pat", "And now?")
    first.paper_in_part("report")
    terms(first.trust, BEGINNING)
    _one_more(first.trust, 1)
    _one_more(first.trust, 2)
    second = Waived(a_trust(), BEGINNING, partners=()).walk_to("terms")
    second.record_questions()
    second.paper("terms")
    second.take_seat("pat")
    second.submit("lead")
    second.wait(2)
    second.answer("chair", enough_time=True)
    second.dissent("pat")
    second.hear_dissent("pass")
    second.answer("pat", "heard")
    ours = second.trust.organisation
    shut = ["2026-03-04", "2026-03-07", "2026-04-03"]  # a Wednesday, a Saturday and a bank holiday
    record_organisation(ods_code=ours.ods_code, name=ours.name, kind="trust", closed_days=shut, at=second.at)
    record_organisation(ods_code="N0", name="Nothing yet", kind="trust", at=BEGINNING)
    first.at = max(first.at, second.at) + timedelta(days=1)
    return first


def _stretches(story: Story) -> list[Stretch]:
    """From the beginning until now, cut at moments of acts, and between them, by a generator that is the same in every run."""
    moments = sorted(set(Event.objects.values_list("at", flat=True)))
    by_chance = Random(24)  # noqa: S311 - the same in every run is what is asked for
    cuts = [at + timedelta(hours=by_chance.choice((0, 0, 5))) for at in by_chance.sample(moments, CUTS)]
    return [Stretch(*pair) for pair in pairwise(sorted({moments[0], *cuts, story.at + timedelta(days=90)}))]


def test_every_organisation_at_once_and_each_alone_are_what_is_counted_plainly(story: Story) -> None:
    every, stretches = list(Organisation.objects.all()), _stretches(story)
    together, numbers = Asked(every, stretches, everywhere=True), Asked(every, stretches, everywhere=True, names_cases=False)
    counted = set()
    for code, signal in SIGNALS.items():
        found, only_numbers = answered(signal.measure, together), answered(signal.measure, numbers)
        for (organisation, place), stretch in together.keys:
            span = Span(next(one for one in every if one.pk == organisation), *stretch)
            one, plain = found[organisation, place], PLAINLY.get(code, signal.measure)(span)
            assert one == signal.measure(span) == plain, (code, span)
            assert replace(only_numbers[organisation, place], cases=()) == replace(one, cases=()), (code, span)
            counted |= {code} if one.denominator else set()
    assert counted >= PLAINLY.keys() - {"T17", "T18"}, "there is something to count of each"


def _statements(read: object) -> int:
    with CaptureQueriesContext(connection) as done:
        read()  # type: ignore[operator]
    return len(done)


def test_a_report_costs_the_same_for_one_quarter_and_eight_and_for_one_organisation_and_twenty(story: Story) -> None:
    organisation, at = story.trust.organisation, story.at
    eight = [*quarters_before(at, 7), quarter_of(at)]
    one = _statements(lambda: measure_all(organisation, eight[-1:], at))
    assert one <= OF_A_REPORT
    assert _statements(lambda: measure_all(organisation, eight, at)) == one
    few = [_statements(lambda: measure_everywhere(eight[-1:], at)), _statements(lambda: measure_everywhere(eight, at))]
    assert few[0] == few[1] <= OF_A_REPORT
    for number in range(20):
        record_organisation(ods_code=f"M{number}", name=f"More {number}", kind="trust", at=BEGINNING)
    assert _statements(lambda: measure_everywhere(eight, at)) == few[0]


def test_whoever_runs_the_host_prints_the_numbers_of_all_and_what_is_few_stays_a_count(
    story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story.walk_to("draft_review")
    file = tmp_path / "all.csv"
    call_command("show_signals", "--all", "--at", "2026-08-01", "--csv", str(file))
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == Organisation.objects.count() * len(SIGNALS)
    ours = {row["Signal"]: row for row in rows if row["ODS code"] == story.trust.organisation.ods_code}
    assert (ours["T6"]["Numerator"], ours["T6"]["Value"], ours["T6"]["How it stands"]) == ("1", "", "too few to say")
    assert "Cases behind it" not in ours["T6"]
    assert "Explained" not in ours["T6"]
    capsys.readouterr()
    call_command("show_signals", "--all", "--at", "2026-08-01")
    said = capsys.readouterr().out
    assert "3 organisations, April to June 2026." in said
    assert "T6 Comments without an answer: " in said
    with pytest.raises(CommandError, match="one of the arguments --ods --all is required"):
        call_command("show_signals")
