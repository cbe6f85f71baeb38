"""IG8: contents past their term go by an act of two people, and what is left of a case is a stub that verifies."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from audit.erasing import _digest_of
from audit.models import Erasure, Event
from audit.record import Act, acting, write
from audit.rows import row_digest
from audit.triggers import lifted
from audit.verify import verify_chains, verify_live_rows
from cases.contents import GONE
from cases.models import Comment, LegalHold, PaperVersion, Position, Seat, Waiver
from tests.builders import a_story, again, refused, undone
from tests.specification.retention.old_cases import agreed, appointed, carry_out, day, disposed, proposed, years_later
from web.pages.retention.presenter import counted_in_words
from workflows.calendar import LONDON, london_day
from workflows.disposing import remove_files
from workflows.door import SYSTEM
from workflows.doors import disposal, legal_holds, matters, people
from workflows.doors.facts import record_connection
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    return years_later(a_story().walk_to("closed"))


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def test_ig8_the_record_verifies_after_disposal(case: Story) -> None:
    disposed(case)
    report = verify_chains()
    assert [str(one) for one in report.findings] == []
    assert report.stubs > 100
    assert verify_live_rows().findings == []
    assert list(verify_case(case.case, case.at)) == []


MARK = "zebrafinch"


def marked() -> Story:
    """A case that ended, with the mark in everything that somebody can write."""
    story = a_story()
    story.PROFILE = f"Six hours, {MARK}."  # type: ignore[misc]
    incident = people.record_incident(
        organisation=story.trust.organisation,
        reference="W-1",
        incident_on=day("2026-01-05"),
        summary=f"A fall, {MARK}.",
        at=story.at,
    )
    story.open(f"Falls, {MARK}", f"What happened, {MARK}.", incident)
    story.walk_to("synthesis")
    story.paper("findings", text=f"Findings, {MARK}.", summary=f"In short, {MARK}.")
    story.comment("pat", f"Page 2, {MARK}.", section=f"Part {MARK}")
    story.answer_comments()
    story.submit("lead")
    story.all_answer("seen")
    story.walk_to("draft_review")
    story.put_draft_to_group()
    story.dissent("pat", f"No, {MARK}.")
    story.answer("chair", enough_time=True)
    story.answer("amina")
    story.hear_dissent(reason=f"It says so, {MARK}.")
    story.answer("pat", "heard")
    matters.raise_matter(
        organisation=story.trust.organisation, kind="concern", title=f"Beds, {MARK}", text=f"No beds, {MARK}.", case=story.case,
        by=story.who("pat"), at=story.at,
    )  # fmt: skip
    story.walk_to("closed")
    story.do(legal_holds.place_hold, "quality", kind="inquest", asked_by=f"Coroner {MARK}", reason=f"Asked, {MARK}.")
    hold = LegalHold.objects.get()
    story.do(legal_holds.ask_to_lift_hold, "quality", hold=hold.pk, reason=f"Over, {MARK}.")
    story.do(legal_holds.lift_hold, "caldicott", hold=hold.pk)
    return story


def tables_with(word: str) -> set[str]:
    """Every table of the database in any row of which the word stands, read past all of our code."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database's own names
            if any(word in repr(row).lower() for row in cursor.fetchall()):
                found.add(table)
    return found


def files_with(word: str) -> list[str]:
    storage = PaperVersion._meta.get_field("file").storage
    names = set(PaperVersion.objects.values_list("file", flat=True))
    return [name for name in names if storage.exists(name) and word.encode() in Path(storage.path(name)).read_bytes()]


def test_ig8_nothing_of_the_contents_is_left_in_any_table_or_file(kept: None, db: None) -> None:
    with undone():
        story = marked()
        assert len(tables_with(MARK)) > 15
        assert files_with(MARK)
        story = years_later(story)
        one = disposed(story)
        remove_files()
        assert tables_with(MARK) == set()
        assert files_with(MARK) == []
        assert verify_chains().findings == []
        assert verify_live_rows().findings == []
        assert (one.counted["lay_against"], one.counted["lay_partners"]) == (1, 2)


def forged(model: Any, columns: dict[str, Any], **where: Any) -> list[str]:
    """What `verify` says once somebody has written past the triggers."""
    with lifted():
        model._base_manager.filter(**where).update(**columns)
    return [str(one) for one in verify_chains().findings]


def test_ig8_an_illegal_removal_of_the_same_kind_is_found(case: Story) -> None:
    one = Position.objects.filter(case=case.case_id).first()
    assert one
    assert any("changed since it was written" in what for what in forged(Position, {"text": GONE}, pk=one.pk))


