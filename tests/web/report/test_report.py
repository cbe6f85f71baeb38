"""The report on shared power: what a board and its partners read, what is handed out, and what nobody learns from it."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cases.models import SignalNote
from tests.web.casework import FORBIDDEN, FOUND, NOT_FOUND, OK, Casework, hidden, words
from tests.web.report.conftest import LINES, Sets
from web.pages.report.pdf import STYLES
from web.pages.report.presenter import ON_ITS_PAGE, ON_THE_REPORT
from web.pages.report.words import SENTENCES, sentence
from workflows.processes.oversight.story import Story
from workflows.signals.signal import SIGNALS, Measured, Signal, Span, Thresholds, Unit

pytestmark = pytest.mark.django_db

Shown = Callable[..., str]
OF_A_SIGNAL, AND = 3, 4
"""Statements on average for a signal in a quarter, and those of the page beside them."""
READERS = ("quality", "auditor", "exec", "exec_team", "pat", "gwen")
OTHERS = ("lead", "chair", "coordinator", "engagement", "directorate")
PAGES: tuple[tuple[str, ...], ...] = (
    ("power_sharing",), ("power_sharing_pdf",), ("power_sharing_table", "signals", "csv"), ("signal", "X1"),
    ("signal_table", "X1", "cases", "xlsx"),
)  # fmt: skip


def plain(page: str) -> str:
    return words(SimpleNamespace(content=page.encode()))


# What it says


def test_a_headline_says_what_was_found_in_words_with_a_chart_and_the_same_numbers_in_a_table(sets: Sets, shown: Shown) -> None:
    sets((1, 10), (2, 3), (3, 12))
    page = shown("pat", "power_sharing")
    told = plain(page)
    assert "Decisions with a late paper: 3 of 12. Who reads late can only nod." in told
    assert "Look into it above 10%. Act on it above 25%. It may be nobody's fault." in told
    assert page.count('role="img"') == 1
    assert "Quarter October to December 2025 What was found 25%, 3 of 12 How it stands Look into it" in told
    assert "never about a partner" in told


def test_fewer_than_five_are_a_count_and_nothing_is_concluded(sets: Sets, shown: Shown) -> None:
    sets((4, 4))
    page = shown("quality", "power_sharing")
    assert "Value Only a count Counted 4 of 4" in plain(page)
    assert "Too few to say" in plain(page)
    assert "100%, 4 of 4" not in plain(page)
    assert "<circle" not in page
    rows = list(csv.reader(io.StringIO(shown("quality", "power_sharing_table", "signals", "csv").lstrip("\ufeff"))))
    newest = dict(zip(rows[0], rows[-1], strict=True))
    assert (newest["Value"], newest["Numerator"], newest["Denominator"], newest["How it stands"]) == (
        "",
        "4",
        "4",
        "too few to say",
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([(1, 10), (3, 12)], "Up from 10%"),
        ([(5, 10), (1, 2), (3, 12)], "Down from 50%"),
        ([(1, 4), (3, 12)], "Nothing to compare with"),
        ([(3, 12), (3, 12)], "The same as before: 25%"),
        ([(3, 12), (1, 2)], "Nothing to compare with"),
    ],
)
def test_the_trend_passes_over_quarters_with_too_few(sets: Sets, shown: Shown, found: list[tuple[int, int]], said: str) -> None:
    sets(*found)
    assert f"From before {said}" in plain(shown("exec", "power_sharing"))


@pytest.mark.parametrize(
    ("number", "unit", "line", "said"),
    [
        (7, Unit.DAYS, Thresholds(3, 5), "Value 7 working days Counted 7 of 12 Lines Look into it above 3 working days."),
        (4, Unit.SCORE, Thresholds(3.5, 3.0, low_is_bad=True), "Look into it below 3.5 of 5. Act on it below 3 of 5."),
        (7, Unit.PER_HUNDRED, Thresholds(None, None), "Value 7 for every 100 Counted 7 of 12 Lines No line is drawn: look at it."),
    ],
)
def test_each_unit_is_told_in_words(sets: Sets, shown: Shown, number: int, unit: Unit, line: Thresholds, said: str) -> None:
    sets((number, 12), unit=unit, line=line)
    assert said in plain(shown("quality", "power_sharing"))


def test_a_quarter_is_chosen_and_one_that_runs_is_said_not_to_be_over(sets: Sets, shown: Shown) -> None:
    sets((3, 12), (1, 10))
    assert "July to September 2025 How power is shared here" in plain(shown("pat", "power_sharing", query="?quarter=2025-07"))
    assert "January to March 2026, so far How power" in plain(shown("pat", "power_sharing", query="?quarter=2026-01"))
    for odd in ("1999-01", "x", "2026-02", "2026-04"):
        assert "October to December 2025 How power" in plain(shown("pat", "power_sharing", query=f"?quarter={odd}"))


def test_every_signal_of_the_house_has_a_page(shown: Shown) -> None:
    for code, signal in SIGNALS.items():
        told = plain(shown("pat", "signal", code))
        assert f"Why it matters. {signal.why}" in told
        assert f"What it does not mean. {signal.beware}" in told


def test_a_signal_is_said_in_a_sentence() -> None:
    for code in SENTENCES:
        signal = SIGNALS[code]
        assert sentence(signal, Measured(0, 12, 0.0)).startswith("Out of 12 "), code
        assert ", all " in sentence(signal, Measured(6, 6, 1.0)), code
        assert ", 1 " in sentence(signal, Measured(1, 1, 1.0)), code


def test_the_five_at_the_top_are_the_most_pressing(work: Casework, monkeypatch: pytest.MonkeyPatch, shown: Shown) -> None:
    found = {"a": (1, 100), "b": (15, 100), "c": (1, 2), "d": (30, 100), "e": (0, 0), "f": (2, 100), "g": (50, 100)}
    for code in reversed(list(SIGNALS)):  # so that they are put back in their order
        monkeypatch.delitem(SIGNALS, code)
    for code, (counted, of) in found.items():
        finds = _finds(Measured(counted, of, counted / of if of else None))
        made = Signal(code, f"Signal {code}", "", "", "", "", Unit.SHARE, LINES, finds, headline=code != "g")
        monkeypatch.setitem(SIGNALS, code, made)
    page = shown("pat", "power_sharing")
    top = page[page.index('id="headlines"') : page.index('id="all"')]
    assert re.findall(r">Signal (.)</a>", top) == ["d", "b", "a", "f", "c"]
    assert re.findall(r">Signal (.)</a>: ", page) == ["d", "g", "b"], "whatever is past a line is named first"


def _finds(found: Measured) -> Callable[[Span], Measured]:
    return lambda _span: found


# Who reads it


def test_who_answers_for_it_and_every_partner_reads_it_and_finds_it_from_home(work: Casework, sets: Sets) -> None:
    sets((3, 12))
    for key in READERS:
        assert [work.client(key).get(reverse(name, args=args)).status_code for name, *args in PAGES] == [OK] * len(PAGES)
        assert reverse("power_sharing") in work.client(key).get("/").content.decode(), key


def test_everybody_else_is_told_who_does(work: Casework, sets: Sets) -> None:
    sets((3, 12))
    for key in OTHERS:
        pages = [work.client(key).get(reverse(name, args=args)) for name, *args in PAGES]
        assert [page.status_code for page in pages] == [FORBIDDEN] * len(PAGES)
        assert "The report is for the quality team" in words(pages[0])
        assert reverse("power_sharing") not in work.client(key).get("/").content.decode(), key


# What nobody learns from it


@pytest.mark.proves("IG3")
def test_a_case_is_named_to_those_who_see_it_and_is_a_number_to_all_others(work: Casework, sets: Sets, shown: Shown) -> None:
    work.story.walk_to("terms")
    sets((3, 12))
    case = work.story.case
    for key, sees in (("pat", True), ("quality", True), ("gwen", False)):
        pages = [shown(key, "power_sharing"), shown(key, "signal", "X1"), shown(key, "signal_table", "X1", "cases", "csv")]
        assert [case.title in page for page in pages] == [False, sees, sees], key
        assert any(case.reference in page for page in pages) is sees, key
        assert ("1 case that you may not see" in plain(pages[1])) is not sees, key
        assert ("1 more that you may not see" in pages[2]) is not sees, key


@pytest.mark.proves("IG7")
def test_a_case_behind_a_number_of_reads_is_named_only_to_those_who_read_its_reads(work: Casework, shown: Shown) -> None:
    """Where one partner sits, or two and one reads this, the case says who had not opened the paper."""
    work.story.walk_to("planning")
    title = work.story.case.title
    for code in ("T3", "T4"):
        signal = SIGNALS[code]
        assert signal.of_reads, code
    for key, sees in (("quality", True), ("auditor", True), ("pat", False), ("exec", False)):
        pages = [shown(key, "signal", "T3", query="?quarter=2026-01")]
        pages.append(shown(key, "signal_table", "T3", "cases", "csv", query="?quarter=2026-01"))
        assert [title in page for page in pages] == [sees, sees], key
    assert title in shown("pat", "signal", "T2", query="?quarter=2026-01")


def test_no_partner_is_named(work: Casework, shown: Shown) -> None:
    work.story.walk_to("planning")
    partners = [work.story.who(key).name for key in ("pat", "amina", "gwen")]
    for query in ("", "?quarter=2026-01"):
        pages = [
            shown("quality", "power_sharing", query=query),
            *(shown("quality", "signal", code, query=query) for code in SIGNALS),
        ]
        assert not [name for name in partners for page in pages if name in page]


# What explains a number


def explain(work: Casework, key: str, text: str) -> Any:
    client, at = work.client(key), reverse("signal_explain", args=("X1",)) + "?quarter=2025-10"
    return client.post(at, {**hidden(client.get(at)), "text": text})


def test_the_quality_team_explains_a_number_and_every_reader_reads_it_with_name_and_day(
    work: Casework, sets: Sets, shown: Shown
) -> None:
    sets((3, 12))
    assert "Say why the number is so" in shown("quality", "signal", "X1")
    assert explain(work, "quality", "Two leads were ill.\nBoth are back.").status_code == FOUND
    for page in (shown("pat", "signal", "X1"), shown("pat", "power_sharing")):
        assert "Two leads were ill. Both are back. Quinn Foster, Monday 2 March 2026" in plain(page)
    assert "Two leads were ill." not in shown("pat", "signal", "X1", query="?quarter=2025-07")
    assert "Two leads were ill." in shown("pat", "power_sharing_table", "notes", "csv")


def test_nobody_else_is_offered_to_explain_or_does(work: Casework, sets: Sets, shown: Shown) -> None:
    sets((3, 12))
    for key in ("pat", "exec", "auditor", "lead"):
        assert explain(work, key, "It was always so.").status_code == FORBIDDEN
    assert "Say why the number is so" not in shown("pat", "signal", "X1")
    assert not SignalNote.objects.exists()


def test_an_explanation_that_is_too_long_comes_back_with_all_that_was_typed(work: Casework, sets: Sets) -> None:
    sets((3, 12))
    for text in ("", "x" * 1001):
        response = explain(work, "quality", text)
        assert response.status_code == OK
        assert "There is a problem" in words(response)
        assert text in response.content.decode()
    assert not SignalNote.objects.exists()


# What is handed out


def test_the_tables_are_handed_out_for_excel_as_well(work: Casework, sets: Sets) -> None:
    sets((1, 10), (3, 12))
    response = work.client("exec").get(reverse("signal_table", args=("X1", "trend", "xlsx")))
    assert response.headers["Content-Disposition"] == 'attachment; filename="power-sharing-X1-trend-2025-10.xlsx"'
    rows = list(load_workbook(io.BytesIO(response.content)).worksheets[0].values)
    assert [dict(zip(rows[0], row, strict=True))["Value"] for row in rows[-2:]] == [0.1, 0.25]


@pytest.mark.parametrize(
    "address",
    [
        "power-sharing/X9/",
        "power-sharing/tables/people.csv",
        "power-sharing/tables/signals.exe",
        "power-sharing/X1/tables/people.csv",
    ],
)
def test_what_there_is_not_is_not_found(work: Casework, sets: Sets, address: str) -> None:
    sets((3, 12))
    assert work.client("quality").get(f"/{address}").status_code == NOT_FOUND


def test_where_no_pdf_can_be_made_the_page_says_how_to_come_by_one(
    sets: Sets, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    sets((3, 12))
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    told = plain(shown("pat", "power_sharing_pdf"))
    assert "A PDF cannot be made here" in told
    assert "Save as PDF" in told


def test_where_one_can_be_made_it_is_the_same_page_and_nothing_is_fetched_for_it(
    work: Casework, sets: Sets, monkeypatch: pytest.MonkeyPatch
) -> None:
    sets((3, 12))
    made = _Weasyprint()
    monkeypatch.setitem(sys.modules, "weasyprint", made)
    response = work.client("pat").get(reverse("power_sharing_pdf"))
    assert (response.headers["Content-Type"], response.content) == ("application/pdf", b"%PDF-1.7")
    assert response.headers["Content-Disposition"].endswith('"power-sharing-2025-10.pdf"')
    assert "How power is shared here" in made.page
    assert len(made.styles) == len(STYLES)
    assert made.protocols == [()]


class _Weasyprint(ModuleType):
    """Stands in for the optional package, as far as its documented ways are used."""

    def __init__(self) -> None:
        super().__init__("weasyprint")
        self.page, self.styles = "", list[str]()
        self.protocols: list[tuple[str, ...]] = []
        self.urls = SimpleNamespace(URLFetcher=lambda *, allowed_protocols: self.protocols.append(allowed_protocols))

    def CSS(self, *, string: str, url_fetcher: object) -> str:
        return string

    def HTML(self, *, string: str, url_fetcher: object) -> _Weasyprint:
        self.page = string
        return self

    def write_pdf(self, *, stylesheets: list[str]) -> bytes:
        self.styles = stylesheets
        return b"%PDF-1.7"


# What it costs


def test_the_page_costs_the_same_for_one_case_and_for_many(work: Casework, statements: Callable[..., int]) -> None:
    work.story.walk_to("planning")
    pages = [reverse("power_sharing") + "?quarter=2026-01", reverse("signal", args=("T1",)) + "?quarter=2026-01"]
    before = [statements(work, "pat", page) for page in pages]
    assert before[0] <= OF_A_SIGNAL * ON_THE_REPORT * len(SIGNALS) + AND
    assert before[1] <= ON_ITS_PAGE + AND  # of T1, which is counted in one statement
    for number in range(5):
        Story(work.story.trust, work.story.at).open(f"Another {number}")
    assert [statements(work, "pat", page) for page in pages] == before
