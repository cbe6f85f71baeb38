"""A case walked once for a whole module of tests: each test begins where the walk ended, and what it does is rolled back."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.builders import undone


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What is written while this is set up stays until the end of the module."""
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture
def apart(kept: None, db: None) -> None:
    """What the test writes is gone at its end."""
