"""`show_process` and `generate_docs`, as they are called from a shell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command

from workflows import guardlock
from workflows.fingerprint import of


def _told(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_text_is_the_table_unless_another_format_is_asked_for() -> None:
    assert _told("show_process", "OVS") == _told("show_process", "ovs", "--format", "text", "--version", "1")
    assert of("OVS", 1) in _told("show_process", "OVS")


def test_json_mermaid_and_bpmn_are_what_they_say() -> None:
    assert json.loads(_told("show_process", "OVS", "--format", "json"))["fingerprint"] == of("OVS", 1)
    assert _told("show_process", "OVS", "--format", "mermaid").startswith("flowchart TD\n")
    assert ET.fromstring(_told("show_process", "OVS", "--format", "bpmn").encode()).tag.endswith("definitions")  # noqa: S314


def test_an_unknown_process_or_version_is_told_with_those_that_are_known() -> None:
    with pytest.raises(CommandError, match=r"no process 'XXX'. Known: .*OVS"):
        _told("show_process", "XXX")
    with pytest.raises(CommandError, match="The process OVS has no version 99"):
        _told("show_process", "OVS", "--version", "99")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(CommandError, match="invalid choice: 'pdf'"):
        _told("show_process", "OVS", "--format", "pdf")


# The generated documentation, in a folder of its own


@pytest.fixture
def house(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(guardlock, "PATH", tmp_path / "guards.lock")
    return tmp_path


def test_what_was_just_written_is_as_the_code_says(house: Path) -> None:
    _told("generate_docs")
    written = {path.relative_to(house).as_posix() for path in house.rglob("*") if path.is_file()}
    pages = {f"docs/reference/{name}.md" for name in ("processes/OVS", "roles", "events", "checks")}
    assert written >= pages | {"guards.lock"}
    assert "as the code says" in _told("generate_docs", "--check")
    assert _told("generate_docs") == ""


@pytest.mark.parametrize("name", ["docs/reference/processes/OVS.md", "docs/reference/roles.md", "guards.lock"])
def test_a_file_that_differs_or_is_missing_is_named_and_left_alone(house: Path, name: str) -> None:
    _told("generate_docs")
    (house / name).unlink()
    with pytest.raises(CommandError, match=f"{name} differs"):
        _told("generate_docs", "--check")
    assert not (house / name).exists()


def _spoil(house: Path, *keys: str) -> None:
    lock = json.loads((house / "guards.lock").read_text())
    inner = lock["OVS"]
    for key in keys[:-1]:
        inner = inner[key]
    assert keys[-1] in inner
    inner[keys[-1]] = "0" * 64
    (house / "guards.lock").write_text(json.dumps(lock))


def test_a_guard_that_changed_with_no_new_revision_fails(house: Path) -> None:
    _told("generate_docs")
    _spoil(house, "guards", "candour_is_recorded", "1")
    for command in (["generate_docs", "--check"], ["generate_docs"]):
        with pytest.raises(CommandError, match="The guard candour_is_recorded of OVS changed, and its revision is still 1"):
            _told(*command)


def test_a_definition_that_changed_with_no_new_version_fails_until_it_is_accepted(house: Path) -> None:
    _told("generate_docs")
    _spoil(house, "versions", "1")
    with pytest.raises(CommandError, match="OVS version 1 changed"):
        _told("generate_docs", "--check")
    _told("generate_docs", "--accept")
    assert "as the code says" in _told("generate_docs", "--check")


def test_the_committed_documentation_is_what_the_project_itself_would_write() -> None:
    """In a process of its own: the tests register acts and processes that the project does not have."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
    command = [sys.executable, "manage.py", "generate_docs", "--check"]
    done = subprocess.run(command, cwd=project.BASE_DIR, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
