"""gunicorn with two workers, as the how-to has it, on the database that is measured."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

HOST, WORKERS = "127.0.0.1", 2
SECONDS_TO_START = 60


@contextmanager
def served() -> Iterator[int]:
    """The port on which the pages are served for as long as the block lasts. Raises TimeoutError where no worker answers."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--bind", f"{HOST}:{port}", "--log-level", "warning"]
    with subprocess.Popen([*command, "config.wsgi"]) as gunicorn:
        try:
            _wait_for(port)
            yield port
        finally:
            gunicorn.terminate()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        connection = HTTPConnection(HOST, port, timeout=SECONDS_TO_START)
        try:
            connection.request("GET", "/nothing/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise TimeoutError("No worker answers.")
