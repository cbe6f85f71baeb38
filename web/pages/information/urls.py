"""The address of the notice."""

from __future__ import annotations

from django.urls import path

from web.pages.information.views import how_we_use_information

urlpatterns = [path("information/", how_we_use_information, name="information")]
