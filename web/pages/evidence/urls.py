"""The addresses of what the record proves."""

from __future__ import annotations

from django.urls import path

from web.pages.evidence import searching, views

CASE = "cases/<str:ods>/<str:reference>"

urlpatterns = [
    path(f"{CASE}/access/", views.access, name="access"),
    path(f"{CASE}/questions/", views.questions, name="questions"),
    path(f"{CASE}/questions/<int:number>/", views.question, name="question"),
    path("record/search/", searching.record_search, name="record_search"),
    path("access/differences/", views.differences, name="access_differences"),
    path("access/<uuid:person>/", views.access_of_person, name="access_of_person"),
]
