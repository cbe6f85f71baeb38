"""The pages of safety groups: keeping the list, a seat that ends with two people, a meeting; and how far the ambition is met."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cases.models import GroupSeat, Meeting, SafetyGroup
from tests.web.casework import FOUND, OK, Casework, day, hidden, words
from workflows.calendar import london_day
from workflows.doors.groups import register_group, seat_partner

GROUP = {"name": "Falls group", "kind": "review", "terms": "Of May.", "target": "2"}


def send(work: Casework, key: str, address: str, answers: dict[str, Any]) -> Any:
    opened = work.client(key).get(address)
    assert opened.status_code == OK, words(opened)
    return work.client(key).post(address, {**hidden(opened), **answers})


@pytest.fixture
def group(work: Casework) -> SafetyGroup:
    """The falls group, with Pat as a member."""
    keeper = {"by": work.story.who("quality"), "at": work.story.at}
    made: SafetyGroup = register_group(**keeper, organisation=work.story.trust.organisation, **(GROUP | {"target": 2}))
    seat_partner(**keeper, group=made.pk, person=work.story.who("pat"), starts_on=london_day(work.story.at))
    return made


def shown(work: Casework, key: str, route: str, **names: Any) -> str:
    return words(work.client(key).get(reverse(route, kwargs=names)))


def test_a_group_is_put_on_the_list_and_a_partner_written_down(work: Casework) -> None:
    made = send(work, "quality", reverse("group_new"), GROUP)
    assert made.status_code == FOUND
    address = reverse("group_join", kwargs={"group": SafetyGroup.objects.get().pk})
    only_attends = {"membership": "attendee", "membership_reason": "The old terms."}
    pat = {"person": work.story.who("pat").pk, **day("starts_on", london_day(work.story.at)), **only_attends}
    told = words(work.client("quality").get(send(work, "quality", address, pat).headers["Location"]))
    assert "Pat Mercer Attendee: may speak only. Since Monday 2 March 2026. The old terms." in told


def test_a_refusal_is_told_on_the_form_and_nothing_typed_is_lost(work: Casework, group: SafetyGroup) -> None:
    again = send(work, "quality", reverse("group_new"), GROUP)
    assert "There is a group called \u201cFalls group\u201d already." in words(again)
    assert b"Of May." in again.content


def test_a_seat_ends_with_two_people_and_the_partner_reads_who_asked_and_why(work: Casework, group: SafetyGroup) -> None:
    place = GroupSeat.objects.get().pk
    send(work, "chair", reverse("group_seat_end", kwargs={"place": place}), {"why": "Not seen since May"})
    asks = "Charles Adeyemi asks for this seat to be ended: Not seen since May."
    assert f"{asks} Leave the group : Pat Mercer" in shown(work, "pat", "group", group=group.pk)
    send(work, "exec", reverse("group_seat_agree", kwargs={"place": place}), {})
    assert "until Monday 2 March 2026. Not seen since May." in shown(work, "pat", "group", group=group.pk)


def test_a_meeting_from_its_plan_to_who_was_there(work: Casework, group: SafetyGroup) -> None:
    today = london_day(work.story.at)
    send(work, "chair", reverse("meeting_plan", kwargs={"group": group.pk}), day("day", today + timedelta(days=1)))
    meeting = {"meeting": Meeting.objects.get().pk}
    send(work, "chair", reverse("meeting_move", kwargs=meeting), {**day("to_day", today), "why": "No room"})
    send(work, "chair", reverse("meeting_papers", kwargs=meeting), day("sent_on", today))
    send(work, "chair", reverse("meeting_held", kwargs=meeting), {"present": [GroupSeat.objects.get().pk]})
    told = shown(work, "pat", "group", group=group.pk)
    assert "Monday 2 March 2026 Held, lay-quorate Partners there: Pat Mercer (member). Papers sent on Monday 2 March 2026." in told
    assert "Moved from Tuesday 3 March 2026 to Monday 2 March 2026 on Monday 2 March 2026: No room." in told


def test_the_ambition_in_one_sentence_group_by_group_with_no_case_named_to_who_may_not_see_it(
    work: Casework, group: SafetyGroup
) -> None:
    work.story.walk_to("terms")
    told = shown(work, "gwen", "ambition")
    assert "1 of 2 groups have two trained partners." in told
    row = "Falls group Kind A group that reviews incidents Seats filled 1 of 2 Of these, trained 1 of 1 A seat is empty Since"
    assert f"{row} Monday 2 March 2026 Two trained? No" in told
    assert "Groups of cases that you do not see by name: 1 of 1 group has two trained partners." in told
    assert work.story.case.reference not in told
    assert work.story.case.reference in shown(work, "pat", "ambition")


def test_another_day_is_asked_for_and_one_to_come_is_no_day(work: Casework, group: SafetyGroup) -> None:
    before, ahead = ("?on_day=1&on_month=3&on_year=2026", "?on_day=1&on_month=3&on_year=2027")
    client, address = work.client("exec"), reverse("ambition")
    assert "There was no safety-related group on record." in words(client.get(address + before))
    assert "The day must be on or before Monday 2 March 2026" in words(client.get(address + ahead))


def test_the_tables_are_taken_away_for_the_day_that_is_shown(work: Casework, group: SafetyGroup) -> None:
    client = work.client("exec")
    csv = client.get(reverse("ambition_table", kwargs={"form": "csv"}))
    assert csv.headers["Content-Disposition"] == 'attachment; filename="safety-groups-2026-03-02.csv"'
    assert "Falls group,A group that reviews incidents,2,1,1,1,2026-03-02,no" in csv.content.decode()
    earlier = client.get(reverse("ambition_table", kwargs={"form": "csv"}) + "?on_day=1&on_month=3&on_year=2026")
    assert "Falls group" not in earlier.content.decode()
    assert client.get(reverse("ambition_table", kwargs={"form": "xlsx"})).content.startswith(b"PK")
    assert client.get(reverse("ambition_table", kwargs={"form": "pdf"})).status_code == 404
