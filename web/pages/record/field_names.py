"""What the parts of a fact are called on a page. A part that is not in the table is called as its model names it."""

from __future__ import annotations

from typing import Any

from django.db import models

HIDDEN = frozenset({
    "id", "case_id", "organisation_id", "content_object_id", "event_id", "file", "mark", "sent_to", "account_id", "user_id",
    "permission_id", "item_id", "typed_id",
})  # fmt: skip
"""Columns that say nothing to a reader (keys, places of files) or that open something (the mark of a link, an address)."""

_THINGS = {
    "case": "The case",
    "visit": "The stage",
    "seat": "The seat",
    "paperversion": "A text",
    "layrendition": "What lay partners read",
    "casegrant": "Sight of the case",
    "position": "An answer",
    "comment": "A comment",
    "commentanswer": "An answer to a comment",
    "answerverdict": "Whether an answer answers",
    "safetyaction": "A safety action",
    "connection": "A personal tie to the case",
    "declaration": "What was declared",
    "lapse": "An answer that never came",
    "reminder": "A reminder",
    "hold": "Work that was stopped",
    "waiver": "A rule that was lifted",
    "proposal": "Something that needs a second person",
    "withholding": "Something held back from lay partners",
    "challenge": "A challenge to what is held back",
    "caldicottdecision": "A decision of the Caldicott Guardian",
    "emergencysight": "Sight in an emergency",
    "unclear": "A paper that somebody cannot follow",
    "trainingitem": "A training",
    "typedanswer": "An answer that was typed in",
    "typedword": "The words of an answer that was typed in",
    "evaluation": "What it was like to be involved",
    "measure": "A measure",
    "paper": "A paper",
}

_PARTS = {
    "visit.stage": "Stage",
    "visit.number": "Which stay in a stage it is, counted from the first",
    "visit.step": "What it waits for",
    "visit.opened_at": "Began",
    "visit.due_on": "Due",
    "visit.stopped_at": "The clock stands still since",
    "visit.stopped_days": "Working days for which the clock stood still",
    "visit.submitted_at": "Put to the group",
    "visit.submitted_by": "Put to the group by",
    "visit.blind": "Answered without reading one another",
    "visit.version": "The text that it is about",
    "visit.chosen": "What was chosen",
    "visit.chosen_by": "Chosen by",
    "visit.chosen_reason": "Why it was chosen",
    "visit.ended_at": "Ended",
    "visit.outcome": "How it ended",
    "case.state": "Where the case stands",
    "case.definition_version": "Version of the rules it runs by",
    "case.opened_as": "Opened in the capacity of",
    "case.closed_at": "Ended",
    "case.due_on": "Due",
    "case.lay_entry_at": "First lay partner came in",
    "case.lay_entry_stage": "Stage at which the first lay partner came in",
    "case.late_lay_entry": "The first lay partner came in late",
    "seat.office": "Held by office, without an offer",
    "seat.why": "Why this person",
    "seat.task_profile": "What the seat asks of them",
    "seat.trained_in": "What they must be trained in",
    "seat.reply": "What they replied",
    "paperversion.sha256": "SHA-256 of the text",
    "paperversion.name": "Name of the file",
    "paperversion.media_type": "Kind of file",
    "paperversion.size": "Size in bytes",
    "paperversion.lay_reads": "What lay partners read",
    "paperversion.released_at": "Released",
    "paperversion.uploaded_at": "Uploaded",
    "paperversion.identifies": "What lay partners read points to somebody",
    "layrendition.sha256": "SHA-256 of the text",
    "layrendition.name": "Name of the file",
    "layrendition.media_type": "Kind of file",
    "layrendition.size": "Size in bytes",
    "position.number": "Which answer of theirs in this stay it is",
    "position.item_revision": "Which wording of the action it is about",
    "position.stance": "For or against",
    "position.text": "In their words",
    "position.version": "On which text",
    "position.visit": "At which stage",
    "position.enough_time": "Agrees that the notice need not run on",
    "position.version_held_days": "Working days for which they had the text",
    "comment.text": "In their words",
    "comment.section": "Part of the paper",
    "safetyaction.measure": "How we will know that it worked",
    "safetyaction.revision": "Wording no.",
    "withholding.until": "Held back until",
}


def thing_words(model: type[models.Model]) -> str:
    """What kind of fact it is: "The seat"."""
    return _THINGS.get(str(model._meta.model_name), str(model._meta.verbose_name).capitalize())


def field_words(model: type[models.Model], field: models.Field[Any, Any]) -> str:
    """What a part of a fact is called: "Put to the group by"."""
    words = _PARTS.get(f"{model._meta.model_name}.{field.name}")
    return words or str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:]
