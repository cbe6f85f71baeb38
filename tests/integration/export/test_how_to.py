"""The commands of the how-to, run as they stand there, one after the other."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.builders import a_story
from workflows.demo.trust import MAIL, ODS_CODE

pytestmark = pytest.mark.django_db

TEXT = (Path(__file__).parents[3] / "docs" / "how-to" / "prove-a-record.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"^```\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL) for line in block.splitlines()]


def test_every_command_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_story().walk_to("planning")
    monkeypatch.setattr("django.utils.timezone.now", lambda: case.at + timedelta(hours=1))
    monkeypatch.chdir(tmp_path)
    here = {ODS_CODE: case.trust.organisation.ods_code, f"auditor@{MAIL}": case.who("auditor").email}
    assert case.case.reference == "OVS-2026-0001"
    assert len(COMMANDS) == 11
    for command in COMMANDS:
        words = [here.get(word, word) for word in shlex.split(command)]
        if words[0] == "manage.py":
            call_command(*words[1:], stdout=io.StringIO(), stderr=io.StringIO())
        else:
            python = words[0] == "python3"
            done = subprocess.run([sys.executable, "-I", "-S", *words[1:]] if python else words, capture_output=True, text=True)
            assert (done.returncode, done.stderr) == (0, ""), command
    assert {path.name for path in tmp_path.iterdir()} == {
        "anchor.key", "anchor.key.pub", "anchor.jsonl", "anchor.jsonl.sig", "record", "log.xes", "log",
    }  # fmt: skip
