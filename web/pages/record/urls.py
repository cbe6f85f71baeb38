"""The addresses of a case's record, of each event in it, of the case as it stood, and of the exceptions over all cases."""

from __future__ import annotations

from django.urls import path

from web.pages.record import views

RECORD = "cases/<str:ods>/<str:reference>/record"

urlpatterns = [
    path(f"{RECORD}/", views.record, name="record"),
    path(f"{RECORD}/as-it-stood/", views.stood, name="stood"),
    path(f"{RECORD}/check/", views.check, name="record_check"),
    path(f"{RECORD}/<int:seq>/", views.event, name="record_event"),
    path("waivers/", views.waivers, name="waivers"),
]
