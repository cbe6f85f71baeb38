"""Questions, the page that checks the answers, and the act, with nothing kept but in the page."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.test import RequestFactory

from web.design_system.asking import Asking, Question
from web.design_system.fields import RadiosField, RequestTokenField, TextAreaField, UploadField
from web.design_system.forms import PageForm


class View(PageForm):
    answer = RadiosField(label="What do you think?", choices=[("support", "I support it"), ("do_not_support", "I do not")])
    token = RequestTokenField()


class Why(PageForm):
    text = TextAreaField(label="Why not?")


class Upload(PageForm):
    paper = UploadField(label="Paper")


QUESTIONS = [
    Question("view", View, "Say what you think"),
    Question("why", Why, "Say why", when=lambda answers: answers.get("answer") == "do_not_support"),
]


def request(path: str = "/say/", user: Any = None, **sent: str) -> HttpRequest:
    made = RequestFactory().post(path, sent) if sent else RequestFactory().get(path)
    made.user = user or AnonymousUser()
    return made


def asking(**sent: Any) -> Asking:
    return Asking(request(**sent), QUESTIONS)


def html(asked: Asking) -> str:
    return asked.response({"back": "/"}).content.decode()


def heading(asked: Asking) -> str:
    found = re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", html(asked), re.DOTALL)
    assert found
    return found[1]


def after_both() -> Asking:
    first = asking(asking_at="view", answer="do_not_support", token="t1")
    return asking(asking_kept=first.kept, asking_at="why", text="The bell <was> never\nanswered")


def test_it_begins_with_the_first_question() -> None:
    assert heading(asking()) == "Say what you think"


def test_an_answer_that_will_not_do_is_asked_again_with_what_is_wrong() -> None:
    page = html(asking(asking_at="view", answer=""))
    assert "Answer the question" in page
    assert "<title>Error: Say what you think" in page


def test_a_question_is_asked_only_when_the_answers_call_for_it() -> None:
    assert heading(asking(asking_at="view", answer="do_not_support")) == "Say why"
    assert heading(asking(asking_at="view", answer="support")) == "Check your answers"


def test_the_check_shows_every_answer_as_it_was_typed() -> None:
    page = html(after_both())
    assert "The bell &lt;was&gt; never\nanswered" in page
    assert "I do not" in page


def test_what_was_checked_is_what_is_done() -> None:
    confirmed = asking(asking_kept=after_both().kept, asking_to="confirm")
    assert confirmed.is_confirmed
    assert confirmed.answers == {"answer": "do_not_support", "token": "t1", "text": "The bell <was> never\nanswered"}


def test_change_goes_back_to_its_question_with_the_answer_in_it() -> None:
    page = html(asking(asking_kept=after_both().kept, asking_to="view"))
    assert 'value="do_not_support" checked' in page


def test_the_way_back_keeps_what_was_half_typed() -> None:
    first = asking(asking_at="view", answer="do_not_support")
    back = asking(asking_kept=first.kept, asking_at="why", text="half a thou", asking_to="view")
    assert heading(back) == "Say what you think"
    again = asking(asking_kept=back.kept, asking_to="why")
    assert "half a thou" in html(again)


def test_the_way_back_leads_to_the_question_before() -> None:
    there = after_both()
    assert there.previous(QUESTIONS[0]) is None
    assert there.previous(QUESTIONS[1]) is QUESTIONS[0]


@pytest.mark.parametrize("sent", [{}, {"asking_kept": "nonsense"}])
def test_confirming_without_the_pages_before_does_nothing(sent: dict[str, str]) -> None:
    direct = asking(asking_to="confirm", **sent)
    assert not direct.is_confirmed
    assert heading(direct) == "Say what you think"


def test_answers_cannot_be_altered_or_taken_to_another_page_or_person() -> None:
    kept = after_both().kept
    amina = User(pk=1)
    for elsewhere in ({"path": "/other/"}, {"user": amina}):
        assert not asking(asking_kept=kept, asking_to="confirm", **elsewhere).is_confirmed
    assert not asking(asking_kept=kept[:-2] + "xx", asking_to="confirm").is_confirmed


def test_a_later_question_that_no_longer_applies_is_left_out_of_the_answers() -> None:
    changed = asking(asking_kept=after_both().kept, asking_at="view", answer="support", token="t1")
    assert changed.answers == {"answer": "support", "token": "t1"}


def test_a_file_cannot_be_asked_for_on_the_way() -> None:
    with pytest.raises(TypeError, match="page of its own"):
        Asking(request(), [Question("paper", Upload, "Paper")])
