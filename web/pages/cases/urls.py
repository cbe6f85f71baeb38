"""The addresses of a case and of opening one."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
