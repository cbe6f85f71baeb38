"""Papers and their versions. A position binds to one version, named by its SHA-256 (R4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.history import History
from cases.models.base import FactModel
from cases.models.case import Case
from cases.models.person import Person


def stored_under(version: PaperVersion, name: str) -> str:
    """Files are kept by their content, so the same bytes are stored once and never overwritten."""
    return f"{version.sha256[:2]}/{version.sha256}"


class Paper(FactModel):
    """A thing the group reads, of a kind that the process names (for example "report")."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)

    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case", "kind"), name="paper_kind_once", condition=~Q(kind="other")),
        ]

    def __str__(self) -> str:
        return self.title


class PaperVersion(FactModel):
    """One exact text of a paper. Nobody but its author sees it before it is released to everyone at once (R6).

    The file is what staff read. What lay partners read is said at the release (IG4): the same, or a `LayRendition`.
    """

    class LayReads(models.TextChoices):
        SAME = "same", "The same file as staff"
        OWN = "own", "A file of their own, without what is held back"
        NOTHING = "nothing", "Nothing: the whole paper is held back"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(upload_to=stored_under, max_length=200)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes")
    sha256 = models.CharField(max_length=64)
    change_note = models.TextField(blank=True, help_text="What changed since the version before.")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    plain_summary = models.TextField(blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    lay_reads = models.CharField(max_length=10, choices=LayReads, blank=True, help_text="Empty until it is released.")
    identifies = models.BooleanField(default=False, help_text="What lay partners read points to somebody (IG1, IG2).")

    history = History(along=("paper",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("paper", "number"), name="version_number_once"),
            models.CheckConstraint(
                name="release_has_time_and_person",
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("released_at",), name="version_released", condition=Q(released_at__isnull=False))]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None
