"""Taking the whole record of a case out of the application, to be checked and kept elsewhere: who may, and that it was done."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, Q

from cases.models import Case, Person, Seat
from permissions.roles import QUALITY
from permissions.scope import audited_organisations, in_sight, kept_out
from permissions.verdict import Verdict, judge
from workflows.door import Doing, door, require
from workflows.doors.emergency import acting_by_appointment
from workflows.evidence.readers import has_answered_first
from workflows.look import Look
from workflows.may import GO_BACK


def may_export(look: Look, person: Person) -> list[Verdict]:
    """Whether a person may take out the record: the quality auditor of the organisation, or who sits here for the quality team.

    Nobody with a conflict of interest or a tie to the case may (R18, IG3).
    """
    sees, audits, tied = _stands(look, person)
    return [
        has_answered_first(look, person),
        judge(sees, "IG3", "You may not see this case.", GO_BACK),
        judge(audits or _quality_seat(look, person) is not None, "R16", "Only the quality team and the auditor take out a record.",
              "Ask the quality team."),
        judge(not tied, "R18", "You have a conflict of interest, or a tie to this case.", "Somebody else takes out its record."),
    ]  # fmt: skip


def _stands(look: Look, person: Person) -> tuple[bool, bool, bool]:
    """Whether a person sees the case, audits its organisation, and has a conflict or a tie. One statement."""
    asked = (
        in_sight(person, look.at),
        Q(organisation__in=audited_organisations(person, look.at).values("organisation")),
        kept_out(look.case.pk, person.pk),
    )
    sees, audits, tied = (ExpressionWrapper(one, output_field=BooleanField()) for one in asked)
    found = Case.objects.filter(pk=look.case.pk).annotate(sees=sees, audits=audits, tied=tied)
    row: tuple[bool, bool, bool] = found.values_list("sees", "audits", "tied").get()
    return row


def _quality_seat(look: Look, person: Person) -> Seat | None:
    return next((seat for seat in look.active(QUALITY) if seat.person_id == person.pk), None)


@door("record_exported")
def export_record(doing: Doing, *, to: str) -> None:
    """Note that the record leaves as it stands after this act, and `to` whom, in words. The files are written from it afterwards.

    What leaves and what stays is `workflows.export.what_leaves`. Raises Refused.
    """
    require(*may_export(doing.look, doing.person))
    require(
        judge(bool(to.strip()), "R16", "Say who it is for, and why they need it.", "For example: the coroner, who asked for it.")
    )
    seat = _quality_seat(doing.look, doing.person)
    if seat:
        doing.acting_as(seat)
    else:
        acting_by_appointment(doing)
    doing.says(to=to.strip())
