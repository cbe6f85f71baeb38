"""Who is told of legal holds, and before and after the contents of a case go (IG8, IG9)."""

from __future__ import annotations

from notifications.audiences import everyone, the_person, those_named, who_watches
from notifications.rule import PAGE, Rule

OF_KEEPING: tuple[Rule, ...] = (
    Rule("legal_hold_placed", (everyone, who_watches), "{actor} placed a legal hold: nothing of the case is disposed of.", PAGE),
    Rule("legal_hold_lift_asked", (who_watches,), "{actor} asks for a legal hold to be lifted. A second person must agree."),
    Rule("legal_hold_lifted", (everyone, who_watches), "{actor} agreed that a legal hold is lifted.", PAGE),
    Rule("legal_hold_review_due", (those_named,), "Is the legal hold on {reference} still needed? Say so, or ask to lift it."),
    Rule("disposal_proposed", (those_named,), "{actor} proposes that the contents of {reference} go. Object by {until}."),
    Rule("disposal_objected", (those_named,), "{actor} objects to the contents of {reference} going. Answer the objection."),
    Rule("objection_answered", (the_person,), "{actor} answered your objection about {reference}."),
    Rule("disposal_agreed", (who_watches,), "{actor} agreed that the contents of {reference} go.", PAGE),
    Rule("disposal_dropped", (those_named,), "{actor} said that the contents of {reference} stay."),
)
"""Whoever is told of a proposal need not see the case: the message names its reference and nothing else of it."""
