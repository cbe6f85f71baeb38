"""Who the partners are beside the people of the area, in totals of broad groups. Nothing of any one person (IG10)."""

from __future__ import annotations

from django.db import models

from audit.history import InsertOnly
from cases.models.base import FactModel
from cases.models.organisation import Organisation


class Profile(InsertOnly, FactModel):
    """The totals of one theme on a day, as they were written down. A later one takes its place; none is changed.

    `groups`: [name, partners, people of the area] for each broad group. No key leads from here to a person.
    """

    class Theme(models.TextChoices):
        AGE = "age", "Age"
        SEX = "sex", "Sex"
        ETHNICITY = "ethnicity", "Ethnic group"
        DISABILITY = "disability", "Disability"
        PLACE = "place", "Where people live"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="profiles")
    theme = models.CharField(max_length=15, choices=Theme)
    counted_on = models.DateField()
    groups = models.JSONField(default=list)
    source = models.CharField(max_length=300, help_text="Where the numbers of the area come from.")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=("organisation", "theme", "-at"), name="profile_by_theme")]

    def __str__(self) -> str:
        return f"{self.get_theme_display()}, {self.counted_on}"
