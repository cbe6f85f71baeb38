"""What is asked to draft or change a safety action, and to say what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from web.design_system.fields import (
    EXAMPLE,
    LONGEST,
    ConfirmField,
    DateField,
    HiddenField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)  # fmt: skip
from web.design_system.forms import ActForm, PageForm

DONE, LATER = "done", "later"


class ActionForm(ActForm):
    """A safety action. `owners` are (key, name); `today` is the earliest due day."""

    title = TextField(label="What will be done?", hint="One short sentence that begins with a verb.", max_length=200)
    text = TextAreaField(label="More about it", required=False, rows=4, max_length=LONGEST)
    owner = SelectField(label="Who does it?", missing="Choose who does it")
    measure = TextAreaField(
        label="How will we know that it worked?",
        hint="Something that can be counted or seen, and that matters to patients.",
        rows=3,
        max_length=LONGEST,
    )
    due_on = DateField(label="By when?", hint=EXAMPLE, missing="Enter the day by which it will be done")

    def __init__(self, *args: Any, owners: Sequence[tuple[str, str]] = (), today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", ""), *owners]  # type: ignore[attr-defined]
        self.fields["due_on"].earliest = today  # type: ignore[attr-defined]


class ChangeForm(ActionForm):
    """The same, for an action that is there: changed, or dropped. `revision` is the text that was on the screen."""

    drop = ConfirmField(label="Take this action out: it will not be done", required=False)
    revision = HiddenField(required=False)


class StateForm(ActForm):
    """What became of an action."""

    state = RadiosField(
        label="Is it done?",
        choices=[(DONE, "Yes, and I can show it"), (LATER, "No, it needs more time")],
        missing="Say whether it is done",
    )


class EvidenceForm(PageForm):
    """What was done, and how one can see it. `late`: also why it was not done by its day."""

    evidence = TextAreaField(
        label="What was done, and how can one see it?",
        hint="For example: the audit of call bells in May, on the quality page, shows 96 in 100 answered within five minutes.",
        missing="Say what was done, and how one can see it",
        max_length=LONGEST,
    )
    reason = TextAreaField(
        label="Why was it late?",
        hint="The lay partners and the quality team read this.",
        rows=3,
        missing="Say why it was late",
        max_length=LONGEST,
    )

    def __init__(self, *args: Any, late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["reason"]


class DelayForm(PageForm):
    """A new due day, and why."""

    new_due_on = DateField(label="By when will it be done?", hint=EXAMPLE, missing="Enter the new day")
    reason = TextAreaField(
        label="Why does it need more time?",
        hint="The lay partners and the quality team read this.",
        missing="Say why it needs more time",
        max_length=LONGEST,
    )

    def __init__(self, *args: Any, tomorrow: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_due_on"].earliest = tomorrow  # type: ignore[attr-defined]
