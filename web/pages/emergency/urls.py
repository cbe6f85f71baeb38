"""The addresses of sight in an emergency. None of them names a case: whoever asks does not see one."""

from __future__ import annotations

from django.urls import path

from web.pages.emergency import views

ONE = "emergency/<uuid:emergency>"

urlpatterns = [
    path("emergency/", views.emergencies, name="emergencies"),
    path("emergency/ask/", views.ask, name="emergency_ask"),
    path("emergency/list/", views.listed, name="emergency_list"),
    path(f"{ONE}/", views.emergency, name="emergency"),
    path(f"{ONE}/agree/", views.act_on, {"act": "agree"}, name="emergency_agree"),
    path(f"{ONE}/say-no/", views.act_on, {"act": "refuse"}, name="emergency_refuse"),
    path(f"{ONE}/end/", views.act_on, {"act": "end"}, name="emergency_end"),
]
