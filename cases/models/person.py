"""People, what they are appointed to, what they are trained in and what they have promised."""

from __future__ import annotations

import re
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from audit.history import History
from cases.models.base import FactModel
from cases.models.organisation import Organisation

CAPACITIES = (("lay", "Lay"), ("staff", "Staff"))


class Person(FactModel):
    """Somebody the organisation works with. An account is optional: a partner may work by post and phone (IG17)."""

    class Contact(models.TextChoices):
        EMAIL = "email", "E-mail"
        POST = "post", "Post"
        PHONE = "phone", "Phone"
        PRINT = "print", "Large print, by post"

    class Mail(models.TextChoices):
        AT_ONCE = "at_once", "Soon after it happens"
        DAILY = "daily", "Once a day, in the morning"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    name = models.CharField(max_length=200)
    email = models.EmailField("e-mail", blank=True)
    contact_by = models.CharField(max_length=10, choices=Contact, default=Contact.EMAIL)
    mail = models.CharField("how often to send e-mail", max_length=10, choices=Mail, default=Mail.AT_ONCE)
    needs = models.TextField("communication needs", blank=True)
    employer = models.CharField(
        max_length=200, blank=True, help_text="Shown beside a partner who works elsewhere in the NHS (R18)."
    )
    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person")

    history = History(along=("organisation", "account"))

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def told_by(self) -> str:
        """How somebody is told that something is waiting, a `Contact`: as they chose, and never by an e-mail that they cannot use.

        Where their needs name large print, a letter or no e-mail, a coordinator tells them, whatever was ticked (IG17).
        """
        if self.contact_by != self.Contact.EMAIL:
            return self.contact_by
        said = next((way for way, words in NEEDS_NO_MAIL if words.search(self.needs)), None)
        return said or (self.Contact.EMAIL if self.email else self.Contact.PHONE)


NEEDS_NO_MAIL = (
    (Person.Contact.PRINT, re.compile(r"large[\s-]+print", re.IGNORECASE)),
    (Person.Contact.POST, re.compile(r"\b(by|in) (post|letter)\b", re.IGNORECASE)),
    (Person.Contact.PHONE, re.compile(r"\bno e-?mails?\b|\bby (tele)?phone\b", re.IGNORECASE)),
)
"""What somebody may have written down as a need, in their own words, and how they are told then; the first that fits."""


class Appointment(FactModel):
    """A person holds a role in an organisation, as lay or staff, for a term (both days included)."""

    class State(models.TextChoices):
        ACTIVE = "active", "Active"
        ENDED = "ended", "Ended"

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=40)
    capacity = models.CharField(max_length=5, choices=CAPACITIES)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)

    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("person", "organisation", "role"), name="appointment_once", condition=Q(state="active")
            ),
        ]
        indexes = [models.Index(fields=("organisation", "role", "state"), name="appointment_by_role")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"

    def runs_on(self, day: date) -> bool:
        """True when the appointment is active on `day` (a date)."""
        return self.state == self.State.ACTIVE and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class TrainingRecord(FactModel):
    """A training that a person completed, valid until a day (included); None means that it does not run out."""

    OVERSIGHT = "oversight"
    PROJECTS = "projects"
    SUBJECTS = ((OVERSIGHT, "Oversight training"), (PROJECTS, "Training for improvement projects"))

    person = models.ForeignKey(Person, models.PROTECT, related_name="training")
    subject = models.CharField(max_length=40)
    completed_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    history = History()

    def __str__(self) -> str:
        return f"{self.subject} completed {self.completed_on}"


class Confidentiality(FactModel):
    """A person's signed promise of confidentiality to an organisation."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="confidentiality")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    signed_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    history = History()

    class Meta:
        verbose_name_plural = "confidentiality agreements"

    def __str__(self) -> str:
        return f"signed {self.signed_on}"
