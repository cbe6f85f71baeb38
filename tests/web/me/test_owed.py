"""What I am owed: answers and money, with by whom, how long it has waited, and what is late first."""

from __future__ import annotations

from django.urls import reverse

from tests.builders_payment import claimed, expense
from tests.web.casework import Casework, words
from workflows.doors import claims, matters

ME = reverse("me")


def owed(work: Casework, key: str = "pat") -> str:
    work.story.wait()
    text = words(work.client(key).get(ME))
    return text.partition("What I am owed What")[2].partition("My claims for time")[0] or text.partition("Nobody owes you")[1]


def test_nothing_is_owed_at_first(work: Casework) -> None:
    assert owed(work) == "Nobody owes you"


def test_claims_concerns_items_and_comments_are_owed_until_they_are_answered(work: Casework) -> None:
    story = work.story
    story.walk_to("synthesis")
    story.paper("findings")
    story.comment("pat", "Who called first?")
    claim = claimed(story.trust, story.at, expense("6.40"))
    made = [
        matters.raise_matter(
            organisation=story.trust.organisation, by=story.who("pat"), at=story.at, kind=kind, title=title, text="So."
        )
        for kind, title in (("concern", "The corridor"), ("board_item", "Beds"))
    ]
    shown = owed(work)
    for part in (
        "Payment : Claim 1 Claim 1 By whom The partner coordinator", "An answer to your comment", "less than a working day",
        "An answer to your concern : The corridor The corridor By whom The executive lead for patient safety",
        "An answer to your item for the board : Beds",
    ):  # fmt: skip
        assert part in shown, part
    assert "Overdue" not in shown
    assert owed(work, "amina") == "Nobody owes you"

    story.wait(15)
    late = owed(work)
    assert late.index("The corridor") < late.index("Overdue") < late.index("Payment"), "what is late comes first"
    assert "15 working days" in late

    for one in made:
        matters.answer_matter(by=story.who("exec"), at=story.at, matter=one.pk, outcome="done", text="On Monday.")
    claims.decline_claim(by=story.who("coordinator"), at=story.at, claim=claim.pk, text="No ticket.")
    story.answer_comments()
    assert owed(work) == "Nobody owes you"


def test_staff_find_no_such_part(work: Casework) -> None:
    assert "What I am owed" not in words(work.client("lead").get(ME))
