"""A refusal on the page of the form that was refused, so that nothing typed is lost."""

from __future__ import annotations

from permissions.verdict import Refused
from web.design_system.forms import PageForm


def put_beside(form: PageForm, refused: Refused, fields: dict[str, str]) -> None:
    """The reasons of a refusal beside the fields that they are about, so that nothing typed is lost; raises a stale one again."""
    if refused.is_stale:
        raise refused
    for verdict in refused.verdicts:
        form.add_error(fields.get(verdict.rule), str(verdict))
