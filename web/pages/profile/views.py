"""Who the partners are, in totals: what was written down last of each theme, and writing it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Profile
from permissions.groups import may_read_groups
from permissions.verdict import Refused, require
from web.design_system.refusing import put_beside
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.profile.forms import ProfileForm
from workflows.doors.profile import UNDER, Broad, broad_groups, hidden_in, may_record_profile, record_profile


@dataclass(frozen=True)
class Theme:
    """One theme as its table shows it: (name, partners or why not, share of the area in whole per cent)."""

    title: str
    counted_on: date
    source: str
    rows: list[tuple[str, str, str]]


@require_safe
@signed_in
def profile(request: SignedInRequest) -> HttpResponse:
    """The totals that were written down last, theme by theme; none from which one partner could be known."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_read_groups(organisation, request.person, at))
    latest = {row.theme: row for row in Profile.objects.filter(organisation=organisation).order_by("at", "id")}
    themes = [_theme(one) for one in latest.values()]
    may_keep = bool(may_record_profile(organisation, request.person, at))
    return page(request, "pages/profile/profile.jinja", themes=themes, may_keep=may_keep, title="Who partners are, in totals")


def _theme(row: Profile) -> Theme:
    groups = broad_groups(row)
    hidden, people = hidden_in(groups), sum(one.people for one in groups)
    rows = [(one.name, _shown(one, hidden), f"{one.people / people:.0%}") for one in groups]
    return Theme(row.get_theme_display(), row.counted_on, row.source, rows)


def _shown(group: Broad, hidden: set[str]) -> str:
    if group.name not in hidden:
        return str(group.partners)
    return f"Fewer than {UNDER}" if group.partners < UNDER else "Not shown, so that another cannot be worked out"


@signed_in
def new(request: SignedInRequest) -> HttpResponse:
    """Write down the totals of one theme."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_record_profile(organisation, request.person, at))
    form = ProfileForm(request.POST or None)
    if form.is_valid():
        try:
            given = dict(form.cleaned_data)
            record_profile(by=request.person, at=at, organisation=organisation, groups=given.pop("totals"), **given)
        except Refused as refused:
            put_beside(form, refused, {})
        else:
            return redirect("profile")
    return page(request, "pages/profile/new.jinja", form=form, title="Write down who partners are, in totals")
