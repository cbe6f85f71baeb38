"""Notices: what a person was told, in the application, because of something that happened on the record."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from cases.models import Case, Person


class Notice(models.Model):
    """One sentence to one person, caused by one ledger event. Written in the transaction of the act that caused it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    event_id = models.UUIDField(editable=False)
    text = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("event_id", "person"), name="told_once")]
        indexes = [models.Index(fields=("person", "-at"), name="notice_unread", condition=Q(read_at__isnull=True))]

    def __str__(self) -> str:
        return self.text
