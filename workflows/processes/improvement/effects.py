"""What the stages of the improvement project do besides moving the case. When one changes, raise its `revision`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.definition import effect

if TYPE_CHECKING:
    from workflows.door import Doing

SCOPE = "scope"
"""The kind of paper that says what the project is for."""


@effect("Stamped \u201clate lay entry\u201d where the first partner came in after the first draft of purpose and scope (R10)")
def stamp_late_entry(doing: Doing) -> None:
    """A3: partners are there before the first draft, or the project says for good that they were not. `take` saves the case."""
    entry, drafts = doing.case.lay_entry_at, doing.look.versions_of(SCOPE)
    if drafts and (entry is None or drafts[0].uploaded_at < entry):
        doing.case.late_lay_entry = True
        doing.says(late_lay_entry=True)
