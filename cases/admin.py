"""Organisations and people in Django's admin: to read, never to write. Facts change through the doors.

Cases and what belongs to them are not here: no role by itself opens a case, a superuser's neither (IG3).
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from cases.models import Appointment, Confidentiality, Organisation, Person, TrainingRecord


class ReadOnlyAdmin(admin.ModelAdmin):
    """Nothing can be added, changed or deleted here, whoever asks: not even by a superuser."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


for model in (Appointment, Confidentiality, Organisation, Person, TrainingRecord):
    admin.site.register(model, ReadOnlyAdmin)
