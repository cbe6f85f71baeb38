"""Acts that need two people: a withdrawal or a waiver is asked for here, and the second person answers every kind."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from permissions.roles import ROLES
from permissions.verdict import require
from web.design_system.forms import ButtonForm
from web.design_system.refusing import unless_refused
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.twokeys.forms import SecondForm, WaiverForm, WithdrawForm
from web.pages.twokeys.presenter import ProposalPage, proposal_among
from workflows.door import Receipt
from workflows.doors import second_key, waivers
from workflows.doors.second_key import withdrawal
from workflows.look import Look
from workflows.offers import REASON
from workflows.standing import may_waive

LAY_SEATS = "R9"
"""The one rule that can be waived: that every lay seat is filled."""


@signed_in
def proposal(request: SignedInRequest, ods: str, reference: str, proposal: UUID) -> HttpResponse:
    """What was asked, and the second person's answer."""
    at = timezone.now()
    look = found_look(request, ods, reference, at)
    found = proposal_among(look, proposal)
    if found is None:
        raise Http404
    shown = ProposalPage(look, found, request.person)
    may_confirm = not (shown.is_open and shown.refusals) or not shown.is_second
    form = SecondForm(request.POST or None, agree=shown.agree, may_confirm=may_confirm)
    if form.is_valid():
        _answer(request, shown, form, at)
        return redirect(address("proposal", look.case, proposal=proposal))
    return page(request, "pages/twokeys/proposal.jinja", asked=shown, form=form, title=shown.title)


def _answer(request: SignedInRequest, shown: ProposalPage, form: SecondForm, at: datetime) -> None:
    said = form.cleaned_data
    act = shown.wording.confirm if said["answer"] == "confirm" else second_key.refuse_proposal
    act(case=shown.case.pk, by=request.person, at=at, request=said["request"], proposal=shown.proposal.pk, reason=form.words)


def _to_proposal(look: Look, receipt: Receipt) -> HttpResponse:
    return redirect(address("proposal", look.case, proposal=receipt.event.facts["proposal"]))


@signed_in
def withdraw(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Ask that the case be withdrawn."""
    at = timezone.now()
    look = found_look(request, ods, reference, at)
    form = WithdrawForm(request.POST or None)
    if form.is_valid() and (receipt := unless_refused(form, lambda: _asked_to_withdraw(request, look, form))):
        return _to_proposal(look, receipt)
    require(*second_key.may_ask_to_withdraw(look, request.person, REASON)[1])
    act = withdrawal(look)
    second = " or ".join(role.title.lower() for role in act.second) if act else ""
    return page(request, "pages/twokeys/withdraw.jinja", form=form, case=look.case, second=second, back=address("case", look.case))


def _asked_to_withdraw(request: SignedInRequest, look: Look, form: WithdrawForm) -> Receipt:
    said = form.cleaned_data
    return second_key.ask_to_withdraw(
        case=look.case.pk, by=request.person, at=look.at, request=said["request"], reason=said["reason"]
    )  # fmt: skip


@signed_in
def waiver_ask(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Ask an executive who will not sign to let the stage go on although a lay seat is empty (R9)."""
    at = timezone.now()
    look = found_look(request, ods, reference, at)
    form = WaiverForm(request.POST or None, today=look.today)
    if form.is_valid() and (receipt := unless_refused(form, lambda: _asked_for_waiver(request, look, form))):
        return _to_proposal(look, receipt)
    require(*waivers.may_ask_for_waiver(look, request.person, LAY_SEATS, look.today, REASON)[1])
    return page(request, "pages/twokeys/waiver_ask.jinja", form=form, case=look.case, stage=look.process.title_of(look.case.state),
                lay=_lay_seats(look), second=may_waive().title.lower(), back=address("case", look.case))  # fmt: skip


def _asked_for_waiver(request: SignedInRequest, look: Look, form: WaiverForm) -> Receipt:
    said = form.cleaned_data
    return waivers.ask_for_waiver(
        case=look.case.pk, by=request.person, at=look.at, request=said["request"], rule=LAY_SEATS, until=said["until"],
        reason=said["reason"],
    )  # fmt: skip


@signed_in
def waiver_end(request: SignedInRequest, ods: str, reference: str, waiver: UUID) -> HttpResponse:
    """Let a lay rule hold again before the day until which it was lifted (R17)."""
    at = timezone.now()
    look = found_look(request, ods, reference, at)
    found = found_among(look.waivers, waiver)
    form = ButtonForm(request.POST or None)
    if form.is_valid():
        waivers.end_waiver(case=look.case.pk, by=request.person, at=at, request=form.cleaned_data["request"], waiver=waiver)
        messages.success(request, f"Rule {found.rule} holds again on {look.case.reference}.")
        return redirect("waivers")
    require(*waivers.may_end_waiver(look, request.person, waiver)[2])
    return page(request, "pages/twokeys/waiver_end.jinja", form=form, case=look.case, waiver=found,
                stage=look.process.title_of(found.stage), back=reverse("waivers"))  # fmt: skip


def _lay_seats(look: Look) -> list[tuple[str, int, int]]:
    """For each lay role: its title, how many seats it has, how many are empty."""
    lay = [seats for seats in look.process.seats if seats.role.lay]
    return [(ROLES[seats.role.code].title, seats.target, look.vacant(seats.role)) for seats in lay]
