"""The case: one concrete table for every process, and what is known about it from outside."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import ConcurrentTransitionMixin, FSMField

from audit.history import History
from cases.models.base import FactModel
from cases.models.organisation import Organisation
from cases.models.person import Person


class Case(ConcurrentTransitionMixin, FactModel):
    """One case of one process. `state` is the code of the stage it stands in, or of the end it came to.

    The plain case has no transition: only the proxy of its process has them, and only the engine calls them.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=20)
    process = models.CharField(max_length=20)
    definition_version = models.PositiveIntegerField(default=1)
    state = FSMField(max_length=60, protected=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)
    incident_reference = models.CharField(max_length=60, blank=True)
    incident_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    opened_as = models.CharField(max_length=6, blank=True, help_text="lay, staff or system: who began it (R12).")
    due_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    disposed_at = models.DateTimeField(null=True, blank=True, help_text="Since when only a stub is left of it (IG8).")
    lay_entry_at = models.DateTimeField(null=True, blank=True)
    lay_entry_stage = models.CharField(max_length=60, blank=True)
    late_lay_entry = models.BooleanField(default=False, help_text="R10: the first lay partner came in after the scope was set.")

    history = History()

    class Meta:
        default_permissions = ()
        permissions = [("see_case", "Can see the case")]
        constraints = [
            models.UniqueConstraint(fields=("organisation", "reference"), name="case_reference_once"),
            models.UniqueConstraint(
                fields=("organisation", "process", "incident_reference"),
                name="case_live_once_for_incident",
                condition=Q(closed_at__isnull=True) & ~Q(incident_reference=""),
            ),
        ]
        indexes = [
            models.Index(fields=("organisation", "process", "state"), name="case_by_state"),
            models.Index(fields=("organisation", "-id"), name="case_newest"),
            models.Index(fields=("organisation", "-id"), name="case_open_newest", condition=Q(closed_at__isnull=True)),
            models.Index(fields=("organisation", "closed_at"), name="case_ended", condition=Q(closed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.reference

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Refused: re-reading lifts the state field's protection for the whole process. Get the case again."""
        if kwargs.get("fields") or args:
            super().refresh_from_db(*args, **kwargs)
            return
        raise TypeError("A case is not refreshed in place. Get it again: Case.objects.get(pk=case.pk).")

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Connection(FactModel):
    """A person is affected by the case, related to someone who is, was involved as staff, or has a claim.

    Such a person cannot hold a lay seat on it (stage B1). What the tie is stays with the engagement lead.
    """

    class Kind(models.TextChoices):
        AFFECTED = "affected", "Was affected"
        RELATIVE = "relative", "Is a relative or carer of somebody affected"
        STAFF = "involved_staff", "Was involved as a member of staff"
        CLAIMANT = "claimant", "Has a claim"

    case = models.ForeignKey(Case, models.PROTECT, related_name="connections")
    person = models.ForeignKey(Person, models.PROTECT, related_name="connections")
    kind = models.CharField(max_length=20, choices=Kind)

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("case", "person"), name="connection_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Incident(FactModel):
    """An incident as the trust's incident system exports it; the incident itself stays in that system."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="incidents")
    reference = models.CharField(max_length=60)
    incident_on = models.DateField()
    reported_on = models.DateField(null=True, blank=True)
    summary = models.TextField()
    severity = models.CharField(max_length=40, blank=True)
    trigger = models.CharField(max_length=40, blank=True)

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("organisation", "reference"), name="incident_once")]

    def __str__(self) -> str:
        return self.reference


class StoredDefinition(FactModel):
    """The text of a process definition, kept from its first use, so that a case can be read by the rules of its day."""

    process = models.CharField(max_length=20)
    definition_version = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, unique=True)
    definition = models.JSONField()

    history = History()

    def __str__(self) -> str:
        return f"{self.process} version {self.definition_version}"
