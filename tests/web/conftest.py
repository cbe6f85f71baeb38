"""What tests of pages can ask for: a case with its people, and what a page costs."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.casework import Casework, work

__all__ = ["work"]

SESSION_AND_USER = 2
"""The account, and the person behind it with what they are appointed to. The session is a signed cookie."""


@pytest.fixture
def statements() -> Callable[..., int]:
    """How many SQL statements a page costs somebody, after the session and the user; shown where a budget is overrun."""

    def count(work: Casework, key: str, address: str) -> int:
        client = work.client(key)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200
        for number, query in enumerate(queries.captured_queries, 1):
            print(number, query["sql"][:200])  # noqa: T201
        return len(queries) - SESSION_AND_USER

    return count
