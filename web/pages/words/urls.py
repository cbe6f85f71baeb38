"""The addresses of the words we use. `path`, because a word may hold any sign. `?word=` fills in the one to ask for or to write."""

from __future__ import annotations

from django.urls import path

from web.pages.words import views

urlpatterns = [
    path("words/", views.words, name="words"),
    path("words/ask/", views.ask, name="word_ask"),
    path("words/write/", views.write, name="word_write"),
    path("words/<path:word>/retire/", views.retire, name="word_retire"),
    path("words/<path:word>/decline/", views.decline, name="word_decline"),
]
