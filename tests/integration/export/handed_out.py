"""An export as a test takes it out, and the script that came with it as whoever was given it runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from workflows.doors.exports import export_record
from workflows.export.record import write_record
from workflows.testing import Walk

TO = "The coroner, who asked for it."


def exported(case: Walk, folder: Path, by: str = "auditor") -> Path:
    case.wait()
    receipt = export_record(case=case.case, by=case.who(by), at=case.at, to=TO)
    write_record(receipt.event, folder)
    return folder


def checked(folder: Path, *more: str) -> tuple[int, str]:
    """On a Python without anything of ours; what it wrote on the way out of an error fails."""
    script = str(folder / "verify_record.py")
    done = subprocess.run([sys.executable, "-I", "-S", script, *more], capture_output=True, text=True, timeout=60)
    assert not done.stderr
    return done.returncode, done.stdout
