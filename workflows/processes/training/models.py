"""The law of the training sign-off: the proxy of Case that carries its transitions."""

from __future__ import annotations

from typing import ClassVar

from cases.models import Case
from workflows.definition import Process
from workflows.law import Lawful
from workflows.processes.training.process import TRAINING


class TrainingCase(Lawful, Case):
    """A case of the training sign-off. Only the engine can call its transitions."""

    definitions: ClassVar[tuple[Process, ...]] = (TRAINING,)

    class Meta:
        proxy = True
        default_permissions = ()
