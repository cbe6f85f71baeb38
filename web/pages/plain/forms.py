"""What is asked of somebody who cannot follow a paper, and of its author."""

from __future__ import annotations

from web.design_system.fields import TextAreaField
from web.design_system.forms import ActForm


class UnclearForm(ActForm):
    """Which part of a paper loses somebody."""

    text = TextAreaField(
        label="Which words or which part can you not follow?",
        hint="A few words are enough. For example: page 2, or what an escalation is.",
        missing="Say which words or which part you cannot follow",
        max_length=2000,
        rows=4,
    )
