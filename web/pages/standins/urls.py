"""The addresses of passing one's own seat on for a time, and of taking it back."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.pages.standins import views

CASE = "cases/<str:ods>/<str:reference>/people/<uuid:seat>/"

urlpatterns: list[URLPattern] = [
    path(CASE + "stand-in/", views.hand_over, name="stand_in_ask"),
    path(CASE + "return/", views.take_back, name="seat_return"),
]
