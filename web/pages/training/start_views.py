"""Starting a partner's training: whose, and for what. One page, one act."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.models import Case, Person, TrainingRecord
from permissions.eligibility import subject_title
from permissions.roles import PSP
from permissions.scope import may_see, running_appointments
from permissions.verdict import Refused, require
from web.design_system.views import SignedInRequest, page, signed_in
from web.design_system.words import day
from web.pages.cases.found import address
from web.pages.training.forms import StartForm
from web.pages.training.part import PROCESS
from workflows import engine
from workflows.calendar import london_day
from workflows.opening import may_open
from workflows.processes.training.guards import WARNED
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
    asked = partial(StartForm, request.POST or None, people=names, tasks=TrainingRecord.SUBJECTS, initial=initial)
    form = asked()
    if form.is_valid() and (known := _in_date(partners, form, at)):
        form = asked(in_date=known)
    if form.is_valid():
        opened = _opened(request, form, partners, at)
        if opened:
            return _after(request, opened, at)
    return page(request, "pages/training/start.jinja", form=form, process=process, title=TITLE)


def _partners(request: SignedInRequest, at: datetime) -> dict[UUID, Person]:
    """The partners of the organisation, by key. One statement."""
    held = running_appointments(at).filter(organisation=request.visitor.organisation, role=PSP.code)
    return {one.person_id: one.person for one in held.select_related("person__organisation")}


def _in_date(partners: dict[UUID, Person], form: StartForm, at: datetime) -> str:
    """That the partner is trained in this already and it does not run out soon; empty otherwise. One statement."""
    person, task = partners[UUID(form.cleaned_data["person"])], form.cleaned_data["task"]
    soon = london_day(at) + WARNED
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=soon)
    held = TrainingRecord.objects.filter(lasting, person=person, subject=task).order_by("-completed_on").first()
    if held is None:
        return ""
    until = f"until {day(held.valid_until)}" if held.valid_until else "and it does not run out"
    return f"{person.name} is trained in this already, {until}. Tick \u201cStart it all the same\u201d if you mean it"


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
    """On to the case, whose top says that it has started; whoever does not see it, for their office was left, goes home."""
    opened.organisation = request.visitor.organisation
    messages.success(request, "The training has started. The partner is told.")
    return redirect(address("case", opened) if may_see(request.person, opened, at) else "home")
