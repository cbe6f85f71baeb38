"""The fingerprint is the same wherever it is taken, and differs as soon as anything that can be read differs."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import Any

import pytest

from permissions.roles import Role
from tests.unit.workflows.pages import IS_TRUE, page, with_stage
from workflows.definition import Answer, Guard, Outcome, Process, Stage
from workflows.expansion import expand
from workflows.fingerprint import definition_json, fingerprint, of, plain
from workflows.pictures import as_json
from workflows.registry import process_of

WHOLE = expand(page())
BEFORE_THE_LATER_WORDS = "67e0fe9b3b76078f639d08cf5c28dc25805be471a932c2e55c18523d4ad39160"
"""Of the small page in `pages`, taken before the vocabulary grew. It must never change."""


def changed(thing: Any) -> Iterator[Any]:
    """The thing with one of its leaves changed, for every leaf that can be read."""
    if isinstance(thing, Enum):
        yield next(one for one in type(thing) if one is not thing)
    elif isinstance(thing, bool):
        yield not thing
    elif isinstance(thing, int):
        yield thing + 1
    elif isinstance(thing, str):
        yield thing + "!"
    elif isinstance(thing, tuple):
        for number, one in enumerate(thing):
            yield from ((*thing[:number], other, *thing[number + 1 :]) for other in changed(one))
        if thing:
            yield thing[1:]
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        for field in dataclasses.fields(thing):
            if not (isinstance(thing, Guard) and field.name == "test"):
                yield from _replaced(thing, field.name)


def _replaced(thing: Any, name: str) -> Iterator[Any]:
    for other in changed(getattr(thing, name)):
        try:
            yield replace(thing, **{name: other})
        except ValueError:  # a guarded way back cannot be written at all, nor a stage about something unknown
            assert isinstance(thing, Outcome) or (isinstance(thing, Stage) and name == "deals_with")


def test_whatever_can_be_read_changes_it() -> None:
    first = fingerprint(WHOLE)
    others = [fingerprint(other) for other in changed(page())]
    assert len(others) > 200
    assert fingerprint(page()) not in others
    assert first != fingerprint(page())


def test_the_order_of_stages_changes_it() -> None:
    assert fingerprint(page(stages=page().stages[::-1])) != fingerprint(page())


def test_another_function_behind_the_same_guard_does_not_change_it() -> None:
    other = replace(IS_TRUE, test=lambda look: False)
    assert fingerprint(_guarded(other)) == fingerprint(_guarded(IS_TRUE))


def test_a_new_revision_of_a_guard_changes_it() -> None:
    assert fingerprint(_guarded(replace(IS_TRUE, revision=2))) != fingerprint(_guarded(IS_TRUE))


def _guarded(one: Guard) -> Process:
    return with_stage("write", ready_when=(one,))


def test_it_is_the_same_in_another_interpreter_with_another_hash_seed() -> None:
    say = "import django; django.setup(); from workflows import fingerprint; print(fingerprint.of('OVS', 1))"
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    said = {
        subprocess.run(
            [sys.executable, "-c", say], env={**settings, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert said == {of("OVS", 1)}


def _without_rights(thing: Any) -> Any:
    """The same with roles that name no right and answers that owe no reply, as none did when the mark was taken."""
    if isinstance(thing, Role):
        return replace(thing, rights=())
    if isinstance(thing, Answer):
        return replace(thing, owes_reply=False)
    if isinstance(thing, tuple):
        return tuple(_without_rights(one) for one in thing)
    if not dataclasses.is_dataclass(thing) or isinstance(thing, type):
        return thing
    return replace(thing, **{field.name: _without_rights(getattr(thing, field.name)) for field in dataclasses.fields(thing)})


def test_a_page_without_the_later_words_keeps_its_fingerprint() -> None:
    """A word that came later is not there for a page that does not use it; used, it counts like any other."""
    old = _without_rights(page())
    assert fingerprint(old) == BEFORE_THE_LATER_WORDS
    used = replace(old, any_time=(replace(old.any_time[0], during=("sign",)),))
    assert fingerprint(used) != BEFORE_THE_LATER_WORDS


def test_anybody_can_take_it_again_from_the_json() -> None:
    told = json.loads(as_json(process_of("OVS")))
    mark = told.pop("fingerprint")
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    assert hashlib.sha256(canonical.encode("ascii")).hexdigest() == mark == of("OVS", 1)


def test_the_json_holds_the_stages_in_order() -> None:
    codes = [stage["code"] for stage in definition_json(WHOLE)["stages"]]
    assert codes == ["write", "agree", "agree__dissent", "sign"]


@pytest.mark.parametrize("stranger", [1.5, {"a": 1}, {1}, object()])
def test_a_definition_holds_nothing_that_two_pythons_could_write_differently(stranger: object) -> None:
    with pytest.raises(TypeError, match="A definition may not hold"):
        plain((stranger,))
