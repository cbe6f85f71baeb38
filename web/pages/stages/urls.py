"""The addresses of the stages: prepare one, say what you think, decide, set down facts."""

from __future__ import annotations

from django.urls import path

from web.pages.stages import fact_views, position_views, views

CASE = "cases/<str:ods>/<str:reference>"

urlpatterns = [
    path(f"{CASE}/stages/<uuid:visit>/", views.stage_submit, name="stage_submit"),
    path(f"{CASE}/stages/<uuid:visit>/decide/", views.stage_decide, name="stage_decide"),
    path(f"{CASE}/stages/<uuid:visit>/position/", position_views.position, name="position"),
    path(f"{CASE}/stages/<uuid:visit>/position/<uuid:item>/", position_views.position_item, name="position_item"),
    path(f"{CASE}/stages/<uuid:visit>/said/", position_views.position_done, name="position_done"),
    path(f"{CASE}/facts/<slug:act>/", fact_views.facts, name="facts"),
    path(f"{CASE}/look-again/", fact_views.look_again, name="look_again"),
]
