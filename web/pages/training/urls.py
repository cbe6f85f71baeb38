"""The addresses of training: each act on an item of a case, one's own page, what is required, starting a partner's training."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.pages.training import set_views, start_views, views
from web.pages.training.acts import ACTS

CASE = "cases/<str:ods>/<str:reference>/training/"

urlpatterns: list[URLPattern] = [
    *(path(f"{CASE}<uuid:item>/{code}/", views.act_on_item, {"act": code}, name=f"training_{code}") for code in ACTS),
    path(CASE + "<uuid:item>/leave-out/", views.waive, name="training_waive"),
    path(CASE + "more/", views.more, name="training_more"),
    path("training/start/", start_views.start, name="training_start"),
    path("training/required/", set_views.sets, name="requirement_sets"),
    path("training/required/new/<str:task>/", set_views.new_set, name="requirement_set_new"),
    path("training/required/<uuid:key>/", set_views.one_set, name="requirement_set"),
    path("training/required/<uuid:key>/answer/", set_views.answer_set, name="requirement_set_answer"),
]
