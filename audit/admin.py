"""The ledger in Django's admin: to read, never to write."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from audit.models import Event


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django 5.2 takes no argument here
    """Read-only, whoever asks."""

    list_display = ("at", "kind", "person_name", "capacity", "role", "chain", "seq")
    list_filter = ("capacity",)
    ordering = ("-at",)
    show_full_result_count = False  # counting a ledger reads all of it

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
