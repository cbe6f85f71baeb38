"""A refusal as a page: every reason, who can mend it, the rule in small print, and what was typed so that it is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from permissions.verdict import STALE, Refused, Verdict
from web.design_system.asking import AT, KEPT, TO, opened
from web.design_system.views import page

_NOT_WORDS = {AT, KEPT, TO, "csrfmiddlewaretoken", "password"}
_WORDS_FROM = 3
"""Text with fewer words than this is a choice, a token or a date: quick to give again, and no loss."""


@dataclass(frozen=True)
class Refusal:
    """What the page of a refusal says; `kept` are the texts that the person had typed."""

    verdicts: tuple[Verdict, ...]
    kept: tuple[str, ...] = ()

    @property
    def is_stale(self) -> bool:
        return any(verdict.rule == STALE for verdict in self.verdicts)

    @property
    def title(self) -> str:
        if not self.is_stale:
            return "This cannot be done"
        decided = any("decided" in verdict.reason for verdict in self.verdicts)
        return "This has already been decided" if decided else "The page you had open is out of date"

    @property
    def status(self) -> int:
        """409 when somebody acted first, else 403."""
        return 409 if self.is_stale else 403


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page for a refused act."""
    refusal = Refusal(refused.verdicts, tuple(typed_words(request)))
    return page(request, "design_system/refused.jinja", refusal=refusal, title=refusal.title, status=refusal.status)


def typed_words(request: HttpRequest) -> Iterator[str]:
    """Each text of some length that came with the request, once."""
    sent = [value for key in request.POST if key not in _NOT_WORDS for value in request.POST.getlist(key)]
    kept = [value for answers in opened(request).values() for values in answers.values() for value in values]
    return (text for text in dict.fromkeys(sent + kept) if len(text.split()) >= _WORDS_FROM)
