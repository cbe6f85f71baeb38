"""`python -m tests.bench --size small|medium|national [--only NAME] [--rounds N]`: fill, measure, show, keep and write it down.

The page is written from everything that is kept, so that sizes stand side by side and a part can be measured again.
"""

from __future__ import annotations

import argparse
import os
import time

import django

SIZES = ("small", "medium", "national")
ROUNDS = 40


def main() -> None:
    """Measure what the command line asks for."""
    given = _arguments()
    os.environ["PARITY_BENCH_SIZE"] = given.size
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    django.setup()
    from tests.bench.running import run  # nothing of Django is there before it is set up

    begun = time.monotonic()
    run(given.size, given.only, given.rounds)
    print(f"\n{time.monotonic() - begun:.0f} seconds.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small", help="how much data: 10,000, 100,000 or 1,000,000 cases")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="measure this kind of work alone; more than once"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each variant is timed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
