"""What a person can do on a case now, and why not: the same verdicts as the doors, for pages and API.

Acts that are not for this person are left out; acts that are theirs but stand refused are there with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from cases.models import Person, Proposal, Seat, Visit
from permissions.roles import ROLES, Role
from permissions.verdict import Verdict, allow, refuse
from workflows.definition import READY, SIGN, Guard, Paper, Stage
from workflows.doors.actions import may_give_evidence, may_write
from workflows.doors.facts import may_record, may_record_connection
from workflows.doors.offices import may_fill, out_of_date
from workflows.doors.papers import may_upload
from workflows.doors.reminders import may_lapse
from workflows.doors.seats import offering_seat
from workflows.doors.second_key import may_answer_proposal, may_ask_to_withdraw, may_confirm
from workflows.doors.training import may_ask_for_more
from workflows.doors.understanding import may_mend_summary
from workflows.doors.waivers import may_ask_for_waiver
from workflows.look import Look
from workflows.may import decider, seat_among, seat_with, verdicts_on
from workflows.offers import REASON, Offer
from workflows.project_acts import evaluations, holds, measures
from workflows.sealing import words_are_sealed
from workflows.standing import (
    actors,
    asked_seats,
    guard_verdict,
    lay_voice_is_missing,
    owing,
    still_sees,
    waits,
)
from workflows.standstill import can_be_followed
from workflows.training_acts import acts_on
from workflows.typed_acts import typed_acts
from workflows.withheld_acts import withheld


def available(look: Look, person: Person) -> list[Offer]:
    """Everything that is this person's to do here, the most pressing first. Reads only."""
    return [
        *_own_offers(look, person), *_stage(look, person), *_proposals(look, person), *_seats(look, person),
        *_offices(look, person),
        *_papers(look, person), *_facts(look, person), *_actions(look, person), *holds(look, person),
        *measures(look, person), *evaluations(look, person), *_answers(look, person),
        *withheld(look, person), *_training(look, person), *typed_acts(look, person), *_chasing(look, person),
        *_two_keys(look, person), *_leaving(look, person),
    ]  # fmt: skip


SAY = "Say what you think"
TO_ANSWER = {READY.code: "Say whether you are ready", SIGN.code: "Sign"}
"""What answering is called, where the question is not about what somebody thinks."""


def _own_offers(look: Look, person: Person) -> Iterator[Offer]:
    for seat in look.seats:
        if seat.person_id == person.pk and seat.state == Seat.State.OFFERED:
            yield Offer("seat_answer", "Answer the offer of a seat", params={"seat": str(seat.pk)}, main=True)
        if seat.person_id == person.pk and seat.state == Seat.State.ACCEPTED:
            yield Offer("seat_declare", "Declare your interests", params={"seat": str(seat.pk)}, main=True)


def _stage(look: Look, person: Person) -> Iterator[Offer]:
    stage, visit = look.stage, look.visit
    if stage is None or visit is None:
        return
    params = {"visit": str(visit.pk)}
    if visit.step == Visit.Step.PREPARE and any(seat.person_id == person.pk for seat in actors(look)):
        yield Offer("stage_submit", stage.title, tuple(readiness(look)), params, main=True)
    asked = seat_among(asked_seats(look), person) if visit.step == Visit.Step.ANSWER else None
    if asked:
        owes = any(seat.person_id == person.pk for seat in owing(look))
        sees = tuple(still_sees(look, asked))
        yield Offer("position", TO_ANSWER.get(stage.asks.code, SAY) if owes else "Change what you said", sees, params, main=owes)
    if visit.step == Visit.Step.DECIDE:
        yield from _deciding(look, person, params)
    if visit.step == Visit.Step.ANSWER and look.seats_of(person.pk) and waits(look) and not owing(look):
        yield Offer("look_again", "See whether it can go on now", tuple(wait.verdict for wait in waits(look)))


def readiness(look: Look) -> Iterator[Verdict]:
    """What must be ready before the stage is submitted; what the form itself will ask for is not held against it."""
    stage = look.stage
    if stage is None:
        return
    by_form = answered_by_form(look, stage)
    yield from [guard_verdict(look, one) for one in stage.ready_when if one not in by_form]
    if stage.paper:
        if look.latest_released(stage.paper.code):
            yield allow(stage.ref, f"{stage.paper.title}: a version has been released.")
        else:
            reason = f"{stage.paper.title}: no version has been released yet."
            yield refuse(stage.ref, reason, "Upload it, then release it to the group.")
        yield from (clear for clear in [can_be_followed(look)] if not clear)


