"""The ledger in Django's admin is to be read, by a superuser too."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from audit.models import Event
from tests.ledgerbook.acts import a_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "x"))
    return client


@pytest.mark.urls("tests.ledgerbook.admin_urls")
def test_a_superuser_reads_the_ledger_and_changes_nothing(superuser: Client) -> None:
    a_book()
    address = f"/admin/audit/event/{Event.objects.get().pk}"

    assert b"Amina Rahman" in superuser.get("/admin/audit/event/").content
    assert b'name="_save"' not in superuser.get(f"{address}/change/").content
    assert superuser.post(f"{address}/change/", {"kind": "forged"}).status_code == 403
    assert superuser.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert superuser.get("/admin/audit/event/add/").status_code == 403
    assert Event.objects.get().kind == "case_opened"
