"""What is asked to stop the work and to answer that, to write a measure, and to say what it was like to be involved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from web.design_system.fields import LONGEST, TextAreaField, TextField
from web.design_system.forms import ActForm


class HoldForm(ActForm):
    """Why the work must stop."""

    reason = TextAreaField(
        label="Why must it stop?",
        hint="What worries you, or what do you need to know first? Use your own words. One sentence is enough.",
        rows=4,
        max_length=LONGEST,
        missing="Say why it must stop",
    )


class HoldAnswerForm(ActForm):
    """What is answered to whoever stopped the work."""

    answer = TextAreaField(
        label="Your answer",
        hint="Say what you will change, or why you will not. The partner reads it just as you write it.",
        max_length=LONGEST,
        missing="Write your answer",
    )


class MeasureForm(ActForm):
    """A measure: what is counted or seen, why it matters to patients, and how it is done."""

    title = TextField(
        label="What do you want to measure?",
        hint="For example: how many families are called back on the same day.",
        max_length=200,
        missing="Say what you want to measure",
    )
    why = TextAreaField(
        label="Why does it matter to patients?", rows=3, max_length=LONGEST, missing="Say why it matters to patients"
    )
    how = TextAreaField(
        label="How is it measured, and how often?",
        hint="If you are not sure, say how you would notice a change. The project lead can help with the rest.",
        rows=3,
        max_length=LONGEST,
        missing="Say how it is measured, and how often",
    )
    baseline = TextAreaField(
        label="What is it now, before any change?",
        hint="Leave it empty if you do not know. The project lead writes it down.",
        rows=2,
        required=False,
        max_length=LONGEST,
    )


class ChangeMeasureForm(MeasureForm):
    """The same words, written anew. The baseline is written down by itself."""

    baseline = None  # type: ignore[assignment]


class BaselineForm(ActForm):
    """What a measure was before any change."""

    baseline = TextAreaField(
        label="What is it now, before any change?",
        hint="The number or the words, and from when. For example: in October, 41 of 120 families were called back the same day.",
        rows=3,
        max_length=LONGEST,
        missing="Write down what it is before any change",
    )


class DropMeasureForm(ActForm):
    """Why a measure is dropped."""

    reason = TextAreaField(
        label="Why is it dropped?",
        hint="Everybody on the project can read it.",
        rows=3,
        max_length=LONGEST,
        missing="Say why it is dropped",
    )


class EvaluationForm(ActForm):
    """Some questions about what it was like. Each may be left empty."""

    def __init__(self, *args: Any, questions: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, question in questions:
            self.fields[code] = TextAreaField(label=question, rows=3, required=False, max_length=LONGEST)
