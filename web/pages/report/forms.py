"""What the quality team writes beside a number."""

from __future__ import annotations

from web.design_system.fields import TextAreaField
from web.design_system.forms import ActForm
from workflows.doors.signals import LONGEST


class ExplainForm(ActForm):
    """Why a number is as it is."""

    text = TextAreaField(label="Why is it so?", max_length=LONGEST, rows=5, missing="Say why the number is as it is",
                         hint="Everybody who reads the report reads this. Name no partner and no patient.")  # fmt: skip
