"""What it is like to be a partner: who was asked and how many answered, asking, and answering."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Experience, ExperienceRound
from permissions.groups import may_read_groups
from permissions.verdict import Refused, require
from web.design_system.forms import ButtonForm
from web.design_system.refusing import put_beside
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.experience.forms import ExperienceForm
from workflows.calendar import london_day
from workflows.doors.experience import ITEMS, answer_experience, ask_partners, may_answer_experience, may_ask_partners


@require_safe
@signed_in
def experience(request: SignedInRequest) -> HttpResponse:
    """The rounds with how many answered, and one's own questions while they can be answered."""
    at, organisation = timezone.now(), request.visitor.organisation
    require(may_read_groups(organisation, request.person, at))
    rounds = ExperienceRound.objects.filter(organisation=organisation).order_by("-quarter")
    rounds = rounds.annotate(number=Count("asked"), answered=Count("asked", filter=Q(asked__answered_at__isnull=False)))
    own = Experience.objects.filter(person=request.person, round__closes_on__gte=london_day(at)).select_related("round")
    told = {"rounds": list(rounds), "own": list(own), "items": [sentence for _, sentence in ITEMS]}
    may_ask = all(may_ask_partners(organisation, request.person, at))
    return page(request, "pages/experience/experience.jinja", told, may_ask=may_ask, title="What it is like to be a partner")


@signed_in
def ask(request: SignedInRequest) -> HttpResponse:
    """Put the questions to everybody who is a partner today."""
    at, organisation = timezone.now(), request.visitor.organisation
    form = ButtonForm(request.POST or None)
    if form.is_valid():
        made = ask_partners(by=request.person, at=at, request=form.cleaned_data["request"], organisation=organisation)
        messages.success(request, f"{made.asked.count()} partners were asked. Each is told.")
        return redirect("experience")
    require(*may_ask_partners(organisation, request.person, at))
    told = {"items": [sentence for _, sentence in ITEMS]}
    return page(request, "pages/experience/ask.jinja", told, form=form, title="Ask the partners what it is like")


@signed_in
def answer(request: SignedInRequest, experience: UUID) -> HttpResponse:
    """One's own answers. Those of others are not found."""
    at = timezone.now()
    own = Experience.objects.filter(person=request.person).select_related("round")
    found = own.filter(pk=experience).first()
    if found is None:
        raise Http404
    require(*may_answer_experience(found, request.person, at))
    form = ExperienceForm(request.POST or None, initial={code: str(number) for code, number in found.answers.items()})
    if form.is_valid():
        try:
            token = form.cleaned_data["request"]
            answer_experience(by=request.person, at=at, request=token, experience=found.pk, answers=form.numbers())
        except Refused as refused:
            put_beside(form, refused, {})
        else:
            messages.success(request, "Thank you. You can change your answers until the last day.")
            return redirect("experience")
    return page(
        request, "pages/experience/answer.jinja", form=form, round=found.round, title="What is it like to be a partner here?"
    )
