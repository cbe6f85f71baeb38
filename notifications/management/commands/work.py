"""`manage.py work`: the clock, the messages and the queued tasks, in one process. As many may run as one likes."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from collections.abc import Callable
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from notifications.posting import send_due
from notifications.tasks import send_messages
from workflows.deadlines.running import catch_up, run_due
from workflows.deadlines.tasks import sweep_deadlines

SECONDS = 15
DATABASE = "django_tasks_db.DatabaseBackend"


class Command(BaseCommand):
    """Stops cleanly on SIGTERM and Ctrl+C: after the row in hand, which is done whole or not at all."""

    help = "Work what has fallen due, send messages and run queued tasks, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=SECONDS, help="Seconds between two sweeps (default: %(default)s).")
        parser.add_argument("--once", action="store_true", help="One sweep, then end: for cron.")
        parser.add_argument("--queue-only", action="store_true", help="Only queue the sweeps; `manage.py db_worker` does them.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stop = Event()
        self.worker: Worker | None = None
        self.pruned: object = None
        before = {name: signal.signal(name, self._told_to_stop) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._work(self._queue if options["queue_only"] else self._sweep, None if options["once"] else options["interval"])
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def _told_to_stop(self, *_: Any) -> None:
        self.stop.set()
        if self.worker:
            self.worker.running = False  # it ends after the task in hand

    def _work(self, sweep: Callable[[], None], interval: float | None) -> None:
        if found := catch_up(timezone.now):
            self._say(f"{found} cases from before the clock have their deadlines now.")
        sweep()
        if interval is None:
            return
        self._say(f"Working. Looks every {interval:g} seconds; Ctrl+C stops it.")
        while not self.stop.wait(interval):
            close_old_connections()
            sweep()
        self._say("Stopped.")

    def _sweep(self) -> None:
        tally = run_due(timezone.now, self.stop.is_set)
        if tally.done or tally.failed:
            self._say(f"Deadlines: {tally.done} done, {tally.failed} put off.")
        told = send_due(timezone.now, self.stop.is_set)
        if told.gathered or told.sent or told.failed:
            self._say(f"Messages: {told.gathered} gathered, {told.sent} e-mails sent, {told.failed} refused.")
        if settings.TASKS["default"]["BACKEND"] == DATABASE and not self.stop.is_set():
            self._run_queued_tasks()

    def _queue(self) -> None:
        for task in (sweep_deadlines, send_messages):
            if not _is_waiting(task):
                task.enqueue()

    def _run_queued_tasks(self) -> None:
        self.worker = Worker(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
            worker_id=get_random_string(32), excluded_queue_names=[],
        )  # fmt: skip
        if not self.stop.is_set():
            self.worker.run()
        today = timezone.localdate()
        if self.pruned != today:  # what ran a fortnight ago is of no use to anybody
            call_command("prune_db_task_results", verbosity=0)
            self.pruned = today

    def _say(self, words: str) -> None:
        self.stdout.write(f"{timezone.localtime():%H:%M:%S} {words}")
        self.stdout.flush()


def _is_waiting(task: Any) -> bool:
    """Whether a sweep is queued already that no worker has begun; another backend than ours cannot say."""
    if settings.TASKS["default"]["BACKEND"] != DATABASE:
        return False
    return DBTaskResult.objects.ready().filter(task_path=task.module_path).exists()
