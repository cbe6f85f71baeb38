"""The address from which the record of a case is taken out."""

from __future__ import annotations

from django.urls import path

from web.pages.exports import views

urlpatterns = [path("cases/<str:ods>/<str:reference>/record/take-out/", views.export, name="record_export")]
