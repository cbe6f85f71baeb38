"""What holds for every address of the project: headers, and faults shown as pages."""

from typing import Any

import pytest
from django.test import Client

from cases.models import Person


def test_every_page_carries_the_policy_faults_too(client: Client, db: None) -> None:
    for address in ("/sign-in/", "/nothing/", "/admin/login/"):
        response = client.get(address)
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "camera=()" in response.headers["Permissions-Policy"]


def test_an_unknown_address_is_a_calm_page(client: Client, db: None) -> None:
    response = client.get("/cases/OVS-1999-0001/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def test_a_form_from_elsewhere_is_refused_with_a_page_that_says_what_to_do(people: dict[str, Person]) -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"email": "amina@example.org"})
    assert response.status_code == 403
    assert "The page you sent from had expired" in response.content.decode()


@pytest.mark.parametrize("limit", ["DATA_UPLOAD_MAX_MEMORY_SIZE", "PARITY_MOST_REQUEST_BYTES"])
def test_too_much_text_or_too_large_a_request_is_a_page(client: Client, db: None, settings: Any, limit: str) -> None:
    setattr(settings, limit, 100)
    response = client.post("/sign-in/", {"email": "a" * 200})
    assert response.status_code == 413
    assert "What you sent is too large" in response.content.decode()


def test_too_many_fields_is_a_page(client: Client, db: None, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    response = client.post("/sign-in/", {str(number): "x" for number in range(9)})
    assert response.status_code == 400
    assert "We could not read what was sent" in response.content.decode()
