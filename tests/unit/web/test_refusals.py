"""A refusal as a page, and the headers and limits that hold for every page."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django_fsm import ConcurrentTransition

from permissions.verdict import STALE, Refused, Verdict, allow, refuse
from tests.unit.web.test_asking import after_both
from web import middleware
from web.design_system.views import page
from web.pages.errors import views as errors

MISSING = refuse("R4", "A lay view is missing", "Amina Yusuf can give it")
DECIDED = refuse(STALE, "This was decided by somebody else")
NEWER = refuse(STALE, "A newer version was released since you opened the page")
WORDS = "The call bell was never answered"


def sent(**data: str) -> HttpRequest:
    request = RequestFactory().post("/say/", data)
    request.user = AnonymousUser()
    return request


def refused(*verdicts: Verdict, request: HttpRequest | None = None) -> HttpResponse:
    return answered(Refused(verdicts), request or sent())


def answered(fault: Exception, request: HttpRequest) -> HttpResponse:
    response = middleware.Refusals(lambda _: HttpResponse()).process_exception(request, fault)
    assert response is not None
    return response


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_refusal_lists_every_reason_with_its_remedy_and_its_rule() -> None:
    response = refused(MISSING, allow("R1", "Two lay partners sit"), refuse("R9", "The author cannot sign"))
    assert response.status_code == 403
    shown = text(response)
    assert "These are all the reasons" in shown
    assert "A lay view is missing. Amina Yusuf can give it. Rule R4" in shown
    assert "The author cannot sign. Rule R9" in shown
    assert "Two lay partners sit" not in shown


@pytest.mark.parametrize(
    ("verdict", "title"), [(DECIDED, "This has already been decided"), (NEWER, "The page you had open is out of date")]
)
def test_acting_on_what_has_changed_is_a_calm_409(verdict: Verdict, title: str) -> None:
    response = refused(verdict)
    assert response.status_code == 409
    assert title in text(response)
    assert "Rule STALE" not in text(response)


def test_two_acts_at_the_same_moment_are_a_409_and_no_fault() -> None:
    response = answered(ConcurrentTransition(), sent())
    assert response.status_code == 409
    assert "already been decided" in text(response)


def test_another_exception_is_left_to_others() -> None:
    assert middleware.Refusals(lambda _: HttpResponse()).process_exception(sent(), RuntimeError()) is None


def test_what_was_typed_is_shown_so_that_it_can_be_copied() -> None:
    shown = text(refused(MISSING, request=sent(text=WORDS, answer="do_not_support", password="three secret words")))
    assert WORDS in shown
    assert "do_not_support" not in shown
    assert "three secret words" not in shown


def test_what_was_typed_on_pages_before_is_shown_too() -> None:
    shown = text(refused(DECIDED, request=sent(asking_kept=after_both().kept, asking_to="confirm")))
    assert "The bell &lt;was&gt; never answered" in shown


@pytest.mark.parametrize(
    ("view", "more", "status"),
    [
        (errors.bad_request, (ValueError(),), 400),
        (errors.forbidden, (PermissionError("Only the executive lead signs"),), 403),
        (errors.page_expired, (), 403),
        (errors.not_found, (LookupError(),), 404),
        (errors.too_large, (), 413),
        (errors.server_error, (), 500),
    ],
)
def test_each_fault_has_a_page_with_one_heading_and_a_way_on(view: Any, more: Iterable[Any], status: int) -> None:
    response = view(RequestFactory().get("/"), *more)
    assert response.status_code == status
    assert response.content.count(b"<h1") == 1
    assert b"Go to what is waiting for you" in response.content


def policy(response: HttpResponse) -> str:
    return middleware.PagePolicy(lambda request: response)(RequestFactory().get("/"))["Content-Security-Policy"]


def test_the_policy_allows_no_inline_code_but_that_with_the_nonce_of_the_page() -> None:
    drawn = middleware.PagePolicy(lambda request: page(request, "pages/errors/not_found.jinja"))(RequestFactory().get("/"))
    nonce = re.search(r"script-src 'self' 'nonce-([^']+)'", drawn["Content-Security-Policy"])
    assert nonce
    assert f'<script nonce="{nonce[1]}">'.encode() in drawn.content
    assert "unsafe" not in drawn["Content-Security-Policy"]


def test_each_request_has_a_nonce_of_its_own() -> None:
    assert policy(HttpResponse()) != policy(HttpResponse())


def test_a_page_is_not_stored_unless_its_view_says_so() -> None:
    def cache_control(response: HttpResponse) -> str:
        return middleware.PagePolicy(lambda request: response)(RequestFactory().get("/"))["Cache-Control"]

    assert "no-store" in cache_control(HttpResponse())
    assert cache_control(HttpResponse(headers={"Cache-Control": "max-age=60"})) == "max-age=60"


def test_a_view_keeps_a_policy_of_its_own() -> None:
    assert policy(HttpResponse(headers={"Content-Security-Policy": "sandbox"})) == "sandbox"


def test_far_too_much_is_answered_with_a_page_and_read_to_its_end(settings: Any) -> None:
    settings.PARITY_MOST_REQUEST_BYTES = 100_000
    request = RequestFactory().post("/", b"x" * 100_001, content_type="application/octet-stream")
    response = middleware.RequestSize(lambda _: HttpResponse())(request)
    assert response.status_code == 413
    assert request.read() == b""


@pytest.mark.parametrize("length", ["", "100", "many"])
def test_what_is_not_too_much_goes_on(length: str) -> None:
    request = RequestFactory().get("/")
    request.META["CONTENT_LENGTH"] = length
    assert middleware.RequestSize(lambda _: HttpResponse())(request).status_code == 200
