"""An organisation and its people, walked through the real doors once, to be written again for each organisation of the set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model

from cases.models import Organisation, Person, TrainingRecord
from permissions.roles import (
    AUDITOR,
    CHAIR,
    COORDINATOR,
    DIRECTORATE,
    ENGAGEMENT,
    EXEC,
    EXEC_TEAM,
    LEAD,
    MEMBER,
    PROJECT_LEAD,
    PSP,
    QUALITY,
    SPECIALIST,
    SPONSOR,
    Role,
)  # fmt: skip
from tests.bench.filling.gaps import ADDRESS, FIRST_ACCOUNT, ORGANISATION, People
from tests.bench.filling.reading import Reader
from tests.bench.filling.template import Template
from workflows.calendar import london_day
from workflows.demo.requirements import record_requirements
from workflows.demo.trust import Trust
from workflows.doors.people import appoint, record_organisation, record_person, record_training, sign_confidentiality

STAFF: dict[str, Role] = {
    "exec": EXEC, "exec_team": EXEC_TEAM, "coordinator": COORDINATOR, "quality": QUALITY, "specialist": SPECIALIST,
    "auditor": AUDITOR, "chair": CHAIR, "lead": LEAD, "directorate": DIRECTORATE, "engagement": ENGAGEMENT,
    "project_lead": PROJECT_LEAD, "sponsor": SPONSOR, "member": MEMBER,
}  # fmt: skip
PARTNERS = ("pat", "amina", "iris")
OFFICES = ("exec", "exec_team", "coordinator", "quality", "specialist")
"""One holder each: whoever holds an office sits on every case of the organisation."""

SHARES = {
    "auditor": 0.01, "chair": 0.03, "lead": 0.10, "directorate": 0.10, "engagement": 0.04, "project_lead": 0.06, "sponsor": 0.03,
}  # fmt: skip
"""Of the staff of an organisation; the rest are members of groups."""

YEARS_AHEAD = timedelta(days=3 * 365)


@dataclass
class House:
    """The walked organisation: the trust, whom a text may name, and a template of each thing that was recorded in it."""

    trust: Trust
    people: People
    begins: Template
    of_person: dict[str, Template] = field(default_factory=dict)
    settles: Template | None = None


def numbers_of(staff: int) -> dict[str, int]:
    """How many of its staff hold which role."""
    found = dict.fromkeys(OFFICES, 1)
    found |= {key: max(1, round(staff * share)) for key, share in SHARES.items()}
    return {**found, "member": max(1, staff - sum(found.values()))}


def walk_house(reader: Reader, begun: datetime, now: datetime, password: str) -> House:
    """Record the organisation, one person of each role, and what partners are to be trained in; read each as it is written."""
    organisation = _organisation(begun)
    people = People(organisation=str(organisation.pk))
    written = reader.read()
    house = House(Trust(organisation), people, Template(written, People(organisation=str(organisation.pk))))
    for number, (key, role) in enumerate([*STAFF.items(), *((key, PSP) for key in PARTNERS)]):
        account = FIRST_ACCOUNT + number
        person = _person(organisation, key, role, account, begun, now, password)
        house.trust.people[key] = person
        people.keys[str(person.pk)] = people.accounts[str(account)] = key
        house.of_person[key] = _template(reader, people)
    trust = house.trust
    record_requirements(organisation, london_day(begun), begun, trust["coordinator"], trust["specialist"])
    house.settles = _template(reader, people)
    people.house = {key: number for number, key in enumerate(house.settles.keys)}
    return house


def _template(reader: Reader, people: People) -> Template:
    return Template(reader.read(), people)


def _organisation(begun: datetime) -> Organisation:
    name, code = ORGANISATION
    made: Organisation = record_organisation(
        ods_code=code, name=name, kind=Organisation.Kind.TRUST, at=begun,
        targets={"lay_partners_per_group": {"number": 2, "from": "2022-04-01", "source": "NHS Patient Safety Strategy"}},
    )  # fmt: skip
    return made


def _person(
    organisation: Organisation, key: str, role: Role, account: int, begun: datetime, now: datetime, password: str
) -> Person:
    email = f"{key}@{ADDRESS}"
    user = get_user_model().objects.create(pk=account, username=email, email=email, password=password, date_joined=begun)
    person: Person = record_person(organisation=organisation, name=f"Qq{key} Zz", email=email, at=begun, account=user)
    day, ahead = london_day(begun), london_day(now) + YEARS_AHEAD
    appoint(person=person, role=role.code, starts_on=day - timedelta(days=90), ends_on=ahead if role.lay else None, at=begun)
    if role.lay:
        for subject in (TrainingRecord.OVERSIGHT, TrainingRecord.PROJECTS):
            record_training(
                person=person, subject=subject, completed_on=day - timedelta(days=60), valid_until=ahead, source="Certificate",
                at=begun,
            )  # fmt: skip
        sign_confidentiality(person=person, signed_on=day - timedelta(days=60), at=begun)
    return person


FIRST_NAMES = (
    "Ada Alan Amina Amy Ann Anil Asha Ben Beth Carl Carol Chloe Clare Dan David Dawn Dev Diana Ella Emma Erin Femi Fiona "
    "Frank Gareth Grace Gwen Hana Harry Helen Ian Imran Iris Isla Ivy Jack Jane Joan John Joy Karen Kate Keith Kofi Laura "
    "Leila Liam Lucy Maria Mark Mary Megan Mina Nadia Neil Nia Nina Noor Olu Oscar Owen Pat Paul Peter Priya Quinn Rae Ravi "
    "Rhona Rosa Ruth Sam Sara Sean Sita Sofia Sue Tara Tess Tom Uma Vera Will Yusuf Zara Zoe"
)
LAST_NAMES = (
    "Adams Ahmed Allen Bailey Baker Begum Bell Bennett Brook Brown Carter Chen Clark Cole Collins Cook Cooper Cox Davies "
    "Dixon Edwards Ellis Evans Fisher Foster Gill Grant Gray Green Griffin Hall Harris Hill Hughes Hunt Hussain Jackson "
    "James Jones Kaur Kelly Khan King Knight Lane Lee Lewis Lloyd Marsh Martin Mason Mills Moore Morgan Murphy Nair Okafor "
    "Palmer Parry Patel Perry Price Reid Roberts Rowe Scott Shah Shaw Silva Singh Smith Stone Taylor Thomas Walsh Ward "
    "Watson White Wood Wright Young"
)


def names(choose: Callable[[list[str]], str]) -> Iterator[str]:
    """Names of people who do not exist, without end."""
    first, last = FIRST_NAMES.split(), LAST_NAMES.split()
    while True:
        yield f"{choose(first)} {choose(last)}"
