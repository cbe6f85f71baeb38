"""What is looked for in the record: one field for each thing that it can be found by."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from audit.kinds import kinds
from web.design_system.fields import DateField, SelectField, TextField
from web.design_system.forms import PageForm
from workflows.evidence.search import Place, Wanted
from workflows.registry import all_processes

NAMED = {"actor": "Somebody", "person": "somebody"}


class SearchForm(PageForm):
    """Everything is optional; nothing filled in finds everything, the newest first."""

    name = TextField(label="Who did it", required=False, max_length=100, width=20, hint="A name or a part of one.")
    kind = SelectField(label="What was done", required=False)
    rule = TextField(label="Rule", required=False, max_length=10, width=5, hint="For example R2 or IG3.")
    stage = SelectField(label="Stage", required=False)
    words = TextField(label="Words in the reason", required=False, max_length=200, width=30)
    first = DateField(label="From", required=False, subject="The first day")
    last = DateField(label="To", required=False, subject="The last day")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", "Anything"), *_acts()]  # type: ignore[attr-defined]
        self.fields["stage"].choices = [("", "Any stage"), *_stages()]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """What was asked for; everything where something could not be read, which the page says."""
        if not self.is_bound or not self.is_valid():
            return Wanted()
        given = self.cleaned_data
        texts = {name: given[name].strip() for name in ("name", "rule", "words")}
        texts["rule"] = texts["rule"].upper()
        return Wanted(**texts, kind=given["kind"], stage=given["stage"], first=given["first"], last=given["last"])


def _acts() -> list[tuple[str, str]]:
    """Every kind of act by its code, told without names: "accepted a seat as \u2026"."""
    return sorted(((code, _told(kind.sentence)) for code, kind in kinds.items()), key=lambda pair: pair[1].lower())


def _told(sentence: str) -> str:
    bare = sentence.replace("{actor} ", "").replace("{actor}", "somebody").replace("{person}", "somebody")
    parts = bare.split("{")
    return "".join([parts[0], *("\u2026" + part.partition("}")[2] for part in parts[1:])]).strip()[:100].capitalize()


def _stages() -> list[tuple[str, str]]:
    """Every stage of every process, by its code, with the process where two have one name."""
    found: dict[str, str] = {}
    for code, entry in all_processes().items():
        for process in entry.expanded.values():
            for stage in process.stages:
                found.setdefault(stage.code, f"{stage.title} ({code})")
    return sorted(found.items(), key=lambda pair: pair[1])


def place_in(query: QueryDict) -> Place | None:
    """Where the page before ended, from the address; None on the first page, and for anything odd."""
    try:
        at, key = parse_datetime(query.get("at", "")), UUID(query.get("key", ""))
    except ValueError:
        return None
    return Place(at, key) if at and at.tzinfo else None


def address_after(query: QueryDict, place: Place) -> str:
    """The address of the page that begins there."""
    return "?" + urlencode([*_asked(query), ("at", place.at.isoformat()), ("key", str(place.key))])


def address_of_first(query: QueryDict) -> str:
    """The address of the first page of the same search."""
    return "?" + urlencode(_asked(query))


def _asked(query: QueryDict) -> list[tuple[str, str]]:
    return [(name, str(query[name])) for name in query if name not in ("at", "key", "table") and query[name]]
