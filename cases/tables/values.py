"""What a cell means: days, e-mail addresses, codes and choices, as people in the NHS write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

Value = str | date | None
"""What a cell comes to: text, a day, or nothing where the cell was empty."""

EARLIEST, LATEST = 1900, 2199
"""The years that a day may lie in; the national list has organisations from before the NHS."""

_LONDON = ZoneInfo("Europe/London")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_NUMBERED = re.compile(rf"{_WEEKDAY}(\d{{1,2}})([/.\- ])(\d{{1,2}})\2(\d+){_TIME}", re.IGNORECASE)
_NAMED = re.compile(rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.]*([a-z]{{3,9}})[\s\-/.,]*(\d+){_TIME}", re.IGNORECASE)
_ISO = re.compile(rf"(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}}){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}[\d:.,]*(?:Z|[+-]\d{2}:?\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(?:\.[^@\s,;<>\".]+)+")
_CODE = re.compile(r"[A-Z0-9]{3,10}")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
_YEAR_LENGTH = 4
_LONGEST_EMAIL = 254


class Unreadable(ValueError):
    """The cell cannot be taken for what its column holds; the message says why, for the screen."""


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    EMAIL = "email"
    DAY = "day"
    CHOICE = "choice"
    CODE = "code"


@lru_cache(maxsize=4096)
def squashed(text: str) -> str:
    """Letters and digits alone, in small letters: "E-mail Address" and "email_address" are the same."""
    return _NOT_LETTERS.sub("", text.casefold())


def text_in(cell: str | datetime) -> str:
    """The cell as text; a date that Excel knew to be one is written as ISO 8601."""
    return cell if isinstance(cell, str) else cell.date().isoformat()


def day_in(cell: str | datetime) -> date:
    """The day in a cell: as a date of Excel, or written in UK or ISO form, with or without a time of day.

    The day comes before the month, as in the UK. A time with a zone is the day it was in London.
    Raises Unreadable, in words, for two-digit years, impossible days and what is no date at all.
    """
    found = _day_written(cell) if isinstance(cell, str) else cell.date()
    if not EARLIEST <= found.year <= LATEST:
        raise Unreadable(f"the year {found.year} cannot be right")
    return found


@lru_cache(maxsize=4096)
def _day_written(text: str) -> date:
    if _ZONED.fullmatch(text):
        return _london_day(text)
    for pattern, parts in _FORMS:
        found = pattern.fullmatch(text)
        if found:
            return _real_day(*parts(found))
    if _SERIAL.fullmatch(text):
        raise Unreadable("is a number, not a date: give the cells of this column the format Date in the spreadsheet")
    raise Unreadable("is not a date; write it as 04/12/2026 or 2026-12-04")


def _london_day(text: str) -> date:
    try:
        return datetime.fromisoformat(text).astimezone(_LONDON).date()
    except (ValueError, OverflowError) as error:
        raise Unreadable("is not a real date and time") from error


def _month_named(name: str) -> str:
    """The number of a month by its name or the beginning of it; nought for a word that is no month."""
    said = name.lower()
    return next((str(number) for number, month in enumerate(_MONTHS, start=1) if month.startswith(said)), "0")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str, str]]], ...] = (
    (_ISO, lambda found: (found[1], found[2], found[3])),
    (_NUMBERED, lambda found: (found[4], found[3], found[1])),
    (_NAMED, lambda found: (found[3], _month_named(found[2]), found[1])),
    (_COMPACT, lambda found: (found[1], found[2], found[3])),
)


def _real_day(year: str, month: str, day: str) -> date:
    if len(year) != _YEAR_LENGTH:
        raise Unreadable("does not give the year in four digits; write it as 04/12/2026")
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise Unreadable("is not a real day; days are read as day, month, year") from error


def email_in(cell: str | datetime) -> str:
    """The address in small letters, so that one person is recognised as one. Raises Unreadable."""
    address = text_in(cell).removeprefix("mailto:").lower()
    if not _EMAIL.fullmatch(address) or len(address) > _LONGEST_EMAIL:
        raise Unreadable("is not an e-mail address")
    return address


def code_in(cell: str | datetime) -> str:
    """An ODS code: 3 to 10 letters and digits, in capitals. Raises Unreadable."""
    code = text_in(cell).upper()
    if not _CODE.fullmatch(code):
        raise Unreadable("is not an ODS code (3 to 10 letters and digits, such as RZ9)")
    return code


def spellings_of(choices: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Each way of writing a choice, squashed, with the choice it stands for."""
    return {squashed(spelling): value for value, spellings in choices.items() for spelling in (value, *spellings)}


def choice_in(cell: str | datetime, choices: Mapping[str, tuple[str, ...]], spellings: Mapping[str, str]) -> str:
    """The choice that is spelled so, without regard to capitals, spaces and hyphens. Raises Unreadable."""
    said = squashed(text_in(cell))
    if said not in spellings:
        accepted = ", ".join(ways[0] if ways else value for value, ways in choices.items())
        raise Unreadable(f"is not one of: {accepted}")
    return spellings[said]


def looks_like_data(cell: str | datetime) -> bool:
    """Whether no heading would read like this: a date, a number, an e-mail address or a postcode."""
    if not isinstance(cell, str):
        return True
    return bool(cell) and (cell.isdecimal() or _is_day(cell) or any(form.fullmatch(cell) for form in (_EMAIL, _POSTCODE)))


def _is_day(text: str) -> bool:
    try:
        day_in(text)
    except Unreadable:
        return False
    return True
