"""A case as it stood, as tables in plain words: the page, the command and whoever prints it show the same."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cases.models import Hold, PaperVersion, Proposal, Seat, Withholding
from cases.tables import Sheet
from permissions.roles import title_of
from workflows.evidence.as_of import CaseThen

SHORT = 12
"""Hexadecimal digits by which a text is named beside its number; the whole hash stands in the table of papers."""


def tables(past: CaseThen) -> list[Sheet]:
    """Every part of the case, empty ones too: that there was none is an answer. No text of a paper is in any."""
    return [
        _case(past), _set_down(past), _stays(past), _seats(past), _sight(past), _papers(past), _held_back(past), _answers(past),
        _comments(past), _actions(past), _holds(past), _waivers(past), _proposals(past),
    ]  # fmt: skip


def named(version: PaperVersion | None, past: CaseThen) -> str:
    """ "Investigation report, version 2 (3f9a0c1d2e4b)": which exact text."""
    if version is None:
        return ""
    paper = next((one.title for one in past.papers if one.pk == version.paper_id), "a paper")
    return f"{paper}, version {version.number} ({version.sha256[:SHORT]})"


def _case(past: CaseThen) -> Sheet:
    case, rules = past.case, past.definition
    visit = past.visit
    rows: list[tuple[Any, ...]] = [
        ("Title", case.title),
        ("Reference", f"{case.reference}, {past.organisation.name} ({past.organisation.ods_code})"),
        ("Where it stood", past.rules.title_of(case.state)),
        ("What it waited for", visit.get_step_display() if visit else "Nothing: it had ended"),
        ("Due", past.due_on or "No day was set"),
        ("Opened", case.opened_at),
        ("Opened by", past.name_of(case.opened_by_id)),
        ("Ended", case.closed_at or "Not ended"),
        ("First lay partner came in", case.lay_entry_at or "No lay partner yet"),
        ("Rules it ran by", f"{case.process}, version {case.definition_version}"),
        ("Fingerprint of those rules", rules.fingerprint if rules else "not stored"),
        ("Place in the record", past.newest.seq if past.newest else 0),
        ("Seal of that place", past.newest.digest if past.newest else ""),
    ]
    return Sheet("The case", ("What", "As it stood"), rows)


def _set_down(past: CaseThen) -> Sheet:
    return Sheet("What had been set down", ("Question", "Answer"), list(past.rules.set_down(past.case.facts)))


def _stays(past: CaseThen) -> Sheet:
    rows = [
        (
            visit.number, past.rules.title_of(visit.stage), visit.opened_at, visit.due_on,
            named(past.version(visit.version_id), past), visit.ended_at, past.rules.outcome(visit.stage, visit.outcome),
        )
        for visit in past.visits
    ]  # fmt: skip
    return Sheet("Stages it had been in", ("No.", "Stage", "Began", "Due", "About which text", "Ended", "How"), rows)


def _seats(past: CaseThen) -> Sheet:
    rows = [
        (
            past.name_of(seat.person_id), title_of(seat.role), seat.get_capacity_display(), seat.get_membership_display(),
            seat.get_state_display(), seat.active_from,
        )
        for seat in past.seats
    ]  # fmt: skip
    return Sheet("Who sat", ("Who", "As", "Voice", "Member or attendee", "How it stood", "Active from"), rows)


def _sight(past: CaseThen) -> Sheet:
    granted = [(_whose(past, grant.seat_id), "By their seat", grant.granted_at, grant.until) for grant in past.running_grants]
    opened = [
        (past.name_of(one.asked_by_id), "In an emergency", one.opens_at, one.until)
        for one in past.emergencies
        if one.runs_at(past.at)
    ]
    note = "A grant ends with the appointment behind it too. Auditors of the organisation read every case, without a seat."
    return Sheet("Who could see it", ("Who", "How", "From", "Until"), [*granted, *opened], note)


def _papers(past: CaseThen) -> Sheet:
    rows = [
        (
            named(one, past), past.name_of(one.author_id), one.uploaded_at, one.released_at or "Not released",
            one.get_lay_reads_display(), one.sha256,
        )
        for one in past.versions
    ]  # fmt: skip
    head = ("Paper and version", "Written by", "Uploaded", "Released", "What lay partners read", "SHA-256 of the text")
    return Sheet("Papers", head, rows, "No text of a paper is shown here.")


def _held_back(past: CaseThen) -> Sheet:
    rows = [
        (one.what, one.get_category_display(), one.reason, _whose(past, one.decided_by_id), one.decided_at, _until(one))
        for one in past.withholdings
    ]
    return Sheet("Held back from lay partners", ("What", "Because", "Reason", "Decided by", "On", "Until"), rows)


def _until(one: Withholding) -> Any:
    return one.until if one.in_force else one.ended_at


def _answers(past: CaseThen) -> Sheet:
    stages = {visit.pk: visit.stage for visit in past.visits}
    rows: list[tuple[Any, ...]] = []
    for said in past.positions:
        stage = stages.get(said.visit_id, "")
        text, answer = named(past.version(said.version_id), past), past.rules.answer(stage, said.answer)
        rows.append((_whose(past, said.seat_id), past.rules.title_of(stage), text, answer, said.text, said.at))
    for lapse in past.lapses:
        stage = past.rules.title_of(stages.get(lapse.visit_id, ""))
        rows.append((_whose(past, lapse.seat_id), stage, "", "Did not answer in time", lapse.reason, lapse.at))
    rows.sort(key=lambda row: row[-1])
    return Sheet("Answers so far", ("Who", "At which stage", "On which text", "Answer", "In their words", "When"), rows)


def _comments(past: CaseThen) -> Sheet:
    rows = [
        (_whose(past, one.seat_id), named(past.version(one.version_id), past) or one.section, one.text, one.at)
        for one in past.open_comments
    ]
    return Sheet("Comments that nobody had answered", ("Who", "About", "In their words", "When"), rows)


def _actions(past: CaseThen) -> Sheet:
    rows = [
        (one.number, one.title, past.name_of(one.owner_id), one.due_on, one.get_state_display(), one.revision)
        for one in past.actions
    ]
    return Sheet("Safety actions", ("No.", "What", "Owner", "Due", "How it stood", "Wording no."), rows)


def _holds(past: CaseThen) -> Sheet:
    rows = [(_whose(past, one.placed_by_id), one.reason, one.placed_at, one.due_on, _ended(one)) for one in past.holds]
    return Sheet("Work that was stopped", ("By whom", "Why", "From", "Answer due", "How it stood"), rows)


def _ended(hold: Hold) -> str:
    if hold.answered_at:
        return "Answered"
    return "Taken back" if hold.taken_back_at else "Stopped"


def _waivers(past: CaseThen) -> Sheet:
    rows = [
        (
            one.rule, past.rules.title_of(one.stage), one.reason, past.name_of(one.asked_by_id), past.name_of(one.granted_by_id),
            one.granted_at, one.ended_at or one.until,
        )
        for one in past.waivers
    ]  # fmt: skip
    return Sheet("Rules that were lifted", ("Rule", "Stage", "Reason", "Asked by", "Agreed by", "From", "Until"), rows)


def _proposals(past: CaseThen) -> Sheet:
    waiting = [one for one in past.proposals if one.state == Proposal.State.OPEN]
    rows = [(one.get_kind_display(), past.name_of(one.asked_by_id), one.reason, one.asked_at) for one in waiting]
    return Sheet("Waiting for a second person", ("What", "Asked by", "Reason", "When"), rows)


def _whose(past: CaseThen, seat: UUID | None) -> str:
    """ "Pat Mercer (Patient Safety Partner)"."""
    found: Seat | None = past.seat(seat)
    return f"{past.name_of(found.person_id)} ({title_of(found.role)})" if found else "somebody"
