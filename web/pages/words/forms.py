"""What is asked about a word: what it means, where it was met, why it goes."""

from __future__ import annotations

from web.design_system.fields import TextAreaField, TextField
from web.design_system.forms import ActForm
from workflows.doors.words import LONGEST


class WordForm(ActForm):
    """A word and what it means."""

    short = TextField(label="The word or short form", width=20, max_length=LONGEST, missing="Write the word or short form",
                      hint="As it is written, with its capitals. For example: PSII.")  # fmt: skip
    stands_for = TextField(label="What do the letters stand for?", required=False, max_length=200,
                           hint="For example: patient safety incident investigation. Leave it empty for a whole word.")  # fmt: skip
    plain = TextAreaField(label="What does it mean?", max_length=500, rows=3, missing="Say what it means",
                          hint="One or two short sentences that somebody of eleven can follow.")  # fmt: skip


class AskForm(ActForm):
    """A word that somebody met."""

    short = TextField(label="Which word or short form?", width=20, max_length=LONGEST, missing="Write the word or short form")
    met = TextAreaField(label="Where did you meet it?", required=False, max_length=500, rows=2,
                        hint="It helps to know the paper or the meeting. Do not name patients.")  # fmt: skip


class WhyForm(ActForm):
    """Why a word is taken out, or not added."""

    why = TextAreaField(label="Why?", max_length=500, rows=2, missing="Say why", hint="Everybody can read it.")
