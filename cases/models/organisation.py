"""The organisation: the tenant that every other row reaches."""

from __future__ import annotations

from django.db import models

from audit.history import History
from cases.models.base import FactModel


class Organisation(FactModel):
    """An NHS organisation. `closed_days` are its own. `targets`, each with date and source, are on record; no rule reads them."""

    class Kind(models.TextChoices):
        TRUST = "trust", "NHS trust"
        ICB = "icb", "Integrated care board"
        OTHER = "other", "Other organisation"

    ods_code = models.CharField("ODS code", max_length=10, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TRUST)
    targets = models.JSONField(default=dict, blank=True)
    closed_days = models.JSONField(default=list, blank=True, help_text="Extra days that are not working days (ISO dates).")
    show_nhs_logo = models.BooleanField(default=False)

    history = History()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
