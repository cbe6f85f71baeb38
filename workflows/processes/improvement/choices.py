"""What can be chosen in an improvement project."""

from __future__ import annotations

THEMES = (
    ("plan_priority", "A priority of the patient safety incident response plan"),
    ("event_cluster", "A pattern in recorded patient safety events"),
    ("safety_action", "A safety action from an investigation"),
    ("complaint", "A complaint, or several"),
    ("partner_concern", "A concern that a Patient Safety Partner raised"),
)

PROPOSALS = (
    ("adopt", "Adopt it"),
    ("adapt", "Adapt it and test again"),
    ("abandon", "Abandon it"),
)
"""What the lead can propose at the review (A6). The sponsor decides, and gives reasons where that differs."""

QUESTIONS = (
    ("early_enough", "Were you asked early enough to change what was done?"),
    ("understood", "Could you understand what you were given to read?"),
    ("listened_to", "Did people listen when you saw something another way?"),
    ("made_a_difference", "What is different because you were there?"),
    ("do_again", "Would you do it again, and what should we do better?"),
)
"""Our own questions, put to each partner at the end (stage A8). Answering is up to them."""
