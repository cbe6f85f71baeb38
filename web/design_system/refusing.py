"""A refusal on the page of the form that was refused, so that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from permissions.verdict import Refused
from web.design_system.forms import PageForm

Done = TypeVar("Done")


def put_beside(form: PageForm, refused: Refused, fields: dict[str, str]) -> None:
    """The reasons of a refusal beside the fields that they are about, so that nothing typed is lost; raises a stale one again."""
    if refused.is_stale:
        raise refused
    for verdict in refused.verdicts:
        form.add_error(fields.get(verdict.rule), str(verdict))


def unless_refused(form: PageForm, act: Callable[[], Done], fields: Mapping[str, str] | None = None) -> Done | None:
    """What the act gives back; None where it was refused, with each reason on the form, beside its field where one is named.

    `fields`: the field that a rule is about, by its code. Raises a stale refusal again: what was typed is about another state.
    """
    try:
        return act()
    except Refused as refused:
        put_beside(form, refused, dict(fields or {}))
        return None
