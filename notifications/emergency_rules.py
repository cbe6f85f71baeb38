"""Who is told that somebody without a seat asks to see a case in an emergency, sees it, and sees it no more (IG3)."""

from __future__ import annotations

from notifications.audiences import everyone, lay_partners, the_person, those_named, who_watches
from notifications.rule import PAGE, Rule

OPENED = "{person} can see the case until {until}, because of an emergency. {actor} agreed. Read why on the page of the case."

OF_EMERGENCIES: tuple[Rule, ...] = (
    Rule("emergency_asked", (those_named,), "{actor} asks to see a case in an emergency. A second person must agree. Answer now."),
    Rule("emergency_agreed", (lay_partners, everyone, who_watches), OPENED),
    Rule("emergency_agreed", (the_person,), "{actor} agreed: you can see the case until {until}."),
    Rule("emergency_refused", (the_person,), "{actor} did not agree that you see the case. Read why."),
    Rule("emergency_refused", (who_watches,), "{actor} did not agree that {person} sees a case because of an emergency.", PAGE),
    Rule("emergency_ended", (everyone, who_watches), "{person} no longer sees the case: {actor} ended it early.", PAGE),
)
"""Lay partners of the case first: it is their group that is looked into."""
