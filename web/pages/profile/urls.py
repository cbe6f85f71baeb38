"""The addresses of who the partners are, in totals."""

from __future__ import annotations

from django.urls import path

from web.pages.profile import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/new/", views.new, name="profile_new"),
]
