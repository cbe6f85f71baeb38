"""The addresses of the pages on how power is shared over the organisation."""

from __future__ import annotations

from django.urls import path

from web.pages.sharing import views

urlpatterns = [
    path("sharing/asked/", views.who_is_asked, name="who_is_asked"),
    path("sharing/notice/", views.who_could_read_when, name="who_could_read_when"),
]
