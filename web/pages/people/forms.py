"""The forms about seats: asking somebody, answering, declaring interests, leaving, taking back, ending, recording a tie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from cases.models import Connection, Seat
from permissions.roles import Role
from web.design_system.fields import (
    CheckboxesField,
    ConfirmField,
    DateField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from web.design_system.forms import ActForm, PageForm

MOST_AT_ONCE = 2
LONG = 4000
Choices = Sequence[tuple[str, str]]


class AskForm(ActForm):
    """An offer: to whom, why, what the role asks, member or attendee, and by when to answer."""

    people = CheckboxesField(label="Whom do you ask?", size="m", choices=(), missing="Choose one or two people")
    why = TextAreaField(label="Why these people?", hint="A sentence is enough. They will read it.", max_length=1000, rows=3,
                        missing="Say why you ask these people")  # fmt: skip
    hours = TextField(label="How much time it takes", hint="For example: about six hours a month", max_length=200)
    meetings = TextField(label="Meetings", hint="For example: four, online, two hours each", max_length=200)
    until = TextField(label="Until when", hint="For example: until the work is done, about June 2027", max_length=200)
    pay = TextField(label="What it pays", hint="For example: £75 a half day, reading time included", max_length=200,
                    missing="Say what it pays, or that it is unpaid")  # fmt: skip
    membership = RadiosField(
        label="How do they sit in the group?",
        choices=Seat.Membership.choices,
        hints={"attendee": "Their view does not count, so you must say why. It is the place where lay power is usually lost."},
        reveals={"attendee": "membership_reason"},
        initial=Seat.Membership.MEMBER,
    )
    membership_reason = TextAreaField(label="Why an attendee and not a member?", max_length=1000, rows=3,
                                      missing="Say why this is an attendee and not a member")  # fmt: skip
    reply_by = DateField(label="Day to answer by", hint="No answer is never a yes.")

    def __init__(self, *args: Any, people: Choices, role: Role, several: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._most = MOST_AT_ONCE if role.lay else len(people)
        if not role.lay:
            self._for_staff()
        if not several:
            self._for_one()
        self.fields["people"].choices = people  # type: ignore[attr-defined]
        self.fields["reply_by"].earliest = today  # type: ignore[attr-defined]

    def _for_one(self) -> None:
        self.fields["people"] = RadiosField(label="Whom do you ask?", size="m", choices=(), missing="Choose a person")
        self.fields["why"].label = "Why this person?"
        self.fields["why"].error_messages["required"] = "Say why you ask this person"

    def _for_staff(self) -> None:
        """What a staff seat asks of people need not be spelt out, and nothing is paid."""
        self.fields["people"].error_messages["required"] = "Choose at least one person"
        self.fields["membership"].hints = {"attendee": "Their view does not count, so you must say why."}  # type: ignore[attr-defined]
        del self.fields["pay"]
        for name in ("hours", "meetings", "until"):
            self.fields[name].required = False

    def clean_people(self) -> list[str]:
        """The chosen people as a list; raises ValidationError for more than two lay partners."""
        chosen = self.cleaned_data["people"]
        people = chosen if isinstance(chosen, list) else [chosen]
        if len(people) > self._most:
            raise ValidationError("Choose one or two people. You can ask more after this")
        return people


class AnswerForm(ActForm):
    """The answer to an offer."""

    answer = RadiosField(
        label="What do you want to do?",
        size="m",
        choices=[("accept", "Accept"), ("decline", "Decline"), ("change", "Ask for a change")],
        hints={
            "accept": "We then ask about confidentiality and conflicts of interest. You can still step down at any time.",
            "decline": "You need not say why. It will not be held against you.",
            "change": "This offer closes, and a new one can be sent with the change in it.",
        },
        reveals={"decline": "declined", "change": "changed"},
        missing="Choose what you want to do",
    )
    declined = TextAreaField(label="Anything you want to say", required=False, max_length=1000, rows=3)
    changed = TextAreaField(label="What would have to be different?", max_length=1000, rows=3,
                            hint="For example: fewer hours, evening meetings, papers by post.",
                            missing="Say what would have to be different")  # fmt: skip


class ConfidentialForm(ActForm):
    """The first question before taking a seat."""

    confidential = ConfirmField(
        label="I will keep what I read and hear on this case confidential",
        missing="Tick the box if you agree. You cannot take the seat without it",
    )


class ConflictForm(PageForm):
    """The second question before taking a seat."""

    conflict = RadiosField(
        label="Do you have a conflict of interest in this case?",
        size="m",
        choices=[("no", "No, I have none that I know of"), ("yes", "Yes, or I may have one")],
        reveals={"yes": "text"},
        missing="Say whether you have a conflict of interest",
    )
    text = TextAreaField(label="What is it, in a few words?", hint="You need not name anybody.", max_length=1000, rows=3,
                         missing="Say in a few words what the conflict is")  # fmt: skip


class LeaveForm(ActForm):
    """Leaving one's own seat, with or without a conflict of interest."""

    how = RadiosField(
        label="What do you want to do?",
        size="m",
        choices=[("step_down", "Step down"), ("conflict", "Declare a conflict of interest")],
        hints={
            "step_down": "You need not say why, and nobody can refuse it.",
            "conflict": "For example: someone close to you was cared for there, or you have a claim.",
        },
        reveals={"step_down": "reason", "conflict": "text"},
        missing="Choose whether you step down or declare a conflict of interest",
    )
    reason = TextAreaField(label="Anything you want the record to say", required=False, max_length=LONG, rows=3)
    text = TextAreaField(label="What is the conflict, in a few words?", hint="You need not name anybody.", max_length=1000, rows=3,
                         missing="Say in a few words what the conflict is")  # fmt: skip


class ReasonForm(ActForm):
    """A reason, for an act that needs nothing else."""

    reason = TextAreaField(label="Reason", max_length=LONG, rows=4, missing="Give the reason")


class EndForm(ReasonForm):
    """Asking that somebody's seat end, or that it count no longer."""

    what = RadiosField(label="What do you ask for?", size="m", choices=(), missing="Choose what you ask for")
    field_order = ("what", "reason")

    def __init__(self, *args: Any, counts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        change = [("attendee", "Make them an attendee: they may speak, and no longer count")] if counts else []
        self.fields["what"].choices = [("end", "End the seat: they leave the group"), *change]  # type: ignore[attr-defined]
        self.fields["reason"].hint = "The person, the second person and the quality team will read it."  # type: ignore[attr-defined]


class ConnectionForm(ActForm):
    """A personal tie of somebody to the case."""

    person = SelectField(label="Who has a tie to this case?", choices=(), missing="Choose the person")
    kind = RadiosField(label="What is the tie?", choices=Connection.Kind.choices, missing="Choose what the tie is")

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", ""), *people]  # type: ignore[attr-defined]
