"""The addresses of the safety actions."""

from __future__ import annotations

from django.urls import path

from web.pages.actions import views

CASE = "cases/<str:ods>/<str:reference>"

urlpatterns = [
    path(f"{CASE}/actions/", views.actions, name="actions"),
    path(f"{CASE}/actions/new/", views.action_draft, name="action_draft"),
    path(f"{CASE}/actions/<uuid:action>/", views.action_change, name="action_change"),
    path(f"{CASE}/actions/<uuid:action>/evidence/", views.action_evidence, name="action_evidence"),
]
