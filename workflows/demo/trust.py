"""The fictional trust: its people, appointments, training and accounts, written through the real doors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from cases.models import Organisation, Person, TrainingRecord
from permissions.roles import (
    AUDITOR,
    CALDICOTT,
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
from workflows.calendar import london_day
from workflows.demo.requirements import record_requirements
from workflows.doors.people import (
    appoint,
    record_organisation,
    record_person,
    record_training,
    sign_confidentiality,
)  # fmt: skip

NAME = "Harbour and Vale NHS Foundation Trust"
ODS_CODE = "RZ9"
MAIL = "harbourvale.example"


@dataclass(frozen=True)
class Persona:
    """Somebody of the fictional trust. `trained` False: a partner whose oversight training has run out.

    `projects`: a partner who is trained for improvement projects too. `new`: a partner who has no training yet.
    """

    key: str
    name: str
    role: Role
    trained: bool = True
    employer: str = ""
    contact_by: str = "email"
    needs: str = ""
    projects: bool = False
    new: bool = False


PERSONAS = (
    Persona("pat", "Pat Mercer", PSP, projects=True),
    Persona("amina", "Amina Yusuf", PSP, projects=True),
    Persona("gwen", "Gwen Parry", PSP, employer="Moorland Community NHS Trust", projects=True),
    Persona("tomas", "Tom\u00e1s Silva", PSP, trained=False, needs="Large print"),
    Persona("lead", "Leila Grant", LEAD),
    Persona("lead2", "Owen Bright", LEAD),
    Persona("chair", "Charles Adeyemi", CHAIR),
    Persona("chair2", "Ruth Okafor", CHAIR),
    Persona("engagement", "Erin Walsh", ENGAGEMENT),
    Persona("directorate", "Dev Patel", DIRECTORATE),
    Persona("directorate2", "Marta Kowalska", DIRECTORATE),
    Persona("exec", "Eleanor Hughes", EXEC),
    Persona("exec_team", "Xavier Stone", EXEC_TEAM),
    Persona("exec_team2", "Priya Nair", EXEC_TEAM),
    Persona("coordinator", "Cora Bell", COORDINATOR),
    Persona("specialist", "Sam Ward", SPECIALIST),
    Persona("quality", "Quinn Foster", QUALITY),
    Persona("caldicott", "Dr Ines Marsh", CALDICOTT),
    Persona("member", "Dr Nia Rowe", MEMBER),
    Persona("auditor", "Audrey Finch", AUDITOR),
    Persona("project_lead", "Hana Brook", PROJECT_LEAD),
    Persona("sponsor", "Gareth Lloyd", SPONSOR),
)

NEWCOMERS = (
    Persona("iris", "Iris Cole", PSP, new=True, needs="Wears hearing aids"),
    Persona("femi", "Femi Adeleke", PSP, new=True),
    Persona("joan", "Joan Pritchard", PSP, new=True),
)
"""Partners who were appointed not long ago: their training is what is told of them."""


@dataclass
class Trust:
    """An organisation with its people by key."""

    organisation: Organisation
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Person:
        return self.people[key]


def build_trust(
    at: datetime, personas: tuple[Persona, ...] = PERSONAS, ods_code: str = ODS_CODE, name: str = NAME,
    mail: str = MAIL, password: str | None = None,
) -> Trust:  # fmt: skip
    """Write the trust as it stood at `at`. Accounts get `password`, or none that works."""
    organisation = record_organisation(
        ods_code=ods_code, name=name, kind=Organisation.Kind.TRUST, at=at,
        targets={"lay_partners_per_group": {"number": 2, "from": "2022-04-01", "source": "NHS Patient Safety Strategy"}},
    )  # fmt: skip
    trust = Trust(organisation)
    secret = make_password(password)
    for persona in personas:
        trust.people[persona.key] = _person(trust, persona, at, mail, secret)
    begun = london_day(at) - timedelta(days=90)
    record_requirements(organisation, begun, at, trust.people.get("coordinator"), trust.people.get("specialist"))
    return trust


def _person(trust: Trust, persona: Persona, at: datetime, mail: str, secret: str) -> Person:
    email = f"{persona.key}@{mail}"
    account, _ = get_user_model().objects.get_or_create(username=email, defaults={"email": email, "password": secret})
    person = record_person(
        organisation=trust.organisation, name=persona.name, email=email, at=at, account=account,
        employer=persona.employer, contact_by=persona.contact_by, needs=persona.needs,
    )  # fmt: skip
    day = london_day(at)
    ends = _years(day, 3) if persona.role.lay else None
    appoint(person=person, role=persona.role.code, starts_on=day - timedelta(days=90), ends_on=ends, at=at)
    if persona.role.lay:
        _lay_records(person, persona, day, at)
    return person


def _lay_records(person: Person, persona: Persona, day: date, at: datetime) -> None:
    done = day - timedelta(days=60) if persona.trained else _years(day, -3)
    until = _years(done, 3 if persona.trained else 2)
    if not persona.new:
        record_training(
            person=person, subject=TrainingRecord.OVERSIGHT, completed_on=done, valid_until=until, source="Certificate", at=at
        )
    if persona.projects:
        record_training(
            person=person, subject=TrainingRecord.PROJECTS, completed_on=done, valid_until=until, source="Certificate", at=at
        )
    sign_confidentiality(person=person, signed_on=day - timedelta(days=60), at=at)


def _years(day: date, years: int) -> date:
    return (day + timedelta(days=round(365.25 * years))) if years else day
