"""The addresses of acts that need two people."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.pages.twokeys import views

CASE = "cases/<str:ods>/<str:reference>/"

urlpatterns: list[URLPattern] = [
    path(CASE + "asked/<uuid:proposal>/", views.proposal, name="proposal"),
    path(CASE + "withdraw/", views.withdraw, name="withdraw"),
    path(CASE + "waivers/<uuid:waiver>/end/", views.waiver_end, name="waiver_end"),
    path(CASE + "ask-for-a-waiver/", views.waiver_ask, name="waiver_ask"),
]
