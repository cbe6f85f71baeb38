"""The addresses of plain words."""

from __future__ import annotations

from django.urls import path

from web.pages.plain import unclear_views, views

PAPER = "cases/<str:ods>/<str:reference>/papers/<uuid:version>"

urlpatterns = [
    path("plain-words/", views.plain_words, name="plain_words"),
    path(f"{PAPER}/unclear/", unclear_views.unclear, name="paper_unclear"),
    path(f"{PAPER}/clear/", unclear_views.clear, name="paper_clear"),
    path(f"{PAPER}/summary/", unclear_views.summary_mend, name="summary_mend"),
]
