"""The addresses of safety-related groups: one for each act on a group, a seat in it, a meeting of it."""

from __future__ import annotations

from django.urls import path

from web.pages.groups import views
from web.pages.groups.acts import OF_GROUPS, OF_MEETINGS, OF_SEATS

urlpatterns = [
    path("groups/", views.groups, name="groups"),
    path("groups/new/", views.new, name="group_new"),
    path("groups/<uuid:group>/", views.group, name="group"),
    *(path(f"groups/<uuid:group>/{code}/", views.act_on_group, {"act": code}, name=code) for code in OF_GROUPS),
    *(path(f"groups/seats/<uuid:place>/{code}/", views.act_on_seat, {"act": code}, name=code) for code in OF_SEATS),
    *(path(f"groups/meetings/<uuid:meeting>/{code}/", views.act_on_meeting, {"act": code}, name=code) for code in OF_MEETINGS),
]
