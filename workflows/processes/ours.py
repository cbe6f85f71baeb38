"""Registers the processes that come with the engine; the app imports it once Django's models are loaded."""

from __future__ import annotations

from workflows.processes.improvement.flows import ImprovementFlowV1
from workflows.processes.improvement.models import ImprovementCase
from workflows.processes.oversight.flows import OversightFlowV1
from workflows.processes.oversight.models import OversightCase
from workflows.processes.training.flows import TrainingFlowV1
from workflows.processes.training.models import TrainingCase
from workflows.registry import register

register(OversightCase, OversightFlowV1)
register(ImprovementCase, ImprovementFlowV1)
register(TrainingCase, TrainingFlowV1)
