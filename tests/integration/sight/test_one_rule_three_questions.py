"""What is quick at any size is still the rule: lists, the newest and the one case are compared with the rule said plainly.

The rows are random and come from no door, so that what no door makes today is compared as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db.models import Model

from audit.ids import uuid7
from cases.models import Appointment, Case, Connection, EmergencySight, Organisation, Person, Seat
from permissions.grants import sight
from permissions.models import CaseGrant
from permissions.roles import ROLES
from permissions.scope import in_sight, may_see, newest_visible, open_cases, visible_cases
from workflows.calendar import london_day

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = london_day(AT)
ROLES_HELD = ("psp", "chair", "lead", "quality", "auditor")
CASES, PEOPLE, ORGANISATIONS = 60, 14, 4


@dataclass
class Rows:
    """Organisations, people and cases, and what stands between them, at random."""

    random: Random
    organisations: list[Organisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    grants: list[CaseGrant] = field(default_factory=list)
    ties: list[Connection] = field(default_factory=list)
    emergencies: list[EmergencySight] = field(default_factory=list)

    def make(self) -> Rows:
        self.organisations = _kept(Organisation(pk=_key(), ods_code=f"R{n}", name=f"Trust {n}") for n in range(ORGANISATIONS))
        users = get_user_model()
        accounts = [users.objects.create(username=f"p{n}@nowhere.example") if n % 7 else None for n in range(PEOPLE)]
        self.people = _kept(
            Person(pk=_key(), name=f"Person {n}", organisation=self._one(self.organisations), account=account)
            for n, account in enumerate(accounts)
        )
        self.cases = _kept(self._case(number) for number in range(CASES))
        self.appointments = _kept(
            self._appointment(person, organisation, role)
            for person in self.people for organisation in self.organisations for role in self._some(ROLES_HELD, 0.3)
        )  # fmt: skip
        pairs = [(case, person) for case in self.cases for person in self.people]
        self.seats = _kept(self._seat(case, person) for case, person in self._some(pairs, 0.25))
        self.grants = self._grants()
        self.ties = _kept(
            Connection(pk=_key(), case=case, person=person, kind="relative") for case, person in self._some(pairs, 0.1)
        )
        self.emergencies = _kept(self._emergency(case, person) for case, person in self._some(pairs * 2, 0.15))
        return self

    def _one(self, among: Any) -> Any:
        return self.random.choice(among)

    def _some(self, among: Any, share: float) -> list[Any]:
        return [one for one in among if self.random.random() < share]

    def _case(self, number: int) -> Case:
        at = AT - timedelta(days=CASES - number)
        return Case(
            pk=uuid7(at), organisation=self._one(self.organisations), reference=f"OVS-{number}", process="oversight", state="terms",
            title=f"Case {number}", opened_at=at, closed_at=self._one((None, None, AT - timedelta(days=1))),
        )  # fmt: skip

    def _appointment(self, person: Person, organisation: Organisation, role: str) -> Appointment:
        return Appointment(
            pk=_key(), person=person, organisation=organisation, role=role, capacity=ROLES[role].capacity,
            starts_on=TODAY + timedelta(days=self._one((-400, -400, -400, 0, 1))),
            ends_on=self._one((None, None, TODAY, TODAY - timedelta(days=1))), state=self._one(("active",) * 4 + ("ended",)),
        )  # fmt: skip

    def _seat(self, case: Case, person: Person) -> Seat:
        role = self._one(ROLES_HELD)
        state = self._one(("active", "active", "active", "recused", "ended"))
        return Seat(pk=_key(), case=case, person=person, role=role, capacity=ROLES[role].capacity, state=state, offered_at=AT)

    def _grants(self) -> list[CaseGrant]:
        until = (None, None, TODAY, TODAY - timedelta(days=1))
        given = [seat for seat in self.seats if seat.person.account_id and seat.state == "active"]
        return _kept(
            CaseGrant(
                pk=_key(), user_id=seat.person.account_id, permission=sight(), content_object=seat.case, seat=seat,
                granted_at=AT, until=self._one(until),
            ) for seat in self._some(given, 0.8)
        )  # fmt: skip

    def _emergency(self, case: Case, person: Person) -> EmergencySight:
        other = self._one([one for one in self.people if one != person])
        asked_as = self._one(("lay", "staff"))
        opens = AT + self._one((timedelta(0), timedelta(hours=-2), timedelta(hours=-1), timedelta(seconds=1)))
        return EmergencySight(
            pk=_key(), case=case, asked_by=person, asked_as=asked_as, asked_at=opens, asked_until=opens, reason="Now.",
            state=self._one(("agreed", "agreed", "agreed", "asked", "ended")), answered_by=other,
            answered_as="staff" if asked_as == "lay" else "lay", opens_at=opens, until=opens + timedelta(hours=2),
        )  # fmt: skip

    # The rule, said plainly: one person, one case, one way after the other

    def by_a_seat(self, person: Person, case: Case) -> bool:
        """IG3: by a grant that has not run out, while the appointment holds that its seat hangs on."""
        return any(
            grant.content_object == case and grant.user_id == person.account_id
            and (grant.until is None or grant.until >= TODAY) and self._holds(grant.seat)
            for grant in self.grants if person.account_id
        )  # fmt: skip

    def _holds(self, seat: Seat) -> bool:
        """A staff seat: any appointment as staff that runs. A lay seat: one in its role that nobody ended (R8)."""
        here = [one for one in self.appointments if one.person == seat.person and one.organisation == seat.case.organisation]
        if seat.capacity == "staff":
            return any(one.capacity == "staff" and one.runs_on(TODAY) for one in here)
        return any(one.capacity == "lay" and one.role == seat.role and one.state == "active" for one in here)

    def as_auditor(self, person: Person, case: Case) -> bool:
        """R16: every case of the organisation, but none with a tie or a conflict (R18)."""
        held = [one for one in self.appointments if one.person == person and one.runs_on(TODAY) and ROLES[one.role].reads_all]
        return any(one.organisation == case.organisation for one in held) and not self._kept_out(person, case)

    def in_an_emergency(self, person: Person, case: Case) -> bool:
        """IG3: in the two hours that two people agreed on, for whoever is appointed here as they asked, and has no tie."""
        here = [one for one in self.appointments if one.person == person and one.organisation == case.organisation]
        open_ = any(
            one.case == case and one.asked_by == person and one.state == "agreed" and one.opens_at <= AT < one.until  # type: ignore[operator]
            and any(held.capacity == one.asked_as and held.runs_on(TODAY) for held in here)
            for one in self.emergencies
        )  # fmt: skip
        return person.account_id is not None and open_ and not self._kept_out(person, case)

    def _kept_out(self, person: Person, case: Case) -> bool:
        recused = any(one.case == case and one.person == person and one.state == "recused" for one in self.seats)
        return recused or any(one.case == case and one.person == person for one in self.ties)

    def seen_by(self, person: Person) -> set[UUID]:
        ways = (self.by_a_seat, self.as_auditor, self.in_an_emergency)
        return {case.pk for case in self.cases if any(way(person, case) for way in ways)}


def _key() -> UUID:
    return uuid7(AT)


def _kept(rows: Any) -> list[Any]:
    made = list(rows)
    model: type[Model] = type(made[0])
    model._base_manager.bulk_create(made)
    return made


@pytest.fixture(scope="module", params=[1, 2])
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_every_question_about_sight_is_answered_by_the_same_rule(seed: int) -> None:
    rows = Rows(Random(seed)).make()  # noqa: S311 - the same rows each time
    for person in rows.people:
        plainly = rows.seen_by(person)
        newest = sorted(plainly, reverse=True)
        still_open = {case.pk for case in rows.cases if case.closed_at is None}
        seated = [seat.pk for seat in rows.seats if seat.case.pk in plainly]
        assert {case.pk for case in visible_cases(person, AT)} == plainly
        assert {case.pk for case in Case.objects.filter(in_sight(person, AT))} == plainly
        assert {case.pk for case in open_cases(person, AT)} == plainly & still_open
        assert set(Seat.objects.filter(in_sight(person, AT, "case_id")).values_list("pk", flat=True)) == set(seated)
        for number in (1, 4, CASES):
            assert [case.pk for case in newest_visible(person, AT, number)[:number]] == newest[:number]
        for case in rows.cases[::9]:
            assert may_see(person, case, AT) is (case.pk in plainly)


def test_the_rows_have_something_of_everything(seed: int) -> None:
    """Each way opens cases, alone, and each thing that closes them does, so that the comparison above compares something."""
    rows = Rows(Random(seed)).make()  # noqa: S311 - the same rows each time
    pairs = [(person, case) for person in rows.people for case in rows.cases]
    opened = [(rows.by_a_seat(*pair), rows.as_auditor(*pair), rows.in_an_emergency(*pair)) for pair in pairs]
    assert {(True, False, False), (False, True, False), (False, False, True), (True, True, False)} <= set(opened)
    assert any(rows._kept_out(*pair) and rows.by_a_seat(*pair) for pair in pairs)  # a seat of one's own stands above a tie
