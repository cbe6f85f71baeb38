"""What every fact shares: a time-ordered key, made before the row is written."""

from __future__ import annotations

import uuid

from django.db import models


class FactModel(models.Model):
    """A fact that changes over time. Its key is a UUID; doors pass a time-ordered one (`audit.ids.uuid7`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
