"""The brake on guessing a password."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from web.pages.signin import attempts

EMAIL, ADDRESS = "amina@example.org", "192.0.2.1"


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def fail(times: int) -> None:
    for _ in range(times):
        attempts.note_failure(EMAIL, ADDRESS)


def test_a_few_mistakes_are_nobodys_fault() -> None:
    fail(attempts.ALLOWED - 1)
    assert not attempts.must_wait(EMAIL, ADDRESS)


def test_after_several_one_must_wait_however_the_address_is_written() -> None:
    fail(attempts.ALLOWED)
    assert attempts.must_wait(EMAIL.upper(), ADDRESS)


def test_nobody_else_and_nowhere_else_is_held_up() -> None:
    fail(attempts.ALLOWED)
    assert not attempts.must_wait("tom@example.org", ADDRESS)
    assert not attempts.must_wait(EMAIL, "192.0.2.2")


def test_the_right_password_clears_the_count() -> None:
    fail(attempts.ALLOWED)
    attempts.forget(EMAIL, ADDRESS)
    assert not attempts.must_wait(EMAIL, ADDRESS)
