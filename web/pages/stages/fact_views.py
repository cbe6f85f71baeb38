"""What is not tied to one step of a stage: facts set down at any time, and looking whether a stage can go on by now."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from permissions.verdict import require
from web.design_system.forms import ButtonForm
from web.design_system.refusing import unless_refused
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_look
from web.pages.cases.wording import lower
from web.pages.stages.done import tell_done
from web.pages.stages.fact_form import FactForm, as_stored, told
from web.pages.stages.frame import frame
from workflows.definition import AnyTime
from workflows.door import Receipt
from workflows.doors.facts import may_record, record_facts
from workflows.engine import look_again as look_whether_it_can_go_on
from workflows.look import Look
from workflows.may import may_look_again, moment_of
from workflows.standing import waits


@signed_in
def facts(request: SignedInRequest, ods: str, reference: str, act: str) -> HttpResponse:
    """Set down the facts of an any-time act of the process."""
    look = found_look(request, ods, reference, timezone.now())
    card = look.process.any_time_act(act)
    if card is None or card.effect != "records":
        raise Http404
    form = FactForm(request.POST or None, records=card.records, stored=look.case.facts, moment=moment_of(look))
    if form.is_valid() and (receipt := unless_refused(form, lambda: _recorded(request, look, card, form))):
        tell_done(request, receipt, f"Recorded: {lower(card.heading or card.title)}.")
        return redirect(address("case", look.case))
    require(*may_record(look, request.person, act)[2])
    before = told(card.records, look.case.facts)
    return page(request, "pages/stages/facts.jinja", frame(look), form=form, before=before, title=card.title)


def _recorded(request: SignedInRequest, look: Look, card: AnyTime, form: FactForm) -> Receipt:
    given = form.cleaned_data
    facts = as_stored(card.records, given)
    return record_facts(case=look.case.pk, by=request.person, at=look.at, request=given["request"], act=card.code, facts=facts)


@signed_in
def look_again(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Let a stage go on that everyone has answered, if what held it is over."""
    look = found_look(request, ods, reference, timezone.now())
    form = ButtonForm(request.POST or None)
    if form.is_valid():
        token = form.cleaned_data["request"]
        receipt = look_whether_it_can_go_on(case=look.case.pk, by=request.person, at=look.at, request=token)
        tell_done(request, receipt, "It can go on." if receipt.event.facts.get("moves") else "It still waits. Nothing has changed.")
        return redirect(address("case", look.case))
    require(*may_look_again(look, request.person)[1])
    held = [wait.verdict for wait in waits(look)]
    return page(request, "pages/stages/look_again.jinja", frame(look), form=form, held=held, title="See whether it can go on now")
