"""Safety actions: list them, draft one, change or drop one, say what became of one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import SafetyAction
from permissions.verdict import require
from web.design_system.asking import Asking, Question
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.actions.forms import DONE, LATER, ActionForm, ChangeForm, DelayForm, EvidenceForm, StateForm
from web.pages.actions.presenter import ActionsPage, answered_on, owner_called, owners
from web.pages.cases.found import address, found_among, found_look
from web.pages.stages.done import tell_done
from web.pages.stages.frame import frame
from workflows.doors.actions import change_action, draft_action, give_evidence, is_late, may_change, may_give_evidence, may_write
from workflows.look import Look


@signed_in
@require_GET
def actions(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Every safety action, with who does it, by when, what was said of it and what became of it."""
    look = found_look(request, ods, reference, timezone.now())
    if not any(stage.on_each for stage in look.process.stages):
        raise Http404
    shown = ActionsPage(look, request.person)
    return page(request, "pages/actions/actions.jinja", frame(look), shown=shown, title=shown.title)


@signed_in
def action_draft(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Add a safety action."""
    look = found_look(request, ods, reference, timezone.now())
    form = ActionForm(request.POST or None, owners=owners(look), today=look.today)
    if form.is_valid():
        receipt = draft_action(case=look.case.pk, by=request.person, at=look.at, **_given(look, form))
        tell_done(request, receipt, "The safety action is there.")
        return redirect(address("actions", look.case))
    require(*may_write(look, request.person)[1])
    return page(request, "pages/actions/draft.jinja", {**frame(look), **_to_the_list(look)}, form=form, title="Add a safety action")


@signed_in
def action_change(request: SignedInRequest, ods: str, reference: str, action: UUID) -> HttpResponse:
    """Change the text of a safety action, or take it out."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(look.actions, action)
    form = _change_form(request, look, found)
    if form.is_valid():
        given = form.cleaned_data
        receipt = change_action(
            case=look.case.pk, by=request.person, at=look.at, action=action, drop=given["drop"],
            revision=int(given["revision"]) if given["revision"].isdecimal() else 0, **_given(look, form),
        )  # fmt: skip
        tell_done(request, receipt, f"Safety action {found.number} is {'taken out' if given['drop'] else 'changed'}.")
        return redirect(address("actions", look.case))
    require(*may_change(look, request.person, action)[2])
    closed = [verdict for verdict in may_change(look, request.person, action, drop=True)[2] if not verdict]
    if closed:
        del form.fields["drop"]
    told = {
        "form": form,
        "asked_again": answered_on(look, found),
        "cannot_drop": closed,
        "title": f"Change safety action {found.number}",
    }
    return page(request, "pages/actions/change.jinja", {**frame(look), **_to_the_list(look), **told})


def _change_form(request: SignedInRequest, look: Look, action: SafetyAction) -> ChangeForm:
    choices = owners(look)
    key = str(action.owner_id)
    if key not in dict(choices):
        choices.append((key, action.owner.name))
    initial = {name: getattr(action, name) for name in ("title", "text", "measure", "due_on")}
    stands = initial | {"owner": key, "revision": str(action.revision)}
    earliest = None if "drop" in request.POST else look.today
    return ChangeForm(request.POST or None, owners=choices, today=earliest, initial=stands)


def _given(look: Look, form: ActionForm) -> dict[str, Any]:
    given = form.cleaned_data
    kept = {name: given[name] for name in ("title", "text", "measure", "due_on", "request")}
    return kept | {"owner": owner_called(look, given["owner"])}


def _to_the_list(look: Look) -> dict[str, str]:
    return {"back": address("actions", look.case), "back_text": "Back to the safety actions"}


@signed_in
def action_evidence(request: SignedInRequest, ods: str, reference: str, action: UUID) -> HttpResponse:
    """Show what was done; or ask for more time, with the reason."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(look.actions, action)
    asking = _what_became_of_it(request, look, found)
    if asking.is_confirmed:
        given = asking.answers
        receipt = give_evidence(
            case=look.case.pk, by=request.person, at=look.at, request=given["request"], action=action,
            evidence=given.get("evidence", ""), new_due_on=given.get("new_due_on"), reason=given.get("reason", ""),
        )  # fmt: skip
        tell_done(request, receipt, f"Recorded for safety action {found.number}.")
        return redirect(address("actions", look.case))
    require(*may_give_evidence(look, request.person, action)[2])
    return asking.response({**frame(look), **_to_the_list(look), "action": found})


def _what_became_of_it(request: SignedInRequest, look: Look, action: SafetyAction) -> Asking:
    template = "pages/actions/evidence.jinja"
    title = f"Safety action {action.number}: {action.title}"
    before = {"initial": {"evidence": action.evidence, "reason": action.delay_reason}, "late": is_late(look, action)}
    tomorrow = {"tomorrow": look.today + timedelta(days=1)}
    return Asking(
        request,
        [
            Question("state", StateForm, title, template),
            Question("evidence", EvidenceForm, title, template, before, lambda given: given.get("state") == DONE),
            Question("delay", DelayForm, title, template, tomorrow, lambda given: given.get("state") == LATER),
        ],
        check_title="Check before you send",
        confirm="Send",
    )
