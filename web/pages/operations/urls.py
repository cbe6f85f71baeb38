"""The address of the operations page."""

from __future__ import annotations

from django.urls import path

from web.pages.operations import views

urlpatterns = [
    path("operations/", views.operations, name="operations"),
]
