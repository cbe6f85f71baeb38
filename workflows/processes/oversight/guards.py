"""The guards of the oversight process: sentences that are true or false of a case.

Each is a pure function of a Look. When one changes, raise its `revision`: the fingerprint and CI hold you to it.
"""

from __future__ import annotations

from permissions.roles import CHAIR, ENGAGEMENT, EXEC, PSP
from workflows.definition import guard
from workflows.imports.triggers import trigger_of
from workflows.look import Look
from workflows.processes.oversight.choices import INVESTIGATION

NATIONAL_TRIGGERS = ("never_event", "death_care_problem")
KNOWN_ABOUT_THOSE_AFFECTED = ("attached", "asked_none", "not_identified", "cannot_be_reached")


@guard(
    "B0",
    "A national trigger means that there is an investigation",
    "Choose an investigation: a never event, or a death more likely than not due to problems in care, always needs one, "
    "also where only the incident system says that it was.",
    revision=2,
)
def no_national_trigger(look: Look) -> bool:
    reported = trigger_of(look.incident.trigger) if look.incident else ""
    return look.fact("trigger") not in NATIONAL_TRIGGERS and reported not in NATIONAL_TRIGGERS


@guard(
    "B0",
    "The directorate proposes another response than an investigation",
    "An investigation is proposed. The executive team decides on it, or sends it back with the reason.",
)
def another_response_is_proposed(look: Look) -> bool:
    return look.fact("response") not in (None, INVESTIGATION)


@guard(
    "B0",
    "The executive team decides an investigation, except for an emergent risk",
    "An emergent risk is decided by the executive lead for patient safety.",
)
def it_is_not_an_emergent_risk(look: Look) -> bool:
    return look.fact("trigger") != "emergent_risk"


@guard(
    "B0",
    "The executive lead decides on an emergent risk",
    "Any other trigger is decided by the executive team, or by the directorate where there is no investigation.",
)
def it_is_an_emergent_risk(look: Look) -> bool:
    return look.fact("trigger") == "emergent_risk"


@guard(
    "R9",
    "Every lay seat is filled",
    "Offer the empty lay seat to a Patient Safety Partner, or ask an executive for a waiver.",
)
def lay_seats_are_filled(look: Look) -> bool:
    return not look.vacant(PSP) or look.waived("R9")


@guard(
    "R9",
    "At least one Patient Safety Partner sits in the group",
    "Ask a Patient Safety Partner to join, or ask an executive for a waiver.",
)
def a_partner_is_seated(look: Look) -> bool:
    return bool(look.voting(PSP)) or look.waived("R9")


@guard("B1", "The group has a chair", "Offer the seat of the chair to somebody.")
def a_chair_is_seated(look: Look) -> bool:
    return bool(look.voting(CHAIR))


@guard(
    "B2",
    "The questions of those affected are attached, or it is recorded why there are none",
    "The engagement lead records what those affected asked, under \u201cRecord questions from those affected\u201d.",
    mended_by=ENGAGEMENT,
)
def questions_of_those_affected_are_recorded(look: Look) -> bool:
    return look.fact("questions_status") in KNOWN_ABOUT_THOSE_AFFECTED


@guard("B4", "A progress note in plain language was given to the group", "Upload and release a progress note.")
def a_progress_note_is_released(look: Look) -> bool:
    note = look.latest_released("progress")
    return note is not None and bool(note.plain_summary.strip())


@guard("B6", "It is recorded where the duty of candour stands", "Record the duty-of-candour status.")
def candour_is_recorded(look: Look) -> bool:
    return bool(look.fact("candour_status"))


@guard(
    "B7",
    "What those affected said about the draft is answered",
    "Record what was changed because of what they said, or why nothing was.",
)
def those_affected_are_answered(look: Look) -> bool:
    return bool(look.fact("affected_comments")) and bool(look.fact("affected_answer"))


@guard(
    "B8",
    "There is at least one safety action, and each has an owner, a measure and a due date",
    "Add a safety action, with who owns it, how you will know that it worked, and by when.",
)
def every_action_is_complete(look: Look) -> bool:
    actions = look.live_actions
    return bool(actions) and all(action.owner_id and action.measure and action.due_on for action in actions)


@guard("R18", "The signer did not write the report", "Another executive lead must sign.")
def signer_is_not_the_author(look: Look) -> bool:
    version = look.latest_released("report")
    signers = {seat.person_id for seat in look.voting(EXEC)}
    return version is not None and bool(signers - look.authors_of("report"))


@guard(
    "R4",
    "The text to be signed is the text that the group agreed",
    "Send the report back to the group: the text changed after they answered.",
)
def the_agreed_text_is_signed(look: Look) -> bool:
    version, agreed = look.latest_released("report"), look.agreed_version("draft_review")
    return version is not None and version.pk == agreed


@guard(
    "B11",
    "Every safety action has evidence, and none is late without a new date and a reason",
    "The owner gives evidence for each action and, where it is late, the reason.",
    revision=2,
)
def every_action_is_evidenced(look: Look) -> bool:
    return bool(look.live_actions) and all(one.evidence and not look.is_unexplained(one) for one in look.live_actions)
