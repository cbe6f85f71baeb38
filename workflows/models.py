"""The route's own tables (viewflow's abstract process and task), and the proxies of the processes that come with us."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from viewflow.workflow.models import AbstractProcess, AbstractTask

from cases.models import Case, Seat, Visit
from workflows.processes.improvement.models import ImprovementCase
from workflows.processes.oversight.models import OversightCase
from workflows.processes.training.models import TrainingCase

if TYPE_CHECKING:
    from workflows.batch import Batch

__all__ = ["CaseProcess", "ImprovementCase", "OversightCase", "Task", "TrainingCase"]


class CaseProcess(AbstractProcess):
    """The route of a case. Nothing cascades; a case has one live route."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="routes")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("case",), name="route_live_once", condition=Q(finished__isnull=True))]

    batch: Batch | None = None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Inside a batch the row waits for the batch to be written."""
        if self.batch is None:
            super().save(*args, **kwargs)
        else:
            self.batch.process_changed = True


class Task(AbstractTask):
    """One thing that the route waits for, or a gate it went through. A task for a person names the seat and the visit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(CaseProcess, models.PROTECT, related_name="tasks")
    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="tasks")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="tasks")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)

    # viewflow's own permissions on tasks are not used: a seat says whose a task is.
    owner_permission_content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=("seat", "due_on"), name="task_open_by_seat", condition=Q(finished__isnull=True)),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Inside a batch the row waits for the batch to be written."""
        if self.process.batch is None:
            super().save(*args, **kwargs)
        else:
            self.flow_task_type: str = self.flow_task_type or self.flow_task.task_type
            self.process.batch.keep(self)
