"""The routes of the training sign-off, one flow class per version. The names in this file are stored data."""

from __future__ import annotations

from workflows.processes.training.process import TRAINING
from workflows.route import make_flow

TrainingFlowV1 = make_flow(TRAINING, "TrainingFlowV1", __name__)