def test_ig8_a_stub_that_is_touched_again_is_found(case: Story) -> None:
    disposed(case)
    spoken = Comment.objects.filter(case=case.case_id).first() or Position.objects.filter(case=case.case_id).first()
    assert spoken
    assert any("changed since it was written" in what for what in forged(type(spoken), {"text": "Back again."}, pk=spoken.pk))


def test_ig8_contents_that_are_put_back_are_found(case: Story) -> None:
    event = Event.objects.filter(case_id=case.case_id, kind="submitted").earliest("seq")
    before = {"facts": event.facts, "reason": event.reason}
    disposed(case)
    assert Event.objects.get(pk=event.pk).facts != before["facts"]
    assert any("changed since it was written" in what for what in forged(Event, before, pk=event.pk))


def test_ig8_an_erasure_that_no_act_admits_to_excuses_nothing(case: Story) -> None:
    one = Position.objects.filter(case=case.case_id).earliest("at")
    with lifted():
        Position._base_manager.filter(pk=one.pk).update(answer="support_not")
    forged_row = Erasure(
        id=uuid4(), event_id=one.event_id, table="cases.position", key=str(one.pk), columns=["answer"],
        digest=row_digest(Position.objects.get(pk=one.pk)),
    )  # fmt: skip
    Erasure._base_manager.bulk_create([forged_row])
    found = {finding.table for finding in verify_chains().findings}
    assert found == {"cases.position", "audit.erasure"}


def test_ig8_an_act_of_another_chain_that_was_edited_to_admit_to_an_erasure_excuses_nothing(case: Story) -> None:
    """A check of one case does not read the chain of the organisation, in which pseudonyms are given."""
    one = Position.objects.filter(case=case.case_id).earliest("at")
    vouching = Event.objects.filter(case_id=None).first()
    assert vouching
    with lifted():
        Position._base_manager.filter(pk=one.pk).update(answer="support_not")
        forged_row = Erasure(
            id=uuid4(), event_id=vouching.pk, table="cases.position", key=str(one.pk), columns=["answer"],
            digest=_digest_of(Position.objects.get(pk=one.pk), Event.objects.get(pk=one.event_id).shapes["cases.position"]),
        )  # fmt: skip
        Erasure._base_manager.bulk_create([forged_row])
        rows = [["audit.erasure", str(forged_row.pk), row_digest(forged_row)]]
        Event._base_manager.filter(pk=vouching.pk).update(kind="person_renamed", rows=rows)
    assert {finding.table for finding in verify_chains(case.case_id).findings} == {"cases.position"}


def test_ig8_it_is_not_carried_out_over_a_forgery(case: Story) -> None:
    one = agreed(case)
    with lifted():
        Seat._base_manager.filter(case=case.case_id, role="psp").update(why="Other words.")
    with refused("IG8"):
        carry_out(case, one)


# Who, and when


def test_ig8_it_takes_two_of_different_offices_the_second_from_outside(case: Story) -> None:
    with refused("IG8"):
        case.do(disposal.propose_disposal, "caldicott")
    one = proposed(case)
    case.wait(working_days=21)
    for who in ("quality", "exec", "exec_team", "lead"):  # the first, who signed, who decided on the response, no office
        with refused("IG8"):
            case.do(disposal.agree_to_disposal, who, disposal=one.pk)
    case.do(disposal.agree_to_disposal, "caldicott", disposal=one.pk)


def test_ig8_it_waits_until_lay_partners_could_object(case: Story) -> None:
    one = proposed(case)
    case.wait(working_days=20)
    with refused("IG8"):
        case.do(disposal.agree_to_disposal, "caldicott", disposal=one.pk)


def test_ig8_an_objection_is_answered_first(case: Story) -> None:
    one = proposed(case)
    with refused("IG8"):
        case.do(disposal.object_to_disposal, "pat", disposal=one.pk, text="Her term ran out.")
    said = case.do(disposal.object_to_disposal, "newcomer", disposal=one.pk, text="We still learn from it.")
    case.wait(working_days=21)
    with refused("IG8"):
        case.do(disposal.agree_to_disposal, "caldicott", disposal=one.pk)
    with refused("IG8"):
        case.do(disposal.answer_objection, "quality", objection=said.pk, answer="No.")
    case.do(disposal.answer_objection, "caldicott", objection=said.pk, answer="What we learned is in the yearly report.")
    case.do(disposal.agree_to_disposal, "caldicott", disposal=one.pk)


