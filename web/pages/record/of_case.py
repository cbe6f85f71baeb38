"""What every page of a case's record says of the case itself."""

from __future__ import annotations

from cases.models import Person
from web.pages.cases.found import address
from workflows.look import Look


class OfCase:
    """A page about one case, for one person."""

    def __init__(self, look: Look, person: Person) -> None:
        self._look, self._person = look, person

    @property
    def title(self) -> str:
        return self._look.case.title

    @property
    def reference(self) -> str:
        return self._look.case.reference

    @property
    def case_href(self) -> str:
        return address("case", self._look.case)

    @property
    def record_href(self) -> str:
        return address("record", self._look.case)
