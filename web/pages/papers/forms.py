"""What is asked to upload a paper, to release it, to comment on it and to answer a comment."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from cases.models import CommentAnswer
from cases.papers import ALLOWED, MAX_BYTES
from web.design_system.fields import LONGEST, HiddenField, RadiosField, TextAreaField, TextField, UploadField
from web.design_system.forms import ActForm
from web.pages.papers.looking import LookingForm

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

    @staticmethod
    def brought_up_to(versions: int, sent: QueryDict) -> QueryDict:
        """What was sent, as if on a page opened now: it then asks what changed."""
        now = sent.copy()
        now["after"] = str(versions)
        return now


class ReleaseForm(LookingForm):
    """The summary that goes with a paper."""

    plain_summary = TextAreaField(
        label="Summary in plain language",
        hint="Two to five short sentences: what it says, what it does not say yet, what you would like to hear. No abbreviations.",
        missing="Write a summary in plain language",
        max_length=LONGEST,
    )


class CommentForm(ActForm):
    """A comment on one version."""

    section = TextField(
        label="Which part is it about?", hint="For example: page 2, or “What we found”.", required=False, max_length=200
    )
    text = TextAreaField(label="Your comment", missing="Write your comment", max_length=LONGEST)


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
