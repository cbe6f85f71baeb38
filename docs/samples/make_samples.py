"""Writes the sample files anew: `python docs/samples/make_samples.py`, in an environment that has openpyxl.

The rows stand here once. Each file is written the way the system it comes from writes it: the national
list without headings, the staff directory in Windows-1252, the incidents both as CSV and as a workbook.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

Rows = Sequence[tuple[str, ...]]

HERE = Path(__file__).parent
UK_DAY = re.compile(r"\d{2}/\d{2}/\d{4}")

NATIONAL_LIST = [
    ("RZ9", "HARBOUR AND VALE NHS FOUNDATION TRUST", "HARBOUR HOUSE", "QUAY ROAD", "VALEMOUTH", "HV1 1AA", "20080401", ""),
    ("RZ8", "NORTHMERE COMMUNITY NHS TRUST", "THE MALTINGS", "MERE LANE", "NORTHMERE", "NM4 2BB", "20110401", ""),
    ("RZ7", "OLD QUAY MENTAL HEALTH NHS TRUST", "QUAY LODGE", "DOCK STREET", "VALEMOUTH", "HV2 3CC", "19940401", "20180331"),
]

ORGANISATIONS = [
    ("ODS Code", "Name", "Type", "Open Date", "Close Date", "Postcode"),
    ("RZ9", "Harbour and Vale NHS Foundation Trust", "NHS foundation trust", "01/04/2008", "", "HV1 1AA"),
    ("RZ8", "Northmere Community NHS Trust", "NHS trust", "01/04/2011", "", "NM4 2BB"),
    ("QZ9", "NHS Harbourshire Integrated Care Board", "Integrated care board", "01/07/2022", "", "HV1 9ZZ"),
]

PEOPLE_HEADINGS = (
    "Email Address", "Surname", "Forename", "Job Title", "Role", "ODS Code", "Employer", "Capacity", "Term start", "Term end",
    "Oversight training completed", "Oversight training expiry", "Confidentiality signed", "Communication needs", "Contact by",
    "Extension",
)  # fmt: skip
STAFF = [
    ("ruth.adeyemi", "Adeyemi", "Ruth", "Patient Safety Investigator", "Investigation lead"),
    ("tom.hartley", "Hartley", "Tom", "Senior Patient Safety Investigator", "Investigation lead"),
    ("miriam.cole", "Cole", "Miriam", "Deputy Medical Director", "Group chair"),
    ("dev.raman", "Raman", "Dev", "Consultant Anaesthetist", "Group member"),
    ("joanne.pike", "Pike", "Joanne", "Matron, Elderly Care", "Group member"),
    ("helen.fry", "Fry", "Helen", "Family Liaison Officer", "Engagement lead"),
    ("paul.okoro", "Okoro", "Paul", "Divisional Director, Medicine", "Directorate lead"),
    ("zofia.nowak", "Nowak", "Zofia", "Divisional Director, Women and Children", "Directorate lead"),
    ("nadia.rahman", "Rahman", "Nadia", "Patient Partnership Coordinator", "Partner coordinator"),
    ("gareth.ellis", "Ellis", "Gareth", "Head of Patient Safety", "Patient Safety Specialist"),
    ("caroline.marsh", "Marsh", "Caroline", "Chief Nurse", "Executive lead for patient safety"),
    ("stephen.lowe", "Lowe", "Stephen", "Chief Operating Officer", "Executive team"),
    ("amara.bello", "Bello", "Amara", "Quality Improvement Manager", "Quality team"),
    ("fiona.grant", "Grant", "Fiona", "Consultant Psychiatrist", "Caldicott Guardian"),
    ("lucy.tanner", "Tanner", "Lucy", "Clinical Audit Manager", "Quality auditor"),
]  # fmt: skip
PARTNERS = [
    ("sian.bowen", "Bowen", "Siân", "05/01/2026", "04/01/2029", "14/09/2026", "13/09/2029", "12/01/2026", "Large print", "Post"),
    ("george.abara", "Abara", "George", "02/03/2026", "01/03/2029", "21/09/2026", "20/09/2029", "09/03/2026", "", "E-mail"),
    ("renee.dubois", "Dubois", "Renée", "1 Jun 2026", "31 May 2029", "5 Oct 2026", "4 Oct 2029", "2026-06-08", "", "E-mail"),
    ("walter.shaw", "Shaw", "Walter", "01/02/2023", "31/01/2029", "06/02/2023", "05/02/2026", "01/02/2023", "", "Phone"),
]  # fmt: skip

INCIDENT_HEADINGS = (
    "Incident reference", "Incident date", "Reported date", "Summary", "Severity", "Trigger/Category", "Directorate",
    "Investigation lead email", "Directorate lead email", "ODS Code",
)  # fmt: skip
INCIDENTS = [
    (
        "INC-2026-004411", "19/10/2026", "20/10/2026",
        "A patient fell from a trolley while waiting for transfer to the ward; the side rails were down.",
        "Moderate", "Local priority", "Medicine", "ruth.adeyemi@example.nhs.uk", "paul.okoro@example.nhs.uk", "RZ9",
    ),
    (
        "INC-2026-004467", "23/10/2026", "23/10/2026",
        "Insulin was given twice on one evening.\nThe chart had been rewritten, and the first dose was not carried over.",
        "Severe", "Local priority", "Medicine", "tom.hartley@example.nhs.uk", "paul.okoro@example.nhs.uk", "RZ9",
    ),
    (
        "INC-2026-004502", "27/10/2026", "29/10/2026",
        'A call for review of a baby\'s heart trace was logged as "no answer"; the review came 50 minutes later.',
        "Severe", "Local priority", "Women and Children", "ruth.adeyemi@example.nhs.uk",
        "zofia.nowak@example.nhs.uk", "RZ9",
    ),
    (
        "INC-2026-004530", "01/11/2026", "02/11/2026", "A discharge letter was sent to the wrong address.",
        "Low", "Emergent risk", "Medicine", "", "", "RZ9",
    ),
    (
        "INC-2026-004558", "04/11/2026", "04/11/2026", "An oxygen cylinder was found empty during a transfer; no harm came of it.",
        "None", "Other", "Medicine", "", "paul.okoro@example.nhs.uk", "RZ9",
    ),
]  # fmt: skip


REQUIREMENT_HEADINGS = (
    "Task", "Required from", "Training code", "Training", "Why it is asked", "Valid for (months)", "Working days to complete it",
    "Source",
)  # fmt: skip
ESSENTIALS = [
    (
        "syllabus_1", "Patient safety syllabus, level 1",
        "So that you know how the NHS thinks about safety: it looks at how the work is set up, not for somebody to blame.",
        "36", "40", "NHS Patient Safety Syllabus",
    ),
    (
        "syllabus_2", "Patient safety syllabus, level 2", "So that the words used in meetings are yours too.",
        "36", "40", "NHS Patient Safety Syllabus",
    ),
    (
        "data_protection", "Data protection", "You will read about people's care. This is how we all keep it private.",
        "12", "40", "Data Security and Protection Toolkit",
    ),
]  # fmt: skip
FOR_OVERSIGHT = [
    (
        "oversight", "Learning from incidents, two days, and oversight, one day",
        "So that you can judge whether an investigation looked in the right places, and say so.", "36", "60",
        "Patient safety incident response standards",
    ),
]  # fmt: skip
REQUIREMENTS = [
    *(("Oversight", "01/11/2026", *one) for one in (*ESSENTIALS, *FOR_OVERSIGHT)),
    *(("Improvement projects", "01/11/2026", *one) for one in ESSENTIALS),
]


def national_rows() -> list[tuple[str, ...]]:
    """Rows of 27 fields, as in the national files: most of the later ones are always empty."""
    tail = ("", "", "", "", "", "01632 960001", "", "", "", "0", "", "", "", "", "")
    return [
        (code, name, "Y99", "QZ9", house, road, "", town, "", postcode, opened, closed, *tail)
        for code, name, house, road, town, postcode, opened, closed in NATIONAL_LIST
    ]


def people_rows() -> list[tuple[str, ...]]:
    """The headings, the staff and the partners."""
    trust = "Harbour and Vale NHS Foundation Trust"
    staff = [
        (f"{name}@example.nhs.uk", surname, forename, job, role, "RZ9", trust, "Staff", "05/01/2026", *[""] * 6, str(2001 + n))
        for n, (name, surname, forename, job, role) in enumerate(STAFF)
    ]
    partners = [
        (f"{name}@example.org", surname, forename, "", "Patient Safety Partner", "RZ9", "", "Lay", *rest, "")
        for name, surname, forename, *rest in PARTNERS
    ]
    return [PEOPLE_HEADINGS, *staff, *partners]


def write_csv(name: str, rows: Rows, encoding: str, *, quote_all: bool = False) -> None:
    """One CSV file with the ends of lines that Windows writes."""
    with (HERE / name).open("w", encoding=encoding, newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL).writerows(rows)


def write_workbook(name: str, title: str, rows: Rows) -> None:
    """One workbook with one sheet, in which dates are dates."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append([dated(value) for value in row])
    book.save(HERE / name)


def dated(value: str) -> str | datetime | None:
    """A UK date as the value that Excel keeps; other text as it is; nothing for an empty cell."""
    return datetime.strptime(value, "%d/%m/%Y") if UK_DAY.fullmatch(value) else value or None  # noqa: DTZ007


def main() -> None:
    """Write all the files."""
    write_csv("organisations.csv", national_rows(), "ascii", quote_all=True)
    write_workbook("organisations_with_headers.xlsx", "Organisations", ORGANISATIONS)
    write_csv("people.csv", people_rows(), "cp1252")
    write_csv("incidents.csv", [INCIDENT_HEADINGS, *INCIDENTS], "utf-8-sig")
    write_workbook("incidents.xlsx", "Incidents", [INCIDENT_HEADINGS, *INCIDENTS])
    write_csv("requirements.csv", [REQUIREMENT_HEADINGS, *REQUIREMENTS], "utf-8-sig")


if __name__ == "__main__":
    main()
