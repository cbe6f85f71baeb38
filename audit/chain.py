"""The canonical form of evidence and its digest. Standard library only, so that a copy can be verified without us.

Two databases, two Python versions and twenty years must give the same text for the same fact: keys are sorted, text is
ASCII, moments are UTC with microseconds, and a number means its value (1.0 and 1 are one number, as JSON has it).
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from math import isfinite
from typing import Any
from uuid import UUID

GENESIS = "0" * 64  # what stands before the first event of a chain
SCHEME = 1  # the set of columns that new events seal

# A later column of the ledger gets a scheme of its own, so that no older digest changes.
EVENT_COLUMNS: dict[int, tuple[str, ...]] = {
    1: (
        *("id", "scheme", "chain", "seq", "kind", "at", "organisation_id", "case_id"),
        *(
            "person_id",
            "person_name",
            "capacity",
            "role",
            "reason",
            "request",
            "fingerprint",
        ),
        *("facts", "rows", "shapes", "previous"),
    )
}


def portable(value: Any) -> Any:
    """Return `value` as JSON can hold it and as both databases give it back.

    Raises TypeError for what has no such form (an expression, a set, an object) and ValueError for a moment without a
    time zone or a number that is not finite.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return {_key(key): portable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [portable(item) for item in value]
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, date | time | timedelta):
        return _moment(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{value!r} ({type(value).__name__}) has no canonical form, so it cannot be evidence.")


def canonical(value: Any) -> str:
    """Return the one text that stands for `value`: sorted keys, no spaces, ASCII."""
    return json.dumps(
        portable(value),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
        allow_nan=False,
    )


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical form, as 64 hexadecimal digits."""
    return sha256(canonical(value).encode("ascii")).hexdigest()


def row_digest(row: Mapping[str, Any], columns: Iterable[str]) -> str:
    """Return the digest of those columns of a row. Raises KeyError when the row lacks one of them."""
    return digest({column: row[column] for column in columns})


def event_digest(event: Mapping[str, Any]) -> str:
    """Return the digest of an event, which seals its facts, the rows it admits to and the event before it.

    Raises KeyError for a scheme that this version does not know or a column that is not there.
    """
    return row_digest(event, EVENT_COLUMNS[event["scheme"]])


def _key(key: Any) -> str:
    if isinstance(key, str):
        return str.__str__(key)
    if isinstance(key, int) and not isinstance(key, bool):
        return str(int(key))
    raise TypeError(f"{key!r} cannot be a key in JSON.")


def _number(value: int | float | Decimal) -> int | float | str:
    if isinstance(value, int):
        return int(value)
    if not isfinite(value):
        raise ValueError(f"{value} is not a number that evidence can hold.")
    if isinstance(value, Decimal):
        return format(value or value.copy_abs(), "f")  # nought has no sign in a database
    return int(value) if value.is_integer() else float(value)


def _moment(value: date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        return f"{value // timedelta(microseconds=1)}us"
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ValueError(f"{value.isoformat()} has no time zone, so it names no moment.")
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat(timespec="microseconds") if isinstance(value, time) else value.isoformat()
