"""The address of one's own page."""

from __future__ import annotations

from django.urls import path

from web.pages.me import views

urlpatterns = [
    path("me/", views.me, name="me"),
]
