"""The pages of typed answers in a real browser: accessible at every width, and usable without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.models import Position, TypedAnswer
from tests.web.casework import Casework
from tests.web.people.test_in_a_browser import Browsing, browsing, check
from workflows.answering import Answered
from workflows.calendar import london_day
from workflows.confirm_links import token_of
from workflows.doors import typed_answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["browsing"]


def typed_for(work: Casework, key: str) -> TypedAnswer:
    story = work.story
    live = story.look.visit
    assert live
    made: TypedAnswer = story.do(
        typed_answers.type_in, "coordinator", visit=live.pk, seat=story.seat(key).pk, version=live.version_id, given="phone",
        said=(Answered("support_with_comments", "Say who called first, and when."),), given_on=london_day(story.at),
    )  # fmt: skip
    return made


def test_every_page_is_accessible_at_every_width(
    browsing: Browsing, new_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    work = browsing.work
    work.story.walk_to("draft_review").put_draft_to_group()
    one = typed_for(work, "pat")
    coordinator = browsing.as_("coordinator")
    pages: list[tuple[str, dict[str, Any]]] = [
        ("type_in", {"seat": work.story.seat("amina").pk}), ("typed", {"typed": one.pk}), ("typed_letter", {"typed": one.pk}),
        ("typed_file", {"typed": one.pk}), ("typed_take_back", {"typed": one.pk}),
    ]  # fmt: skip
    for name, more in pages:
        check(coordinator, work.address(name, **more), axe)
    check(new_page(), f"/confirm/{token_of(one)}/", axe)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_partner_confirms_by_the_link_without_signing_in(
    browsing: Browsing, new_page: Callable[..., Page], axe: Callable[[Page], None], javascript: bool
) -> None:
    work = browsing.work
    work.story.walk_to("draft_review").put_draft_to_group()
    clerk = browsing.as_("coordinator", java_script_enabled=javascript)
    clerk.goto(work.address("type_in", seat=work.story.seat("pat").pk))
    clerk.get_by_label("I support it", exact=True).check()
    clerk.get_by_label("By telephone").check()
    today = london_day(work.story.at)
    for box, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        clerk.get_by_role("textbox", name=box).fill(str(value))
    clerk.get_by_role("button", name="Save it for Pat Mercer to confirm").click()
    expect(clerk.get_by_text("It does not count yet")).to_be_visible()

    one = TypedAnswer.objects.get()
    pat = new_page(java_script_enabled=javascript, viewport={"width": 375, "height": 800})
    pat.goto(f"/confirm/{token_of(one)}/")
    pat.get_by_role("button", name="Send").click()
    expect(pat).to_have_title(re.compile("^Error: "))
    pat.get_by_label("Yes, this is what I said. It is my answer").check()
    pat.get_by_role("button", name="Send").click()
    expect(pat.get_by_role("heading", name="Your answer is in the record")).to_be_visible()
    if javascript:
        axe(pat)
    assert Position.objects.get(typed=one).answer == "support"
