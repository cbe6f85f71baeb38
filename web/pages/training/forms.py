"""What is asked about one training: what is offered, what the partner needs, when, what shows that it was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from web.design_system.fields import (
    EXAMPLE,
    ConfirmField,
    DateField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)  # fmt: skip
from web.design_system.forms import ActForm

LONGEST = 4000
"""The longest text that one box takes, in characters."""
ACCEPTED, REJECTED = "accept", "reject"
OFFER_LINES = {"what": "What", "how": "How it is done", "when": "When"}
"""Field of the form, and the words that begin its line in the one text of an offer."""
_TENTH = Decimal("0.1")
_MOST_HOURS = 1000


def written(answers: Mapping[str, Any]) -> str:
    """The text of an offer from its answers; an empty answer makes no line."""
    one_line = {name: " ".join(str(answers.get(name) or "").split()) for name in OFFER_LINES}
    return "\n".join(f"{words}: {one_line[name]}" for name, words in OFFER_LINES.items() if one_line[name])


class OfferForm(ActForm):
    """One training offered. `needs`: what the partner said they need, so that the offer says how it is met."""

    what = TextField(
        label="What is the course called, and who runs it?", max_length=200,
        hint="For example: Essentials for patient safety, NHS England.", missing="Say what you offer and who runs it",
    )  # fmt: skip
    how = TextField(
        label="How is it done?", max_length=200, missing="Say how it is done",
        hint="Online, in a room, by post, over the telephone. How long it takes.",
    )  # fmt: skip
    when = TextField(
        label="When can they do it?", max_length=200, hint="Dates to choose from, or \u201cat any time\u201d.",
        missing="Say when they can do it",
    )  # fmt: skip
    adjustments_met = TextAreaField(
        label="How does this offer meet what they need?", rows=3, max_length=LONGEST,
        missing="Say how this offer meets what they need",
    )  # fmt: skip

    def __init__(self, *args: Any, needs: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adjustments_met"].hint = f"They need: {needs}"  # type: ignore[attr-defined]
        if not needs:
            del self.fields["adjustments_met"]


class AdjustForm(ActForm):
    """What the partner needs to take part."""

    adjustments = TextAreaField(
        label="What would help you to take part?", rows=4, max_length=LONGEST, missing="Write what would help you to take part",
        hint="For example: large print, a daytime course, somebody to come with me, travel paid first. You need not say why.",
    )  # fmt: skip


class MeetForm(ActForm):
    """How that was met."""

    adjustments_met = TextAreaField(
        label="What was done about it?", rows=4, max_length=LONGEST, missing="Write what was done about it",
        hint="The partner reads this.",
    )  # fmt: skip


class BookForm(ActForm):
    """The day of the training."""

    day = DateField(label="On which day is it?", hint=EXAMPLE, missing="Enter the day")

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].earliest = today  # type: ignore[attr-defined]


class CompleteForm(ActForm):
    """A training that was done, and what shows it."""

    completed_on = DateField(label="On which day was it finished?", hint=EXAMPLE, missing="Enter the day on which it was finished")
    provider = TextField(label="Who ran it?", max_length=200, missing="Say who ran it")
    hours = TextField(
        label="How many hours did it take?", hint="Time spent on training may be paid. Half hours count: 1.5", width=4,
        required=False, max_length=6,
    )  # fmt: skip
    evidence = TextAreaField(
        label="How can somebody see that it was done?", rows=3, max_length=LONGEST,
        hint="For example: certificate number 4471, sent to the coordinator by e-mail. Or: my name is on the attendance list.",
        missing="Say how somebody can see that it was done",
    )  # fmt: skip

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["completed_on"].latest = today  # type: ignore[attr-defined]

    def clean_hours(self) -> Decimal | None:
        """The hours, to a tenth; None where none were given. Raises ValidationError for anything that is no such number."""
        if not self.cleaned_data["hours"]:
            return None
        try:
            hours = Decimal(self.cleaned_data["hours"].replace(",", "."))
        except InvalidOperation:
            raise ValidationError("Hours must be a number, like 1.5") from None
        if not hours.is_finite() or not 0 < hours < _MOST_HOURS:
            raise ValidationError("Hours must be a number between 0 and 1,000, like 1.5")
        return hours.quantize(_TENTH)


class CheckForm(ActForm):
    """Whether the evidence is in order."""

    answer = RadiosField(
        label="Does it show that the training was done?", size="m", missing="Choose whether it shows that the training was done",
        choices=[(ACCEPTED, "Yes, it is in order"), (REJECTED, "No, it goes back to the partner")],
        reveals={REJECTED: "reason"},
    )  # fmt: skip
    reason = TextAreaField(
        label="What is missing?", rows=3, max_length=LONGEST, missing="Say what is missing",
        hint="The partner reads this. Say what would be enough.",
    )  # fmt: skip


class MoreForm(ActForm):
    """What else the partner wants to learn."""

    title = TextField(
        label="What would you like to learn more about?", max_length=200, missing="Say what you would like to learn more about",
        hint="For example: how to read a timeline, or words that are used in meetings.",
    )  # fmt: skip
    why = TextAreaField(
        label="What would it help you with?", rows=3, max_length=LONGEST, missing="Say in a few words what it would help you with",
    )  # fmt: skip


class WaiveForm(ActForm):
    """Asking that a training be left out for a time."""

    until = DateField(label="Until which day?", hint=f"The last day without it. Keep it short. {EXAMPLE}", missing="Enter the day")
    reason = TextAreaField(
        label="Why can it not be done in time?", rows=4, max_length=LONGEST, missing="Give the reason",
        hint="The partner and the quality team read it.",
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].earliest, self.fields["until"].latest = today, latest  # type: ignore[attr-defined]


class StartForm(ActForm):
    """Whose training begins, and for what. `people` and `tasks` are (key, words).

    `in_date`: a sentence where the partner has that training already, so that it is begun again on purpose or not at all.
    """

    person = SelectField(label="Who is to be trained?", choices=(), missing="Choose a partner")
    task = RadiosField(label="What is the training for?", choices=(), missing="Choose what the training is for")
    anyway = ConfirmField(label="Start it all the same")

    def __init__(
        self, *args: Any, people: Sequence[tuple[str, str]] = (), tasks: Sequence[tuple[str, str]] = (), in_date: str = "",
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["anyway"].error_messages["required"] = in_date
        if not in_date:
            del self.fields["anyway"]
        self.fields["person"].choices = [("", ""), *people]  # type: ignore[attr-defined]
        self.fields["task"].choices = tasks  # type: ignore[attr-defined]
