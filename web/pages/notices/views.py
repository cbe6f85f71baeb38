"""What a person was told because of something on the record, newest first; one button says that it was read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.models import Case
from notifications.reading import mark_read, newest
from permissions.scope import cases_left, in_sight
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.notices.elsewhere import NOWHERE, links_of
from web.pages.notices.presenter import Message, telling_what_changed


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def notices(request: SignedInRequest) -> HttpResponse:
    """Shows the newest messages; a POST marks every one of them as read."""
    at = timezone.now()
    if request.method == "POST":
        mark_read(request.person, at)
        return redirect("notices")
    rows = newest(request.person)
    cases = Case.objects.filter(in_sight(request.person, at), pk__in={row.case_id for row in rows if row.case_id})
    seen = set(cases.values_list("pk", flat=True))
    telling = telling_what_changed(rows)
    links = links_of(rows, seen, request.person, at)
    unseen = {row.case_id for row in rows if row.case_id and row.event_id in telling} - seen
    left = set(cases_left(request.person).filter(pk__in=unseen).values_list("pk", flat=True)) if unseen else set()
    told = [
        Message(row, row.case_id in seen, row.event_id in telling, row.case_id in left, links.get(row.event_id, NOWHERE))
        for row in rows
    ]
    return page(request, "pages/notices/notices.jinja", told=told, unread=any(message.is_new for message in told))
