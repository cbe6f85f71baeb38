"""Our open tasks in viewflow's own tables, as guardian and viewflow would keep them, for its queue to be read from."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from guardian.models import UserObjectPermission
from viewflow.workflow.models import Process, Task

from cases.models import Person
from tests.bench.peers.flows import GovernedFlow
from tests.bench.peers.models import Review

QUEUED = "queued"
PROCESSES = """
INSERT INTO viewflow_process (flow_class, status, created, data)
SELECT %s, 'NEW', min(t.created), jsonb_build_object('queued', t.case_id)
  FROM workflows_task t WHERE t.finished IS NULL AND t.flow_task_type = 'HUMAN' GROUP BY t.case_id"""
TASKS = """
INSERT INTO viewflow_task (flow_task, flow_task_type, status, created, token, data, process_id, owner_permission,
                           owner_permission_content_type_id, owner_permission_obj_pk)
SELECT %s, 'HUMAN', 'NEW', p.created, 'start', '{}', p.id, 'bench_peers.approve_review', %s, p.id::text
  FROM viewflow_process p WHERE p.data ? 'queued'"""
GRANTS = """
INSERT INTO guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id)
SELECT DISTINCT p.id::text, %s::integer, %s::integer, g.user_id
  FROM permissions_casegrant g JOIN viewflow_process p ON p.data ->> 'queued' = g.content_object_id::text
 WHERE g.user_id = %s"""
MORE = """
INSERT INTO guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id)
SELECT 'closed-' || n, %s, %s, %s FROM generate_series(1, %s) n"""


def fill(people: list[Person], held: dict[int, int]) -> None:
    """Fill viewflow's tables once, and give these people the permissions that they hold with us. `held`: how many, by account.

    Nobody else is given any, which flatters what is measured.
    """
    kind = ContentType.objects.get_for_model(Review)
    permission = Permission.objects.get(content_type=kind, codename="approve_review")
    with connection.cursor() as cursor:
        if not Process.objects.filter(data__has_key=QUEUED).exists():
            cursor.execute(PROCESSES, [_reference(GovernedFlow)])
            cursor.execute(TASKS, [f"{_reference(GovernedFlow)}.approve", kind.pk])
            cursor.execute("ANALYZE viewflow_process, viewflow_task")
        for person in people:
            given = [kind.pk, permission.pk, person.account_id]
            if not UserObjectPermission.objects.filter(user=person.account_id).exists():
                cursor.execute(GRANTS, given)
                missing = held[person.account_id or 0] - UserObjectPermission.objects.filter(user=person.account_id).count()
                cursor.execute(MORE, [*given, max(missing, 0)])
        cursor.execute("ANALYZE guardian_userobjectpermission")


def _reference(flow_class: Any) -> str:
    return str(Process(flow_class=flow_class)._meta.get_field("flow_class").get_prep_value(flow_class))


def queue_of(account: Any, number: int) -> list[Any]:
    """The newest tasks of viewflow's own queue. `account` is a fresh one: viewflow keeps what it found on it."""
    queued = Task.objects.user_queue(account, flow_class=GovernedFlow).filter(status="NEW")
    return list(queued.select_related("process").order_by("-created")[:number])
