"""The addresses of what is held back from lay partners."""

from __future__ import annotations

from django.urls import path

from web.pages.withheld import draft_views, guardian_views, views

CASE = "cases/<str:ods>/<str:reference>"
VERSION = f"{CASE}/papers/<uuid:version>"

urlpatterns = [
    path(f"{CASE}/held-back/", views.withheld, name="withheld"),
    path(f"{CASE}/held-back/<uuid:withholding>/challenge/", views.challenge_it, name="withheld_challenge"),
    path(f"{CASE}/held-back/<uuid:withholding>/end/", views.end, name="withheld_end"),
    path(f"{CASE}/held-back/<uuid:withholding>/longer/", views.prolong, name="withheld_longer"),
    path(f"{CASE}/held-back/challenges/<uuid:challenge>/", views.answer, name="withheld_answer"),
    path(f"{VERSION}/hold-back/", draft_views.hold_back, name="withheld_part"),
    path(f"{VERSION}/lay-file/", draft_views.lay_file, name="withheld_file"),
    path(f"{VERSION}/guardian/", guardian_views.ask, name="guardian_ask"),
    path(f"{VERSION}/guardian/decision/", guardian_views.decide, name="guardian_decide"),
]
