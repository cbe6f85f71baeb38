"""A process of another app: found, opened, answered and ended through the same doors, with no code of ours."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from django.core.files.base import File

from cases.models import Case
from permissions.verdict import Refused
from workflows import engine
from workflows.calendar import LONDON
from workflows.demo.trust import PERSONAS, Persona, Trust, build_trust
from workflows.doors import measures, papers, seats
from workflows.look import Look
from workflows.registry import all_processes, process_of
from workflows.verify import verify_case

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, tzinfo=LONDON)


@pytest.fixture
def trust() -> Trust:
    from tests.exampletrust.page import WARD_MANAGER

    return build_trust(AT, (*PERSONAS, Persona("ward", "Wim Dale", WARD_MANAGER)))


def _visit(case: Case) -> object:
    visit = Look(Case.objects.get(pk=case.pk), process_of("WLK"), AT).visit
    assert visit
    return visit.pk


def _state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def _seat_pat(case: Case, trust: Trust) -> None:
    ward, pat = trust["ward"], trust["pat"]
    (seat,) = seats.offer_seats(case=case, by=ward, at=AT, people=[pat], role="psp", why="You know the ward.").result
    seats.accept_seat(case=case, by=pat, at=AT, seat=seat.pk)
    seats.declare_interests(case=case, by=pat, at=AT, seat=seat.pk, confidential=True, conflict=False)


def _note_put_to_pat(trust: Trust) -> tuple[Case, object]:
    case = engine.open_case(process="WLK", organisation=trust.organisation, by=trust["ward"], at=AT, title="Ward 7",
                            people={"ward_manager": trust["ward"]})  # fmt: skip
    _seat_pat(case, trust)
    engine.submit(case=case, by=trust["ward"], at=AT, visit=_visit(case), facts={"walked_on": "2026-03-05"})
    body = b"We saw that the call bells work."
    version = papers.upload_paper(case=case, by=trust["ward"], at=AT, kind="walk_note", file=File(io.BytesIO(body)),
                                  name="note.txt", size=len(body)).result  # fmt: skip
    papers.release_paper(
        case=case, by=trust["ward"], at=AT, version=version.pk, plain_summary="The call bells work.", lay_reads="same"
    )
    engine.submit(case=case, by=trust["ward"], at=AT, visit=_visit(case), version=version.pk)
    return case, version.pk


def test_the_process_is_found() -> None:
    assert "WLK" in all_processes()


def test_the_note_is_kept_when_the_partner_agrees(trust: Trust) -> None:
    case, version = _note_put_to_pat(trust)
    assert _state(case) == "note"
    engine.take_position(case=case, by=trust["pat"], at=AT, visit=_visit(case), answer="support", version=version, enough_time=True)
    assert _state(case) == "done"
    assert list(verify_case(Case.objects.get(pk=case.pk), AT)) == []


def test_a_stage_of_another_name_agrees_measures_led_by_whoever_prepares_it(trust: Trust) -> None:
    case = engine.open_case(process="WLK", organisation=trust.organisation, by=trust["ward"], at=AT, title="Ward 7",
                            people={"ward_manager": trust["ward"]})  # fmt: skip
    words = {"title": "Bells", "why": "Nobody should wait.", "how": "We count them each week."}
    measure = measures.propose_measure(case=case, by=trust["ward"], at=AT, **words).result
    measures.record_baseline(case=case, by=trust["ward"], at=AT, measure=measure.pk, baseline="Three")
    _seat_pat(case, trust)
    engine.submit(case=case, by=trust["ward"], at=AT, visit=_visit(case), facts={"walked_on": "2026-03-05"})
    with pytest.raises(Refused) as refused:
        measures.drop_measure(case=case, by=trust["ward"], at=AT, measure=measure.pk, reason="Too late.")
    assert "R4" in refused.value.rules


def test_a_disagreement_goes_to_the_executive(trust: Trust) -> None:
    case, version = _note_put_to_pat(trust)
    engine.take_position(
        case=case, by=trust["pat"], at=AT, visit=_visit(case), answer="do_not_support", text="One bell is broken.", version=version
    )
    assert _state(case) == "note__dissent"


def test_the_manager_cannot_answer_for_the_partner(trust: Trust) -> None:
    case, version = _note_put_to_pat(trust)
    with pytest.raises(Refused) as refused:
        engine.take_position(case=case, by=trust["ward"], at=AT, visit=_visit(case), answer="support", version=version)
    assert "R2" in refused.value.rules
