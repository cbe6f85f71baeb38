"""Registers the processes that come with the engine; the app imports it once Django's models are loaded."""

from __future__ import annotations

from workflows.processes.oversight.flows import OversightFlowV1
from workflows.processes.oversight.models import OversightCase
from workflows.registry import register

register(OversightCase, OversightFlowV1)
