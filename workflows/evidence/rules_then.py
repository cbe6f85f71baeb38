"""The rules that a case ran by, read from the text of its definition as it was stored, not from the program of today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from audit.days import in_words
from workflows.ways import CHANGED, DISSENT, EXPIRED, OPPOSED

_ENDED = {
    "": "Still going on",
    "pass": "Passed",
    CHANGED: "Cut short by a new text",
    DISSENT: "A lay partner disagreed",
    OPPOSED: "Was not agreed",
    EXPIRED: "Ended by the clock",
}
"""How a stay ended, where the definition has no words for it."""


@dataclass(frozen=True)
class RulesThen:
    """A stored definition in words. An unknown code is given back as it is: what was recorded must always be readable."""

    told: Mapping[str, Any]

    @cached_property
    def _stages(self) -> dict[str, Mapping[str, Any]]:
        return {one["code"]: one for one in self.told.get("stages", ())}

    def title_of(self, state: str) -> str:
        """The title of a stage or an end."""
        ends = {one["code"]: one for one in self.told.get("ends", ())}
        found = self._stages.get(state) or ends.get(state)
        return str(found["title"]) if found else state

    def outcome(self, stage: str, code: str) -> str:
        """How a stay in a stage ended."""
        for one in self._stages.get(stage, {}).get("choices", ()):
            if one["code"] == code and one["words"]:
                return str(one["words"])
        acts = {one["code"]: str(one["title"]) for one in self.told.get("any_time", ())}
        return _ENDED.get(code) or acts.get(code, code)

    def answer(self, stage: str, code: str) -> str:
        """The words of an answer to the question of a stage."""
        asked = self._stages.get(stage, {}).get("asks") or {}
        return next((str(one["words"]) for one in asked.get("answers", ()) if one["code"] == code), code)

    def set_down(self, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """What was set down: the question, and the answer in the words of its choice."""
        for code, value in facts.items():
            asked = self._questions.get(code, {})
            yield str(asked.get("question") or code.replace("_", " ").capitalize()), _worded(asked, value)

    @cached_property
    def _questions(self) -> dict[str, Mapping[str, Any]]:
        groups = [self.told.get("begins_with", ())]
        groups += [one.get("records", ()) for name in ("stages", "any_time") for one in self.told.get(name, ())]
        return {fact["code"]: fact for facts in groups for fact in facts}


def _worded(asked: Mapping[str, Any], value: Any) -> str:
    if asked.get("kind") == "day":
        return in_words(date.fromisoformat(str(value)))
    choices = {"yes": "Yes", "no": "No"} if asked.get("kind") == "yes_no" else dict(asked.get("choices", ()))
    return str(choices.get(str(value), value))
