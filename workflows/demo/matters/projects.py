"""What the improvement projects of the demo are about. Everything is made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TRUST = "Harbour and Vale NHS Foundation Trust"


@dataclass(frozen=True)
class Aim:
    """A measure: what, why it matters to patients, how, and what it was before any change."""

    title: str
    why: str
    how: str
    baseline: str


@dataclass(frozen=True)
class Project:
    """The content of one project, in the order in which the process asks for it. Later parts are empty in a young one.

    `words` is what somebody says with their answer, by stage and person; `replies` what the lead answers, as (outcome, text),
    where it is more than thanks.
    """

    title: str
    summary: str
    theme: str
    theme_reference: str
    idea: str
    scope: tuple[str, ...]
    not_scope: str
    of_partners: Aim
    of_the_lead: Aim
    cycles: tuple[str, ...]
    hold: str = ""
    results: tuple[str, ...] = ()
    proposed_why: str = ""
    decision: str = ""
    comments: tuple[tuple[str, str, str], ...] = ()
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    replies: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def text_of(self, kind: str) -> str:
        """The whole text of a paper."""
        title, parts = ("Purpose and scope", self._scope()) if kind == "scope" else ("What the tests showed", self._results())
        numbered = [f"{number}. {heading}\n\n{text}" for number, (heading, text) in enumerate(parts, start=1)]
        return "\n\n".join([f"{TRUST}\n{title}: {self.title}", *numbered]) + "\n"

    def plain_of(self, kind: str) -> str:
        """Its summary in plain language."""
        if kind == "scope":
            return f"{self.idea} We will look at {'; '.join(self.scope)}. {self.not_scope}"
        return f"What we tried, in short. {self.results[0]} {self.proposed_why}"

    def _scope(self) -> list[tuple[str, str]]:
        return [
            ("What should be better", f"{self.summary}\n\n{self.idea}"),
            ("What we will look at", "\n".join(self.scope)),
            ("What we will not look at", self.not_scope),
            ("Who decides", "The lead and the partners agree this paper. The sponsor decides with them what becomes of it."),
        ]  # fmt: skip

    def _results(self) -> list[tuple[str, str]]:
        return [
            ("What we tried", "\n\n".join(self.cycles)),
            ("What we measured", f"{self.of_partners.title}; {self.of_the_lead.title}."),
            ("What we saw", "\n\n".join(self.results)),
            ("What we propose", self.proposed_why),
        ]


NAMES = Project(
    title="Being called by the right name",
    summary="Patients on the wards for older people are often called by a name that nobody has used for them before.",
    theme="partner_concern",
    theme_reference="Raised at the partners\u2019 meeting, by Pat Mercer",
    idea="Every patient is called by the name that they choose, by everybody, from the first day.",
    scope=("how a name is asked for when somebody comes in", "where it is written so that night staff see it", "what visitors see"),
    not_scope="We will not change the wristband or the record system.",
    of_partners=Aim(
        "Patients who say that they are called by their own name",
        "Being called by your name is being seen. When it is wrong for a week you stop correcting people.",
        "A partner asks ten patients on each ward, every second week.",
        "Eleven of twenty in the first week.",
    ),
    of_the_lead=Aim(
        "Minutes that it takes to ask on admission",
        "Nobody should be hurried on the first day.",
        "A watch, on five admissions a week.",
        "Nothing was asked, so no time was taken.",
    ),
    cycles=(
        "A card by each bed on one ward, filled in by the nurse on admission. Nine of twelve were filled in on the first day.",
    ),
    hold="The cards face the door. My father\u2019s card told every visitor that he is called Bunny and is confused at night. "
    "Please stop until patients have been asked who may read them.",
    words={
        ("scope", "pat"): "This is what I hoped for. Please keep the part about night staff.",
        ("scope", "gwen"): "I support it. At home we ask this before we ask anything else.",
        ("measures", "pat"): "The first of them is the one that counts.",
    },
    replies={
        ("scope", "pat"): ("not_changed", "It stays."),
    },
)

LEAVING = Project(
    title="Leaving hospital with a number to ring",
    summary="After three investigations families said the same: once home, they did not know whom to ask.",
    theme="safety_action",
    theme_reference="The second action on the discharge of people with a catheter",
    idea="Everybody who goes home knows one number where somebody who knows them answers.",
    scope=("what is said in the last hour on the ward", "who answers the number, and when", "what people do who do not ring"),
    not_scope="We will not set up a new service; the number must be answered by people who are there already.",
    of_partners=Aim(
        "People who rang and say that they got an answer the same day",
        "A number that nobody answers is worse than none.",
        "Partners ring back twelve people each month and ask.",
        "There was no number. Of twelve people asked, eight had wanted to ring somebody.",
    ),
    of_the_lead=Aim(
        "People who come back to the emergency department within a week",
        "Coming back by ambulance is hard on people who were glad to be home.",
        "From the hospital\u2019s own counts, each month.",
        "Nineteen of two hundred and ten.",
    ),
    cycles=(
        "The number on the letter. Four people of forty rang. Those whom we asked had not seen it: it stood on page three.",
        "A card in the hand, given by the nurse who says goodbye. Sixteen of forty rang, and the ward answered fifteen of them.",
        "The same card with a time when to ring. Calls came when somebody was there; nobody waited longer than an hour.",
    ),
    results=(
        "With a card in the hand and a time to ring, two of five people rang, and all but one had an answer the same day.",
        "Fewer came back by ambulance: eleven of two hundred and four. That may be chance, and we say so.",
    ),
    proposed_why="It costs a card and an hour of the ward clerk each day. We propose to adopt it on all wards for older people.",
    decision="The partners\u2019 own measure shows that it works. I adopt it for the six wards, and the hour is paid for.",
    comments=(
        ("amina", "The card is in English only. Two of the people I rang could not read it.",
         "Changed: the card is printed in the six languages that are spoken most here, and says that an interpreter is there."),
        ("gwen", "Who answers on a bank holiday? Community nurses will be rung instead.",
         "Changed: the site team answers on bank holidays, and the community service has been told in writing."),
    ),
    words={
        ("scope", "amina"): "I support it. Please ask people who did not ring, and not only those who did.",
        ("review", "amina"): "I support it, with the card in more languages than one.",
        ("review", "gwen"): "I support it. It is the first thing in years that sends people to the right door.",
    },
    replies={
        ("scope", "amina"): ("changed", "We ring twenty people who did not, each month."),
        ("review", "amina"): ("changed", "It is printed in the five languages that are most spoken here."),
    },
)  # fmt: skip
