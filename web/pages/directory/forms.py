"""What is written down of a person: who they are, what they are appointed to, what they promised, what they learned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cases.models import Person
from permissions.roles import ROLES
from web.design_system.fields import EXAMPLE, DateField, EmailField, RadiosField, SelectField, TextAreaField, TextField
from web.design_system.forms import ActForm

OTHER = "other"
"""A training that is none of the subjects that open seats."""
LONGEST_SUBJECT = 40


class PersonForm(ActForm):
    """Who somebody is, and how they are reached."""

    name = TextField(label="Full name", max_length=200, autocomplete="off")
    email = EmailField(label="E-mail address", required=False, autocomplete="off")
    contact_by = RadiosField(
        label="How do they want to be told that something is waiting?", choices=Person.Contact.choices,
        missing="Choose how they want to be told",
        hints={
            "post": "A coordinator is asked to write.", "phone": "A coordinator is asked to ring.",
            "print": "A coordinator is asked to write, in large print.",
        },
    )  # fmt: skip
    needs = TextAreaField(
        label="What do they need to read, hear and take part?", rows=3, max_length=2000, required=False,
        hint="For example: large print, a hearing loop, no e-mail. Ask them; do not guess.",
    )  # fmt: skip
    employer = TextField(
        label="Who employs them, if it is another NHS organisation?", max_length=200, required=False,
        hint="It is shown beside a partner\u2019s name, so that ties can be seen.",
    )  # fmt: skip


class AppointForm(ActForm):
    """A role in the organisation, for a term."""

    role = SelectField(label="What are they appointed as?", choices=(), missing="Choose a role")
    starts_on = DateField(label="First day", hint=EXAMPLE)
    ends_on = DateField(label="Last day", hint="Leave it empty where no end is agreed.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = sorted((code, role.title) for code, role in ROLES.items())
        self.fields["role"].choices = [("", ""), *sorted(titles, key=lambda pair: pair[1])]  # type: ignore[attr-defined]


class EndForm(ActForm):
    """Why an appointment ends."""

    reason = TextAreaField(
        label="Why does it end?", rows=3, max_length=2000, missing="Give the reason", hint="It is kept on the record.",
    )  # fmt: skip


class PromiseForm(ActForm):
    """A confidentiality agreement that was signed."""

    signed_on = DateField(label="On which day did they sign it?", hint=EXAMPLE, missing="Enter the day on which they signed it")
    valid_until = DateField(label="Last day on which it holds", hint="Leave it empty where it does not run out.", required=False)

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].latest = today  # type: ignore[attr-defined]


class TrainingForm(ActForm):
    """A training that was completed. `subjects`: those of which one person's word is enough (R13)."""

    subject = RadiosField(label="What was the training?", choices=(), missing="Choose the training", reveals={OTHER: "other"})
    other = TextField(label="What is it called?", max_length=LONGEST_SUBJECT, missing="Say what the training is called")
    completed_on = DateField(label="On which day was it finished?", hint=EXAMPLE, missing="Enter the day on which it was finished")
    valid_until = DateField(label="Last day on which it is valid", hint="Leave it empty where it does not run out.", required=False)
    source = TextField(label="How can somebody see that it was done?", max_length=200, hint="For example: certificate number 4471.")

    def __init__(self, *args: Any, subjects: Sequence[tuple[str, str]] = (), today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [*subjects, (OTHER, "Another training")]  # type: ignore[attr-defined]
        if not subjects:
            del self.fields["subject"]
            self.fields["other"].required = True
        self.fields["completed_on"].latest = today  # type: ignore[attr-defined]
