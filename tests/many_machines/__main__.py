"""Runs the walk and says of each promise whether it held: `python -m tests.many_machines [--small]`. Exits 1 where one did not."""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

from tests.many_machines.walk import Walk


def main(small: bool) -> None:
    """`small`: one web process and one worker fewer of everything, for the suite."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # told to stop, it still takes its servers away
    with tempfile.TemporaryDirectory(prefix="parity-machines-") as folder:
        walk = Walk(Path(folder), small)
        try:
            walk.go()
        finally:
            walk.end()


if __name__ == "__main__":
    main("--small" in sys.argv[1:])
