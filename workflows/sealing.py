"""What is sealed while a stage is answered blind, judged by a Look. In SQL, for one person: `permissions.scope.sealed_visits`."""

from __future__ import annotations

from uuid import UUID

from cases.models import Comment, Visit
from workflows.look import Look


def asks_blind(look: Look) -> bool:
    """The stage in hand is answered blind and still asks, a new text that is being prepared in the middle of it included."""
    visit = look.visit
    asks = visit is not None and visit.step in (Visit.Step.PREPARE, Visit.Step.ANSWER)
    return asks and any(stay.blind for stay in look.stays(visit))


def words_are_sealed(look: Look, comment: Comment) -> bool:
    """The comment came with an answer that is still sealed: those who answer comments read it once the stage asks no more."""
    if comment.position_id is None or not asks_blind(look):
        return False
    stays = {stay.pk for stay in look.stays(look.visit)}
    return any(one.pk == comment.position_id for one in look.positions if one.visit_id in stays)


def answered_blind(look: Look) -> set[UUID]:
    """The lay seats whose answers are sealed. Whether one is a no is nobody's to find out by what is refused because of it."""
    if not asks_blind(look):
        return set()
    lay = {seat.pk for seat in look.seats if seat.is_lay and seat.state != seat.State.RECUSED}
    return {seat for seat, _ in look.last_words(look.visit)} & lay
