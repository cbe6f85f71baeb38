"""The addresses of how a process works and of the picture of a case."""

from __future__ import annotations

from django.urls import path

from web.pages.processes import views

urlpatterns = [
    path("processes/<str:code>/", views.process, name="process"),
    path("cases/<str:ods>/<str:reference>/picture/", views.case_picture, name="picture"),
]
