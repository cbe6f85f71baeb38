"""What the README and the list of decisions say is there is there, and what is there is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.architecture.source import APPS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ADRS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
PATHS = sorted({path for path in re.findall(r"`([\w./-]+)`", README) if path.endswith((".md", ".py", "/"))})


def test_every_folder_of_the_house_is_in_the_table() -> None:
    listed = set(re.findall(r"^\| `(\w+)/` \|", README, re.MULTILINE))
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert listed == packages | {"docs"}


@pytest.mark.parametrize("path", [path for path in PATHS if "/" in path.rstrip("/")])
def test_every_file_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_command_is_said_and_no_other() -> None:
    ours = {name for name, app in get_commands().items() if app in APPS}
    table = README[README.index("## Commands") : README.index("## What it stands on")]
    assert set(re.findall(r"`(?:manage\.py )?(\w+)", table)) >= ours
    assert ours >= set(re.findall(r"manage\.py (\w+)", README))


def test_every_decision_is_listed_under_its_own_title() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    titled = {path.name: path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for path in ADRS}
    assert {name: title for title, name in re.findall(r"^- \[(.+)\]\((.+)\)$", index, re.MULTILINE)} == titled
    numbers = [int(name[:4]) for name in titled]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_a_decision_says_what_lost_and_what_follows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[:4] == ["Context", "Decision", "Options that lost", "Consequences"]
