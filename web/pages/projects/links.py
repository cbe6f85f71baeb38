"""Where the pages are that only some processes have, as a case links to them."""

from __future__ import annotations

from dataclasses import dataclass

from web.design_system.words import count
from web.pages.cases.found import address
from web.pages.projects.said import tells_what_changed
from workflows.doors.evaluations import evaluated_in
from workflows.doors.measures import can_write, has_measures
from workflows.look import Look


@dataclass(frozen=True)
class ProjectLink:
    """The words of a link, and where it leads."""

    words: str
    href: str


def project_links(look: Look) -> list[ProjectLink]:
    """Those pages of this case that have something on them. No statement where the process knows nothing of the kind."""
    found = []
    if has_measures(look) and (look.live_measures or can_write(look)):
        found.append((f"Measures ({count(len(look.live_measures), 'measure')})", "measures"))
    if look.holds:
        found.append((f"When the work was stopped ({count(len(look.holds), 'time')})", "holds"))
    if tells_what_changed(look.process) and len(look.visits) > 1:
        found.append(("You said, we did: what partners said, and what changed", "you_said"))
    evaluated = evaluated_in(look)
    if evaluated and look.last_visit(evaluated.code):
        found.append(("What it was like to be involved", "evaluations"))
    return [ProjectLink(words, address(name, look.case)) for words, name in found]
