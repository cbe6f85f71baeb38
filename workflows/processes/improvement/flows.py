"""The routes of the improvement project, one flow class per version. The names in this file are stored data."""

from __future__ import annotations

from workflows.processes.improvement.process import IMPROVEMENT
from workflows.route import make_flow

ImprovementFlowV1 = make_flow(IMPROVEMENT, "ImprovementFlowV1", __name__)
