"""`python -m tests.bench.filling SIZE`: make the database of a size anew, fill it, and say what is in it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta

from tests.bench import server
from tests.bench.filling.sizes import SIZES
from tests.rig.empty_database import state as empty_state

MIGRATE = [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity", "0"]


def main(name: str) -> None:
    """Drop the database of this size, make it again, and fill it."""
    size = SIZES[name]
    _empty(size.database)
    os.environ |= {"PARITY_BENCH_SIZE": name, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from tests.bench.filling.filled import filled, keep, state
    from tests.bench.filling.filling import fill

    call_command("migrate", run_syncdb=True, skip_checks=True, verbosity=0)  # what is measured beside us has no migrations
    mark = state()
    whole = fill(size, _monday())
    with server.connect(size.database) as connection:
        keep(connection, whole, mark)
    for what, number in filled(name).counts.items():
        print(f"{what:32} {number:>16,}")


def _empty(database: str) -> None:
    """The database with every migration run and nothing in it: a copy of one that is kept, since to run them takes longer."""
    kept = f"parity_empty_{empty_state()[:16]}"
    with server.connect("postgres") as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept]).fetchone():
            print("Running the migrations", flush=True)
            connection.execute(f'DROP DATABASE IF EXISTS "{kept}_half" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{kept}_half"')
            subprocess.run(MIGRATE, cwd=server.ROOT, env=_in_production(f"{kept}_half"), check=True)
            connection.execute(f'ALTER DATABASE "{kept}_half" RENAME TO "{kept}"')
        connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{kept}"')


def _in_production(database: str) -> dict[str, str]:
    """The surroundings of a place in production: only what is installed there is migrated."""
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.production", "SECRET_KEY": "of no worth " * 5,
        "ALLOWED_HOSTS": "localhost", "DATABASE_URL": f"postgresql://{server.USER}@/{database}?host={server.socket()}",
    }  # fmt: skip


def _monday() -> datetime:
    """Nine o'clock on the last Monday: until then everything in the set happened."""
    from workflows.calendar import LONDON

    today = datetime.now(LONDON).replace(hour=9, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday() or 7)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in SIZES:
        sys.exit(f"Say how large: python -m tests.bench.filling {'|'.join(SIZES)}")
    main(sys.argv[1])
