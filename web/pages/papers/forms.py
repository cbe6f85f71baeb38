"""What is asked to upload a paper, to release it, to comment on it and to answer a comment."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from cases.models import CommentAnswer, PaperVersion
from cases.papers import ALLOWED, MAX_BYTES
from web.design_system.fields import LONGEST, HiddenField, RadiosField, TextAreaField, TextField, UploadField
from web.design_system.forms import ActForm
from web.pages.papers.looking import SummaryForm
from web.pages.withheld.forms import HeldBackQuestions
from workflows.doors.withholding import HeldBack

ENDINGS = (".pdf", ".docx", ".odt", ".txt")


class UploadForm(ActForm):
    """A version of a paper. `has_title`: the paper is of no kind that the process names.

    `after` is the number of versions that the page showed: where there was one, what changed since is asked for. Sending the first
    version twice is then the same act twice, and not a second version without a note.
    """

    title = TextField(label="What is the paper called?", max_length=200)
    file = UploadField(
        label="The file", accept=ENDINGS, hint=f"{ALLOWED}. {MAX_BYTES // 1024 // 1024} MB at most.", missing="Choose a file"
    )
    change_note = TextAreaField(
        label="What changed since the last version?",
        hint="One or two sentences. Everyone who reads the new version sees them first.",
        missing="Say what changed since the last version",
        rows=3,
        max_length=2000,
    )
    after = HiddenField(required=False)

    def __init__(self, *args: Any, has_title: bool = False, after: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, initial={"after": str(after)}, **kwargs)
        if not has_title:
            del self.fields["title"]
        if self.is_behind(1):
            del self.fields["change_note"]

    def is_behind(self, versions: int) -> bool:
        """Whether the page that was sent was opened when there were fewer versions."""
        shown = str(self["after"].value() or "")
        return int(shown if shown.isdecimal() else 0) < versions

    def held_back(self) -> HeldBack | None:
        """What is held back of it; nothing, unless the form asked."""
        return None

    @staticmethod
    def brought_up_to(versions: int, sent: QueryDict) -> QueryDict:
        """What was sent, as if on a page opened now: it then asks what changed."""
        now = sent.copy()
        now["after"] = str(versions)
        return now


class HeldBackUploadForm(HeldBackQuestions, UploadForm):
    """A paper of no kind that the process names, all of which is held back from lay partners."""

    field_order = ("title", "file", "what", "category", "reason", "until")

    def held_back(self) -> HeldBack:
        """The decision to hold it back; only for a valid form."""
        return self.given()


class ReleaseForm(SummaryForm):
    """What lay partners read of it (IG4), and its summary. `whole`: all of it is held back, so nothing is asked."""

    lay_reads = RadiosField(
        label="What do lay partners read?",
        choices=[(one.value, one.label) for one in (PaperVersion.LayReads.SAME, PaperVersion.LayReads.OWN)],
        hints={
            PaperVersion.LayReads.OWN.value: "Upload that file, and write down each thing that is held back, before you release."
        },
        missing="Say what lay partners read",
    )
    identifies = RadiosField(
        label="Does what they read point to a patient, a family or a member of staff?",
        hint="By a name, or by details from which somebody could tell who it is.",
        choices=[("no", "No"), ("yes", "Yes, and the Caldicott Guardian has allowed it")],
        missing="Say whether it points to somebody",
    )
    field_order = ("lay_reads", "identifies", "plain_summary")

    def __init__(self, *args: Any, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lay_reads", "identifies", "plain_summary") if whole else ():
            del self.fields[name]


class CommentForm(ActForm):
    """A comment on one version."""

    section = TextField(
        label="Which part is it about?", hint="For example: page 2, or “What we found”.", required=False, max_length=200
    )
    text = TextAreaField(label="Your comment", missing="Write your comment", max_length=LONGEST)


class VerdictForm(ActForm):
    """Whether an answer answers whoever commented; what is missing where it does not."""

    satisfied = RadiosField(
        label="Does this answer you?", choices=[("yes", "Yes, this answers me"), ("no", "No, it does not")],
        reveals={"yes": "thanks", "no": "missing"}, missing="Say whether this answers you",
    )  # fmt: skip
    thanks = TextAreaField(label="Do you want to add something?", required=False, rows=3, max_length=LONGEST)
    missing = TextAreaField(
        label="What is not answered?", rows=4, max_length=LONGEST, missing="Say what is not answered", hint="A sentence is enough."
    )

    @property
    def is_satisfied(self) -> bool:
        """Whether they said yes; only for a valid form."""
        return bool(self.cleaned_data["satisfied"] == "yes")

    @property
    def words(self) -> str:
        """What they wrote with it; only for a valid form."""
        return str(self.cleaned_data["thanks" if self.is_satisfied else "missing"] or "")


class AnswerForm(ActForm):
    """An answer to a comment: changed or not, and what or why."""

    outcome = RadiosField(
        label="Was the paper changed?",
        choices=[
            (CommentAnswer.Outcome.CHANGED.value, "Yes, it was changed"),
            (CommentAnswer.Outcome.NOT_CHANGED.value, "No, it was not changed"),
        ],
        missing="Say whether the paper was changed",
    )
    text = TextAreaField(
        label="What was changed and where, or why was nothing?",
        hint="The person who wrote the comment reads this.",
        missing="Say what was changed and where, or why nothing was",
        max_length=LONGEST,
    )
