"""The addresses of what it is like to be a partner."""

from __future__ import annotations

from django.urls import path

from web.pages.experience import views

urlpatterns = [
    path("experience/", views.experience, name="experience"),
    path("experience/ask/", views.ask, name="experience_ask"),
    path("experience/<uuid:experience>/", views.answer, name="experience_answer"),
]
