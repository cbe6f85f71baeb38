"""How an answer came that was not given by signing in: said wherever the answer is shown (R2)."""

from __future__ import annotations

from cases.models import Position, TypedAnswer
from web.design_system.words import day

WITH_TYPED = ("typed__typed_by", "typed__filed_by", "typed__witness")
"""What a queryset of positions selects, so that saying it costs no statement more."""


def how_given(position: Position) -> str:
    """ "Given by telephone on Monday 2 March 2026, typed in by Cora Bell, confirmed by a link on ..."; empty for all others."""
    typed = position.typed
    if typed is None:
        return ""
    told = f"Given {typed.get_given_display()} on {day(typed.given_on)}, typed in by {typed.typed_by.name}"
    if typed.way == TypedAnswer.Way.FORM:
        return f"{told}, confirmed by a form signed on {day(typed.form_signed_on)}, witnessed by {typed.witness}."
    return f"{told}, confirmed by {typed.get_way_display()} on {day(typed.confirmed_at)}."
