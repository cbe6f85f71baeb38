"""The addresses of the stages: prepare one, say what you think, decide, set down facts."""

from __future__ import annotations

from django.urls import path

from web.pages.stages.fact_views import facts, look_again
from web.pages.stages.position_views import position, position_done, position_item
from web.pages.stages.views import stage_decide, stage_submit

CASE = "cases/<str:ods>/<str:reference>"

urlpatterns = [
    path(f"{CASE}/stages/<uuid:visit>/", stage_submit, name="stage_submit"),
    path(f"{CASE}/stages/<uuid:visit>/decide/", stage_decide, name="stage_decide"),
    path(f"{CASE}/stages/<uuid:visit>/position/", position, name="position"),
    path(f"{CASE}/stages/<uuid:visit>/position/<uuid:item>/", position_item, name="position_item"),
    path(f"{CASE}/stages/<uuid:visit>/said/", position_done, name="position_done"),
    path(f"{CASE}/facts/<slug:act>/", facts, name="facts"),
    path(f"{CASE}/look-again/", look_again, name="look_again"),
]
