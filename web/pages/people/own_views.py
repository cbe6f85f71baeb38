"""What a person does about their own seat: answer an offer, declare interests, leave, and see what became of it.

Whoever was asked cannot see the case yet, so these pages find the seat by its person and show the offer alone.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.models import Seat
from permissions.verdict import Refused
from web.design_system.asking import Asking, Question
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address
from web.pages.people.forms import AnswerForm, ConfidentialForm, ConflictForm, LeaveForm
from web.pages.people.offer import OfferOfSeat, own_seat, what_became, words_about
from workflows.doors import seats

QUESTIONS = (
    Question("confidential", ConfidentialForm, "Keeping things confidential", "pages/people/confidential.jinja"),
    Question("conflict", ConflictForm, "Your interests in this case", "pages/people/conflict.jinja"),
)
"""Asked of everybody before a seat is taken, one on a page."""


def _to(name: str, seat: Seat) -> HttpResponse:
    return redirect(address(name, seat.case, seat=seat.pk))


@signed_in
def answer(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """Accept an offer, decline it, or ask for a change."""
    mine = own_seat(request, ods, reference, seat)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        return _reply(request, mine, form.cleaned_data)
    if mine.state != Seat.State.OFFERED:
        return _to("seat_declare" if mine.state == Seat.State.ACCEPTED else "seat_answered", mine)
    offer = OfferOfSeat(mine, timezone.now())
    return page(request, "pages/people/offer.jinja", form=form, offer=offer)


def _reply(request: SignedInRequest, mine: Seat, said: dict[str, Any]) -> HttpResponse:
    by, at, token = request.person, timezone.now(), said["request"]
    if said["answer"] == "accept":
        seats.accept_seat(case=mine.case_id, by=by, at=at, request=token, seat=mine.pk)
        return _to("seat_declare", mine)
    reply = said["changed"] or said["declined"]
    seats.decline_seat(case=mine.case_id, by=by, at=at, request=token, seat=mine.pk, reply=reply)
    return _to("seat_answered", mine)


@signed_in
def declare(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """Two questions, a check, and the declaration that opens the case or closes the seat."""
    mine = own_seat(request, ods, reference, seat)
    if request.method != "POST" and mine.state != Seat.State.ACCEPTED:
        return _to("seat_answer" if mine.state == Seat.State.OFFERED else "seat_answered", mine)
    offer = OfferOfSeat(mine, timezone.now())
    asking = Asking(request, QUESTIONS, check_title="Check what you declare", check_template="pages/people/check_interests.jinja",
                    confirm="Send my declaration")  # fmt: skip
    if not asking.is_confirmed:
        return asking.response(
            {"offer": offer, "caption": mine.case.reference, "leave": address("seat_leave", mine.case, seat=seat)}
        )
    try:
        _declare(request, mine, asking.answers)
    except Refused as refused:
        if refused.is_stale:
            raise
        return page(request, "pages/people/not_yet.jinja", offer=offer, verdicts=refused.verdicts, status=403)
    return _to("seat_answered", mine)


def _declare(request: SignedInRequest, mine: Seat, said: dict[str, Any]) -> None:
    seats.declare_interests(
        case=mine.case_id, by=request.person, at=timezone.now(), request=said["request"], seat=mine.pk,
        confidential=said["confidential"], conflict=said["conflict"] == "yes", text=said["text"] or "",
    )  # fmt: skip


@signed_in
def leave(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """Step down, or declare a conflict of interest: either closes the case at once."""
    mine = own_seat(request, ods, reference, seat)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        _go(request, mine, form.cleaned_data)
        return _to("seat_answered", mine)
    if mine.state not in (Seat.State.ACCEPTED, Seat.State.ACTIVE):
        return _to("seat_answer" if mine.state == Seat.State.OFFERED else "seat_answered", mine)
    offer = OfferOfSeat(mine, timezone.now())
    back = address("case" if mine.is_active else "seat_declare", mine.case, **({} if mine.is_active else {"seat": seat}))
    return page(request, "pages/people/leave.jinja", form=form, offer=offer, back=back)


def _go(request: SignedInRequest, mine: Seat, said: dict[str, Any]) -> None:
    by, at, token = request.person, timezone.now(), said["request"]
    if said["how"] == "conflict":
        seats.recuse(case=mine.case_id, by=by, at=at, request=token, seat=mine.pk, text=said["text"])
    else:
        seats.step_down(case=mine.case_id, by=by, at=at, request=token, seat=mine.pk, reason=said["reason"])


@signed_in
def answered(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> HttpResponse:
    """What became of one's own seat; stays readable when the case no longer is."""
    mine = own_seat(request, ods, reference, seat)
    became = what_became(mine)
    onward = {
        Seat.State.ACTIVE: (address("case", mine.case), "Go to the case"),
        Seat.State.OFFERED: (address("seat_answer", mine.case, seat=seat), "Answer the offer"),
        Seat.State.ACCEPTED: (address("seat_declare", mine.case, seat=seat), "Declare your interests"),
    }
    href, text = onward.get(Seat.State(mine.state), (None, None))
    return page(request, "pages/people/answered.jinja", title=became.title, became=became, words=words_about(mine),
                offer=OfferOfSeat(mine, timezone.now()), next_href=href, next_text=text)  # fmt: skip
