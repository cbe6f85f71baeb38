"""The routes of the oversight process, one flow class per version. The names in this file are stored data."""

from __future__ import annotations

from workflows.processes.oversight.process import OVERSIGHT
from workflows.route import make_flow

OversightFlowV1 = make_flow(OVERSIGHT, "OversightFlowV1", __name__)
