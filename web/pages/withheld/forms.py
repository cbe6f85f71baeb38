"""What is asked to hold something back, to object to that, to answer, and to decide as Caldicott Guardian."""

from __future__ import annotations

from cases.models import CaldicottDecision, Challenge, Withholding
from cases.papers import ALLOWED, MAX_BYTES
from web.design_system.fields import EXAMPLE, LONGEST, DateField, RadiosField, TextAreaField, TextField, UploadField
from web.design_system.forms import ActForm, PageForm
from workflows.doors.withholding import HeldBack

ENDINGS = (".pdf", ".docx", ".odt", ".txt")


class HeldBackQuestions(PageForm):
    """The four questions of every decision to hold something back (IG5)."""

    what = TextField(
        label="What is held back?",
        hint="In words that give nothing of it away: lay partners read this. For example: two names on page 3.",
        max_length=200,
        missing="Say what is held back",
    )
    category = RadiosField(label="Why must it be?", choices=Withholding.Category.choices, missing="Choose why it must be")
    reason = TextAreaField(
        label="The reason, in your own words",
        hint="Lay partners read it too, and can challenge it.",
        rows=3,
        max_length=LONGEST,
        missing="Give the reason",
    )
    until = DateField(
        label="Until when?",
        hint=f"By this day it ends, or somebody decides it again. {EXAMPLE}",
        missing="Say until when",
    )

    def given(self) -> HeldBack:
        """What was answered; only for a valid form."""
        said = self.cleaned_data
        return HeldBack(said["what"], said["category"], said["reason"], said["until"])


class HoldBackForm(HeldBackQuestions, ActForm):
    """A part of a version is held back."""


class LayFileForm(ActForm):
    """The file that lay partners read."""

    file = UploadField(
        label="The file for lay partners",
        accept=ENDINGS,
        hint=f"The same text without what is held back. {ALLOWED}. {MAX_BYTES // 1024 // 1024} MB at most. "
        "Give it a name that gives nothing away.",
        missing="Choose a file",
    )


class ChallengeForm(ActForm):
    """Why a lay partner should see it."""

    reason = TextAreaField(
        label="Why should you see it?",
        hint="Use your own words. One sentence is enough.",
        rows=4,
        max_length=LONGEST,
        missing="Say why you should see it",
    )


class AnswerChallengeForm(ActForm):
    """What becomes of a challenge."""

    outcome = RadiosField(
        label="What do you decide?",
        choices=Challenge.Outcome.choices,
        hints={Challenge.Outcome.ENDED.value: "Lay partners can read it as soon as you send this."},
        missing="Say what you decide",
    )
    answer = TextAreaField(
        label="Your answer",
        hint="The partner reads it just as you write it.",
        max_length=LONGEST,
        missing="Write your answer",
    )


class EndForm(ActForm):
    """Why it is held back no longer."""

    reason = TextAreaField(
        label="Why is it held back no longer?", rows=3, max_length=LONGEST, missing="Say why it is held back no longer"
    )


class LongerForm(ActForm):
    """Until when, and why still."""

    until = DateField(label="Until when?", hint=EXAMPLE, missing="Say until when")
    reason = TextAreaField(
        label="Why must it still be held back?",
        hint="Lay partners read it.",
        rows=3,
        max_length=LONGEST,
        missing="Say why it must still be held back",
    )


class AskGuardianForm(ActForm):
    """Why lay partners need it as it is."""

    why = TextAreaField(
        label="Why do lay partners need to read it as it is?",
        hint="Say whom it points to, without a name, and why it cannot be taken out.",
        rows=4,
        max_length=LONGEST,
        missing="Say why they need to read it as it is",
    )


class GuardianForm(ActForm):
    """The guardian's decision."""

    outcome = RadiosField(
        label="May lay partners read this version as it is?",
        choices=CaldicottDecision.Outcome.choices,
        missing="Say whether they may read it as it is",
    )
    reason = TextAreaField(
        label="The reason for your decision", hint="It stays on the record.", max_length=LONGEST, missing="Give the reason"
    )