def test_ig8_whoever_proposed_it_does_not_drop_it_over_an_objection(case: Story) -> None:
    """Proposed again, it would look as if nobody had objected."""
    one = proposed(case)
    case.do(disposal.object_to_disposal, "newcomer", disposal=one.pk, text="The family may still ask.")
    with refused("IG8"):
        case.do(disposal.drop_disposal, "quality", disposal=one.pk, reason="We look at it again.")
    case.do(disposal.drop_disposal, "exec", disposal=one.pk, reason="He is right: it stays.")


def test_ig8_whoever_has_a_tie_to_the_case_proposes_nothing(case: Story) -> None:
    case.do(record_connection, "lead", person=case.who("quality"), kind="relative")
    with refused("IG8"):
        proposed(case)


def test_ig8_the_stub_says_that_a_lay_partner_objected(case: Story) -> None:
    one = proposed(case)
    said = case.do(disposal.object_to_disposal, "newcomer", disposal=one.pk, text="We still learn from it.")
    case.do(disposal.answer_objection, "caldicott", objection=said.pk, answer="It is in the yearly report.")
    case.wait(working_days=21)
    case.do(disposal.agree_to_disposal, "caldicott", disposal=one.pk)
    carry_out(case, one)
    one.refresh_from_db()
    assert ("Objections of lay partners to its going", "1") in counted_in_words(one)


def test_ig8_without_a_lay_partner_to_tell_nothing_goes(walked: Story, apart: None) -> None:
    case = again(walked)
    newcomer = case.trust["newcomer"].appointments.get()
    people.end_appointment(appointment=newcomer, at=case.at, reason="She moved away.")
    with refused("IG8"):
        proposed(case)


def test_ig8_those_who_are_partners_now_have_heard_of_it(case: Story) -> None:
    """The one who was told is made to leave, and somebody new was told nothing."""
    one = proposed(case)
    case.wait(working_days=21)
    people.end_appointment(appointment=case.trust["newcomer"].appointments.get(), at=case.at, reason="We changed the team.")
    case.trust.people["newest"] = appointed(case, "Ola Newest")
    with refused("IG8"):
        case.do(disposal.agree_to_disposal, "caldicott", disposal=one.pk)
    case.do(disposal.drop_disposal, "exec", disposal=one.pk, reason="Ola has not heard of it.")
    agreed(case)


def test_ig8_whoever_lifted_a_lay_rule_of_the_case_is_not_outside(walked: Story, apart: None) -> None:
    case = again(walked)
    one = proposed(case)
    case.wait(working_days=21)
    guardian = case.who("caldicott")
    with acting(Act("waived", SYSTEM, case.at, case.case.organisation_id, case.case_id)) as act:
        Waiver(case=case.case, rule="R9", stage="report", reason="Old.", asked_by=case.who("lead"), granted_by=guardian,
               granted_at=case.at, until=london_day(case.at)).save()  # fmt: skip
        write(act)
    with refused("IG8"):
        case.do(disposal.agree_to_disposal, "caldicott", disposal=one.pk)


def test_ig8_nothing_goes_before_its_term_or_while_the_case_runs(case: Story) -> None:
    case.at = datetime(2045, 12, 1, 10, tzinfo=LONDON)
    case.do(legal_holds.place_hold, "quality", kind="other", asked_by="The board", reason="To see that time is not dated back.")
    with refused("IG8"):
        proposed(case)


def test_ig8_a_page_cannot_carry_it_out(case: Story) -> None:
    one = agreed(case)
    with refused("IG8"):
        case.do(disposal.carry_out_disposal, "caldicott", disposal=one.pk)


def test_ig8_nothing_is_done_on_a_stub(case: Story) -> None:
    disposed(case)
    with refused("IG8"):
        case.do(legal_holds.place_hold, "quality", kind="claim", asked_by="A solicitor", reason="Too late.")


def test_ig8_a_file_that_another_case_has_too_stays(case: Story) -> None:
    other = Story(case.trust, case.at)
    other.open("Another case")
    version = PaperVersion.objects.filter(paper__case=case.case_id).first()
    assert version
    storage = version.file.storage
    name = str(version.file.name)
    with storage.open(name) as file:
        twin = other.paper("terms", text=file.read().decode(), release=False)
    assert twin.file.name == name
    disposed(case)
    remove_files()
    assert storage.exists(name)


def test_ig8_proposed_and_dropped_it_can_be_proposed_again(case: Story) -> None:
    one = proposed(case)
    case.do(disposal.drop_disposal, "exec", disposal=one.pk, reason="A student asks for it.")
    assert proposed(case).pk != one.pk
