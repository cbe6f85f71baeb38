"""The record of a case: everything that happened, as far as one person may read it, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import QuerySet

from audit.models import Event
from cases.models import Comment, Person, Position, Seat
from notifications.models import Notice
from permissions.roles import LAY
from permissions.scope import auditors_of
from web.pages.cases.found import address
from web.pages.record.checked import Checked, newest_check
from web.pages.record.filtering import CAPACITIES, MORE, SUBJECTS, Filter
from web.pages.record.of_case import OfCase
from web.pages.record.telling import Entry, entry
from web.pages.record.told import messages_of, readable_notices
from web.pages.record.withheld import reads_words
from workflows.doors.exports import may_export
from workflows.doors.measures import has_measures
from workflows.evidence.readers import may_read_past
from workflows.evidence.timeline import LINES, READ, newest_events, readable_events
from workflows.look import Look


@dataclass(frozen=True)
class Group:
    """Lines that follow one another; `folded`: papers that were opened, which one unfolds to see."""

    entries: tuple[Entry, ...]
    folded: bool

    @property
    def title(self) -> str:
        """ "3 papers were opened"."""
        return f"{len(self.entries)} papers were opened" if len(self.entries) > 1 else "A paper was opened"


class Record(OfCase):
    """The record of one case for one person, `LINES` events a page, newest first."""

    def __init__(self, look: Look, person: Person, wanted: Filter) -> None:
        super().__init__(look, person)
        self.wanted = wanted

    @cached_property
    def stood_href(self) -> str:
        """Where the case is shown as it stood on another day; empty for whoever may not read that."""
        return address("stood", self._look.case) if all(may_read_past(self._look, self._person)) else ""

    @cached_property
    def checked(self) -> Checked | None:
        """When the record was last checked; None where it never was."""
        return newest_check(self._look)

    @property
    def check_href(self) -> str:
        """Where it is checked; empty for whoever may not."""
        return address("record_check", self._look.case) if self.stood_href else ""

    @cached_property
    def export_href(self) -> str:
        """Where it is taken out; empty for whoever may not."""
        return address("record_export", self._look.case) if all(may_export(self._look, self._person)) else ""

    @property
    def subjects(self) -> list[tuple[str, str]]:
        """Those that this process can have anything of."""
        has = {"actions": any(stage.on_each for stage in self._look.process.stages), "project": has_measures(self._look)}
        return [(code, words) for code, (words, _kinds) in SUBJECTS.items() if has.get(code, True)] + list(MORE.items())

    @property
    def capacities(self) -> list[tuple[str, str]]:
        return list(CAPACITIES.items())

    @cached_property
    def people(self) -> list[tuple[str, str]]:
        """Everybody who sits or sat on the case, to filter by; for readers of the whole record the auditors too, who only read."""
        named = {str(seat.person_id): seat.person.name for seat in self._look.seats}
        if self.stood_href:
            auditors = auditors_of(self._look.case.organisation_id, self._look.at).select_related("person")
            named |= {str(one.person_id): one.person.name for one in auditors}
        return sorted(named.items(), key=lambda pair: pair[1])

    @cached_property
    def _told(self) -> QuerySet[Notice]:
        return readable_notices(self._look, self._person)

    @cached_property
    def _page(self) -> list[Event]:
        """One more than is shown, to know whether there is a next page. The place in the chain is the index that is walked."""
        if not self.wanted.kept() and not _versions_written_about(self._look, self._person):
            return newest_events(self._person, self._look.case.pk, self._look.at, self.wanted.before)
        events = self.wanted.narrow(readable(self._look, self._person), set(dict(self.people)), self._told)
        return list(events.order_by("-seq")[: LINES + 1])

    @cached_property
    def entries(self) -> list[Entry]:
        shown = self._page[:LINES]
        words = reads_words(self._look, self._person)
        told = messages_of(self._told, shown)
        case, process = self._look.case, self._look.process
        return [
            entry(event, process, words=words, messages=told[event.pk], href=address("record_event", case, seq=event.seq))
            for event in shown
        ]

    @property
    def groups(self) -> list[Group]:
        """The lines of the page, papers that were opened one after another folded, unless it is those that were asked for."""
        folds = self.wanted.subject != "reads"
        runs = groupby(zip(self._page, self.entries, strict=False), key=lambda pair: folds and pair[0].kind == READ)
        return [Group(tuple(line for _event, line in run), folded) for folded, run in runs]

    @property
    def older(self) -> str:
        """The address of the page with what happened before; empty on the last."""
        if len(self._page) <= LINES:
            return ""
        return "?" + urlencode(self.wanted.kept() | {"before": str(self._page[LINES - 1].seq)})

    @property
    def newest(self) -> str:
        """The address of the first page; empty there."""
        return "?" + urlencode(self.wanted.kept()) if self.wanted.before is not None else ""

    @property
    def begins(self) -> datetime | None:
        return begins(self._look, self._person)


def readable(look: Look, person: Person) -> QuerySet[Event]:
    """The events of a case that a person may read."""
    return readable_events(person, look.case.pk, look.at, _versions_written_about(look, person))


def _versions_written_about(look: Look, person: Person) -> list[str]:
    if not any(seat.is_lay for seat in look.seats_of(person.pk)):
        return []
    mine = {"case": look.case, "person": person}
    answered = Position.objects.filter(**mine, version__isnull=False).values_list("version_id", flat=True)
    found = set(answered) | set(Comment.objects.filter(**mine, version__isnull=False).values_list("version_id", flat=True))
    return [str(pk) for pk in found]


def begins(look: Look, person: Person) -> datetime | None:
    """From when a lay partner reads the record: the beginning of the stage that they came into. None for all others.

    In an emergency they came when it was agreed.
    """
    own: Iterable[Seat] = look.seats_of(person.pk)
    asked = look.emergencies if getattr(look.case, "asked_in_emergency", True) else []
    running = [one for one in asked if one.asked_by_id == person.pk and one.runs_at(look.at)]
    came = min((at for at in (*(seat.active_from for seat in own), *(one.opens_at for one in running)) if at), default=None)
    if came is None or not all(seat.is_lay for seat in own) or any(one.asked_as != LAY for one in running):
        return None
    before = [visit for visit in look.visits if visit.ended_at is None or visit.ended_at > came]
    return before[0].opened_at if before and before[0].number > 1 else None
