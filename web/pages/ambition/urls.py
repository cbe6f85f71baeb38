"""The addresses of the page on the national ambition, and of its tables."""

from __future__ import annotations

from django.urls import path

from web.pages.ambition import views

urlpatterns = [
    path("ambition/", views.ambition, name="ambition"),
    path("ambition/table.<slug:form>", views.table, name="ambition_table"),
]
