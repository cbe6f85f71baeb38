"""The hard rules, asked of the rows of a case. Each yields what is broken; nothing here calls the code under test.

What each process asks for is written down here again, by hand, from its published table.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from tests.integration.walks.tables import Row, Tables, day, working_days_after

ASKED: dict[str, dict[str, str]] = {
    "OVS": {
        "terms": "chair",
        "planning": "chair",
        "synthesis": "chair",
        "draft_review": "chair",
        "actions": "",
        "follow_up": "quality",
    },
    "IMP": {"scope": "project_lead", "measures": "project_lead", "review": ""},
    "TRN": {"readiness": "specialist", "sign": "specialist"},
}  # fmt: skip
"""For each process, the stages that cannot pass without lay answers, and the staff role that one yes is needed of besides."""

GOES_ON = ("pass", "adopt", "abandon", "signed", "close")
NOTICE = 5  # working days that a paper must have been there to read (R5)
DISSENTS = ("terms", "draft_review", "actions", "scope", "measures", "review")


def broken(case: Tables) -> list[str]:
    return [f"{rule.__name__}: {what}" for rule in EVERY for what in rule(case)]


def _passed(case: Tables) -> Iterator[Row]:
    lay_required = ASKED.get(case.case["process"], {})
    return (row for row in case.visits if row["stage"] in lay_required and row["outcome"] in GOES_ON)


def _waived(case: Tables, visit: Row) -> bool:
    """R9: a waiver for this stay that ran on the day on which it ended."""
    return any(
        row["rule"] == "R9" and row["stage"] == visit["stage"] and visit["opened_at"] <= row["granted_at"] <= visit["ended_at"]
        and row["until"] >= day(visit["ended_at"]) and not (row["ended_at"] and row["ended_at"] < visit["ended_at"])
        for row in case.waivers
    )  # fmt: skip


def _items(case: Tables, visit: Row) -> dict[UUID | None, int]:
    return dict(case.live_actions_at(visit["ended_at"]).items()) if visit["stage"] == "actions" else {None: 0}


def every_partner_answered_or_was_waited_for(case: Tables) -> Iterator[str]:
    """R1, counted again: each lay member on each thing, one lay yes on each, and one of the staff role that is asked."""
    for visit in _passed(case):
        end, lapsed = visit["ended_at"], {row["seat_id"] for row in case.lapses if row["visit_id"] == visit["id"]}
        said = case.last_words([visit])
        lay, staff = case.members_at(end, "lay"), ASKED[case.case["process"]][visit["stage"]]
        for item, revision in _items(case, visit).items():
            on_it = {seat: row for (seat, thing), row in said.items() if thing == item and row["item_revision"] == revision}
            for seat in lay.keys() - on_it.keys() - lapsed:
                yield f"{visit['stage']} passed over {lay[seat]['person_id']}"
            if not _waived(case, visit) and not any(on_it[seat]["stance"] == "for" for seat in lay.keys() & on_it.keys()):
                yield f"{visit['stage']} passed without a lay yes"
            needed = case.members_at(end, "staff", staff) if staff else {}
            if staff and not any(on_it[seat]["stance"] == "for" for seat in needed.keys() & on_it.keys()):
                yield f"{visit['stage']} passed without the {staff}"


def no_no_is_passed_over(case: Tables) -> Iterator[str]:
    """R3: whose last word on the text in force was no; also on an older text, where they say nothing more of the new one."""
    for visit in _passed(case):
        if visit["stage"] not in DISSENTS:
            continue
        end, items = visit["ended_at"], _items(case, visit)
        conflicted, lapsed = case.conflicted_at(end), {row["seat_id"] for row in case.lapses if row["visit_id"] == visit["id"]}
        counting, stays = case.members_at(end, "lay"), [*case.cut_short_before(visit), visit]
        for (seat, item), row in case.last_words(stays).items():
            holder = case.seats[seat]
            if row["stance"] != "against" or holder["capacity"] != "lay" or holder["person_id"] in conflicted:
                continue
            now = row["visit_id"] == visit["id"] and items.get(item) == row["item_revision"]
            silent = seat not in counting or seat in lapsed
            if now or (silent and item in items):
                yield f"{visit['stage']} passed over the no of {holder['person_id']}"


def a_no_is_heard_by_an_executive_from_outside(case: Tables) -> Iterator[str]:
    for visit in case.visits:
        if not visit["stage"].endswith("__dissent") or visit["outcome"] not in GOES_ON:
            continue
        chooser = case.seats.get(visit["chosen_by_id"], {})
        if not visit["chosen_reason"].strip() or chooser.get("role") != "exec":
            yield f"{visit['stage']} was ended by {chooser.get('role')} with the reason {visit['chosen_reason']!r}"
        sat = [
            row for row in case.seats_at(visit["ended_at"]).values()
            if row["person_id"] == chooser.get("person_id") and not row["office"] and row["active_from"]
        ]  # fmt: skip
        if sat:
            yield f"{visit['stage']} was heard by somebody of the group"


def positions_are_of_the_person_who_sat_then_on_the_text_in_hand(case: Tables) -> Iterator[str]:
    """R2, R4: never from an empty or foreign seat, an attendee's, a conflicted person's, before or after the stay."""
    visits = {row["id"]: row for row in case.visits}
    for row in case.positions:
        at, visit = row["at"], visits[row["visit_id"]]
        seat = case.seats_at(at)[row["seat_id"]]
        if (seat["person_id"], seat["state"], seat["membership"]) != (row["person_id"], "active", "member"):
            yield f"{row['answer']} from a seat that was {seat['state']}, {seat['membership']}"
        if row["person_id"] in case.conflicted_at(at):
            yield f"{row['answer']} by somebody with a conflict of interest"
        if row["version_id"] != visit["version_id"]:
            yield f"{row['answer']} about another version"
        if at < (visit["submitted_at"] or visit["opened_at"]) or (visit["ended_at"] and at > visit["ended_at"]):
            yield f"{row['answer']} outside its stay in {visit['stage']}"
        if row["item_id"] and case.live_actions_at(at).get(row["item_id"]) != row["item_revision"]:
            yield f"{row['answer']} about an older safety action"


def nobody_answered_for_anybody(case: Tables) -> Iterator[str]:
    """R2: the ledger names the person themselves; where a form was signed, a witness who neither typed nor filed nor sat."""
    events = {row["id"]: row for row in case.events}
    for row in case.positions:
        by, typed = events[row["event_id"]], case.typed.get(row["typed_id"])
        if by["person_id"] == row["person_id"]:
            continue
        if typed is None or typed["way"] != "form":
            yield f"{row['answer']} of {row['person_id']} was given by {by['person_name']}"
            continue
        group = {one["person_id"] for one in case.seats_at(row["at"]).values() if not one["office"] and one["active_from"]}
        others = {typed["typed_by_id"], typed["filed_by_id"], row["person_id"], *group}
        if typed["witness_id"] is None or typed["witness_id"] in others or not typed["form_reference"].strip():
            yield f"a form counted that {by['person_name']} witnessed"


def papers_were_there_to_read_for_five_working_days(case: Tables) -> Iterator[str]:
    """R5: or each lay member said, with their last answer, that they had had enough time."""
    for visit in _passed(case):
        lay = case.members_at(visit["ended_at"], "lay")
        if visit["version_id"] is None or not lay:
            continue
        last = {row["seat_id"]: row for row in case.positions if row["visit_id"] == visit["id"]}
        if all(seat in last and last[seat]["enough_time"] for seat in lay):
            continue
        released = case.versions[visit["version_id"]]["released_at"]
        since = max(day(max(released, row["active_from"])) for row in lay.values())
        if day(visit["ended_at"]) < working_days_after(since, NOTICE + visit["stopped_days"]):
            yield f"{visit['stage']} passed on {day(visit['ended_at'])} with a paper of {since}"


def second_keys_are_turned_by_somebody_else(case: Tables) -> Iterator[str]:
    """R8, R9: nobody confirms what they asked for, nor does anybody who sits or sat in the group."""
    for row in case.proposals:
        if row["state"] == "open":
            continue
        group = {one["person_id"] for one in case.seats_at(row["answered_at"]).values() if not one["office"] and one["active_from"]}
        if row["answered_by_id"] == row["asked_by_id"] or row["answered_by_id"] in group or not row["reason"].strip():
            yield f"{row['kind']} was asked and answered by {row['asked_by_id']} and {row['answered_by_id']}"
    signed = {row["submitted_by_id"] for row in case.visits if row["outcome"] == "sign"}
    signers = {case.seats[seat]["person_id"] for seat in signed if seat}
    for row in case.waivers:
        if row["granted_by_id"] in {row["asked_by_id"], *signers}:
            yield f"{row['rule']} was lifted by whoever asked for it or signed"


def no_lay_seat_is_taken_away_with_one_key(case: Tables) -> Iterator[str]:
    """R8: every lay seat that others ended or put aside has its two keys."""
    keys = {(row["kind"], row["seat_id"]) for row in case.proposals if row["state"] == "confirmed"}
    for seat, row in case.seats.items():
        versions = [one for one in case.seat_versions if one["id"] == seat]
        if row["capacity"] != "lay" or row["stands_in_for_id"]:
            continue
        was = {one["state"] for one in versions}
        if row["state"] == "ended" and ("end_seat", seat) not in keys:
            yield f"the seat of {row['person_id']} was ended with one key"
        if row["state"] == "withdrawn" and was & {"accepted", "active"}:
            yield f"the seat of {row['person_id']} was taken back after it was accepted"
        if {one["membership"] for one in versions} == {"member", "attendee"} and ("to_attendee", seat) not in keys:
            yield f"{row['person_id']} was made an attendee with one key"


def silence_was_waited_out(case: Tables) -> Iterator[str]:
    """R1: two reminders on two days, a reason, and the chair."""
    for row in case.lapses:
        sent = {
            day(one["at"]) for one in case.reminders
            if (one["visit_id"], one["seat_id"]) == (row["visit_id"], row["seat_id"]) and one["at"] <= row["at"]
        }  # fmt: skip
        chairs = {one["person_id"] for one in case.members_at(row["at"]).values() if one["role"] in ("chair", "sponsor")}
        if len(sent) < 2 or not row["reason"].strip() or row["recorded_by_id"] not in chairs:
            yield f"a lapse after {len(sent)} reminders, by {row['recorded_by_id']}"


def nobody_counts_twice(case: Tables) -> Iterator[str]:
    """R18: one person, one seat, one capacity among those whose answers passed a stage."""
    for visit in _passed(case):
        counting = case.members_at(visit["ended_at"])
        seats = {row["seat_id"] for row in case.positions if row["visit_id"] == visit["id"]} & counting.keys()
        people = [counting[seat]["person_id"] for seat in seats]
        if len(people) != len(set(people)):
            yield f"{visit['stage']} counted somebody twice"


def what_partners_said_is_answered_before_it_is_signed(case: Tables) -> Iterator[str]:
    """R7: with words, and not by whoever said it."""
    for row in case.answers.values():
        said = case.comments[row["comment_id"]]
        if not row["text"].strip() or row["answered_by_id"] == said["person_id"]:
            yield f"{said['text']!r} was answered with {row['text']!r}"
    for moment in (visit["ended_at"] for visit in case.visits if visit["outcome"] == "sign"):
        answered = {key for key, row in case.answers.items() if row["at"] <= moment}
        for row in case.comments.values():
            if row["at"] < moment and row["id"] not in answered and case.seats[row["seat_id"]]["capacity"] == "lay":
                yield f"{row['text']!r} was not answered before the report was signed"


def the_agreed_text_is_signed_and_not_by_its_author(case: Tables) -> Iterator[str]:
    for visit in case.visits:
        if visit["outcome"] != "sign":
            continue
        agreed = [row for row in case.visits if row["stage"] == "draft_review" and row["number"] < visit["number"]][-1]
        signer, author = case.seats[visit["submitted_by_id"]]["person_id"], case.versions[visit["version_id"]]["author_id"]
        if visit["version_id"] != agreed["version_id"] or signer == author:
            yield "another text was signed, or by its author"


def a_case_is_not_withdrawn_over_a_no(case: Tables) -> Iterator[str]:
    for visit in case.visits:
        if visit["outcome"] != "withdraw":
            continue
        conflicted = case.conflicted_at(visit["ended_at"])
        live = visit["stage"] in DISSENTS
        stays = [*case.cut_short_before(visit), visit]
        against = [
            row for row in case.last_words(stays).values()
            if live and row["stance"] == "against" and case.seats[row["seat_id"]]["capacity"] == "lay"
            and row["person_id"] not in conflicted and row["item_id"] in {None, *case.live_actions_at(visit["ended_at"])}
        ]  # fmt: skip
        if visit["stage"].endswith("__dissent") or against:
            yield f"it was withdrawn from {visit['stage']} over a disagreement"


def lay_readers_were_given_nothing_that_is_held_back(case: Tables) -> Iterator[str]:
    """IG4, R6: each reading of a paper by a lay seat, and each release that gave lay partners less."""
    for event in case.events:
        if event["kind"] != "paper_read" or event["capacity"] != "lay":
            continue
        version = case.versions[UUID(event["facts"]["version_id"])]
        whole, part = case.held_back_at(version, event["at"])
        read = event["facts"]["sha256"]
        if version["released_at"] is None or version["released_at"] > event["at"]:
            yield f"{event['person_name']} read a draft"
        if whole or (part and read != case.renditions[version["id"]]["sha256"]):
            yield f"{event['person_name']} read what is held back"
    for row in case.versions.values():
        if row["lay_reads"] in ("own", "nothing") and not any(_is_about(one, row) for one in case.withholdings):
            yield "lay partners were given less, and nothing says so"


def _is_about(held: Row, version: Row) -> bool:
    fits = held["version_id"] == version["id"] if version["lay_reads"] == "own" else held["paper_id"] == version["paper_id"]
    return fits and held["decided_at"] <= version["released_at"] and bool(held["reason"].strip() and held["category"])


def sight_is_held_by_active_seats_and_by_nothing_else(case: Tables) -> Iterator[str]:
    seated = {case.accounts[row["person_id"]] for row in case.seats.values() if row["state"] == "active"} - {None}
    held = [row["user_id"] for row in case.grants]
    if set(held) != seated or len(held) != len(seated):
        yield f"accounts {held} see it, and {seated} sit"
    for row in case.grants:
        seat = case.seats[row["seat_id"]]
        if seat["state"] != "active" or case.accounts[seat["person_id"]] != row["user_id"]:
            yield f"a grant hangs on a seat that is {seat['state']}"
    if {case.accounts[person] for person in case.conflicted} & set(held):
        yield "somebody with a conflict of interest sees it"


def the_chain_has_no_gap(case: Tables) -> Iterator[str]:
    previous = "0" * 64
    for number, row in enumerate(case.events, start=1):
        if (row["seq"], row["previous"]) != (number, previous):
            yield f"event {row['seq']} does not follow the one before it"
        previous = row["digest"]
    if (case.head["seq"], case.head["digest"]) != (len(case.events), previous):
        yield "the chain ends elsewhere than its head says"


EVERY = (
    every_partner_answered_or_was_waited_for, no_no_is_passed_over, a_no_is_heard_by_an_executive_from_outside,
    positions_are_of_the_person_who_sat_then_on_the_text_in_hand, nobody_answered_for_anybody,
    papers_were_there_to_read_for_five_working_days, second_keys_are_turned_by_somebody_else,
    no_lay_seat_is_taken_away_with_one_key, silence_was_waited_out, nobody_counts_twice,
    what_partners_said_is_answered_before_it_is_signed, the_agreed_text_is_signed_and_not_by_its_author,
    a_case_is_not_withdrawn_over_a_no, lay_readers_were_given_nothing_that_is_held_back,
    sight_is_held_by_active_seats_and_by_nothing_else, the_chain_has_no_gap,
)  # fmt: skip
"""Every rule, in the order in which they are asked."""
