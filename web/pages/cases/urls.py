"""The addresses of a case and of opening one."""

from __future__ import annotations

from django.urls import path

from web.pages.cases import opening, views

urlpatterns = [
    path("cases/open/", opening.open_case, name="case_open"),
    path("cases/<str:ods>/<str:reference>/", views.case, name="case"),
]
