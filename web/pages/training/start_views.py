"""Starting a partner's training: whose, and for what. One page, one act."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.models import Case, Person, TrainingRecord
from permissions.eligibility import subject_title
from permissions.roles import PSP
from permissions.scope import may_see, running_appointments
from permissions.verdict import Refused, require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address
from web.pages.training.forms import StartForm
from web.pages.training.part import ANCHOR, PROCESS
from workflows import engine
from workflows.opening import may_open
from workflows.registry import process_of

TITLE = "Start the training of a partner"


@signed_in
def start(request: SignedInRequest) -> HttpResponse:
    """Asks whose training begins and for what. `?person=` and `?task=` propose an answer."""
    at = timezone.now()
    process = process_of(PROCESS)
    require(may_open(process, request.visitor.organisation, request.person, {}, at, None)[0])
    partners = _partners(request, at)
    names = sorted(((str(pk), one.name) for pk, one in partners.items()), key=lambda pair: pair[1])
    initial = {"person": request.GET.get("person", ""), "task": request.GET.get("task", TrainingRecord.OVERSIGHT)}
    form = StartForm(request.POST or None, people=names, tasks=TrainingRecord.SUBJECTS, initial=initial)
    if form.is_valid():
        opened = _opened(request, form, partners, at)
        if opened:
            return _after(request, opened, at)
    return page(request, "pages/training/start.jinja", form=form, process=process, title=TITLE)


def _partners(request: SignedInRequest, at: datetime) -> dict[UUID, Person]:
    """The partners of the organisation, by key. One statement."""
    held = running_appointments(at).filter(organisation=request.visitor.organisation, role=PSP.code)
    return {one.person_id: one.person for one in held.select_related("person__organisation")}


def _opened(request: SignedInRequest, form: StartForm, partners: dict[UUID, Person], at: datetime) -> Case | None:
    """The case; None where it was refused, with every reason on the form."""
    given = form.cleaned_data
    person = partners[UUID(given["person"])]
    try:
        return engine.open_case(
            process=PROCESS, organisation=request.visitor.organisation, by=request.person, at=at, people={PSP.code: person},
            title=f"{subject_title(given['task'])}: {person.name}", facts={"task": given["task"]}, request=given["request"],
        )  # fmt: skip
    except Refused as refused:
        for verdict in refused.verdicts:
            form.add_error(None, str(verdict))
        return None


def _after(request: SignedInRequest, opened: Case, at: datetime) -> HttpResponse:
    """On to the training; whoever does not see it, for their office was left, goes home."""
    opened.organisation = request.visitor.organisation
    return redirect(f"{address('case', opened)}#{ANCHOR}" if may_see(request.person, opened, at) else "home")
