"""The law of the improvement project: the proxy of Case that carries its transitions."""

from __future__ import annotations

from typing import ClassVar

from cases.models import Case
from workflows.definition import Process
from workflows.law import Lawful
from workflows.processes.improvement.process import IMPROVEMENT


class ImprovementCase(Lawful, Case):
    """A case of the improvement project. Only the engine can call its transitions."""

    definitions: ClassVar[tuple[Process, ...]] = (IMPROVEMENT,)

    class Meta:
        proxy = True
        default_permissions = ()
