"""An empty database with every migration run, kept between runs: to run them takes longer than most modules of tests.

Kept under var/, one file for each state of what an empty database comes of. A file of an earlier state is taken away.
PostgreSQL is made anew by each run: its server lasts no longer.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "tests"
COMES_OF = ("*/migrations/*.py", "tests/*/migrations/*.py", "tests/*/models.py", "audit/triggers.py", "requirements/run.txt")


def copy_to(path: Path) -> None:
    """Put a copy of the empty SQLite database at `path`; it is made first where there is none. Safe for several at once."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = KEPT / f"{state()}.sqlite3"
        if not kept.exists():
            _make(kept)
        shutil.copyfile(kept, path)


def state() -> str:
    """A mark of everything that an empty database comes of."""
    mark = sha256(sys.version.encode())
    for path in sorted(path for pattern in COMES_OF for path in ROOT.glob(pattern)):
        mark.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return mark.hexdigest()[:32]


def _make(kept: Path) -> None:
    for older in KEPT.glob("*.sqlite3*"):
        older.unlink()
    half = kept.with_suffix(".half")
    for left in KEPT.glob("*.half*"):  # by a run that was stopped meanwhile
        left.unlink()
    # A process of its own: the connection of this one must not have been opened before the file is in its place.
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "PARITY_TEST_SQLITE": str(half)}
    command = [sys.executable, "manage.py", "migrate", "--run-syncdb", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=surroundings, check=True)
    half.rename(kept)
