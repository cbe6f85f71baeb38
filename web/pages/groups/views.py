"""Safety-related groups: the list, a new one, one group, and every act on a group, a seat or a meeting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import GroupSeat, Meeting, Organisation, Person, SafetyGroup
from permissions.groups import may_keep_groups, may_read_groups
from permissions.roles import PSP
from permissions.scope import running_appointments
from permissions.verdict import Refused, require
from web.design_system.forms import PageForm
from web.design_system.refusing import put_beside
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.groups.acts import OF_GROUPS, OF_MEETINGS, OF_SEATS, GroupAct, Row
from web.pages.groups.forms import GroupForm
from web.pages.groups.presenter import GroupPage
from workflows.doors.groups import register_group
from workflows.doors.meetings import seats_on


@require_safe
@signed_in
def groups(request: SignedInRequest) -> HttpResponse:
    """Every group on the list, and below them those that were taken off it."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_read_groups(organisation, request.person, at))
    rows = list(SafetyGroup.objects.filter(organisation=organisation).order_by("name"))
    may_keep = bool(may_keep_groups(organisation, request.person, at))
    told = {"open": [one for one in rows if not one.closed_on], "closed": [one for one in rows if one.closed_on]}
    return page(request, "pages/groups/groups.jinja", told, may_keep=may_keep, title="Safety groups")


@signed_in
def new(request: SignedInRequest) -> HttpResponse:
    """Put a group on the list."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_keep_groups(organisation, request.person, at))
    form = GroupForm(request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        made = _did(form, lambda: register_group(by=request.person, at=at, organisation=organisation, **given))
        if made:
            return redirect("group", group=made.pk)
    return page(request, "pages/groups/new.jinja", form=form, title="Put a group on the list")


@require_safe
@signed_in
def group(request: SignedInRequest, group: UUID) -> HttpResponse:
    """One group: what is on record, its partners, its meetings."""
    found = _found(request, SafetyGroup.objects.select_related("organisation"), group, "organisation")
    shown = GroupPage(found, request.person, timezone.now())
    return page(request, "pages/groups/group.jinja", shown=shown, title=found.name)


@signed_in
def act_on_group(request: SignedInRequest, group: UUID, act: str) -> HttpResponse:
    """One act on a group."""
    found = _found(request, SafetyGroup.objects.select_related("organisation"), group, "organisation")
    return _act(request, OF_GROUPS[act], found, found, {"group": found.pk})


@signed_in
def act_on_seat(request: SignedInRequest, place: UUID, act: str) -> HttpResponse:
    """One act on a partner's seat in a group."""
    rows = GroupSeat.objects.select_related("group__organisation", "person", "end_asked_by")
    found = _found(request, rows, place, "group__organisation")
    return _act(request, OF_SEATS[act], found, found.group, {"seat": found.pk})


@signed_in
def act_on_meeting(request: SignedInRequest, meeting: UUID, act: str) -> HttpResponse:
    """One act on a meeting."""
    found = _found(request, Meeting.objects.select_related("group__organisation"), meeting, "group__organisation")
    return _act(request, OF_MEETINGS[act], found, found.group, {"meeting": found.pk})


def _found(request: SignedInRequest, rows: Any, key: UUID, organisation: str) -> Any:
    """The row that an address names; one of another organisation is not found. Raises Http404, and Refused."""
    require(may_read_groups(request.visitor.organisation, request.person, timezone.now()))
    row = rows.filter(pk=key, **{organisation: request.visitor.organisation}).first()
    if row is None:
        raise Http404
    return row


def _act(request: SignedInRequest, act: GroupAct, row: Row, group: SafetyGroup, about: dict[str, UUID]) -> HttpResponse:
    at = timezone.now()
    require(*act.may(row, request.person, at))
    form = act.form(request.POST or None, **_options(act, row, group, at))
    if form.is_valid():
        given = _people(act.particulars(form.cleaned_data))
        token = form.cleaned_data["request"]
        if _did(form, lambda: act.do(by=request.person, at=at, request=token, **about, **given)):
            return redirect("group", group=group.pk)
    told = {"act": act, "group": group, "row": row, "is_seat": isinstance(row, GroupSeat), "is_meeting": isinstance(row, Meeting)}
    return page(request, "pages/groups/act.jinja", told, form=form, title=act.title)


def _did(form: PageForm, act: Any) -> Any:
    """What the door made; None where it was refused, with the reasons on the form."""
    try:
        return act()
    except Refused as refused:
        put_beside(form, refused, {})
        return None


def _people(given: dict[str, Any]) -> dict[str, Any]:
    """The answers with a person in the place of a key."""
    return given | {"person": Person.objects.get(pk=given["person"])} if "person" in given else given


def _options(act: GroupAct, row: Row, group: SafetyGroup, at: Any) -> dict[str, Any]:
    """What a form is made with: the partners to choose from, who may have been there, or what is on record."""
    if act.code == "group_join":
        return {"people": _partners(group.organisation, at)}
    if act.code == "meeting_held" and isinstance(row, Meeting):
        return {"seats": [(str(one.pk), one.person.name) for one in seats_on(row).select_related("person")]}
    if act.code == "group_change":
        return {"initial": {name: getattr(group, name) for name in act.names}}
    return {}


def _partners(organisation: Organisation, at: Any) -> list[tuple[str, str]]:
    held = running_appointments(at).filter(organisation=organisation, role=PSP.code).select_related("person")
    return [(str(one.person_id), one.person.name) for one in held.order_by("person__name")]
