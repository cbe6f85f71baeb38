"""What is asked about a safety-related group, a partner's seat in it, and a meeting of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from cases.models import SafetyGroup, Seat
from cases.models.group import TWO
from web.design_system.fields import (
    EXAMPLE,
    CheckboxesField,
    DateField,
    NumberField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from web.design_system.forms import ActForm

_LONGEST, _MOST = 2000, 20


class GroupForm(ActForm):
    """A group as it stands on the list."""

    name = TextField(label="What is the group called?", max_length=200, missing="Write the name of the group")
    kind = RadiosField(label="What kind of group is it?", choices=SafetyGroup.Kind.choices, missing="Say what kind of group it is")
    terms = TextAreaField(
        label="What do its terms of reference say of partners?", rows=3, max_length=_LONGEST,
        missing="Say what the terms of reference say of partners",
        hint="Where they are kept, their date, whether partners are members and count when it is asked if enough people are there.",
    )  # fmt: skip
    target = NumberField(
        label="How many partners is it to have?", min_value=0, max_value=_MOST, initial=TWO, missing="Say how many partners",
        hint="Two or more. A course for staff may have none.",
    )  # fmt: skip


class JoinForm(ActForm):
    """Who sits in a group, since when, as what."""

    person = SelectField(label="Which partner?", missing="Choose a partner")
    starts_on = DateField(label="Since when do they sit in the group?", hint=EXAMPLE, missing="Enter the day")
    membership = RadiosField(
        label="As what?", choices=Seat.Membership.choices, initial=Seat.Membership.MEMBER, missing="Say as what",
        reveals={Seat.Membership.ATTENDEE.value: "membership_reason"},
    )  # fmt: skip
    membership_reason = TextAreaField(
        label="Why only as an attendee?", rows=2, max_length=_LONGEST, missing="Say why only as an attendee",
        hint="An attendee may speak and counts for nothing.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose a partner"), *people]  # type: ignore[attr-defined]


class WhyForm(ActForm):
    """The reason."""

    why = TextAreaField(label="Why?", rows=2, max_length=_LONGEST, missing="Say why", hint="The partners of the group read it.")


class LeaveForm(ActForm):
    """The partner's own reason, if they want to give one."""

    why = TextAreaField(label="Would you like to say why?", rows=2, max_length=_LONGEST, required=False,
                        hint="You need not. If you do, those who keep the list read it.")  # fmt: skip


class DayForm(ActForm):
    """The day of a meeting."""

    day = DateField(label="On which day is the meeting?", hint=EXAMPLE, missing="Enter the day of the meeting")


class MoveForm(ActForm):
    """Another day for a meeting, and why."""

    to_day = DateField(label="To which day is it moved?", hint=EXAMPLE, missing="Enter the new day")
    why = WhyForm.base_fields["why"]


class PapersForm(ActForm):
    """When the papers were sent."""

    sent_on = DateField(label="When were the papers sent?", hint=EXAMPLE, missing="Enter the day on which they were sent")


class HeldForm(ActForm):
    """Which partners were there."""

    present = CheckboxesField(label="Which partners were there?", required=False, hint="Leave all empty if no partner came.")

    def __init__(self, *args: Any, seats: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = seats  # type: ignore[attr-defined]

    def clean_present(self) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data["present"]]
