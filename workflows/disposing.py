"""Carries out what two people agreed: contents that go, claims past their term, somebody who has left. For the command alone.

Each is an act of its own, and safe to try again. Files go last: a run that stops in between is made good by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from cases.contents import files_of_the_disposed
from cases.models import Departure, Disposal
from permissions.verdict import Refused
from workflows.doors.departures import carry_out_renaming
from workflows.doors.disposal import carry_out_disposal


def carry_out_what_was_agreed(now: Callable[[], datetime]) -> Iterator[str]:
    """Do everything that waits to be carried out, and say of each in a line what came of it."""
    for one in Disposal.objects.filter(state=Disposal.State.AGREED, case__isnull=False).select_related("case"):
        assert one.case
        yield _tried(f"{one.case.reference}: disposed of", lambda one=one: carry_out_disposal(  # type: ignore[misc]
            case=one.case_id, by=None, at=now(), disposal=one.pk))  # fmt: skip
    for leaving in Departure.objects.filter(state=Departure.State.AGREED):
        yield _tried(f"{leaving.pseudonym}: is what they are called", lambda one=leaving: carry_out_renaming(  # type: ignore[misc]
            by=None, at=now(), departure=one.pk))  # fmt: skip
    removed = remove_files()
    yield f"{removed} files removed."


def _tried(what: str, act: Callable[[], object]) -> str:
    try:
        act()
    except Refused as refused:
        return f"{what.partition(':')[0]}: NOT done. {refused}"
    return what


def remove_files() -> int:
    """Remove from storage every file that only disposed cases have. Returns how many were still there."""
    there = [(storage, name) for storage, name in files_of_the_disposed() if storage.exists(name)]
    for storage, name in there:
        storage.delete(name)
    return len(there)
