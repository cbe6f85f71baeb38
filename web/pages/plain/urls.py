"""The addresses of plain words."""

from __future__ import annotations

from django.urls import path

from web.pages.plain import views

urlpatterns = [
    path("plain-words/", views.plain_words, name="plain_words"),
]
