"""What an act is and how it is begun: no database is touched."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest

from audit.kinds import UnknownKind
from audit.record import ActMisused, Actor, NoAct, acting, current_act
from tests.ledgerbook.acts import AMINA, LIBRARY, NINE, an_act


def test_outside_an_act_there_is_no_current_act() -> None:
    with pytest.raises(NoAct, match="This fact can only change through an act"):
        current_act()


def test_an_act_is_current_inside_its_block_and_not_after() -> None:
    with acting(an_act()) as act:
        assert current_act() is act

    with pytest.raises(NoAct):
        current_act()


def test_an_act_ends_when_its_block_fails() -> None:
    with pytest.raises(ZeroDivisionError), acting(an_act()):
        _ = 1 / 0

    with pytest.raises(NoAct):
        current_act()


def test_an_act_cannot_begin_inside_another() -> None:
    with acting(an_act("decided")) as outer:
        with pytest.raises(ActMisused, match=r"“settled” cannot begin inside the act “decided”"), acting(an_act("settled")):
            pass
        assert current_act() is outer


def test_an_act_of_an_unknown_kind_cannot_be_made() -> None:
    with pytest.raises(UnknownKind):
        an_act("gossiped")


def test_an_act_at_a_moment_without_a_time_zone_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="time zone"):
        an_act(at=datetime(2026, 3, 2))  # noqa: DTZ001


def test_a_capacity_is_lay_staff_or_system() -> None:
    with pytest.raises(ValueError, match="lay, staff, system, not 'guest'"):
        Actor(None, "Someone", "guest")


def test_an_act_on_a_case_goes_into_the_chain_of_the_case() -> None:
    case_id = uuid4()

    assert an_act(case_id=case_id).chain == f"case:{case_id}"


def test_an_act_on_no_case_goes_into_the_chain_of_the_organisation() -> None:
    assert an_act().chain == f"org:{LIBRARY}"


def test_an_act_knows_its_event_from_the_start() -> None:
    first, second = an_act(), an_act()

    assert isinstance(first.event_id, UUID)
    assert first.event_id < second.event_id
    assert (first.at, first.actor, first.facts) == (NINE, AMINA, {})
    assert not first.is_owed
