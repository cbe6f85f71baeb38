"""A few people with accounts, for the pages that come before any case."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from audit.ids import uuid7
from audit.record import Act, Actor, acting, write
from cases.models import Appointment, Organisation, Person

PASSWORD = "a horse that is correct"
PEOPLE = [
    ("Amina Yusuf", "amina@example.org", "psp", "lay"),
    ("Samir Iqbal", "samir@example.org", "lead", "staff"),
    ("Jane Marsh", "jane@example.org", "exec", "staff"),
]


@pytest.fixture(autouse=True)
def _no_password_tried_before() -> None:
    cache.clear()


@pytest.fixture
def people(db: None) -> dict[str, Person]:
    """A trust's people by first name, each with an account and an appointment."""
    at = timezone.now()
    trust_id = uuid7(at)
    with transaction.atomic(), acting(Act("person_recorded", Actor(None, "Set-up", "system"), at, trust_id)) as act:
        trust = Organisation.objects.create(pk=trust_id, ods_code="RX9", name="Harbour and Vale NHS Foundation Trust")
        made = [_person(trust, *one) for one in PEOPLE]
        write(act)
    return {person.name.split()[0]: person for person in made}


@pytest.fixture
def administrator(db: None) -> User:
    """An account that is nobody's."""
    return User.objects.create_superuser("admin@example.org", password=PASSWORD)


def newest_code() -> str:
    """The code in the e-mail that went out last."""
    found = re.search(r"\b[0-9]{6}\b", str(mail.outbox[-1].body))
    assert found
    return found[0]


def _person(trust: Organisation, name: str, email: str, role: str, capacity: str) -> Person:
    account = User.objects.create_user(email, password=PASSWORD)
    person = Person.objects.create(organisation=trust, name=name, email=email, account=account)
    Appointment.objects.create(person=person, organisation=trust, role=role, capacity=capacity, starts_on=date(2020, 1, 1))
    return person
