"""The addresses of the messages."""

from __future__ import annotations

from django.urls import path

from web.pages.notices import views

urlpatterns = [
    path("messages/", views.notices, name="notices"),
]
