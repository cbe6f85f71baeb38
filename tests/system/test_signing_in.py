"""A partner signs in at home with two steps, is away for too long in the middle of a sentence, and loses nothing of it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.system.conftest import TELEPHONE, Cast
from tests.system.people.partner import Partner
from tests.web.design_system.conftest import PASSWORD, newest_code
from workflows.processes.oversight.story import Story

WORDS = "We were handed this word on the ward and nobody explained it."


def test_a_partner_signs_in_is_warned_signed_out_and_sends_what_they_had_written(cast: Cast, story: Story, settings: Any) -> None:
    settings.PARITY_IDLE_MINUTES = 3  # so that the warning, three minutes before, comes at once
    account = story.who("pat").account
    assert account
    account.set_password(PASSWORD)
    account.save()
    pat = cast(Partner, "pat", **TELEPHONE)
    pat.page.context.clear_cookies()
    pat.page.clock.install()

    pat.goes_to("/words/ask/")
    pat.writes("E-mail address", account.get_username())
    pat.writes("Password", PASSWORD)
    pat.presses("Sign in")
    pat.writes("Code", newest_code())
    pat.presses("Sign in")
    pat.writes("Which word or short form", "QQXZ")
    pat.writes("Where did you meet it", WORDS)

    pat.page.clock.run_for(2_000)
    warning = pat.page.get_by_role("dialog", name="Are you still there?")
    expect(warning).to_be_visible()
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()

    settings.PARITY_IDLE_MINUTES = 0
    pat.page.clock.run_for(2_000)
    over = pat.page.get_by_role("dialog", name="You have been signed out")
    expect(over).to_contain_text("What you typed is kept.")
    pat.page.keyboard.press("Escape")
    expect(over).to_be_visible()
    pat.presses("Sign in again", within=over)
    pat.does_not_see(WORDS)

    settings.PARITY_IDLE_MINUTES = 30
    pat.writes("E-mail address", account.get_username())
    pat.writes("Password", PASSWORD)
    pat.presses("Sign in")
    pat.writes("Code", newest_code())
    pat.presses("Sign in")
    pat.sees("Nothing of it has been sent yet", WORDS)
    pat.presses("Send it now")
    pat.sees("QQXZ")
    pat.goes_to("/sign-in/app/")
    pat.sees("You need not do this")
