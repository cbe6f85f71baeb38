"""The addresses about answers given by telephone or letter. That of the link holds a token and nothing else."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.pages.typed import confirming_views as confirming
from web.pages.typed import views

CASE = "cases/<str:ods>/<str:reference>/typed/"

urlpatterns: list[URLPattern] = [
    path(CASE + "for/<uuid:seat>/", views.type_in, name="type_in"),
    path(CASE + "<uuid:typed>/", views.typed, name="typed"),
    path(CASE + "<uuid:typed>/letter/", views.letter, name="typed_letter"),
    path(CASE + "<uuid:typed>/form/", views.file, name="typed_file"),
    path(CASE + "<uuid:typed>/witness/", views.witness, name="typed_witness"),
    path(CASE + "<uuid:typed>/take-back/", views.take_back, name="typed_take_back"),
    path(CASE + "<uuid:typed>/confirm/", confirming.signed_in_confirm, name="typed_confirm"),
    path("confirm/<str:token>/", confirming.by_link, name="confirm_link"),
]
