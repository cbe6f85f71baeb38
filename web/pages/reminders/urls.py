"""The addresses of reminding, and of recording that no answer came."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.pages.reminders import views

CASE = "cases/<str:ods>/<str:reference>/"

urlpatterns: list[URLPattern] = [
    path(CASE + "remind/<uuid:seat>/", views.remind, name="remind"),
    path(CASE + "remind/<uuid:seat>/sent/", views.reminded, name="reminded"),
    path(CASE + "no-answer/<uuid:seat>/", views.lapse, name="lapse"),
    path(CASE + "no-answer/<uuid:seat>/recorded/", views.lapsed, name="lapsed"),
]
