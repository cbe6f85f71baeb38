"""The people of a case: who sits, asking somebody, taking an offer back, asking to end a seat, recording a tie."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.models import Person, Seat
from permissions.roles import ROLES, Role
from permissions.scope import running_appointments
from permissions.verdict import Refused, require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.people import profile
from web.pages.people.candidates import Asked
from web.pages.people.forms import AskForm, ConnectionForm, EndForm, ReasonForm
from web.pages.people.presenter import PeopleOfCase
from web.pages.training.untrained import not_ready
from workflows.doors import facts, seats
from workflows.look import Look
from workflows.offers import REASON

ABOUT = "about"
"""In the address of the list: the people whom the visitor has just asked, or asked no longer."""


@signed_in
def people(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Who sits on the case, and who was asked."""
    look = found_look(request, ods, reference, timezone.now())
    shown = PeopleOfCase(look, request.person)
    told = shown.told(request.GET.getlist(ABOUT))
    return page(request, "pages/people/people.jinja", people=shown, told=told, not_ready=not_ready(look, request.person))


def _to_people(look: Look, *about: UUID | str) -> HttpResponse:
    return redirect(f"{address('people', look.case)}?{urlencode([(ABOUT, str(one)) for one in about])}")


# Asking somebody


@signed_in
def assign(request: SignedInRequest, ods: str, reference: str, role: str) -> HttpResponse:
    """Ask people to take a seat, one or several at once: everybody who could be asked, with every condition."""
    at = timezone.now()
    look = found_look(request, ods, reference, at)
    asked = Asked(look, _offered_role(look, role), request.person)
    form = AskForm(
        request.POST or None, people=asked.people, role=asked.role, several=asked.several, today=look.today, initial=asked.initial
    )
    if form.is_valid() and ask_all(asked, form, at):
        return _to_people(look, *form.cleaned_data["people"])
    require(asked.may_ask)
    return page(request, "pages/people/assign.jinja", asked=asked, form=form, back=address("people", look.case))


def _offered_role(look: Look, code: str) -> Role:
    """The role of a seat that is filled by asking. Raises Http404 for any other."""
    found = look.process.seats_of(ROLES[code]) if code in ROLES else None
    if found is None or found.offered_by is None:
        raise Http404
    return found.role


def ask_all(asked: Asked, form: AskForm, at: datetime) -> bool:
    """Ask all of them by one act; False where one is refused: then nobody is asked, and the form says who cannot be and why."""
    said = form.cleaned_data
    people = [asked.person(key) for key in said["people"]]
    try:
        seats.offer_seats(
            case=asked.look.case.pk, by=asked.by, at=at, request=said["request"], people=people, role=asked.role.code,
            why=said["why"], task_profile=profile.written(said), reply_by=said["reply_by"],
            membership=said["membership"], membership_reason=said["membership_reason"] or "",
        )  # fmt: skip
    except Refused as refused:
        form.add_error("people", [f"{one} Rule {one.rule}" for one in refused.verdicts])
        return False
    return True


@signed_in
def withdraw_offer(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """Take back an offer that was not taken up, with a reason."""
    at = timezone.now()
    look = found_look(request, ods, reference, at)
    found = found_among(look.seats, seat)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        seats.withdraw_offer(case=look.case.pk, by=request.person, at=at, request=said["request"], seat=seat, reason=said["reason"])
        return _to_people(look, found.person_id)
    require(*seats.may_withdraw_offer(look, request.person, seat, REASON)[2])
    return page(request, "pages/people/withdraw_offer.jinja", form=form, seat=found, role=ROLES[found.role],
                case=look.case, back=address("people", look.case))  # fmt: skip


# Ending a seat: the first of two keys


@signed_in
def end(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """Ask that somebody's seat end, or no longer count. A second person decides (R8)."""
    at = timezone.now()
    look = found_look(request, ods, reference, at)
    found = found_among(look.seats, seat)
    form = EndForm(request.POST or None, counts=found.membership == Seat.Membership.MEMBER)
    if form.is_valid():
        said = form.cleaned_data
        ask = seats.ask_for_attendee if said["what"] == "attendee" else seats.ask_to_end_seat
        receipt = ask(case=look.case.pk, by=request.person, at=at, request=said["request"], seat=seat, reason=said["reason"])
        return redirect(address("proposal", look.case, proposal=receipt.event.facts["proposal"]))
    require(*seats.may_ask_about(look, request.person, seat, REASON)[2])
    return page(request, "pages/people/end.jinja", form=form, seat=found, role=ROLES[found.role],
                case=look.case, back=address("people", look.case))  # fmt: skip


# Ties


@signed_in
def connection(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Record that somebody is affected, related, involved or a claimant, and so cannot hold a lay seat here."""
    at = timezone.now()
    look = found_look(request, ods, reference, at)
    everybody = _everybody(look, at)
    form = ConnectionForm(request.POST or None, people=[(str(pk), name) for pk, name in everybody.items()])
    if form.is_valid():
        said = form.cleaned_data
        person = Person.objects.get(pk=said["person"])
        facts.record_connection(
            case=look.case.pk, by=request.person, at=at, request=said["request"], person=person, kind=said["kind"]
        )  # fmt: skip
        return redirect(f"{address('people', look.case)}#ties")
    require(facts.may_record_connection(look, request.person)[1])
    return page(request, "pages/people/connection.jinja", form=form, case=look.case, back=address("people", look.case))


def _everybody(look: Look, at: datetime) -> dict[UUID, str]:
    """The people appointed in the organisation, by key. One statement."""
    held = running_appointments(at).filter(organisation=look.case.organisation_id).order_by("person__name")
    return dict(held.values_list("person_id", "person__name"))
