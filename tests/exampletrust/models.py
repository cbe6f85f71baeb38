"""The law of the safety walk: a proxy of Case, which needs no table."""

from __future__ import annotations

from typing import ClassVar

from cases.models import Case
from tests.exampletrust.page import SAFETY_WALK
from workflows.definition import Process
from workflows.law import Lawful


class WalkCase(Lawful, Case):
    """A case of the safety walk."""

    definitions: ClassVar[tuple[Process, ...]] = (SAFETY_WALK,)

    class Meta:
        proxy = True
        default_permissions = ()
