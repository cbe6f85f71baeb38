"""One question after another, then a page to check the answers, then the act: with nothing kept but in the page itself.

Answers travel from page to page in one signed hidden field, so it works without JavaScript and without a session, in two tabs at
once, and what is done is exactly what was checked. The signature ties them to the person and the address they were given at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.forms import FileField
from django.http import HttpRequest, HttpResponse, QueryDict

from web.design_system.forms import PageForm
from web.design_system.views import page

KEPT, AT, TO = "asking_kept", "asking_at", "asking_to"
CONFIRM = "confirm"

Answers = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """One page of questions. `options` go to the form; `when` says, from the answers so far, whether it is asked at all."""

    name: str
    form: type[PageForm]
    title: str
    template: str = "design_system/question.jinja"
    options: Mapping[str, Any] = field(default_factory=dict)
    when: Callable[[Answers], bool] = lambda answers: True


class Asking:
    """Where one person is on the way through some questions, as this request finds them.

    A view makes one, and either does the act (`is_confirmed`, with `answers`) or gives back `response(...)`.
    """

    def __init__(
        self,
        request: HttpRequest,
        questions: Sequence[Question],
        *,
        check_title: str = "Check your answers",
        check_template: str = "design_system/check_answers.jinja",
        confirm: str = "Confirm and send",
    ) -> None:
        self.request, self.questions = request, tuple(questions)
        self.check_title, self.check_template, self.confirm = check_title, check_template, confirm
        self._kept = opened(request)
        self._keep_what_came()
        self.asked = self._find_asked()

    @property
    def answers(self) -> Answers:
        """The cleaned answers of every question asked, by field; those of a form that is not valid are missing."""
        return dict(_cleaned(form for _, form in self.asked))

    @property
    def is_confirmed(self) -> bool:
        """True when all is answered and the person pressed the button of the checking page."""
        return self.request.POST.get(TO) == CONFIRM and self._current is None

    @property
    def kept(self) -> str:
        """Every answer so far, signed, for the hidden field."""
        return signing.dumps(self._kept, salt=_salt(self.request), compress=True)

    def response(self, context: Mapping[str, Any] | None = None) -> HttpResponse:
        """The next page to show: the question that is to be answered, or the one to check them all."""
        told = {**(context or {}), "asking": self}
        current = self._current
        if current is None:
            return page(self.request, self.check_template, told, title=self.check_title)
        question, form = current
        return page(self.request, question.template, told, title=question.title, form=form, question=question)

    def previous(self, question: Question) -> Question | None:
        """The question before this one, for the way back."""
        before = [asked for asked, _ in self.asked]
        place = before.index(question)
        return before[place - 1] if place else None

    @property
    def _current(self) -> tuple[Question, PageForm] | None:
        wanted = self.request.POST.get(TO)
        chosen = [(question, form) for question, form in self.asked if question.name == wanted]
        unanswered = [(question, form) for question, form in self.asked if not form.is_valid()]
        return next(iter(chosen or unanswered), None)

    def _keep_what_came(self) -> None:
        at = self.request.POST.get(AT)
        for question in self.questions:
            if question.name == at:
                names = self._form(question).fields
                self._kept[at] = {key: self.request.POST.getlist(key) for key in self.request.POST if _is_of(key, names)}

    def _find_asked(self) -> list[tuple[Question, PageForm]]:
        asked: list[tuple[Question, PageForm]] = []
        for question in self.questions:
            if question.when(dict(_cleaned(form for _, form in asked))):
                asked.append((question, self._form(question)))
        return asked

    def _form(self, question: Question) -> PageForm:
        data = self._kept.get(question.name)
        form = question.form(None if data is None else _as_sent(data), **question.options)
        if any(isinstance(each, FileField) for each in form.fields.values()):
            raise TypeError(f"{question.form.__name__} asks for a file, which cannot travel in a page: use a page of its own.")
        return form


def opened(request: HttpRequest) -> dict[str, dict[str, list[str]]]:
    """What this request brought in its signed field; nothing when it brought none, or one not made for this person and page."""
    try:
        kept: dict[str, dict[str, list[str]]] = signing.loads(request.POST.get(KEPT, ""), salt=_salt(request))
    except signing.BadSignature:
        return {}
    return kept


def _salt(request: HttpRequest) -> str:
    return f"{__name__}:{request.path}:{request.user.pk}"


def _is_of(key: str, names: Mapping[str, Any]) -> bool:
    return any(key == name or key.startswith(f"{name}_") for name in names)


def _as_sent(data: Mapping[str, list[str]]) -> QueryDict:
    sent = QueryDict(mutable=True)
    for key, values in data.items():
        sent.setlist(key, values)
    return sent


def _cleaned(forms: Iterator[PageForm]) -> Iterator[tuple[str, Any]]:
    return (pair for form in forms if form.is_valid() for pair in form.cleaned_data.items())
