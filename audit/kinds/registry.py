"""The register of kinds: what a kind is, how one is added, and how an act of it is told in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Protocol

from audit.days import day_as_told


@dataclass(frozen=True)
class Kind:
    """A kind of act: the code in the ledger and the sentence that a timeline shows for it."""

    code: str
    sentence: str


class UnknownKind(LookupError):
    """An act of a kind that nobody registered. It is refused rather than recorded without words."""

    def __init__(self, code: str) -> None:
        super().__init__(f"There is no kind of act called {code!r}. Register it with audit.kinds.register(Kind(...)).")


class Told(Protocol):
    """What can be told: an event of the ledger, or anything with the same three attributes."""

    @property
    def kind(self) -> str: ...
    @property
    def person_name(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


kinds: dict[str, Kind] = {}


def register(*added: Kind) -> None:
    """Add kinds of act, for instance from the `ready()` of an app that plugs in. Raises ValueError for a code in use."""
    for kind in added:
        if kinds.setdefault(kind.code, kind) != kind:
            raise ValueError(f"The kind of act {kind.code!r} already has another sentence.")


def kind_called(code: str) -> Kind:
    """Return the kind. Raises UnknownKind."""
    try:
        return kinds[code]
    except KeyError:
        raise UnknownKind(code) from None


def tell(event: Told) -> str:
    """Say in plain English what happened. Never raises for facts that are missing: a record must always be readable."""
    kind = kinds.get(event.kind)
    sentence = kind.sentence if kind else "{actor} did something recorded as “{unknown_kind}”"
    told = _Wording().vformat(sentence, (), {**event.facts, "actor": event.person_name, "unknown_kind": event.kind})
    return " ".join([_full_stop(told), *_moves(event.facts.get("moves"))])


# What else may stand for a fact that an act of that kind does not always have: a position may be on a safety action.
_INSTEAD = {"paper": ("action", "stage_title"), "stage_title": ("stage",), "outcome_title": ("outcome",)}
_UNSAID = {
    "actor": "someone",
    "given": "without signing in",
    "way": "a way that was not noted",
    "typed_by": "somebody",
    "person": "someone",
    "paper": "a paper",
    "role": "a role",
    "stage_title": "a stage",
    "version": "a version",
    "action": "its wording was not noted",
    "answer": "nothing was noted",
    "outcome": "nothing was noted",
    "outcome_title": "nothing was noted",
}


class _Wording(Formatter):
    """Fills a sentence from facts that may be missing, empty or of any shape."""

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        found = (kwargs.get(name) for name in (field_name, *_INSTEAD.get(field_name, ())))
        value = next((value for value in found if value not in (None, "", [], {})), None)
        return (_UNSAID.get(field_name, "something") if value is None else value), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if not isinstance(value, list | tuple):
            return day_as_told(str(value))
        items = [str(item) for item in value]
        return (" " if all(item.endswith(".") for item in items) else ", ").join(items)


def _full_stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."


def _moves(moves: Any) -> Iterable[str]:
    for move in moves if isinstance(moves, list) else []:
        if isinstance(move, Mapping):
            came, went = (
                move.get("from_title") or "one stage",
                move.get("to_title") or "another",
            )
            yield f"The case moved from {came} to {went}."
