"""What is asked when a case is held, when contents are to go, and when a rule is written down."""

from __future__ import annotations

from cases.models import LegalHold
from permissions.retention import SUBJECTS
from web.design_system.fields import LONGEST, DateField, NumberField, RadiosField, SelectField, TextAreaField, TextField
from web.design_system.forms import ActForm


class HoldForm(ActForm):
    """What needs the case, who asked, and why."""

    kind = RadiosField(label="What needs this case?", choices=LegalHold.Kind.choices, missing="Choose what needs this case")
    asked_by = TextField(label="Who asked you to keep it?", max_length=200, missing="Say who asked you to keep it",
                         hint="For example, the coroner for the county.")  # fmt: skip
    reference = TextField(label="Their reference", max_length=100, width=20, required=False)
    reason = TextAreaField(label="Why?", max_length=LONGEST, missing="Say why", hint="Everybody on the case reads it.")


class ReasonForm(ActForm):
    """Why."""

    reason = TextAreaField(label="Why?", max_length=LONGEST, missing="Say why", hint="It stays on record.")


class ObjectForm(ActForm):
    """Why contents should be kept."""

    text = TextAreaField(label="Why should it be kept?", max_length=LONGEST, missing="Say why it should be kept",
                         hint="Whoever could agree must answer you in writing first.")  # fmt: skip


class AnswerForm(ActForm):
    """The answer to a partner who objects."""

    answer = TextAreaField(label="Your answer", max_length=LONGEST, missing="Write your answer", hint="The partner reads it.")


class RuleForm(ActForm):
    """For how long records of one subject are kept, and where that comes from."""

    subject = SelectField(
        label="Which records?", choices=[("", "Choose one"), *((one.code, one.title) for one in SUBJECTS.values())],
        missing="Choose which records",
    )  # fmt: skip
    years = NumberField(label="For how many years?", missing="Write the number of years", min_value=1, max_value=200)
    starts_on = DateField(label="From which day does this hold?", hint="Today or later. For example, 27 3 2027", subject="The day")
    source = TextField(label="Where does it come from?", max_length=300, missing="Say where it comes from",
                       hint="For example: records policy, agreed by the board in May 2027.")  # fmt: skip
