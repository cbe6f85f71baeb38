"""Found by the engine because the app is installed: registers the walk with its law and its route."""

from __future__ import annotations

from tests.exampletrust.models import WalkCase
from tests.exampletrust.page import SAFETY_WALK
from workflows.registry import register
from workflows.route import make_flow

WalkFlowV1 = make_flow(SAFETY_WALK, "WalkFlowV1", __name__)
register(WalkCase, WalkFlowV1)
