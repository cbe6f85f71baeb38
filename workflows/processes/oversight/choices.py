"""The choices that the oversight page offers, with the words people read. Codes are stored data: add, never rename."""

TRIGGERS = (
    ("never_event", "A never event (national trigger)"),
    ("death_care_problem", "A death more likely than not due to problems in care (national trigger)"),
    ("local_priority", "A priority of our own plan"),
    ("emergent_risk", "A new or growing risk"),
    ("none", "None of these"),
)
RESPONSES = (
    ("psii", "A patient safety incident investigation (PSII)"),
    ("after_action_review", "An after action review (AAR)"),
    ("swarm", "A swarm huddle, where it happened and soon after"),
    ("team_review", "A review by the whole team (MDT review)"),
    ("thematic_review", "A look at several incidents together (thematic review)"),
    ("other", "Another response, named below"),
)
INVESTIGATION = "psii"
QUESTIONS = (
    ("attached", "They asked questions, written below"),
    ("asked_none", "They were asked and have no questions"),
    ("not_identified", "We do not know yet who was affected"),
    ("cannot_be_reached", "They cannot be reached"),
)
CANDOUR = (
    ("done", "The duty of candour was met"),
    ("in_progress", "It is under way"),
    ("does_not_apply", "It does not apply, with the reason in the note"),
)
