"""Check an exported record anywhere: python3 verify_record.py [FOLDER] [--anchor FILE]

Needs Python 3.9 or newer and nothing else: no network, no database, no other file of the software that wrote the record.
Says in plain words what was cut, altered, added or put in another order. Ends with 0 when all is well, 1 when something
does not hold, 2 when there is nothing here that can be checked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from workflows.export.offline.chain import check_anchor, check_events, check_files, check_rows
from workflows.export.offline.law import check_answers, check_definitions, check_states
from workflows.export.offline.reading import Finding, Record, Unreadable

CHECKS = (check_files, check_events, check_rows, check_definitions, check_states, check_answers)


def findings(record: Record) -> Iterator[Finding]:
    """Everything that does not hold."""
    for check in CHECKS:
        try:
            yield from check(record)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            what = f"a part of the record does not have the form that it was written in ({type(error).__name__}: {error})"
            yield Finding("DAMAGED", check.__name__, what)


def main(arguments: list[str]) -> int:
    """Check the folder named, or the one in which this file lies; say what was found. Returns the exit code."""
    anchor = Path(arguments.pop(arguments.index("--anchor") + 1)) if "--anchor" in arguments[:-1] else None
    folders = [one for one in arguments if one != "--anchor"]
    try:
        record = Record(Path(folders[0]) if folders else Path(__file__).resolve().parent)
        found = list(findings(record)) + (list(check_anchor(record, anchor)) if anchor else [])
    except Unreadable as error:
        sys.stdout.write(f"CANNOT BE CHECKED. {error}.\n")
        return 2
    for one in found:
        sys.stdout.write(f"{one.kind}: {one.where}: {one.what}.\n")
    sys.stdout.write(told(record, found, anchor))
    return 1 if found else 0


def told(record: Record, found: list[Finding], anchor: Path | None) -> str:
    """The end of what is said: how much was checked, whether it holds, and what nobody can see from here."""
    held = sum("held_back" in one for one in record.rows + record.events)
    erased = sum("erased" in one for one in record.rows + record.events)
    name, counted = record.manifest["case"]["reference"], (len(record.events), len(record.rows), len(record.definitions))
    lines = [
        "{}: {} events, {} rows, {} definitions checked.".format(name, *counted),
        f"{held} events and rows were held back and cannot be checked here.",
        f"{erased} are stubs: an act took their contents away, and what is left is what it noted." if erased else "",
        f"BROKEN. {len(found)} things do not hold." if found else "ALL IS WELL. Nothing was cut, altered, added or reordered.",
        "" if anchor else "Without an anchor (--anchor FILE) nobody can see whether all of it was written anew, seals and all.",
    ]
    return "".join(f"{line}\n" for line in lines if line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
