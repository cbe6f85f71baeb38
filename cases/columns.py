"""The columns of the files that an organisation hands in: organisations, people, incidents and required training.

Headings are those of the exports as they come: the Organisation Data Service's list, a staff directory,
an incident system. Whatever else such a file holds is left out, and the person is told so.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.models import TrainingRecord
from cases.tables import Column, Columns, Kind

_ODS_HEADINGS = ("ODS Code", "Organisation Code", "Org Code", "Organisation ODS Code", "Trust Code", "Code")

ORGANISATIONS = Columns(
    title="The list of organisations",
    columns=(
        Column("ods_code", _ODS_HEADINGS, kind=Kind.CODE),
        Column("name", ("Name", "Organisation Name", "Org Name", "Organisation")),
        Column(
            "kind",
            ("Kind", "Type", "Organisation Type", "Org Type", "Primary Role", "Primary Role Name"),
            required=False,
            kind=Kind.CHOICE,
            choices={
                "trust": ("NHS trust", "NHS foundation trust", "Foundation trust", "Care trust", "TR", "RO197"),
                "icb": ("Integrated care board", "Strategic partnership", "ST", "RO261", "NHS integrated care board"),
                "other": ("Other organisation", "Other NHS organisation"),
            },
        ),
        Column("opened_on", ("Open Date", "Opened", "Operational Start Date"), required=False, kind=Kind.DAY),
        Column("closed_on", ("Close Date", "Closed", "Operational End Date"), required=False, kind=Kind.DAY),
    ),
    positions=("ods_code", "name", "", "", "", "", "", "", "", "", "opened_on", "closed_on"),
)
"""The national list. The files of the Organisation Data Service (etr.csv holds every NHS trust) come without
headings: code, name, national grouping, high level health geography, five lines of address, postcode, open
date, close date. They do not say what kind of organisation a row is: each file holds one kind."""

REQUIREMENTS = Columns(
    title="The list of required training",
    columns=(
        Column("ods_code", _ODS_HEADINGS, required=False, kind=Kind.CODE),
        Column(
            "task",
            ("Task", "Required for", "For"),
            kind=Kind.CHOICE,
            choices={
                TrainingRecord.OVERSIGHT: ("Oversight", "Oversight of investigations", "Oversight group"),
                TrainingRecord.PROJECTS: ("Improvement projects", "Projects", "Improvement"),
            },
        ),
        Column("starts_on", ("Required from", "Starts on", "From"), required=False, kind=Kind.DAY),
        Column("code", ("Training code", "Short code", "Reference"), longest=40),
        Column("title", ("Training", "Title", "Course")),
        Column("why", ("Why it is asked", "Why", "Reason"), longest=2_000),
        Column("valid_for", ("Valid for (months)", "Months valid", "Validity"), required=False),
        Column("within", ("Working days to complete it", "Complete within", "Within"), required=False),
        Column("source", ("Source", "Where it comes from"), required=False, longest=300),
    ),
)
"""What partners must be trained in, task by task. Why it is asked is for the partner to read."""

INCIDENTS = Columns(
    title="The list of incidents",
    columns=(
        Column("ods_code", _ODS_HEADINGS, required=False, kind=Kind.CODE),
        Column(
            "reference", ("Incident reference", "Incident ref", "Reference", "Incident ID", "Incident number", "Ref"), longest=60
        ),
        Column("incident_on", ("Incident date", "Date of incident", "Incident date and time", "Occurred on"), kind=Kind.DAY),
        Column("reported_on", ("Reported date", "Date reported", "Reported on"), required=False, kind=Kind.DAY),
        Column("title", ("Title", "Short title", "Headline"), required=False),
        Column("summary", ("Summary", "Description", "What happened", "Incident description"), longest=10_000),
        Column("severity", ("Severity", "Level of harm", "Harm", "Degree of harm"), required=False, longest=40),
        Column("trigger", ("Trigger", "Trigger/Category", "Category", "Incident category"), required=False, longest=40),
        Column(
            "lead_email",
            ("Investigation lead email", "Lead email", "Investigator email", "Handler email"),
            required=False,
            kind=Kind.EMAIL,
        ),
        Column(
            "directorate_lead_email",
            ("Directorate lead email", "Division lead email", "Care group lead email"),
            required=False,
            kind=Kind.EMAIL,
        ),
    ),
)
"""An export of an incident system. A row that names an investigation lead is one to open a case for; the others
are known to the organisation and wait. The incident itself stays in the system that it came from."""


def people(roles: Mapping[str, tuple[str, ...]]) -> Columns:
    """A staff directory, with the partners in it: one row for each person and role.

    `roles` gives the code of each role that people can be appointed to, with the titles it may be written
    as. The roles themselves are another package's to know.
    """
    return Columns(title="The staff directory", columns=(*_WHO, _role(roles), *_TERM, *_READINESS))


def _role(roles: Mapping[str, tuple[str, ...]]) -> Column:
    return Column("role", ("Role", "Role in Parity", "Patient safety role"), kind=Kind.CHOICE, choices=roles)


_WHO = (
    Column("ods_code", _ODS_HEADINGS, required=False, kind=Kind.CODE),
    Column("email", ("Email Address", "Email", "Mail", "Work email"), kind=Kind.EMAIL),
    Column("surname", ("Surname", "Last name", "Family name")),
    Column("forename", ("Forename", "First name", "Given name", "Known as"), required=False),
    Column("employer", ("Employer", "Employing organisation"), required=False),
)
_TERM = (
    Column(
        "capacity",
        ("Capacity", "Lay or staff"),
        required=False,
        kind=Kind.CHOICE,
        choices={"lay": ("Lay", "Lay partner", "Lay member", "Volunteer"), "staff": ("Staff", "Employee")},
    ),
    Column("starts_on", ("Term start", "Term start date", "Start date"), required=False, kind=Kind.DAY),
    Column("ends_on", ("Term end", "Term end date", "End date"), required=False, kind=Kind.DAY),
)
_READINESS = (
    Column(
        "oversight_completed_on",
        ("Oversight training completed", "Oversight training date", "Oversight training completed date"),
        required=False,
        kind=Kind.DAY,
    ),
    Column(
        "oversight_valid_until",
        ("Oversight training expiry", "Oversight training expires", "Oversight training valid until"),
        required=False,
        kind=Kind.DAY,
    ),
    Column("confidentiality_signed_on", ("Confidentiality signed", "Confidentiality signed date"), required=False, kind=Kind.DAY),
    Column("needs", ("Communication needs", "Access needs", "Accessible information needs"), required=False, longest=2_000),
    Column(
        "contact_by",
        ("Contact by", "Preferred contact"),
        required=False,
        kind=Kind.CHOICE,
        choices={"email": ("E-mail",), "post": ("Post", "Letter"), "phone": ("Phone", "Telephone"), "print": ("Large print",)},
    ),
)
