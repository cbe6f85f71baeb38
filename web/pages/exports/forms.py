"""What is asked of whoever takes out the record of a case."""

from __future__ import annotations

from web.design_system.fields import LONGEST, TextAreaField
from web.design_system.forms import ActForm


class ExportForm(ActForm):
    """Where it goes."""

    to = TextAreaField(label="Who is it for, and why do they need it?", max_length=LONGEST,
                       missing="Say who it is for, and why they need it",
                       hint="For example: the coroner, who asked for it. This goes on the record of the case.")  # fmt: skip
