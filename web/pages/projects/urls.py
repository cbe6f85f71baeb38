"""The addresses of what an improvement project has of its own."""

from __future__ import annotations

from django.urls import path

from web.pages.projects import evaluation_views, hold_views, measure_views, said_views

CASE = "cases/<str:ods>/<str:reference>"

urlpatterns = [
    path(f"{CASE}/holds/", hold_views.holds, name="holds"),
    path(f"{CASE}/holds/new/<slug:act>/", hold_views.place, name="hold_place"),
    path(f"{CASE}/holds/<uuid:hold>/answer/", hold_views.answer, name="hold_answer"),
    path(f"{CASE}/holds/<uuid:hold>/take-back/", hold_views.take_back, name="hold_take_back"),
    path(f"{CASE}/measures/", measure_views.measures, name="measures"),
    path(f"{CASE}/measures/new/", measure_views.propose, name="measure_propose"),
    path(f"{CASE}/measures/<uuid:measure>/", measure_views.act_on_measure, {"act": "change"}, name="measure_change"),
    path(f"{CASE}/measures/<uuid:measure>/baseline/", measure_views.act_on_measure, {"act": "baseline"}, name="measure_baseline"),
    path(f"{CASE}/measures/<uuid:measure>/matters/", measure_views.act_on_measure, {"act": "endorse"}, name="measure_endorse"),
    path(f"{CASE}/measures/<uuid:measure>/drop/", measure_views.act_on_measure, {"act": "drop"}, name="measure_drop"),
    path(f"{CASE}/evaluations/", evaluation_views.evaluations, name="evaluations"),
    path(f"{CASE}/evaluations/offer/<uuid:seat>/", evaluation_views.offer, name="evaluation_offer"),
    path(f"{CASE}/evaluations/<uuid:evaluation>/", evaluation_views.answer, name="evaluation_answer"),
    path(f"{CASE}/you-said/", said_views.you_said, name="you_said"),
]
