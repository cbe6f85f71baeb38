"""A partner asks another lay person to stand in, and takes the seat back: both from their own seat, seen or not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from cases.models import Person, Seat
from permissions.eligibility import Candidate, candidates
from permissions.roles import ROLES
from permissions.verdict import require
from web.design_system.forms import ButtonForm
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address
from web.pages.people.offer import own_seat
from web.pages.standins.forms import StandInForm
from workflows.doors import stand_ins
from workflows.law import typed
from workflows.look import Look
from workflows.opening import training_for
from workflows.registry import process_of


def _look(seat: Seat, at: datetime) -> Look:
    case = typed(seat.case)
    return Look(case, process_of(case.process, case.definition_version), at)


@signed_in
def hand_over(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """Ask somebody to stand in. Everybody lay who could is listed; who is not ready is, with the reason."""
    mine, at = own_seat(request, ods, reference, seat), timezone.now()
    look = _look(mine, at)
    people = _others(look, mine)
    form = StandInForm(request.POST or None, people=[(str(one.person.pk), one.person.name) for one in people if one.ready],
                       today=look.today)  # fmt: skip
    if form.is_valid():
        said = form.cleaned_data
        stand_ins.hand_over(
            case=mine.case_id, by=request.person, at=at, request=said["request"], seat=seat, starts_on=said["starts_on"],
            person=get_object_or_404(Person, pk=said["person"]), until=said["until"], reason=said["reason"],
        )  # fmt: skip
        return redirect(address("people", mine.case))
    require(*stand_ins.may_hand_over(look, request.person, seat, None, look.today, look.today)[1])
    back = address("people", mine.case)
    not_ready = [one for one in people if not one.ready]
    return page(request, "pages/standins/ask.jinja", form=form, case=mine.case, people=people, not_ready=not_ready, back=back)


def _others(look: Look, mine: Seat) -> list[Candidate]:
    role = ROLES[mine.role]
    found = candidates(look.case, role, look.at, training_for(look.process, role)) if role.lay else []
    return [one for one in found if one.person.pk != mine.person_id and not one.seated]


@signed_in
def take_back(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """One's own seat again, at any time and without a reason."""
    mine, at = own_seat(request, ods, reference, seat), timezone.now()
    form = ButtonForm(request.POST or None)
    if form.is_valid():
        stand_ins.return_to_seat(case=mine.case_id, by=request.person, at=at, request=form.cleaned_data["request"], seat=seat)
        return redirect(address("case", mine.case))
    _mine, other, verdicts = stand_ins.may_return(_look(mine, at), request.person, seat)
    require(*verdicts)
    return page(request, "pages/standins/return.jinja", form=form, case=mine.case, other=other, mine=mine)
