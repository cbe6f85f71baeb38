"""Opening a case: one page, one form, one act. What is asked beyond a name, the process declares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from cases.models import Case, Incident, Person
from permissions.roles import Role
from permissions.scope import may_see, running_appointments
from permissions.verdict import Refused, require
from web.design_system.fields import SelectField, TextAreaField, TextField
from web.design_system.forms import ActForm
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address
from web.pages.cases.opened import every_process, openable, what_comes_next
from web.pages.cases.wording import lower, to_open
from web.pages.stages.fact_form import as_stored, field_of, name_of
from workflows import engine
from workflows.definition import Process
from workflows.opening import may_open
from workflows.registry import UnknownProcess, process_of

OPENED = "opened"
"""In the address: the case that one has just opened for others."""
OWN_PAGE = {"TRN": "training_start"}
"""Processes that are opened on a page of their own."""


class OpenForm(ActForm):
    """A name, what the process begins with, and one question more for each seat that it fills at the opening.

    A process that says nothing of what it begins with begins with something that happened.
    """

    title = TextField(
        label="What is it to be called?",
        hint="A few plain words that everybody will know it by, without the name of any patient.",
        max_length=200,
        missing="Give it a name",
    )

    def __init__(
        self, *args: Any, process: Process, organisation: Any, seats: Iterable[tuple[Role, list[Person]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.records = organisation, process.begins_with
        self.people: dict[str, dict[str, Person]] = {}
        self.fields |= {name_of(fact): field_of(fact) for fact in self.records} or _what_happened()
        for role, people in seats:
            self._ask_who(role, people)

    def _ask_who(self, role: Role, people: list[Person]) -> None:
        self.people[role.code] = {str(person.pk): person for person in people}
        who = role.title if role.lay else lower(role.title)
        self.fields[f"who_{role.code}"] = SelectField(
            label=f"Who is the {who}?", choices=[("", ""), *((pk, one.name) for pk, one in self.people[role.code].items())],
            missing=f"Choose the {who}",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The incident in place of its reference; an error for one that nobody has imported."""
        given = super().clean()
        reference = (given.pop("incident", "") or "").strip()
        given["incident"] = found = self._incident(reference) if reference else None
        if reference and found is None:
            self.add_error("incident", "No incident has this reference here. Check it, or leave this empty")
        return given

    def _incident(self, reference: str) -> Incident | None:
        return Incident.objects.filter(organisation=self.organisation, reference=reference).first()

    @property
    def chosen(self) -> dict[str, Person]:
        """Who was chosen, by role."""
        return {code: people[self.cleaned_data[f"who_{code}"]] for code, people in self.people.items()}


def _what_happened() -> dict[str, Any]:
    """What is asked of a case that begins with something that happened."""
    return {
        "title": TextField(
            label="What is the case called?",
            hint="In plain words, without the name of any patient. For example, \u201cDelay in treating sepsis\u201d.",
            max_length=200, missing="Give the case a name",
        ),
        "summary": TextAreaField(
            label="What happened?", hint="Two or three plain sentences, without names. The lay partners read this first.",
            max_length=2000, missing="Say in plain words what happened",
        ),
        "incident": TextField(
            label="Incident reference", hint="As it stands in the incident system.", max_length=60, required=False
        ),
    }  # fmt: skip


@signed_in
def open_case(request: SignedInRequest) -> HttpResponse:
    """Asks what the case is about and who leads it, and opens it. `?process=` names another process than the first."""
    if request.method == "GET" and OPENED in request.GET:
        return _is_open(request)
    at = timezone.now()
    process = _process(request)
    require(may_open(process, request.visitor.organisation, request.person, {}, at, None)[0])
    if process.code in OWN_PAGE:
        return redirect(OWN_PAGE[process.code])
    form = _form(request, process, at)
    if form.is_valid():
        opened = _opened(request, form, process, at)
        if opened:
            return redirect(_after(request, opened, at))
    others = [(one.code, to_open(one)) for one in _openable(request) if one.code != process.code]
    return page(request, "pages/cases/open.jinja", form=form, process=process, title=to_open(process), others=others)


def _form(request: SignedInRequest, process: Process, at: datetime) -> OpenForm:
    """Whoever opens the case is proposed for each seat that they are appointed to."""
    held = {appointment.role for appointment in request.visitor.appointments}
    asked = [seats.role for seats in process.seats if seats.asked_at_opening]
    seats = [(role, _holders(request, role, at)) for role in asked]
    initial = {f"who_{role.code}": str(request.person.pk) for role in asked if role.code in held}
    return OpenForm(request.POST or None, process=process, organisation=request.visitor.organisation, seats=seats, initial=initial)


def _holders(request: SignedInRequest, role: Role, at: datetime) -> list[Person]:
    held = running_appointments(at).filter(organisation=request.visitor.organisation, role=role.code)
    return sorted({one.person for one in held.select_related("person")}, key=lambda person: person.name)


def _opened(request: SignedInRequest, form: OpenForm, process: Process, at: datetime) -> Case | None:
    """The case; None where it was refused, with every reason on the form and all that was typed."""
    given = form.cleaned_data
    try:
        return engine.open_case(
            process=process.code, organisation=request.visitor.organisation, by=request.person, at=at, title=given["title"],
            summary=given.get("summary", ""), incident=given["incident"], people=form.chosen,
            facts=as_stored(form.records, given), request=given["request"],
        )  # fmt: skip
    except Refused as refused:
        for verdict in refused.verdicts:
            form.add_error(None, str(verdict))
        return None


def _after(request: SignedInRequest, opened: Case, at: datetime) -> str:
    """Where one goes then: to the case; whoever does not see it yet, to a page that says that it is open and what comes next."""
    opened.organisation = request.visitor.organisation
    if may_see(request.person, opened, at):
        return address("case", opened)
    return f"{reverse('case_open')}?{urlencode({OPENED: _signer(request).sign(str(opened.pk))})}"


def _is_open(request: SignedInRequest) -> HttpResponse:
    """Says that the case is open that an address names; signed, so that it tells nobody which other cases there are."""
    try:
        opened = Case.objects.select_related("organisation").get(pk=_signer(request).unsign(request.GET[OPENED]))
    except BadSignature:
        raise Http404 from None
    process = process_of(opened.process, opened.definition_version)
    return page(request, "pages/cases/opened.jinja", shown=what_comes_next(opened, process, request.person))


def _signer(request: SignedInRequest) -> Signer:
    return Signer(salt=f"{__name__}:{request.user.pk}")


def _process(request: SignedInRequest) -> Process:
    """The process asked for, or the first that one of the person's roles opens."""
    code = request.GET.get("process")
    try:
        return process_of(code) if code else next(iter(_openable(request)), every_process()[0])
    except UnknownProcess:
        raise Http404 from None


def _openable(request: SignedInRequest) -> list[Process]:
    return openable({appointment.role for appointment in request.visitor.appointments})
