"""The addresses of papers and of what is said about them."""

from __future__ import annotations

from django.urls import path

from web.pages.papers import comment_views, release_views, views

CASE = "cases/<str:ods>/<str:reference>"

urlpatterns = [
    path(f"{CASE}/papers/new/<slug:kind>/", views.paper_upload, name="paper_upload"),
    path(f"{CASE}/papers/<uuid:version>/", views.paper, name="paper"),
    path(f"{CASE}/papers/<uuid:version>/read/", views.paper_read, name="paper_read"),
    path(f"{CASE}/papers/<uuid:version>/file/", views.paper_file, name="paper_file"),
    path(f"{CASE}/papers/<uuid:version>/release/", release_views.paper_release, name="paper_release"),
    path(f"{CASE}/papers/<uuid:version>/comment/", comment_views.comment, name="comment"),
    path(f"{CASE}/comments/", comment_views.comments, name="comments"),
    path(f"{CASE}/comments/<uuid:comment>/answer/", comment_views.comment_answer, name="comment_answer"),
    path(f"{CASE}/comments/answers/<uuid:answer>/", comment_views.answer_verdict, name="answer_verdict"),
]
