"""The law of the oversight process: the proxy of Case that carries its transitions."""

from __future__ import annotations

from typing import ClassVar

from cases.models import Case
from workflows.definition import Process
from workflows.law import Lawful
from workflows.processes.oversight.process import OVERSIGHT


class OversightCase(Lawful, Case):
    """A case of the oversight process. Only the engine can call its transitions."""

    definitions: ClassVar[tuple[Process, ...]] = (OVERSIGHT,)

    class Meta:
        proxy = True
        default_permissions = ()
