"""Django's system checks of what may happen: every process is sound, and nothing it stands on has been taken away.

A fault of a process keeps its code: `workflows.E043` is fault E043 of `workflows.soundness`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.models import TextField
from django.db.models.functions import Cast
from viewflow.workflow.fields import get_task_ref
from viewflow.workflow.flow import Flow

from cases.models import Case
from workflows.definition import Process
from workflows.models import Task
from workflows.registry import Registered, all_processes
from workflows.route import OPEN, CaseRowLock
from workflows.soundness import findings

GUARDIAN = "guardian.backends.ObjectPermissionBackend"

SETTINGS: dict[str, tuple[str, str]] = {
    "E101": (
        "A flow does not take the lock of the case",
        "Make it with workflows.route.make_flow, which gives every flow CaseRowLock.",
    ),
    "E102": (
        "SQLite takes its write lock too late: two people at once would see \u201cdatabase is locked\u201d",
        'Give the database OPTIONS = {"transaction_mode": "IMMEDIATE"}, as config.databases.sqlite does.',
    ),
    "E103": (
        "viewflow's own screens are installed, and they go round the engine",
        'Take "viewflow" out of INSTALLED_APPS and keep "viewflow.workflow".',
    ),
    "E104": ("Sight cannot be granted: guardian's backend is missing", f'Add "{GUARDIAN}" to AUTHENTICATION_BACKENDS.'),
    "E105": (
        "guardian would make an account for people who are not signed in",
        "Set ANONYMOUS_USER_NAME = None.",
    ),
    "E106": (
        "An open task stands at a step that the code does not have any more",
        "Put the flow class or its node back under its old name: those names are stored. A changed process is a new version.",
    ),
}
"""What each check of the surroundings is about, and the remedy."""


def register_checks() -> None:
    """Have Django run them at start-up; the one that reads tasks runs with `check --database`."""
    for check in (check_processes, check_locks, check_sqlite, check_screens, check_guardian):
        register("workflows")(check)
    register(Tags.database)(check_open_tasks)


def check_processes(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every version of every process is sound (E001 to E044, W045, W046)."""
    return [message for entry in all_processes().values() for page in entry.written.values() for message in judged(page)]


def judged(process: Process) -> Iterator[CheckMessage]:
    """The findings on one process as Django's messages, each with its remedy as the hint."""
    for one in findings(process, taken_names()):
        kind = Error if one.fault.stops else Warning
        yield kind(str(one), hint=one.fault.remedy, obj=process.code, id=f"workflows.{one.code}")


def taken_names() -> frozenset[str]:
    """Names that a case or a flow uses. Reverse relations are left out: stored names begin with a version or a stage."""
    relations = {relation.get_accessor_name() for relation in Case._meta.related_objects}
    return frozenset((set(dir(Case)) | set(dir(Flow))) - relations)


def check_locks(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every flow takes the lock of the case (E101)."""
    return [
        _message("E101", f"{code} version {version}")
        for code, entry in all_processes().items()
        for version, flow in entry.flows.items()
        if not isinstance(flow.lock_impl, CaseRowLock)
    ]


def check_sqlite(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every SQLite database begins its transactions with the write lock (E102)."""
    return [
        _message("E102", f"database {alias!r}")
        for alias, options in connections.settings.items()
        if options["ENGINE"].endswith("sqlite3")
        and str((options.get("OPTIONS") or {}).get("transaction_mode", "")).upper() != "IMMEDIATE"
    ]


def check_screens(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """viewflow's own pages are not there (E103)."""
    return [_message("E103", "INSTALLED_APPS")] if apps.is_installed("viewflow") else []


def check_guardian(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Object permissions work, and no account stands for the unknown (E104, E105)."""
    messages = []
    if GUARDIAN not in settings.AUTHENTICATION_BACKENDS:
        messages.append(_message("E104", "AUTHENTICATION_BACKENDS"))
    if getattr(settings, "ANONYMOUS_USER_NAME", "AnonymousUser") is not None:
        messages.append(_message("E105", "ANONYMOUS_USER_NAME"))
    return messages


def check_open_tasks(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Every open task of a live route stands at a step that exists (E106)."""
    return [message for using in databases or [] for message in _lost_steps(using)]


def _lost_steps(using: str) -> Iterator[CheckMessage]:
    if Task._meta.db_table not in connections[using].introspection.table_names():
        return
    known = {name for entry in all_processes().values() for name in _step_names(entry)}
    live = Task.objects.using(using).filter(finished__isnull=True, status__in=OPEN)
    as_stored = live.annotate(step=Cast("flow_task", TextField())).order_by().values_list("step", flat=True)
    for name in sorted(set(as_stored.distinct()) - known):
        yield _message("E106", f"{name} in the database {using!r}")


def _step_names(entry: Registered) -> Iterator[str]:
    for flow in entry.flows.values():
        yield from map(get_task_ref, flow.instance.nodes())


def _message(code: str, where: str) -> CheckMessage:
    title, remedy = SETTINGS[code]
    return Error(f"{title}: {where}.", hint=remedy, id=f"workflows.{code}")
