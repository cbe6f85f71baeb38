"""Every kind of act can be told in a sentence, whatever its facts lack."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audit.kinds import Kind, UnknownKind, kind_called, kinds, register, tell

# fmt: off
CODES = [
    "case_opened", "submitted", "position_taken", "decided", "case_withdrawal_asked", "case_withdrawn",
    "seat_offered", "seat_accepted", "seat_declined", "offer_withdrawn", "interests_declared", "offices_filled",
    "recused", "stepped_down", "seat_end_asked", "seat_ended", "membership_change_asked", "membership_changed",
    "second_person_refused", "waiver_asked", "waived", "waiver_ended", "reminded", "lapsed",
    "paper_uploaded", "paper_released", "paper_read", "comment_made", "comment_answered", "action_drafted",
    "action_changed", "action_evidenced", "facts_recorded", "settled", "refused",
    "person_recorded", "appointed", "appointment_ended", "training_recorded", "confidentiality_signed", "organisation_recorded",
    "incident_recorded", "signed_in", "password_set", "record_exported", "route_rebuilt", "sight_renewed", "expired",
    "claim_made", "claim_questioned", "claim_answered", "claim_declined", "claim_approved", "claim_paid", "claim_taken_back",
    "claim_late", "payment_terms_recorded", "matter_raised", "matter_answered", "matter_settled", "matter_not_settled",
    "matter_taken_back", "matter_shared", "matter_withheld", "matter_late", "paper_unclear", "summary_mended",
    "unclear_taken_back",
    "paper_given_to_staff", "lay_rendition_uploaded", "part_withheld", "withholding_challenged", "challenge_answered",
    "withholding_ended", "withholding_prolonged", "caldicott_asked", "caldicott_decided",
    "hold_placed", "hold_answered", "hold_taken_back", "measure_proposed", "measure_changed", "baseline_recorded",
    "measure_endorsed", "measure_dropped", "evaluation_offered", "evaluation_answered",
    "item_offered", "adjustment_asked", "adjustment_met", "item_booked", "item_completed", "item_checked", "training_asked_for",
    "training_waiver_asked", "training_waived", "requirement_set_recorded", "requirement_set_agreed",
    "requirement_set_refused",
    "escalated", "answer_due", "waiver_expired", "offer_overdue", "sight_over", "training_warned", "telling_asked", "told",
    "answer_satisfies", "answer_does_not_satisfy",
    "mail_chosen", "term_recorded", "term_asked_for", "term_retired", "term_declined",
    "answer_typed_in", "typed_answer_confirmed", "typed_answer_denied", "typed_answer_taken_back", "signed_form_filed",
    "signed_form_witnessed", "stand_in_asked", "returned_to_seat", "stand_in_over",
    "legal_hold_placed", "legal_hold_kept", "legal_hold_lift_asked", "legal_hold_lifted", "legal_hold_review_due",
    "disposal_proposed", "disposal_objected", "objection_answered", "disposal_agreed", "disposal_dropped", "case_disposed",
    "retention_rule_recorded", "person_rename_asked", "person_rename_agreed", "person_rename_refused", "person_renamed",
    "end_warned", "sight_ended", "emergency_asked", "emergency_agreed", "emergency_refused", "emergency_ended",
    "signal_explained",
    "evidence_read", "record_verified",
    "group_registered", "group_changed", "group_closed", "group_joined", "group_member_made", "group_end_asked",
    "group_end_agreed", "group_end_refused", "group_left", "meeting_planned", "meeting_moved", "meeting_cancelled",
    "meeting_papers_sent", "meeting_held", "experience_asked", "experience_answered", "profile_recorded",
]
# fmt: on


@dataclass
class Told:
    """An event as far as telling it goes."""

    kind: str
    person_name: str = "Amina Rahman"
    facts: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def _kinds_as_they_were() -> Iterator[None]:
    before = dict(kinds)
    yield
    kinds.clear()
    kinds.update(before)


def test_the_stored_codes_are_these() -> None:
    assert sorted(kinds) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_names_plain_facts_only(code: str) -> None:
    names = [name for _, name, spec, conversion in Formatter().parse(kinds[code].sentence) if name is not None]

    assert all(name.isidentifier() for name in names)


def test_a_position_is_told() -> None:
    event = Told("position_taken", facts={"paper": "the draft report", "answer": "do not support"})

    assert tell(event) == "Amina Rahman said what they think of the draft report: do not support."


def test_moves_are_told_in_a_second_sentence() -> None:
    moves = [{"from_title": "Review the draft report", "to_title": "Agree safety actions", "outcome_title": "pass"}]
    event = Told("settled", "", {"stage_title": "Review the draft report", "outcome_title": "agreed", "moves": moves})

    assert tell(event) == (
        "“Review the draft report” was settled: agreed. The case moved from Review the draft report to Agree safety actions."
    )


def test_a_position_on_a_safety_action_names_the_action() -> None:
    event = Told(
        "position_taken", facts={"action": "Label the drawers", "stage_title": "Agree safety actions", "answer": "support"}
    )

    assert tell(event) == "Amina Rahman said what they think of Label the drawers: support."


def test_a_refusal_is_told_with_all_its_reasons() -> None:
    reasons = ["Your training has lapsed.", "You have answered already."]

    assert tell(Told("refused", facts={"reasons": reasons})) == (
        "Amina Rahman was refused: Your training has lapsed. You have answered already."
    )


def test_a_day_is_told_as_people_write_it() -> None:
    told = tell(Told("withholding_challenged", facts={"what": "A letter of 2026-11-02", "due": "2026-11-03"}))
    assert told.endswith("A letter of 2026-11-02. An answer is due by 3 November 2026.")


def test_a_list_is_told_with_commas() -> None:
    assert tell(Told("facts_recorded", facts={"what": ["a date", "a place"]})) == "Amina Rahman recorded: a date, a place."


def test_what_is_missing_is_told_as_missing() -> None:
    assert tell(Told("seat_offered", "")) == "someone offered someone a seat as a role."


def test_an_event_of_a_kind_from_another_time_is_still_told() -> None:
    assert tell(Told("once_upon_a_time")) == "Amina Rahman did something recorded as “once_upon_a_time”."


def test_braces_in_a_fact_are_only_text() -> None:
    assert tell(Told("comment_made", facts={"paper": "{actor.__class__} {0}"})) == (
        "Amina Rahman commented on {actor.__class__} {0}."
    )


anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(),
    lambda part: some.lists(part, max_size=3) | some.dictionaries(some.text(), part, max_size=3),
    max_leaves=6,
)
names_used = sorted({name for kind in kinds.values() for _, name, _, _ in Formatter().parse(kind.sentence) if name})


@given(
    some.sampled_from([*CODES, "{odd}", "}"]), some.dictionaries(some.sampled_from([*names_used, "moves"]), anything), some.text()
)
def test_telling_never_fails(code: str, facts: dict[str, Any], name: str) -> None:
    assert tell(Told(code, name, facts))


def test_a_kind_that_nobody_registered_is_refused() -> None:
    with pytest.raises(UnknownKind, match=r"no kind of act called 'gossiped'.*audit\.kinds\.register"):
        kind_called("gossiped")


@pytest.mark.usefixtures("_kinds_as_they_were")
def test_an_app_that_plugs_in_adds_its_own_kinds() -> None:
    ward_walked = Kind("ward_walked", "{actor} walked the ward {ward}")

    register(ward_walked)
    register(ward_walked)

    assert tell(Told("ward_walked", facts={"ward": "7B"})) == "Amina Rahman walked the ward 7B."


def test_a_code_in_use_keeps_its_sentence() -> None:
    with pytest.raises(ValueError, match="'decided' already has another sentence"):
        register(Kind("decided", "{actor} tossed a coin"))
