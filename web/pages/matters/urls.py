"""The addresses of what partners raise."""

from __future__ import annotations

from django.urls import path

from web.pages.matters import views

MATTER = "raised/<uuid:matter>"

urlpatterns = [
    path("raised/concerns/", views.concerns, name="concerns"),
    path("raised/board/", views.board_items, name="board_items"),
    path("raised/new/<slug:what>/", views.new, name="matter_new"),
    path(f"{MATTER}/", views.matter, name="matter"),
    path(f"{MATTER}/answer/", views.act_on_matter, {"act": "answer"}, name="matter_answer"),
    path(f"{MATTER}/settled/", views.act_on_matter, {"act": "settle"}, name="matter_settle"),
    path(f"{MATTER}/not-settled/", views.act_on_matter, {"act": "again"}, name="matter_again"),
    path(f"{MATTER}/share/", views.act_on_matter, {"act": "share"}, name="matter_share"),
    path(f"{MATTER}/withhold/", views.act_on_matter, {"act": "withhold"}, name="matter_withhold"),
    path(f"{MATTER}/take-back/", views.act_on_matter, {"act": "take_back"}, name="matter_take_back"),
]
