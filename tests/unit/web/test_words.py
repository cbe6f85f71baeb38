"""How days, sizes and sentences are written on a page."""

from datetime import UTC, date, datetime

import pytest

from web.design_system import words

FRIDAY = date(2026, 12, 4)


def test_a_day_is_written_in_full() -> None:
    assert words.day(FRIDAY) == "Friday 4 December 2026"


def test_a_moment_is_on_the_day_it_was_in_london() -> None:
    assert words.day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "Thursday 2 July 2026"


def test_no_day_is_written_as_nothing() -> None:
    assert (words.day(None), words.due(None), words.day_and_time(None)) == ("", "", "")


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [(14, 5, "2:05pm"), (9, 0, "9am"), (0, 0, "midnight"), (12, 0, "midday"), (0, 20, "12:20am"), (12, 1, "12:01pm")],
)
def test_a_time_is_written_as_people_say_it(hour: int, minute: int, written: str) -> None:
    moment = datetime(2026, 12, 4, hour, minute, tzinfo=UTC)
    assert words.day_and_time(moment) == f"Friday 4 December 2026 at {written}"


@pytest.mark.parametrize(
    ("today", "distance"),
    [
        (date(2026, 11, 26), "in 6 working days"),
        (date(2026, 12, 3), "tomorrow"),
        (date(2026, 12, 4), "today"),
        (date(2026, 12, 5), "yesterday"),
        (date(2026, 12, 6), "2 days ago"),
        (date(2026, 12, 7), "1 working day ago"),
    ],
)
def test_a_due_day_says_how_far_off_it_is(today: date, distance: str) -> None:
    assert words.due(FRIDAY, today=today) == f"Friday 4 December 2026 ({distance})"


def test_the_presenters_count_of_working_days_is_believed() -> None:
    assert words.due(FRIDAY, 4, today=date(2026, 11, 26)).endswith("(in 4 working days)")


@pytest.mark.parametrize(
    ("size", "written"), [(820, "820 bytes"), (1_400_000, "1.4 MB"), (25_000_000, "25 MB"), (3_000_000_000_000, "3000 GB")]
)
def test_a_size_is_written_with_its_unit(size: int, written: str) -> None:
    assert words.filesize(size) == written


@pytest.mark.parametrize(
    ("text", "written"), [("a lay view is missing", "A lay view is missing."), ("Why?", "Why?"), ("", ""), (None, "")]
)
def test_a_sentence_begins_and_ends_as_one(text: str | None, written: str) -> None:
    assert words.sentence(text) == written


def test_things_are_counted_in_words() -> None:
    assert [words.count(number, "seat") for number in (0, 1, 2)] == ["no seats", "1 seat", "2 seats"]
    assert words.count(2, "person", "people") == "2 people"
