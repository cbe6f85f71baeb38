"""The parts of pages: what each says about what it is given."""

import re
from datetime import UTC, datetime
from typing import Any

from django.template import engines

from permissions.verdict import allow, refuse

MET = allow("R1", "Has an active appointment")
UNMET = refuse("R5", "Training ran out on 3 May 2026", "The partner coordinator can book a refresher")
NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)


def drawn(call: str, **told: Any) -> str:
    """The HTML of one part, its spaces collapsed."""
    source = '{% import "design_system/parts.jinja" as parts with context %}' + call
    return re.sub(r"\s+", " ", engines["pages"].from_string(source).render(told))


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def test_a_status_is_words_with_a_colour_never_a_colour_alone() -> None:
    assert text(drawn('{{ parts.tag("Overdue") }}')) == "Overdue"
    assert "nhsuk-tag--red" in drawn('{{ parts.tag("Overdue") }}')
    assert "nhsuk-tag--grey" in drawn('{{ parts.tag("Whatever") }}')
    assert "nhsuk-tag--orange" in drawn('{{ parts.tag("Escalated", "orange") }}')


def test_what_waits_says_what_for_which_case_and_by_when() -> None:
    item = {"title": "Say what you think", "href": "/a", "about": "A fall on <Ward 4>", "due": "Friday", "tag": "New"}
    html = drawn("{{ parts.waiting_list([item]) }}", item=item)
    assert text(html) == "Say what you think A fall on &lt;Ward 4&gt; By Friday New"
    assert 'href="/a"' in html


def test_the_path_says_in_words_where_the_case_is() -> None:
    stages = [
        {"title": "Opening", "state": "done"},
        {"title": "Draft", "state": "now", "note": "Two of three."},
        {"title": "Sign", "state": "next"},
    ]
    html = drawn("{{ parts.stage_path(stages) }}", stages=stages)
    assert text(html) == "Opening Done Draft Now Two of three. Sign Next"
    assert html.count('aria-current="step"') == 1


def test_conditions_say_met_or_not_in_words_and_who_can_mend_it() -> None:
    shown = text(drawn("{{ parts.verdict_list(verdicts) }}", verdicts=[MET, UNMET]))
    assert "Met: Has an active appointment." in shown
    assert "Not met: Training ran out on 3 May 2026. The partner coordinator can book a refresher." in shown
    assert "R5" not in shown


def test_an_act_that_cannot_be_done_is_listed_with_its_reason_and_rule() -> None:
    acts = [{"title": "Sign", "href": "/s", "verdicts": [UNMET]}, {"title": "Comment", "href": "/c", "verdicts": []}]
    html = drawn("{{ parts.acts(acts) }}", acts=acts)
    assert 'href="/c"' in html
    assert 'href="/s"' not in html
    assert "Sign cannot be done now Not met: Training ran out on 3 May 2026." in text(html)
    assert "Rule R5" in text(html)


def test_only_one_button_is_the_primary_one() -> None:
    acts: list[dict[str, Any]] = [{"title": title, "href": "/", "verdicts": []} for title in ("One", "Two", "Three")]
    assert drawn("{{ parts.acts(acts) }}", acts=acts).count("nhsuk-button--secondary") == 2
    assert drawn("{{ parts.acts(acts, primary=false) }}", acts=acts).count("nhsuk-button--secondary") == 3


def test_a_person_is_shown_with_readiness_and_what_the_page_adds() -> None:
    person = {
        "name": "Amina Yusuf",
        "title": "Patient Safety Partner",
        "lay": True,
        "tag": "Ready",
        "facts": [("Groups now", 2)],
        "verdicts": [MET],
    }
    html = drawn('{% call parts.person_card(person) %}<a href="/o">Offer</a>{% endcall %}', person=person)
    assert "Patient Safety Partner Ready Groups now 2 Met: Has an active appointment. Offer" in text(html)
    assert "app-person--lay" in html


def test_an_empty_seat_is_shown_as_empty() -> None:
    assert text(drawn('{{ parts.empty_seat("Lay partner") }}')) == "Lay partner Empty seat Nobody sits here yet."


def test_the_story_gives_time_sentence_who_why_and_what_changed() -> None:
    entry = {
        "at": NOON,
        "sentence": "Amina does not support it",
        "who": "Amina, lay partner",
        "reason": "The <bell>",
        "changes": [("State", "", "held")],
    }
    shown = text(drawn("{{ parts.timeline([entry]) }}", entry=entry))
    assert shown.startswith("Friday 4 December 2026 at midday Amina does not support it. Amina, lay partner The &lt;bell&gt;")
    assert shown.endswith("State nothing, now held")


def test_waiting_says_for_whom_and_until_when() -> None:
    assert text(drawn('{{ parts.waiting_for("Amina", "answer", day | day) }}', day=NOON)) == (
        "Waiting for Amina to answer, by Friday 4 December 2026."
    )


def test_a_table_has_a_heading_for_each_row_and_each_column() -> None:
    html = drawn('{{ parts.data_table("Papers", ["Paper", "Version"], [["Draft", "3"]]) }}')
    assert 'scope="col"' in html
    assert 'scope="row"' in html
