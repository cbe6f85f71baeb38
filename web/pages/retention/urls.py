"""The addresses of how long records are kept. A case is named by its reference: whoever decides here need not see it."""

from __future__ import annotations

from django.urls import path

from web.pages.retention import views

ONE = "retention/<str:reference>"

urlpatterns = [
    path("retention/", views.retention, name="retention"),
    path("retention/rules/new/", views.rule, name="retention_rule"),
    path(f"{ONE}/", views.one_case, name="retention_case"),
    path(f"{ONE}/<slug:does>/", views.act_on, name="retention_act"),
    path(f"{ONE}/<slug:does>/<uuid:about>/", views.act_on, name="retention_act_about"),
]
