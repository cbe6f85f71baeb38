"""The records of people: the list, one person, what is written down of them, and the end of an appointment."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Person
from permissions.roles import title_of
from permissions.verdict import require
from web.design_system.asking import Asking, Question
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.directory.acts import ACTS, described
from web.pages.directory.forms import EndForm, PersonForm
from web.pages.directory.presenter import Directory, PersonPage
from workflows.doors.people import end_appointment, may_end_appointment, may_keep, record_person

ADD = "Add a person"


@require_safe
@signed_in
def directory(request: SignedInRequest) -> HttpResponse:
    """Everybody of the organisation, for the offices that keep their records."""
    at = timezone.now()
    organisation = request.visitor.organisation
    require(*may_keep(organisation, request.person, at))
    return page(request, "pages/directory/directory.jinja", directory=Directory(organisation, at), title="People and appointments")


@signed_in
def add(request: SignedInRequest) -> HttpResponse:
    """Add somebody who is not on record yet."""
    at = timezone.now()
    organisation = request.visitor.organisation
    asking = Asking(request, [Question("add", PersonForm, ADD)], confirm="Add this person")
    if asking.is_confirmed:
        given = asking.answers
        made = record_person(by=request.person, at=at, request=given["request"], organisation=organisation, **described(given))
        messages.success(request, f"{made.name} is on record. Next: appoint them to a role.")
        return redirect("directory_person", person=made.pk)
    require(*may_keep(organisation, request.person, at))
    return asking.response({"back": reverse("directory")})


@require_safe
@signed_in
def person(request: SignedInRequest, person: UUID) -> HttpResponse:
    """What is written down of one person, and what can be."""
    at = timezone.now()
    found = _theirs(request, person)
    require(*may_keep(found.organisation, request.person, at))
    return page(request, "pages/directory/person.jinja", shown=PersonPage(found, request.person, at), title=found.name)


@signed_in
def record(request: SignedInRequest, person: UUID, act: str) -> HttpResponse:
    """One act on a person's record: the questions, a check of the answers, the act."""
    at = timezone.now()
    one, found = ACTS[act], _theirs(request, person)
    title = one.title.format(name=found.name)
    question = Question(one.code, one.form, title, one.template, one.options(found, at))
    asking = Asking(request, [question], confirm=one.submit)
    if asking.is_confirmed:
        given = asking.answers
        one.do(by=request.person, at=at, request=given["request"], **one.given(found, given))
        return _done(request, found, one.done)
    require(*may_keep(found.organisation, request.person, at, about=found))
    return asking.response({"back": _page_of(found), "person": found})


@signed_in
def end(request: SignedInRequest, person: UUID, appointment: UUID) -> HttpResponse:
    """End an appointment today. What the person saw by it is closed to them at once (IG3)."""
    at = timezone.now()
    found = _theirs(request, person)
    held = found.appointments.filter(pk=appointment).first()
    if held is None:
        raise Http404
    asking = Asking(request, [Question("end", EndForm, f"End the appointment of {found.name}", "pages/directory/end.jinja")],
                    check_template="pages/directory/end_check.jinja", confirm="End the appointment today")  # fmt: skip
    if asking.is_confirmed:
        given = asking.answers
        end_appointment(by=request.person, at=at, request=given["request"], appointment=held, reason=given["reason"])
        return _done(request, found, "The appointment of {name} has ended. They, the coordinators and the quality team are told.")
    require(*may_end_appointment(held, request.person, at))
    return asking.response({"back": _page_of(found), "person": found, "role": title_of(held.role)})


def _theirs(request: SignedInRequest, key: UUID) -> Person:
    """Somebody of the visitor's own organisation. Raises Http404 for anybody else, alike."""
    found = Person.objects.filter(organisation=request.visitor.organisation, pk=key).select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def _done(request: SignedInRequest, found: Person, sentence: str) -> HttpResponse:
    name = Person.objects.values_list("name", flat=True).get(pk=found.pk)
    messages.success(request, sentence.format(name=name))
    return redirect(_page_of(found))


def _page_of(found: Person) -> str:
    return reverse("directory_person", args=(found.pk,))
