"""The addresses of the records of people."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.pages.directory import views
from web.pages.directory.acts import ACTS

PERSON = "organisation/people/<uuid:person>/"

urlpatterns: list[URLPattern] = [
    path("organisation/people/", views.directory, name="directory"),
    path("organisation/people/add/", views.add, name="directory_add"),
    path(PERSON, views.person, name="directory_person"),
    *(path(f"{PERSON}{code}/", views.record, {"act": code}, name=f"directory_{code}") for code in ACTS),
    path(PERSON + "appointments/<uuid:appointment>/end/", views.end, name="directory_end"),
]
