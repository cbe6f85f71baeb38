"""One event of a case's record on a page of its own: what was done, who was told, and what it changed, part by part."""

from __future__ import annotations

from functools import cached_property

from django.http import Http404

from audit.models import Event
from cases.models import Person
from web.pages.record.differing import Difference, Differing
from web.pages.record.of_case import OfCase
from web.pages.record.presenter import begins, readable
from web.pages.record.stood import at_address, event_address
from web.pages.record.telling import Entry, entry
from web.pages.record.told import messages_of, readable_notices
from web.pages.record.withheld import reads_words
from workflows.evidence.differences import changes_of
from workflows.evidence.readers import may_read_past
from workflows.look import Look


class EventPage(OfCase):
    """One event for one person. Raises Http404 for a place of the chain that is empty, or that they may not read, alike."""

    def __init__(self, look: Look, person: Person, seq: int) -> None:
        super().__init__(look, person)
        found: Event | None = readable(look, person).filter(seq=seq).first()
        if found is None:
            raise Http404
        self._event = found

    @cached_property
    def entry(self) -> Entry:
        words = reads_words(self._look, self._person)
        told = messages_of(readable_notices(self._look, self._person), [self._event])
        return entry(self._event, self._look.process, words=words, messages=told[self._event.pk])

    @cached_property
    def differences(self) -> list[Difference]:
        """What it changed, as far as this person may read it."""
        return Differing(self._look, self._person, begins(self._look, self._person)).told(changes_of(self._event))

    @property
    def previous(self) -> str:
        """The address of the event before it that this person reads; empty where there is none."""
        return self._near(readable(self._look, self._person).filter(seq__lt=self._event.seq).order_by("-seq").first())

    @property
    def next(self) -> str:
        return self._near(readable(self._look, self._person).filter(seq__gt=self._event.seq).order_by("seq").first())

    def _near(self, event: Event | None) -> str:
        return event_address(self._look.case, event.seq) if event else ""

    @property
    def stood_href(self) -> str:
        """The case as it stood once this was done; empty for whoever may not read that."""
        allowed = all(may_read_past(self._look, self._person))
        return at_address(self._look.case, self._event.at) if allowed else ""
