"""The words we use: the list, asking for a word, writing one down, taking one out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Term
from permissions.verdict import Refused, Verdict, require
from web.design_system.forms import ActForm
from web.design_system.refusing import put_beside
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.words.forms import AskForm, WhyForm, WordForm
from web.pages.words.presenter import WordList
from workflows.doors.words import (
    ask_for_word,
    decline_word,
    may_ask_for_word,
    may_decline,
    may_keep_words,
    may_retire,
    record_word,
    retire_word,
    word_called,
)


@require_safe
@signed_in
def words(request: SignedInRequest) -> HttpResponse:
    """Every word that is explained here, for everybody; `?q=` searches."""
    found = WordList(request.visitor.organisation, request.person, timezone.now(), request.GET.get("q", ""))
    return page(request, "pages/words/words.jinja", list=found, title="Words we use")


@signed_in
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask for a word that nobody explains."""
    form = AskForm(request.POST or None, initial={"short": _named(request)})
    if form.is_valid() and _did(request, form, ask_for_word, **_given(form, "short", "met")):
        return _back(request, f"You asked what {form.cleaned_data['short']} means. You are told when somebody has written it down.")
    require(may_ask_for_word(request.visitor.organisation, request.person, timezone.now()))
    return page(request, "pages/words/ask.jinja", form=form, title="Ask what a word means")


@signed_in
def write(request: SignedInRequest) -> HttpResponse:
    """Write down what a word means, or write it anew."""
    require(may_keep_words(request.visitor.organisation, request.person, timezone.now()))
    short = _named(request)
    term = _term(request, short)
    known = word_called(short, term)
    before = {"short": short, "stands_for": known.stands_for, "plain": known.plain} if known else {"short": short}
    form = WordForm(request.POST or None, initial=before)
    if form.is_valid() and _did(request, form, record_word, **_given(form, "short", "stands_for", "plain")):
        return _back(request, f"{form.cleaned_data['short']} is explained now.")
    title = f"Change what is written about {known.short}" if known else "Write down what a word means"
    return page(request, "pages/words/write.jinja", form=form, asked=term, title=title)


@signed_in
def retire(request: SignedInRequest, word: str) -> HttpResponse:
    """Take a word out of the list."""
    done = "{} is not in the list any more. The record keeps it."
    return _end(request, word, retire_word, may_retire, "Take {} out of the list", done)


@signed_in
def decline(request: SignedInRequest, word: str) -> HttpResponse:
    """Say why a word that somebody asked for is not added."""
    done = "{} was not added. Whoever asked is told why."
    return _end(request, word, decline_word, lambda term, short: may_decline(term), "Do not add {}", done)


def _end(
    request: SignedInRequest, short: str, act: Callable[..., Any], may: Callable[[Term | None, str], Verdict], title: str, done: str
) -> HttpResponse:
    form = WhyForm(request.POST or None)
    if form.is_valid() and _did(request, form, act, short=short, why=form.cleaned_data["why"]):
        return _back(request, done.format(short))
    term = _term(request, short)
    require(may_keep_words(request.visitor.organisation, request.person, timezone.now()), may(term, short))
    told = {"word": word_called(short, term), "title": title.format(f"\u201c{short}\u201d")}
    return page(request, "pages/words/end.jinja", told, form=form)


def _named(request: SignedInRequest) -> str:
    return request.GET.get("word", "").strip()


def _term(request: SignedInRequest, short: str) -> Term | None:
    found = Term.objects.select_related("asked_by").filter(organisation=request.visitor.organisation, short=short)
    return found.first()


def _given(form: ActForm, *names: str) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in names}


def _did(request: SignedInRequest, form: ActForm, act: Callable[..., Any], **particulars: str) -> bool:
    """Through the door; False where it was refused, with the reasons on the form."""
    token = form.cleaned_data["request"]
    try:
        act(at=timezone.now(), by=request.person, request=token, organisation=request.visitor.organisation, **particulars)
    except Refused as refused:
        put_beside(form, refused, {})
        return False
    return True


def _back(request: SignedInRequest, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect("words")
