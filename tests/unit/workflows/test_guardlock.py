"""The lock sees a guard that changed under its revision, whatever form the change takes, and nothing that is only form."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from workflows import guardlock
from workflows.definition import Guard
from workflows.guardlock import contradictions, digest, merged
from workflows.processes.oversight import guards as oversight

SOURCE = '''"""Guards to spoil."""
from workflows.definition import guard
ENOUGH = 2
UNUSED = 1

def number_of(look):
    return len(look)

@guard("T1", "There are enough")
def there_are_enough(look):
    """Whether there are."""
    return number_of(look) >= ENOUGH
'''


def _digest(folder: Path, source: str) -> str:
    file = folder / f"guards_{len(list(folder.iterdir()))}.py"
    file.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, file.stem, module)
        spec.loader.exec_module(module)
        return digest(module.there_are_enough)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">= ENOUGH", "> ENOUGH"),
        ("ENOUGH = 2", "ENOUGH = 3"),
        ("return len(look)", "return len(set(look))"),
    ],
    ids=["the guard", "a constant that it names", "a function that it calls"],
)
def test_a_change_of_meaning_is_seen(tmp_path: Path, old: str, new: str) -> None:
    assert old in SOURCE
    assert _digest(tmp_path, SOURCE.replace(old, new)) != _digest(tmp_path, SOURCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    return number_of(look) >= ENOUGH", "    # two will do\n    return (\n        number_of(look) >= ENOUGH\n    )"),
        ('    """Whether there are."""\n', ""),
        ("UNUSED = 1", "UNUSED = 9"),
        ("There are enough", "There really are enough"),
    ],
    ids=["layout and comments", "a docstring", "a constant that it does not name", "the sentence, which the fingerprint holds"],
)
def test_a_change_of_form_is_not(tmp_path: Path, old: str, new: str) -> None:
    assert old in SOURCE
    assert _digest(tmp_path, SOURCE.replace(old, new)) == _digest(tmp_path, SOURCE)


def test_a_constant_of_the_oversight_guards_is_part_of_the_guard_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Path(oversight.__file__).read_text(encoding="utf-8")
    before = {one.code: digest(one) for one in vars(oversight).values() if isinstance(one, Guard)}
    monkeypatch.setattr(guardlock.inspect, "getsource", _as_if(source.replace('("never_event", ', '("never_ever", ')))
    after = {one.code: digest(one) for one in vars(oversight).values() if isinstance(one, Guard)}
    assert {code for code in before if before[code] != after[code]} == {"no_national_trigger"}


def _as_if(module_source: str) -> object:
    real = guardlock.inspect.getsource

    def getsource(thing: object) -> str:
        return module_source if thing is oversight else real(thing)  # type: ignore[arg-type]

    return getsource


def test_a_guard_whose_source_cannot_be_read_is_refused() -> None:
    made_up = Guard("made_up", "T1", "It is made up", eval("lambda look: True"))  # noqa: S307
    with pytest.raises(guardlock.Unreadable, match="made_up"):
        digest(made_up)
    with pytest.raises(guardlock.Unreadable, match="its_own"):
        digest(Guard("its_own", "T1", "It is built in", str.isdigit))


LOCKED: guardlock.Lock = {"TST": {"versions": {"1": "aa"}, "guards": {"is_true": {"1": "bb"}}}}


def test_the_same_code_contradicts_nothing() -> None:
    assert list(contradictions(LOCKED, LOCKED)) == []


def test_a_guard_that_changed_under_its_revision_is_named() -> None:
    (found,) = contradictions(LOCKED, {"TST": {"versions": {"1": "aa"}, "guards": {"is_true": {"1": "xx"}}}})
    assert found == "The guard is_true of TST changed, and its revision is still 1. Raise its revision."


def test_a_definition_that_changed_under_its_version_is_named() -> None:
    (found,) = contradictions(LOCKED, {"TST": {"versions": {"1": "xx"}, "guards": {}}})
    assert found.startswith("TST version 1 changed. A live definition is never edited")


def test_what_is_new_is_added_and_what_is_old_stays() -> None:
    new: guardlock.Lock = {
        "TST": {"versions": {"2": "cc"}, "guards": {"is_true": {"2": "dd"}}},
        "NEW": {"versions": {"1": "ee"}, "guards": {}},
    }
    assert list(contradictions(LOCKED, new)) == []
    assert merged(LOCKED, new) == {
        "TST": {"versions": {"1": "aa", "2": "cc"}, "guards": {"is_true": {"1": "bb", "2": "dd"}}},
        "NEW": {"versions": {"1": "ee"}, "guards": {}},
    }
