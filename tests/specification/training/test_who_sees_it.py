"""Section 3: who sees a partner's training. Leads and chairs learn whether somebody is ready, and no more."""

from __future__ import annotations

import pytest

from cases.models import Case
from permissions.eligibility import candidates
from permissions.roles import PSP, ROLES
from permissions.scope import may_see, visible_cases, visible_events
from permissions.traininglife import READ_EVIDENCE
from tests.builders import again
from tests.trainees import a_training
from workflows.available import available
from workflows.processes.oversight.story import Story
from workflows.processes.training.story import TrainingStory

pytestmark = pytest.mark.usefixtures("apart")

SECRET = "Certificate 4711, in the folder"
NEED = "I have two hearing aids"
REASON = "The name is missing on it"


@pytest.fixture(scope="module")
def handed_in(kept: None) -> TrainingStory:
    """One certificate was turned down; the partner told what she needs."""
    case = a_training()
    case.open()
    case.confirm()
    item = case.item("syllabus_1")
    case.ask_adjustment(item, NEED)
    case.offer_item(item)
    case.complete(item, evidence=SECRET)
    case.check(item, accepted=False, reason=REASON)
    return case


@pytest.fixture
def case(handed_in: TrainingStory, apart: None) -> TrainingStory:
    return again(handed_in)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("iris", True), ("coordinator", True), ("coordinator2", True), ("specialist", True), ("quality", True), ("auditor", True),
        ("exec_team", True),
        ("exec", False), ("lead2", False), ("chair2", False), ("member", False), ("directorate", False), ("pat", False),
        ("root", False), ("far_psp", False), ("far_lead", False),
    ],
)  # fmt: skip
def test_who_knows_of_the_case(case: TrainingStory, who: str, sees: bool) -> None:
    """The executive team has a seat for the waivers alone: the evidence is not for it."""
    person = case.who(who)
    assert may_see(person, case.case, case.at) is sees
    assert visible_cases(person, case.at).filter(process="TRN").exists() is sees
    assert visible_events(person, case.at).filter(case_id=case.case_id).exists() is sees


def test_evidence_and_needs_are_for_the_partner_and_those_who_look_after_the_training() -> None:
    assert {role.code for role in READ_EVIDENCE} == {"psp", "coordinator", "specialist", "quality"}
    assert {role.code for role in ROLES.values() if role.lay} & {role.code for role in READ_EVIDENCE} == {"psp"}


def test_a_lead_learns_whether_somebody_is_ready_and_nothing_of_how(case: TrainingStory) -> None:
    group = Story(case.trust, case.at, ("pat", "amina")).walk_to("form_group")
    found = next(one for one in candidates(group.case, PSP, group.at, "oversight") if one.person == case.who("iris"))
    told = " ".join(str(verdict) for verdict in found.verdicts)
    assert not found.ready
    assert "Has no oversight training on record." in told
    for secret in (SECRET, NEED, REASON, "e-Learning", "syllabus"):
        assert secret.lower() not in told.lower()


def test_the_record_says_what_was_done_and_not_what_is_in_the_evidence(case: TrainingStory) -> None:
    events = visible_events(case.who("exec_team"), case.at).filter(case_id=case.case_id)
    told = " ".join(f"{event.facts}" for event in events)
    assert "item_checked" in {event.kind for event in events}
    for secret in (SECRET, NEED):
        assert secret not in told


def test_each_is_offered_what_is_theirs_to_do(case: TrainingStory) -> None:
    look, done = case.look, {}
    for who in ("iris", "coordinator", "specialist", "quality", "exec_team"):
        done[who] = {offer.code for offer in available(look, case.who(who)) if offer.code.startswith("training_")}
    assert done["iris"] == {"training_adjust", "training_book", "training_complete", "training_more"}
    assert done["coordinator"] == {"training_offer", "training_book", "training_complete", "training_waive"}
    assert done["specialist"] == {"training_waive"}
    assert done["quality"] == done["exec_team"] == set()


def test_a_case_without_training_offers_none(case: TrainingStory) -> None:
    group = Story(case.trust, case.at, ("pat", "amina")).walk_to("form_group")
    assert Case.objects.filter(pk=group.case_id, training_items=None).exists()
    assert not [offer for offer in available(group.look, group.who("coordinator")) if offer.code.startswith("training_")]
