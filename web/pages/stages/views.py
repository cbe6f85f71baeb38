"""Preparing a stage and deciding it: the questions, a check of the answers, the act."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from permissions.verdict import Refused, require
from web.design_system.asking import Asking, Question
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_look
from web.pages.stages.done import tell_done
from web.pages.stages.fact_form import as_stored
from web.pages.stages.forms import DecideForm, SubmitForm
from web.pages.stages.frame import as_key, found_visit, frame
from web.pages.stages.hearing import HearingPage
from web.pages.stages.presenter import DecidePage, SubmitPage
from web.pages.stages.signing import SigningPage
from workflows.definition import Process, Stage
from workflows.engine import decide, submit


@signed_in
def stage_submit(request: SignedInRequest, ods: str, reference: str, visit: UUID) -> HttpResponse:
    """The actor's part of a stage: what must be ready, what is set down, which exact text it is about, how it goes on."""
    look = found_look(request, ods, reference, timezone.now())
    stay = found_visit(look, visit)
    shown = _page_of(look.process, look.process.stage(stay.stage))(look, request.person, stay)
    asking = Asking(
        request, [Question("stage", SubmitForm, shown.title, shown.template, options=shown.options)],
        check_title="Check before you send", check_template="pages/stages/check_submit.jinja",
    )  # fmt: skip
    asking.confirm = shown.confirm_words(asking.answers)
    if asking.is_confirmed:
        given = asking.answers
        receipt = submit(
            case=look.case.pk, by=request.person, at=look.at, request=given["request"], visit=visit,
            facts=as_stored(shown.stage.records, given), outcome=given.get("outcome", ""), version=as_key(given["version"]),
            reason=given.get("reason", ""),
        )  # fmt: skip
        tell_done(request, receipt, shown.done_words(given))
        return redirect(address("case", look.case))
    if not shown.has_part:
        raise Refused(shown.verdicts)
    told = {**frame(look), "shown": shown}
    if not shown.is_ready:
        return page(request, "pages/stages/not_ready.jinja", told, title=shown.title)
    return asking.response(told)


def _page_of(process: Process, stage: Stage) -> type[SubmitPage]:
    """Signing and hearing a disagreement have pages of their own; every other stage shares one."""
    if stage.hears:
        return HearingPage
    return SigningPage if stage.acts and stage.acts == process.signed_by and stage.paper else SubmitPage


@signed_in
def stage_decide(request: SignedInRequest, ods: str, reference: str, visit: UUID) -> HttpResponse:
    """Choose among the ways on that are one's own; those of others, and those that are closed, are shown with the reason."""
    look = found_look(request, ods, reference, timezone.now())
    shown = DecidePage(look, request.person, found_visit(look, visit))
    asking = Asking(
        request, [Question("decision", DecideForm, shown.title, "pages/stages/decide.jinja", options=shown.options)],
        check_title="Check your decision", check_template="pages/stages/check_submit.jinja", confirm="Confirm my decision",
    )  # fmt: skip
    if asking.is_confirmed:
        given = asking.answers
        receipt = decide(
            case=look.case.pk, by=request.person, at=look.at, request=given["request"], visit=visit, outcome=given["outcome"],
            reason=given.get("reason", ""),
        )  # fmt: skip
        tell_done(request, receipt, shown.done_words(given))
        return redirect(address("case", look.case))
    require(*shown.verdicts)
    told = {**frame(look), "shown": shown}
    if not shown.open_ways:
        return page(request, "pages/stages/not_ready.jinja", told, title=shown.title)
    return asking.response(told)
