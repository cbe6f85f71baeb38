"""The locks install the same files on every machine, from whichever registry that machine uses."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.source import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
every_lock = pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)


@every_lock
def test_a_lock_names_no_address_and_no_option(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "://" in line or line.startswith("-") or " @ " in line] == []


@every_lock
def test_every_package_is_locked_to_one_version_with_hashes(lock: Path) -> None:
    packages = [line for line in lock.read_text(encoding="utf-8").splitlines() if line[:1].isalnum()]
    assert packages
    assert [line for line in packages if "==" not in line or not line.endswith("\\")] == []


def test_each_lock_has_the_list_that_it_was_made_from() -> None:
    assert [lock.stem for lock in LOCKS] == sorted(path.stem for path in (ROOT / "requirements").glob("*.in"))


def test_the_lock_holds_what_the_project_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["dependencies"] + project["optional-dependencies"]["postgresql"]
    lines = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8").splitlines()
    locked = dict(line.removesuffix(" \\").split("==") for line in lines if line[:1].isalnum())
    for requirement in map(Requirement, declared):
        assert Version(locked[canonicalize_name(requirement.name)]) in requirement.specifier
