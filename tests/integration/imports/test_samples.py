"""The sample files, imported in their order by the commands, and the cases that they open driven to the end by the doors."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from audit.models import Event
from audit.verify import verify_chains, verify_live_rows
from cases.models import Appointment, Case, Incident, Organisation, Person
from tests.integration.imports.files import NOW, SAMPLES
from workflows.calendar import LONDON
from workflows.demo.trust import Trust
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def bring(command: str, name: str, *options: str) -> str:
    out = io.StringIO()
    call_command(command, str(SAMPLES / name), *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def bring_all(organisations: str = "organisations.csv", incidents: str = "incidents.csv") -> Organisation:
    bring("import_organisations", organisations)
    bring("import_people", "people.csv")
    bring("import_incidents", incidents)
    return Organisation.objects.get(ods_code="RZ9")


def trust_of(organisation: Organisation) -> Trust:
    """The imported people under the keys that a story knows them by."""
    names = {
        "chair": "Miriam Cole", "engagement": "Helen Fry", "exec": "Caroline Marsh", "exec_team": "Stephen Lowe",
        "coordinator": "Nadia Rahman", "quality": "Amara Bello", "sian": "Siân Bowen", "george": "George Abara",
        "renee": "Renée Dubois",
    }  # fmt: skip
    return Trust(organisation, {key: Person.objects.get(name=name) for key, name in names.items()})


def story_of(case: Case, trust: Trust, at: datetime, partners: tuple[str, ...]) -> Story:
    for role in ("lead", "directorate"):
        trust.people[role] = Person.objects.get(seats__case=case, seats__role=role)
    story = Story(trust, at, partners)
    story.case_id = case.pk
    return story


@pytest.mark.parametrize(
    ("organisations", "incidents"),
    [("organisations.csv", "incidents.csv"), ("organisations_with_headers.xlsx", "incidents.xlsx")],
)
def test_the_samples_are_imported_and_a_case_of_each_is_driven_to_closed(organisations: str, incidents: str) -> None:
    trust = trust_of(bring_all(organisations, incidents))
    case = Case.objects.get(incident_reference="INC-2026-004411")
    story = story_of(case, trust, NOW, ("sian", "george")).walk_to("closed")
    assert story.case.state == "closed"
    assert list(verify_case(story.case, story.at)) == []
    assert verify_chains().findings == []
    assert verify_live_rows().findings == []


def test_every_case_that_the_samples_open_can_be_walked() -> None:
    trust = trust_of(bring_all())
    for case in Case.objects.exclude(incident_reference="INC-2026-004411"):
        story = story_of(case, trust, NOW, ("george", "renee")).walk_to("closed")
        assert not story.case.is_open


def test_the_national_list_comes_in_as_pages_should_show_it() -> None:
    said = bring("import_organisations", "organisations.csv")
    assert list(Organisation.objects.values_list("ods_code", "name", "kind")) == [
        ("RZ9", "Harbour and Vale NHS Foundation Trust", "trust"),
        ("RZ8", "Northmere Community NHS Trust", "trust"),
    ]
    assert "left out   Old Quay Mental Health NHS Trust (RZ7): closed on 31 March 2018" in said
    assert "3 rows: 2 new, 1 left out." in said


def test_the_list_prepared_by_hand_adds_only_what_is_missing() -> None:
    bring("import_organisations", "organisations.csv")
    said = bring("import_organisations", "organisations_with_headers.xlsx")
    assert "3 rows: 1 new, 2 as it was." in said
    assert "Columns that are not used: Postcode." in said
    assert Organisation.objects.get(ods_code="QZ9").kind == "icb"


def test_people_come_in_with_their_roles_training_promise_and_account() -> None:
    bring("import_organisations", "organisations.csv")
    said = bring("import_people", "people.csv")
    assert "19 rows: 19 new." in said
    assert "Columns that are not used: Job Title, Extension." in said
    assert "Walter Shaw, walter.shaw@example.org: Patient Safety Partner; oversight training (it has run out)" in said
    sian = Person.objects.get(email="sian.bowen@example.org")
    assert (sian.name, sian.needs, sian.contact_by, sian.account) == ("Siân Bowen", "Large print", "post", None)
    ruth = Person.objects.get(email="ruth.adeyemi@example.nhs.uk")
    assert ruth.account is not None
    assert ruth.account.username == "ruth.adeyemi@example.nhs.uk"
    assert not ruth.account.has_usable_password()
    renee = Appointment.objects.get(person__name="Renée Dubois")
    assert (renee.capacity, renee.starts_on.isoformat(), str(renee.ends_on)) == ("lay", "2026-06-01", "2029-05-31")
    assert Appointment.objects.count() == 19


def test_incidents_that_name_a_lead_open_cases_at_the_first_stage() -> None:
    organisation = bring_all()
    assert Incident.objects.filter(organisation=organisation).count() == 5
    cases = Case.objects.order_by("reference")
    assert [(case.reference, case.incident_reference, case.state) for case in cases] == [
        ("OVS-2026-0001", "INC-2026-004411", "response"),
        ("OVS-2026-0002", "INC-2026-004467", "response"),
        ("OVS-2026-0003", "INC-2026-004502", "response"),
    ]
    assert [case.facts for case in cases] == [{"trigger": "local_priority"}] * 3
    assert cases[1].title == "Insulin was given twice on one evening"
    assert Event.objects.get(kind="case_opened", case_id=cases[0].pk).capacity == "system"


@pytest.mark.parametrize("again", ["incidents.csv", "incidents.xlsx"])
def test_the_same_files_again_change_nothing(again: str) -> None:
    bring_all()
    events = Event.objects.count()
    assert "3 rows: 2 as it was, 1 left out." in bring("import_organisations", "organisations.csv")
    assert "19 rows: 19 as it was." in bring("import_people", "people.csv")
    said = bring("import_incidents", again)
    assert "INC-2026-004411: already open as OVS-2026-0001" in said
    assert "5 rows: 5 as it was." in said
    assert Event.objects.count() == events


@pytest.mark.parametrize("preview", [True, False])
def test_a_preview_says_what_would_happen_and_changes_nothing(preview: bool) -> None:
    bring("import_organisations", "organisations.csv")
    bring("import_people", "people.csv")
    events, options = Event.objects.count(), ["--dry-run"] if preview else []
    said = bring("import_incidents", "incidents.csv", *options)
    assert "INC-2026-004411: opened OVS-2026-0001, led by Ruth Adeyemi" in said
    assert "INC-2026-004558: no lead is named, so no case is opened" in said
    assert ("This was a preview: nothing was changed." in said) is preview
    assert (Event.objects.count() == events) is preview
    assert Case.objects.exists() is not preview


def test_a_person_who_brings_in_a_file_is_named_in_the_record() -> None:
    bring("import_organisations", "organisations.csv")
    bring("import_people", "people.csv")
    bring("import_incidents", "incidents.csv", "--by", "Amara.Bello@example.nhs.uk")
    assert Event.objects.get(kind="case_opened", facts__reference="OVS-2026-0001").person_name == "Amara Bello"


def test_the_samples_are_where_the_read_me_says() -> None:
    told = (SAMPLES / "README.md").read_text("utf-8")
    assert all(f"`{path.name}`" in told for path in Path(SAMPLES).iterdir() if path.suffix in {".csv", ".xlsx"})
    assert NOW.tzinfo is LONDON