def answered_by_form(look: Look, stage: Stage) -> list[Guard]:
    """What is not so yet, and will be once the form of the stage is filled in: neither missing nor done."""
    before, asked = look.pending, {fact.code: REASON for fact in stage.records}
    not_yet = [one for one in stage.ready_when if not one.test(look)]
    look.pending = asked
    found = [one for one in not_yet if one.test(look)]
    look.pending = before
    return found


def to_decide(stage: Stage) -> str:
    """What somebody whose decision is wanted is asked to do: "Decide: form the group"."""
    return stage.title if stage.title.startswith("Decide") else f"Decide: {stage.title[:1].lower()}{stage.title[1:]}"


def _deciding(look: Look, person: Person, params: dict[str, str]) -> Iterator[Offer]:
    """One offer for the decision as a whole: greyed only when no outcome that is this person's is open."""
    stage = look.stage
    assert stage
    mine = [way for way in stage.outcomes if decider(look, stage, way, person)[0]]
    if not mine:
        return
    judged = [tuple(verdicts_on(look, way, person)) for way in mine]
    open_ways = any(all(verdicts) for verdicts in judged)
    yield Offer("stage_decide", to_decide(stage), () if open_ways else judged[0], params, main=True)


def _proposals(look: Look, person: Person) -> Iterator[Offer]:
    for proposal in look.proposals:
        if proposal.state == Proposal.State.OPEN and may_answer_proposal(look, person, proposal.pk)[1]:
            verdicts = may_confirm(look, person, proposal.pk)[2]
            title = f"Second person needed: {proposal.get_kind_display().lower()}"
            yield Offer("proposal", title, tuple(verdicts), {"proposal": str(proposal.pk)}, main=True)


def _seats(look: Look, person: Person) -> Iterator[Offer]:
    if look.stage is None:
        return
    for seats in look.process.seats:
        if seats.offered_by and offering_seat(look, person, seats.role):
            few = seats.role.lay and look.vacant(seats.role) > 0
            title = asking_for(look, seats.role)
            yield Offer("seat_assign", title, params={"role": seats.role.code}, main=few and is_forming(look, look.stage))


def asking_for(look: Look, role: Role) -> str:
    """What asking somebody to take a seat is called: a seat that is taken is never offered as if it were empty."""
    seats = look.process.seats_of(role)
    taken = seats is not None and 0 < seats.target <= len(look.voting(role))
    if role.lay:
        return f"Ask one more {role.title} to join" if taken else f"Ask a {role.title} to join"
    title = role.title.lower()
    return f"Ask one more person to sit as {title}" if taken else f"Offer the seat of {title}"


def is_forming(look: Look, stage: Stage) -> bool:
    """The group is being formed: lay people are to be in by the end of a stage that has not passed (R10)."""
    codes = [one.code for one in look.process.stages]
    entry = look.process.lay_entry_by
    return bool(entry) and stage.code != codes[0] and codes.index(stage.hears or stage.code) <= codes.index(entry)


def _offices(look: Look, person: Person) -> Iterator[Offer]:
    """Asked (one statement) only for the coordinator and the quality team, who look after such things."""
    own, verdicts = may_fill(look, person)
    if own and ROLES[own.role].may("look_after_offices") and all(verdicts) and out_of_date(look):
        yield Offer("offices", "Bring the office holders up to date")


def _papers(look: Look, person: Person) -> Iterator[Offer]:
    if look.stage is None:
        return
    for paper in look.process.papers:
        if all(may_upload(look, person, paper.code)):
            title = f"Upload: {paper.title.lower()}"
            yield Offer("paper_upload", title, params={"kind": paper.code}, main=_is_wanted(look, paper))
    yield from _mending(look, person)
    for version in look.versions:
        if not version.is_released and version.author_id == person.pk:
            newest = all(one.number <= version.number for one in look.versions if one.paper_id == version.paper_id)
            if newest:
                title = f"Release: {version.paper.title.lower()}, version {version.number}"
                yield Offer("paper_release", title, params={"version": str(version.pk)}, main=True)


