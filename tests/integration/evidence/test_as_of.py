"""A case as it stood: at every event of a walk the same as the live rows were in that moment, and from history alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from audit.history import NEWEST_FIRST, history_of
from audit.models import Event
from audit.rows import values
from audit.signals import recorded
from cases.models import (
    AnswerVerdict,
    Case,
    Comment,
    EmergencySight,
    Hold,
    Lapse,
    LayRendition,
    Paper,
    PaperVersion,
    Position,
    Proposal,
    SafetyAction,
    Seat,
    StoredDefinition,
    Visit,
    Waiver,
    Withholding,
)
from permissions.models import CaseGrant
from tests.projects import a_project
from workflows import fingerprint
from workflows.calendar import LONDON
from workflows.demo.trust import build_trust
from workflows.evidence.as_of import CaseThen, case_as_it_stood
from workflows.processes.oversight.story import Story
from workflows.testing import Walk

pytestmark = pytest.mark.django_db

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=LONDON)
STATEMENTS = 21
Rows = dict[str, list[dict[str, Any]]]


def _live(case: Any) -> Rows:
    """What the tables of facts hold now of a case."""
    of_case: dict[str, Any] = {
        "visits": Visit, "seats": Seat, "emergencies": EmergencySight, "papers": Paper, "withholdings": Withholding, "holds": Hold,
        "positions": Position, "verdicts": AnswerVerdict, "lapses": Lapse, "waivers": Waiver, "proposals": Proposal,
        "actions": SafetyAction,
    }  # fmt: skip
    found: dict[str, QuerySet[Any]] = {name: model._default_manager.filter(case=case) for name, model in of_case.items()}
    found["case"] = Case.objects.filter(pk=case)
    found["grants"] = CaseGrant.objects.filter(content_object=case)
    found["versions"] = PaperVersion.objects.filter(paper__case=case)
    found["lay_renditions"] = LayRendition.objects.filter(version__paper__case=case)
    found["open_comments"] = Comment.objects.filter(case=case, response__isnull=True)
    return {name: _plain(rows) for name, rows in found.items()}


def _then(past: CaseThen, names: Any) -> Rows:
    return {name: _plain([past.case] if name == "case" else getattr(past, name)) for name in names}


def _plain(rows: Any) -> list[dict[str, Any]]:
    return sorted((values(row) for row in rows), key=lambda row: str(row["id"]))


@contextmanager
def snapshots(story: Walk) -> Iterator[dict[datetime, Rows]]:
    """The live rows after every event of the story's case, by the moment of the event."""
    kept: dict[datetime, Rows] = {}

    def keep(events: list[Event], **_: Any) -> None:
        event = events[-1]
        if event.case_id:
            kept[event.at] = _live(event.case_id)

    recorded.connect(keep)
    try:
        yield kept
    finally:
        recorded.disconnect(keep)


def _walk_with_everything(story: Story) -> None:
    """A waiver, comments answered and not, parts held back and challenged, a lapse, a dissent, a seat left: one of each thing."""
    story.open()
    for stage, steps in story.ROAD[:7]:
        if stage == "form_group":
            story.waive()
        for step in steps:
            getattr(story, step)()
        if stage == "gathering":
            story.paper("findings")
            story.comment("pat", "Nobody asked the night staff.")
            story.answer_comments()
            story.comment("amina", "Page 3 is hard to follow.")
            story.answer_comments()
        story.wait(1)
    story.paper_in_part()
    story.challenge("pat", story.look.case.withholdings.get())
    story.put_draft_to_group()
    story.wait(11)
    for _ in range(2):
        story.remind("amina")
        story.wait(1)
    story.lapse("amina")
    story.answer("chair")
    story.dissent("pat")
    story.hear_dissent("send_back")
    story.answer("pat", "heard")
    story.step_down("amina")


def _same_at_every_moment(story: Walk, kept: dict[datetime, Rows]) -> None:
    for at, live in kept.items():
        past = case_as_it_stood(story.case_id, at)
        for name, rows in _then(past, live).items():
            assert rows == live[name], (name, at)


def test_at_every_event_of_a_walk_the_case_stood_as_its_rows_were(db: None) -> None:
    story = Story(build_trust(BEGINNING), BEGINNING)
    with snapshots(story) as kept:
        _walk_with_everything(story)
    assert len(kept) > 60
    _same_at_every_moment(story, kept)
    between = sorted(kept)[20]
    assert _then(case_as_it_stood(story.case_id, between + timedelta(seconds=1)), kept[between]) == kept[between]


def test_a_hold_stood_until_it_was_answered(db: None) -> None:
    story = a_project()
    story.walk_to("testing")
    with snapshots(story) as kept:
        story.answer_hold(story.hold(story.partners[0]))
    _same_at_every_moment(story, kept)
    placed, answered = (case_as_it_stood(story.case_id, at).holds[0].stops for at in sorted(kept))
    assert (placed, answered) == (True, False)


def test_it_costs_the_same_for_few_rows_and_for_many(db: None) -> None:
    story = Story(build_trust(BEGINNING), BEGINNING)
    story.walk_to("planning")
    early = story.at
    story.walk_to("sign_off")
    assert _cost(story, early) == _cost(story, story.at) == STATEMENTS


def _cost(story: Walk, at: datetime) -> int:
    with CaptureQueriesContext(connection) as queries:
        past = case_as_it_stood(story.case_id, at)
        for name, made in vars(CaseThen).items():
            if not callable(made) and not name.startswith("_"):
                getattr(past, name)
    return len(queries)


def test_before_it_was_opened_there_was_no_case(db: None) -> None:
    story = Story(build_trust(BEGINNING), BEGINNING)
    story.open()
    opened = story.case.opened_at
    assert case_as_it_stood(story.case_id, opened).case.reference == "OVS-2026-0001"
    with pytest.raises(Case.DoesNotExist):
        case_as_it_stood(story.case_id, opened - timedelta(microseconds=1))


def test_the_definition_then_in_force_is_the_one_that_the_events_name(db: None) -> None:
    story = Story(build_trust(BEGINNING), BEGINNING)
    story.walk_to("form_group")
    past = case_as_it_stood(story.case_id, story.at)
    assert isinstance(past.definition, StoredDefinition)
    assert past.definition.fingerprint == fingerprint.of("OVS", 1)
    assert past.rules.title_of("form_group") == "Form the group"
    assert past.rules.title_of("withdrawn") == "Withdrawn"


def test_a_changed_live_row_changes_nothing_of_the_past(db: None) -> None:
    """Somebody who writes behind the doors' back alters what stands now, and not what stood."""
    story = Story(build_trust(BEGINNING), BEGINNING)
    story.walk_to("terms")
    before = _then(case_as_it_stood(story.case_id, story.at), ("case", "seats", "visits"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET title = 'Forged'")
        cursor.execute("UPDATE cases_seat SET capacity = 'staff'")
        cursor.execute("UPDATE cases_visit SET stage = 'forged'")
    assert _then(case_as_it_stood(story.case_id, story.at), ("case", "seats", "visits")) == before


@pytest.mark.parametrize(("model", "along"), [(PaperVersion, "paper"), (LayRendition, "version")])
def test_old_versions_are_found_by_what_they_belong_to(model: Any, along: str) -> None:
    """History grows for ever: the past of one case is found by an index, and not by reading the past of all."""
    leads = {tuple(index.fields) for index in history_of(model)._meta.indexes}
    assert (along, *NEWEST_FIRST) in leads
