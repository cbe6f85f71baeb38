"""The processes of the application: each sees the database by addresses of its own, and nothing else of the others."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.many_machines.servers import Primary

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
PATIENCE = 60
"""Seconds for a process to do what it was told."""


class Site:
    """A place where the application runs: what each of its processes finds in the environment."""

    def __init__(self, folder: Path, primary: Primary, replica: Primary) -> None:
        self.folder, self.primary, self.replica = folder, primary, replica
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def surroundings(self, name: str) -> dict[str, str]:
        """The environment of the process `name`."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "PARITY_", "DATABASE_"))}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "tests.many_machines.settings",
            "SECRET_KEY": "of no worth: this place stands for a minute, and the people in it are made up",
            "ALLOWED_HOSTS": HOST,
            "DATABASE_URL": self.primary.address(name),
            "DATABASE_REPLICA_URL": self.replica.address(f"{name}-reads"),
            "PARITY_VAR": str(self.folder),
            "PARITY_SECOND_STEP": "0",
            "EMAIL_HOST": "",
        }

    def manage(self, *command: str, name: str = "manage") -> str:
        """What a management command prints. Raises CalledProcessError where it fails."""
        return self._run(name, sys.executable, "manage.py", *command)

    def build(self, *what: str) -> str:
        """Run `tests.many_machines.building` in a process of its own."""
        return self._run("building", sys.executable, "-m", "tests.many_machines.building", *what)

    def serve(self, name: str, port: int) -> None:
        """Start a web process with two threads, and wait until it answers."""
        served = ("--bind", f"{HOST}:{port}", "--threads", "2", "--no-control-socket", "config.wsgi")
        self._start(name, sys.executable, "-m", "gunicorn", *served)

    def work(self, name: str) -> None:
        """Start a worker of queued tasks."""
        self._start(name, sys.executable, "manage.py", "db_worker", "--interval", "0.2", "--worker-id", name)

    def tick(self) -> None:
        """Start the clock that queues the sweeps."""
        self._start("ticker", sys.executable, "manage.py", "work", "--queue-only", "--interval", "1")

    def kill(self, name: str) -> None:
        """Take a process away as a loss of power does."""
        process = self.running.pop(name)
        process.kill()
        process.wait()

    def stop(self) -> None:
        """Ask every process to end, and wait for them."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()

    def _run(self, name: str, *command: str) -> str:
        done = subprocess.run(command, cwd=ROOT, env=self.surroundings(name), capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command[1:])} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def _start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(command, cwd=ROOT, env=self.surroundings(name), stdout=log, stderr=log)


def until(what: str, holds: object, patience: float = PATIENCE) -> None:
    """Wait until `holds()` is true. Raises TimeoutError, saying what was waited for."""
    assert callable(holds)
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"Waited {patience:g} seconds in vain until {what}.")
        time.sleep(0.05)
