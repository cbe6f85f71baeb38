"""What a page tells somebody once, after an act of theirs: that it was done, and where the case stands now."""

from __future__ import annotations

from django.contrib import messages

from web.design_system.views import SignedInRequest
from workflows.door import Receipt


def tell_done(request: SignedInRequest, receipt: Receipt, done: str) -> None:
    """Shown at the top of the next page. Read from the ledger event of the act, so that it says what was recorded."""
    messages.success(request, f"{done} {where_it_stands_now(receipt)}".strip())


def where_it_stands_now(receipt: Receipt) -> str:
    """ "The case now stands at “Note the plan”."; or that those who are asked have been told."""
    facts = receipt.event.facts
    if moves := facts.get("moves"):
        return f"The case now stands at \u201c{moves[-1]['to_title']}\u201d."
    return "Those who come next have been told." if facts.get("put_to") else ""
