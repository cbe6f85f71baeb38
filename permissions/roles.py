"""Every role, one card each: what it is called, whose voice it is, and what it is for in plain words.

"Lay" is read from here and nowhere else. A card states no right on a case: rights come from a seat (IG3).
Imports no Django.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from permissions.verdict import Verdict, judge

LAY, STAFF = "lay", "staff"

RIGHTS: dict[str, str] = {
    "run": "Asks for a waiver, and for somebody's seat to be ended (R8, R9)",
    "remind": "Reminds people whose answer is awaited (R1)",
    "lapse": "Records that an answer was not given (R1)",
    "answer_comments": "Answers the comments of lay partners (R7)",
    "answer_challenges": "Answers a partner who objects to something being held back (R6)",
    "record_ties": "Records who has a personal tie to the case (B1)",
    "type_in": "Types in what a partner said by telephone or in a letter, for the partner to confirm (R2)",
    "witness": "Witnesses the form by which a partner confirms what was typed in (R2)",
    "look_after_offices": "Brings the office holders on a case up to date",
}
"""What a role's card may name in `rights`, and what it means."""


@dataclass(frozen=True)
class Role:
    """A role a person can be appointed to in an organisation, and seated in on a case.

    `office`: held by appointment, so that a case seats its holders without an offer; an office holder
    does not belong to the group (R8 calls such a person "outside the case").
    `reads_all`: sees every case of the organisation and changes none (R16).
    `rights`: what a seat in this role may do besides its part in the stages; the doors say what each means.
    """

    code: str
    title: str
    capacity: str
    plain: str
    office: bool = False
    reads_all: bool = False
    rights: tuple[str, ...] = field(default=(), metadata={"later": True})

    def may(self, right: str) -> bool:
        """Whether a seat in this role has one of the `RIGHTS`. Raises KeyError for a right that nobody declared."""
        if right not in RIGHTS:
            raise KeyError(right)
        return right in self.rights

    @property
    def lay(self) -> bool:
        return self.capacity == LAY

    def __str__(self) -> str:
        return self.title


PSP = Role(
    "psp",
    "Patient Safety Partner",
    LAY,
    "A patient, carer or other lay person who shares the decisions of the group. Reads what the group reads, "
    "says what they think at every stage that needs lay agreement, and can disagree.",
)
LEAD = Role(
    "lead",
    "Investigation lead",
    STAFF,
    "Leads the investigation: opens the case, asks people to join the group, writes the papers.",
    rights=("run", "remind", "answer_comments", "record_ties"),
)
CHAIR = Role(
    "chair",
    "Group chair",
    STAFF,
    "Chairs the oversight group. Cannot pass a stage on their own.",
    rights=("run", "remind", "lapse", "answer_comments"),
)
MEMBER = Role(
    "member",
    "Group member",
    STAFF,
    "A member of staff on the oversight group.",
)
ENGAGEMENT = Role(
    "engagement",
    "Engagement lead",
    STAFF,
    "Keeps in touch with the people affected and brings their questions and comments to the group.",
    rights=("answer_comments", "record_ties"),
)
DIRECTORATE = Role(
    "directorate",
    "Directorate lead",
    STAFF,
    "Leads the service where it happened. Proposes the response and owns the safety actions.",
    rights=("answer_comments",),
)
COORDINATOR = Role(
    "coordinator",
    "Partner coordinator",
    STAFF,
    "Supports Patient Safety Partners: appointments, training, reminders. Confirms that people are eligible.",
    office=True,
    rights=("remind", "type_in", "look_after_offices"),
)
PROJECT_LEAD = Role(
    "project_lead",
    "Project lead",
    STAFF,
    "Leads an improvement project: writes the papers, runs the tests, answers the partners.",
    rights=("run", "remind", "answer_comments", "record_ties"),
)
SPONSOR = Role(
    "sponsor",
    "Project sponsor",
    STAFF,
    "Answers for an improvement project: answers a partner's hold, and decides with the partners what becomes of it.",
    rights=("run", "remind", "lapse", "answer_comments", "answer_challenges"),
)
SPECIALIST = Role(
    "specialist",
    "Patient Safety Specialist",
    STAFF,
    "Leads safety work and supports Patient Safety Partners. Never speaks for them.",
    office=True,
)
EXEC = Role(
    "exec",
    "Executive lead for patient safety",
    STAFF,
    "Signs the final report, and hears every lay disagreement in person.",
    office=True,
    rights=("answer_challenges",),
)
EXEC_TEAM = Role(
    "exec_team",
    "Executive team",
    STAFF,
    "Decides whether there is an investigation. May lift a lay rule for a time, in writing, but not for a case it signs.",
    office=True,
)
QUALITY = Role(
    "quality",
    "Quality team",
    STAFF,
    "Shares what was learned and checks that safety actions were done.",
    office=True,
    rights=("witness", "look_after_offices"),
)
CALDICOTT = Role(
    "caldicott",
    "Caldicott Guardian",
    STAFF,
    "Decides whether information about an identifiable person may be shared.",
    office=True,
    rights=("answer_challenges",),
)
AUDITOR = Role(
    "auditor",
    "Quality auditor",
    STAFF,
    "Reads every case of the organisation and its whole record. Changes nothing.",
    reads_all=True,
)

OPENER = Role("opener", "person who opened it", STAFF, "Whoever opened a case. Nobody is appointed to it.")
"""Named only where an outcome is kept from somebody (`Outcome.never_by`)."""

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        PSP, LEAD, CHAIR, MEMBER, ENGAGEMENT, DIRECTORATE, PROJECT_LEAD, SPONSOR, COORDINATOR,
        SPECIALIST, EXEC, EXEC_TEAM, QUALITY, CALDICOTT, AUDITOR,
    )
}  # fmt: skip


def reading_all_codes() -> frozenset[str]:
    """The codes of roles that read every case of their organisation (R16)."""
    return frozenset(code for code, role in ROLES.items() if role.reads_all)


def register_role(role: Role) -> Role:
    """Add a role of another app's process. Raises ValueError when the code is taken by a different card."""
    if ROLES.setdefault(role.code, role) != role:
        raise ValueError(f"The role code {role.code!r} is taken by {ROLES[role.code].title!r}.")
    return role


def known_role(code: str) -> Verdict:
    """Whether a role that somebody named by its code is one that is known here."""
    known = ", ".join(sorted(ROLES))
    return judge(code in ROLES, "B1", f"There is no role called \u201c{code}\u201d.", f"Choose one of: {known}.")


def title_of(code: str) -> str:
    """The role's title for a stored code; an unknown code is shown as it is."""
    role = ROLES.get(code)
    return role.title if role else code
