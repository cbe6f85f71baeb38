"""The ledger: one row per act, read or refusal, each sealed to the one before it."""

from typing import Any

from django.db import models

from audit import chain
from audit.append_only import AppendOnlyModel


class Event(AppendOnlyModel):
    """An act as it was done: who, in which capacity, when, why, about what, and which rows it wrote.

    It holds no foreign key, so that evidence never depends on the facts it speaks of. Written by `audit.record.write`.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    scheme = models.PositiveSmallIntegerField(default=chain.SCHEME, help_text="Which columns the digest seals.")
    chain = models.CharField(max_length=60, help_text="The chain it belongs to: case:<id> or org:<id>.")
    seq = models.BigIntegerField(help_text="Its place in the chain, from 1, without gaps.")
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    organisation_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    person_name = models.TextField(help_text="The name as it was then.")
    capacity = models.CharField(max_length=20, help_text="lay, staff or system.")
    role = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    request = models.CharField(max_length=100, null=True, help_text="The token by which a retry is recognised.")
    fingerprint = models.CharField(max_length=64, blank=True, help_text="Of the process definition that ruled.")
    facts = models.JSONField(default=dict)
    rows = models.JSONField(default=list, help_text="The rows it wrote: [table, key, digest] each.")
    shapes = models.JSONField(default=dict, help_text="The columns that each row's digest was taken over.")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(fields=("chain", "seq"), name="event_has_its_place"),
            models.UniqueConstraint(
                fields=("chain", "request"),
                condition=models.Q(request__isnull=False),
                name="event_done_once",
            ),
        )
        indexes = (
            # Each ends in the whole order of its readers, so that no page is sorted. `audit.time_indexes` has one more.
            models.Index(fields=("case_id", "-at", "-id"), name="event_of_case"),
            models.Index(fields=("organisation_id", "person_id", "-at", "-id"), name="event_of_person"),
            models.Index(fields=("organisation_id", "-at", "-id"), name="event_of_organisation"),
            models.Index(fields=("case_id", "person_id", "at"), name="event_of_reading", condition=models.Q(kind="paper_read")),
        )

    def __str__(self) -> str:
        return f"{self.kind} ({self.chain}, {self.seq})"

    def recomputed_digest(self, **instead: Any) -> str:
        """Return the digest that the event's columns give now, or would give with other values in some of them."""
        columns = {column: getattr(self, column) for column in chain.EVENT_COLUMNS[self.scheme]}
        return chain.event_digest({**columns, **instead})


class ChainHead(models.Model):
    """How far a chain has got, kept apart from it: without this row nobody would miss an event cut off at the end.

    Moved by `audit.record.write` in the transaction of each event, and by nothing else.
    """

    chain = models.CharField(primary_key=True, max_length=60, editable=False)
    seq = models.BigIntegerField(help_text="The place of its newest event.")
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.chain}, {self.seq}"


class Erasure(AppendOnlyModel):
    """A sealed row whose contents an act took away: which columns, and the digest of what is left (IG8, IG15).

    Written by `audit.erasing` only. The row is then a stub: true to this digest, and no longer to that of the act which wrote it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    event_id = models.UUIDField(help_text="The act that took them away.")
    table = models.CharField(max_length=100)
    key = models.CharField(max_length=64)
    columns = models.JSONField(help_text="The columns whose contents were taken away.")
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        indexes = (
            models.Index(fields=("table", "key", "-id"), name="erasure_of_row"),
            models.Index(fields=("event_id",), name="erasure_by_event"),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
