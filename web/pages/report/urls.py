"""The addresses of the report on shared power."""

from __future__ import annotations

from django.urls import path

from web.pages.report import views

urlpatterns = [
    path("power-sharing/", views.report, name="power_sharing"),
    path("power-sharing/paper.pdf", views.paper, name="power_sharing_pdf"),
    path("power-sharing/tables/<slug:table>.<slug:file>", views.report_table, name="power_sharing_table"),
    path("power-sharing/<slug:signal>/", views.one_signal, name="signal"),
    path("power-sharing/<slug:signal>/explain/", views.explain, name="signal_explain"),
    path("power-sharing/<slug:signal>/tables/<slug:table>.<slug:file>", views.signal_table, name="signal_table"),
]
