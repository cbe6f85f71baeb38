"""The addresses of a case's record and of the exceptions over all cases."""

from __future__ import annotations

from django.urls import path

from web.pages.record import views

urlpatterns = [
    path("cases/<str:ods>/<str:reference>/record/", views.record, name="record"),
    path("waivers/", views.waivers, name="waivers"),
]