def _mending(look: Look, person: Person) -> Iterator[Offer]:
    """R19: while the clock stands still, the author is offered what lets it go on. Asked (one statement) only then."""
    for version in look.versions if not can_be_followed(look) and look.seats_of(person.pk) else []:
        if version.author_id == person.pk and may_mend_summary(look, person, version.pk, REASON)[1][3]:
            title = f"Write the summary again: {version.paper.title.lower()}, version {version.number}"
            yield Offer("summary_mend", title, params={"version": str(version.pk)}, main=True)


def _is_wanted(look: Look, paper: Paper) -> bool:
    """The stage is being prepared, and has no text yet but one that the group has answered here already."""
    stage, visit, latest = look.stage, look.visit, look.latest_released(paper.code)
    if stage is None or visit is None or stage.paper != paper or visit.step != Visit.Step.PREPARE:
        return False
    return latest is None or any(one.stage == stage.code and one.version_id == latest.pk for one in look.visits)


def _facts(look: Look, person: Person) -> Iterator[Offer]:
    for act in look.process.any_time:
        _card, own, verdicts = may_record(look, person, act.code)
        if own and all(guard_verdict(look, one) for one in act.only_if):
            yield Offer("facts", act.title, tuple(verdicts), {"act": act.code})
    if look.stage and may_record_connection(look, person)[0]:
        yield Offer("connection", "Record a personal tie to this case")


def _actions(look: Look, person: Person) -> Iterator[Offer]:
    own, verdicts = may_write(look, person)
    if own and look.stage and look.stage.on_each:
        yield Offer("action_draft", "Add a safety action", tuple(verdicts), main=not look.live_actions)
    if look.last_visit("sign_off") is None or look.stage is None:
        return
    for action in look.live_actions:
        _found, own, verdicts = may_give_evidence(look, person, action.pk)
        if own and all(verdicts) and (not action.evidence or look.is_unexplained(action)):
            yield Offer("action_evidence", f"Give evidence: {action.title}", (), {"action": str(action.pk)}, main=True)


def _training(look: Look, person: Person) -> Iterator[Offer]:
    """Nothing is read where the process has no training."""
    if look.stage is None or not any(item.code == "training" for item in look.process.items):
        return
    for item in look.training_items:
        for act, verdicts in acts_on(look, person, item):
            yield Offer(act.code, f"{act.title}: {item.title}", tuple(verdicts), {"item": str(item.pk)}, act.main)
    if may_ask_for_more(look, person)[1]:
        yield Offer("training_more", "Ask for more training")


def _answers(look: Look, person: Person) -> Iterator[Offer]:
    if look.stage and look.unanswered_comments and seat_with(look, person, "answer_comments"):
        number = sum(not words_are_sealed(look, one) for one in look.unanswered_comments)
        if not number:
            return
        yield Offer("comments", f"Answer {number} comment{'s' if number != 1 else ''}", main=True)


def _chasing(look: Look, person: Person) -> Iterator[Offer]:
    visit = look.visit
    if visit is None or visit.step != Visit.Step.ANSWER:
        return
    for seat in owing(look):
        if seat_with(look, person, "remind") and seat.person_id != person.pk:
            yield Offer("remind", f"Remind {seat.person.name}", (can_be_followed(look),), {"seat": str(seat.pk)})
        if seat_with(look, person, "lapse") and seat.person_id != person.pk:
            verdicts = may_lapse(look, person, visit.pk, seat.pk, REASON)[2]
            yield Offer("lapse", f"Record that {seat.person.name} gave no answer", tuple(verdicts), {"seat": str(seat.pk)})


def _two_keys(look: Look, person: Person) -> Iterator[Offer]:
    if look.stage is None or not look.seats_of(person.pk):
        return
    own, verdicts = may_ask_for_waiver(look, person, "R9", look.today, REASON)
    if own and lay_voice_is_missing(look) and not look.waived("R9"):
        yield Offer("waiver_ask", "Ask for a waiver of the lay seats", tuple(verdicts))
    own, verdicts = may_ask_to_withdraw(look, person, REASON)
    if own:
        yield Offer("withdraw", "Ask to withdraw the case", tuple(verdicts))


def _leaving(look: Look, person: Person) -> Iterator[Offer]:
    for seat in look.seats_of(person.pk):
        if not seat.office and look.stage is not None:
            title = f"Step down, or declare a conflict ({ROLES[seat.role].title})"
            yield Offer("seat_leave", title, params={"seat": str(seat.pk)})
