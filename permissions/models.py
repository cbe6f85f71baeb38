"""Sight, as guardian keeps it: direct-foreign-key rows from an account to a case, written only by `grants`."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from guardian.models import UserObjectPermissionBase

from audit.history import History
from cases.models import Case, Seat


class CaseGrant(UserObjectPermissionBase):
    """One account may see one case, by one seat, until a day (included; None: as long as the seat is active)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    permission = models.ForeignKey(Permission, models.PROTECT, related_name="+")
    content_object = models.ForeignKey(Case, models.PROTECT, related_name="grants")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="grants")
    granted_at = models.DateTimeField()
    until = models.DateField(null=True, blank=True)

    history = History(along=("content_object", "user"))

    class Meta(UserObjectPermissionBase.Meta):
        default_permissions = ()
        indexes = [models.Index(fields=("user", "content_object"), name="grant_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} sees {self.content_object_id}"
