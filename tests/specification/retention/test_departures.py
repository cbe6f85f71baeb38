"""IG15: the name of somebody who has left becomes a pseudonym, every act stays with its seat, and the chain still holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from audit.models import Event
from audit.triggers import lifted
from audit.verify import verify_chains, verify_live_rows
from cases.models import Departure, Person, Position
from tests.builders import a_story, again, end_seat, refused
from workflows.calendar import london_day
from workflows.disposing import carry_out_what_was_agreed
from workflows.doors import departures, people, stand_ins
from workflows.processes.oversight.story import Story
from workflows.verify import verify_case

pytestmark = pytest.mark.usefixtures("apart")


@pytest.fixture(scope="module")
def walked(kept: None) -> Story:
    story = a_story().walk_to("gathering")
    end_seat(story, "pat")
    story.wait()
    pat = story.who("pat")
    people.end_appointment(appointment=pat.appointments.get(), at=story.at, by=story.who("coordinator"), reason="She moved away.")
    return story


@pytest.fixture
def case(walked: Story, apart: None) -> Story:
    return again(walked)


def asked(case: Story, who: str = "pat", by: str = "coordinator", reason: str = "She asked us to.") -> Departure:
    case.wait()
    one: Departure = departures.ask_to_rename(by=case.who(by), at=case.at, person=case.who(who), reason=reason)
    return one


def answered(case: Story, door: Any, one: Departure, by: str | None = "caldicott", **more: Any) -> Departure:
    case.wait()
    done: Departure = door(by=case.who(by) if by else None, at=case.at, departure=one.pk, **more)
    return done


def tables_with(word: str) -> set[str]:
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database's own names
            if any(word in repr(row) for row in cursor.fetchall()):
                found.add(table)
    return found


def test_ig15_the_name_is_gone_everywhere_the_acts_stay_and_the_chain_holds(case: Story) -> None:
    pat = case.who("pat")
    said = list(Event.objects.filter(person_id=pat.pk).order_by("at", "seq").values_list("pk", "kind", "role", "digest"))
    spoken = list(Position.objects.filter(person=pat).values_list("pk", "seat", "answer"))
    assert said
    assert spoken
    assert len(tables_with("Pat Mercer")) > 3
    assert tables_with("pat@trust")
    one = asked(case)
    answered(case, departures.agree_to_rename, one)
    case.wait()
    told = list(carry_out_what_was_agreed(lambda: case.at))
    assert told[0] == f"{one.pseudonym}: is what they are called"
    assert tables_with("Pat Mercer") == set()
    assert tables_with("pat@trust") == set()
    assert one.pseudonym.startswith("Lay partner ")
    found = Person.objects.get(pk=pat.pk)
    assert (found.name, found.email, found.needs, found.account) == (one.pseudonym, "", "", None)
    assert list(Event.objects.filter(person_id=pat.pk).order_by("at", "seq").values_list("pk", "kind", "role", "digest")) == said
    assert set(Event.objects.filter(person_id=pat.pk).values_list("person_name", flat=True)) == {one.pseudonym}
    assert list(Position.objects.filter(person=pat).values_list("pk", "seat", "answer")) == spoken
    assert [str(finding) for finding in verify_chains().findings] == []
    assert verify_live_rows().findings == []
    assert list(verify_case(case.case, case.at)) == []


def test_ig15_only_of_somebody_who_has_left(case: Story) -> None:
    with refused("IG15"):
        asked(case, "amina")


def test_ig15_one_asks_and_the_guardian_decides(case: Story) -> None:
    with refused("IG15"):
        asked(case, by="lead")
    with refused("IG15"):
        asked(case, reason=" ")
    one = asked(case)
    for by in ("coordinator", "quality"):
        with refused("IG15"):
            answered(case, departures.agree_to_rename, one, by)
    with refused("STALE"):
        answered(case, departures.carry_out_renaming, one, None)
    answered(case, departures.refuse_to_rename, one, reason="The inquest is not over.")
    with refused("STALE"):
        answered(case, departures.agree_to_rename, one)
    again_asked = asked(case)
    answered(case, departures.agree_to_rename, again_asked)
    with refused("IG15"):
        answered(case, departures.carry_out_renaming, again_asked)


def test_ig15_a_partner_who_is_away_and_comes_back_has_not_left(case: Story) -> None:
    today, seat = london_day(case.at), case.seat("amina")
    case.do(stand_ins.hand_over, "amina", seat=seat.pk, person=case.who("gwen"), starts_on=today, until=today + timedelta(days=14))
    case.joins("gwen")
    people.end_appointment(appointment=case.who("amina").appointments.get(), at=case.at, reason="The term ran out.")
    assert case.seat("amina").state == "away"
    with refused("IG15"):
        asked(case, "amina")


def test_ig15_a_leaver_who_is_given_a_word_or_the_name_of_another_takes_nothing_from_the_ledger(case: Story) -> None:
    """Whoever keeps the records of people names a leaver like a partner or a word, and back again before the guardian looks."""
    organisation = case.trust.organisation
    ghost: Any = None
    for name in ("seat", "a", case.who("amina").name, "Jo Ghost"):
        case.wait()
        ghost = people.record_person(organisation=organisation, person=ghost, name=name, by=case.who("coordinator"), at=case.at)
        case.wait()
        with refused("IG15"):
            asked(case, "amina")  # an act that names Amina, and words, while the leaver is called so
    before = {one.pk: one.facts for one in Event.objects.exclude(person_id=ghost.pk) if str(ghost.pk) not in str(one.facts)}
    case.wait()
    one = departures.ask_to_rename(by=case.who("coordinator"), at=case.at, person=ghost, reason="They asked us to.")
    answered(case, departures.agree_to_rename, one)
    answered(case, departures.carry_out_renaming, one, None)
    assert {one.pk: one.facts for one in Event.objects.filter(pk__in=before)} == before
    assert tables_with("Jo Ghost") == set()


def test_ig15_a_forgery_is_not_made_good_by_a_pseudonym(case: Story) -> None:
    """Somebody with the database changes what an act of hers was: what is left of an act is sealed anew."""
    one = asked(case)
    answered(case, departures.agree_to_rename, one)
    hers = Event.objects.filter(person_id=case.who("pat").pk)[0]
    with lifted():
        Event._base_manager.filter(pk=hers.pk).update(reason="Nobody objected.")
    with refused("IG15"):
        answered(case, departures.carry_out_renaming, one, None)
    assert Person.objects.get(pk=case.who("pat").pk).name == "Pat Mercer"
