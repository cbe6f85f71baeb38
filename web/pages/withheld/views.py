"""What is held back on a case: the list, the challenge of a lay partner and its answer, the end of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Challenge
from permissions.verdict import Refused, require
from web.design_system.refusing import put_beside
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.stages.frame import frame
from web.pages.withheld.forms import AnswerChallengeForm, ChallengeForm, EndForm, LongerForm
from web.pages.withheld.presenter import card_of, counted, held_back_cards, is_known
from workflows.doors.withholding import (
    ANSWERED_WITHIN,
    LONGEST,
    answer_challenge,
    challenge,
    end_withholding,
    may_answer_challenge,
    may_challenge,
    may_end_withholding,
    may_prolong_withholding,
    prolong_withholding,
)
from workflows.look import Look
from workflows.offers import REASON


@signed_in
@require_GET
def withheld(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Everything that is or was held back from lay partners on the case."""
    look = found_look(request, ods, reference, timezone.now())
    cards = held_back_cards(look, request.person, look.withholdings)
    told = {**frame(look), "cards": cards, "counted": counted(look), "title": "Held back from lay partners"}
    return page(request, "pages/withheld/withheld.jinja", told)


def _card(look: Look, request: SignedInRequest, withholding: UUID) -> dict[str, object]:
    """The frame, with the card of one thing that is held back. Raises Http404."""
    own = {seat.pk for seat in look.seats_of(request.person.pk)}
    known = [one for one in look.withholdings if is_known(look, one) or one.decided_by_id in own]
    row = found_among(known, withholding)
    return {**frame(look), "card": card_of(look, request.person, row)}


@signed_in
def challenge_it(request: SignedInRequest, ods: str, reference: str, withholding: UUID) -> HttpResponse:
    """A lay partner objects to something being held back."""
    look = found_look(request, ods, reference, timezone.now())
    told = _card(look, request, withholding)
    form = ChallengeForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        challenge(
            case=look.case.pk,
            by=request.person,
            at=look.at,
            request=given["request"],
            withholding=withholding,
            reason=given["reason"],
        )
        return redirect(address("withheld", look.case))
    require(*may_challenge(look, request.person, withholding, REASON)[2])
    due = look.calendar.add(look.today, ANSWERED_WITHIN.days)
    return page(request, "pages/withheld/challenge.jinja", told, form=form, due=due, within=ANSWERED_WITHIN, title="Challenge it")


@signed_in
def answer(request: SignedInRequest, ods: str, reference: str, challenge: UUID) -> HttpResponse:
    """Answer a lay partner who objects."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(look.challenges, challenge)
    told = _card(look, request, found.withholding_id)
    form = AnswerChallengeForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            answer_challenge(
                case=look.case.pk, by=request.person, at=look.at, request=given["request"], challenge=challenge,
                outcome=given["outcome"], answer=given["answer"],
            )  # fmt: skip
            return redirect(address("withheld", look.case))
        except Refused as refused:
            put_beside(form, refused, {"IG6": "outcome"})
    require(*may_answer_challenge(look, request.person, challenge, Challenge.Outcome.UPHELD, REASON)[2])
    return page(request, "pages/withheld/answer.jinja", told, form=form, title="Answer a challenge")


@signed_in
def end(request: SignedInRequest, ods: str, reference: str, withholding: UUID) -> HttpResponse:
    """Hold it back no longer."""
    look = found_look(request, ods, reference, timezone.now())
    told = _card(look, request, withholding)
    form = EndForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        end_withholding(
            case=look.case.pk,
            by=request.person,
            at=look.at,
            request=given["request"],
            withholding=withholding,
            reason=given["reason"],
        )
        return redirect(address("withheld", look.case))
    require(*may_end_withholding(look, request.person, withholding, REASON)[2])
    return page(request, "pages/withheld/end.jinja", told, form=form, title="Let lay partners read it")


@signed_in
def prolong(request: SignedInRequest, ods: str, reference: str, withholding: UUID) -> HttpResponse:
    """Decide again that it is held back."""
    look = found_look(request, ods, reference, timezone.now())
    told = _card(look, request, withholding)
    form = LongerForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            prolong_withholding(
                case=look.case.pk, by=request.person, at=look.at, request=given["request"], withholding=withholding,
                until=given["until"], reason=given["reason"],
            )  # fmt: skip
            return redirect(address("withheld", look.case))
        except Refused as refused:
            put_beside(form, refused, {"IG5": "until"})
    tomorrow = look.calendar.add(look.today, 1)
    require(*may_prolong_withholding(look, request.person, withholding, tomorrow, REASON)[2])
    return page(request, "pages/withheld/longer.jinja", told, form=form, longest=LONGEST, title="Hold it back for longer")
