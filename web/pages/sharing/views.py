"""The pages of those who watch over how power is shared, each also as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from permissions.auditing import may_watch_sharing
from permissions.repeats import picks_in
from permissions.verdict import require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.evidence.downloads import handed_out, links
from web.pages.sharing import asked, notice
from web.pages.sharing.days import days_asked_for


@require_safe
@signed_in
def who_is_asked(request: SignedInRequest) -> HttpResponse:
    """Who asks whom for lay seats, and how often."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_watch_sharing(request.person, organisation.pk, at))
    form, days = days_asked_for(request, at)
    found = picks_in(organisation, days.since, days.until)
    told = {"form": form, "found": [(one, asked.sentence(one)) for one in found], "in_short": asked.in_short(found, days)}
    file = handed_out(request, asked.sheets(found, days), "who-is-asked")
    return file or page(
        request, "pages/sharing/asked.jinja", told, files=links(request), note=asked.NOTE, title="Who is asked, how often"
    )


@require_safe
@signed_in
def who_could_read_when(request: SignedInRequest) -> HttpResponse:
    """Whether lay partners could open papers when staff could, the longest wait first."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_watch_sharing(request.person, organisation.pk, at))
    form, days = days_asked_for(request, at)
    found = notice.papers(request.person, organisation, days, at)
    late = notice.unequal(found)
    told = {"form": form, "in_short": notice.in_short(found), "found": notice.blocks(late), "more": len(late) > notice.MOST}
    file = handed_out(request, [notice.sheet(found)], "who-could-read-when")
    return file or page(request, "pages/sharing/notice.jinja", told, files=links(request), title="Who could read when")
