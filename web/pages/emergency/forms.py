"""What is asked of whoever wants to see a case in an emergency, of the second person, and of whoever reads the list."""

from __future__ import annotations

from web.design_system.fields import LONGEST, DateField, TextAreaField, TextField
from web.design_system.forms import ActForm, PageForm


class AskForm(ActForm):
    """Which case, and why now."""

    reference = TextField(label="Which case?", hint="Its reference, for example OVS-2026-0007.", max_length=40, width=20,
                          missing="Write the reference of the case")  # fmt: skip
    reason = TextAreaField(label="Why must you see it now?", max_length=LONGEST, missing="Say why you must see it now",
                           hint="Say who may be harmed, and whom you tried to reach. Do not name patients.")  # fmt: skip


class RefuseForm(ActForm):
    """Why not."""

    reason = TextAreaField(label="Why not?", max_length=LONGEST, missing="Say why not", hint="Whoever asked reads it.")


class BetweenForm(PageForm):
    """From which day to which the list is to be shown; both are in it."""

    first = DateField(label="From", required=False, subject="The first day")
    last = DateField(label="To", required=False, subject="The last day")
