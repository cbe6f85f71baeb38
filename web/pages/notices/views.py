"""What a person was told because of something on the record, newest first; one button says that it was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audit.compiled import compiled, padded
from cases.models import Case, Person
from notifications.reading import SHOWN, Told, mark_read, newest
from permissions.scope import cases_left
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
    rows = newest(request.person, at)
    telling = telling_what_changed(rows)
    links = links_of(rows, request.person, at)
    left = _left(rows, telling, request.person)
    told = [
        Message(row, row.event in telling, row.case is not None and row.case.pk in left, links.get(row.event, NOWHERE))
        for row in rows
    ]
    return page(request, "pages/notices/notices.jinja", told=told, unread=any(message.is_new for message in told))


@compiled()
def _cases_left(person: UUID, cases: tuple[UUID, ...]) -> QuerySet[Case, UUID]:
    return cases_left(Person(pk=person)).filter(pk__in=cases).values_list("pk", flat=True)


def _left(rows: Iterable[Told], telling: Collection[UUID], person: Person) -> set[UUID]:
    """Of the cases that somebody sees no more and where it is told what changed, those that they left as a partner."""
    unseen = {row.case.pk for row in rows if row.case and not row.may_open and row.event in telling}
    return set(_cases_left(person=person.pk, cases=padded(unseen, SHOWN))) if unseen else set()
