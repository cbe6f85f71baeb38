"""The addresses of the messages."""

from __future__ import annotations

from django.urls import path

from web.pages.notices import mailing, views

urlpatterns = [
    path("messages/", views.notices, name="notices"),
    path("messages/by-mail/", mailing.mail_choice, name="mail_choice"),
]
