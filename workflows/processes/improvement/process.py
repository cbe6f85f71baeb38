"""An improvement project with Patient Safety Partners, as a governance board would read it: one card per stage, A1 to A8.

Nothing else in the project states who acts, who must agree, by when, on what condition, or where a stage leads.
"""

from __future__ import annotations

from permissions.roles import (
    CALDICOTT, COORDINATOR, EXEC, EXEC_TEAM, OPENER, PROJECT_LEAD, PSP, QUALITY, SPECIALIST, SPONSOR,
)  # fmt: skip
from workflows.calendar import working_days
from workflows.definition import (
    EVALUATION, MEASURES, AnyTime, Dissent, Fact, Final, Outcome, Paper, Process, Seats, Stage, at_least, every,
)  # fmt: skip
from workflows.processes.guards import comments_are_answered
from workflows.processes.improvement.choices import PROPOSALS, THEMES
from workflows.processes.improvement.effects import stamp_late_entry
from workflows.processes.improvement.guards import (
    a_measure_is_a_partners, every_measure_has_a_baseline, lead_and_sponsor_are_seated,
    partners_are_matched, partners_stand_by_their_measures, the_evaluation_was_offered,
)  # fmt: skip

SCOPE = Paper("scope", "Purpose and scope", PROJECT_LEAD)
RESULTS = Paper("results", "What the tests showed", PROJECT_LEAD)

IMPROVEMENT = Process(
    code="IMP", title="Improvement project with partners", version=1, within=working_days(180),
    plain="Staff and Patient Safety Partners try out a change together, measure what matters to patients, "
    "and decide together what becomes of it.",
    opened_by=(PSP, PROJECT_LEAD, SPONSOR, SPECIALIST, QUALITY), lay_entry_by="match",
    papers=(SCOPE, RESULTS),
    begins_with=(
        Fact("theme", "What is it linked to?", "choice", THEMES),
        Fact("theme_reference", "Which one? Give its reference or name."),
        Fact("idea", "What should be better, and for whom?")),
    seats=(
        Seats(PSP, minimum=1, target=2, offered_by=COORDINATOR, trained_in="projects", reply_within=working_days(10),
              plain="A patient, carer or other lay person who shares the decisions of the project: agrees its purpose, chooses "
              "measures that matter to patients, and can stop the testing."),
        Seats(PROJECT_LEAD, offered_by=SPECIALIST,
              plain="Runs the project: writes its purpose, leads the tests, shows what they found and answers the partners."),
        Seats(SPONSOR, offered_by=SPECIALIST,
              plain="Answers a partner who stops the testing, and decides with the partners what becomes of the change."),
        Seats(SPECIALIST, plain="Accepts or declines what is proposed, with the reason, and asks a lead and a sponsor to join."),
        Seats(COORDINATOR, plain="Invites the partners, tells them what the task asks of them, and asks them at the end how it was."),
        Seats(EXEC, plain="Meets a partner who disagrees, and answers in writing. Signs nothing here."),
        Seats(EXEC_TEAM, plain="Agrees or not, as the second person, to end the project early, or to lift a lay rule for a time."),
        Seats(QUALITY, plain="Confirms that the project is over: the partners were asked how it was, and their comments answered."),
        Seats(CALDICOTT, minimum=0, plain="Decides whether something about a person who could be recognised may be shared."),
    ),
    stages=(
        Stage("propose", "Answer the proposal", ref="A1", within=working_days(10),
              plain="Staff or a partner proposes a project. The safety specialist accepts it, or declines it and says why.",
              acts=SPECIALIST, choices=(
                  Outcome("accept", "match", "Accept the proposal", never_by=(OPENER,)),
                  Outcome("decline", "declined", "Decline the proposal", reason=True))),
        Stage("match", "Invite the partners", ref="A2", within=working_days(20),
              plain="The coordinator invites two partners, and tells them what the task asks of them. "
              "Each accepts, declines, or asks for a change. No reply is not consent.",
              acts=COORDINATOR, ready_when=(partners_are_matched, lead_and_sponsor_are_seated), records=(
                  Fact("why_fewer_partners", "Where fewer than two partners sit: why?", required=False),),
              choices=(Outcome("pass", "scope", "Go on", then=(stamp_late_entry,)),)),
        Stage("scope", "Agree purpose and scope", ref="A3", within=working_days(15),
              plain="What the project is for, and what it will and will not look at. The lead and the partners agree it.",
              acts=PROJECT_LEAD, paper=SCOPE, agreed_by=at_least(1, PROJECT_LEAD) & at_least(1, PSP),
              passes_to="measures", dissent=Dissent(EXEC), returns_to="scope"),
        Stage("measures", "Agree the measures", ref="A4", within=working_days(20), deals_with=MEASURES,
              plain="How we will know that a change is an improvement. At least one measure is one that partners chose.",
              acts=PROJECT_LEAD, ready_when=(
                  a_measure_is_a_partners, partners_stand_by_their_measures, every_measure_has_a_baseline),
              agreed_by=at_least(1, PROJECT_LEAD) & at_least(1, PSP),
              passes_to="testing", dissent=Dissent(EXEC), returns_to="measures"),
        Stage("testing", "Test changes", ref="A5", check_in=working_days(20),
              plain="The team tries out changes, one after another. A partner can stop it until the sponsor has answered.",
              acts=PROJECT_LEAD, records=(
                  Fact("cycle", "What was tried, and what was seen?"),
                  Fact("attendance", "Who was there? Count the partners."),
                  Fact("hours", "How many hours did partners give?")),
              choices=(
                  Outcome("another_cycle", "testing", "Test another change"),
                  Outcome("enough", "review", "Enough was learned to decide"))),
        Stage("review", "Adapt, adopt or abandon", ref="A6", within=working_days(15),
              plain="The lead shows what the tests found and proposes what to do. Every partner says what they think of that; "
              "the sponsor decides, with reasons.",
              acts=PROJECT_LEAD, paper=RESULTS, agreed_by=every(PSP) & at_least(1, PSP), blind=True, decided_by=SPONSOR, records=(
                  Fact("proposed", "What do you propose?", "choice", PROPOSALS),
                  Fact("proposed_why", "Why? The partners will read this.")),
              choices=(
                  Outcome("adopt", "share", "Adopt it", reason=True, never_by=(PROJECT_LEAD,)),
                  Outcome("abandon", "share", "Abandon it", reason=True, never_by=(PROJECT_LEAD,)),
                  Outcome("adapt", "testing", "Adapt it and test again", reason=True, back=True)),
              dissent=Dissent(EXEC), returns_to="testing"),
        Stage("share", "Share: you said, we did", ref="A7", within=working_days(20),
              plain="Every comment of a partner has an answer, and everyone who commented is told what changed because of it.",
              acts=PROJECT_LEAD, ready_when=(comments_are_answered,), records=(
                  Fact("you_said_we_did", "What changed because of the partners, and what did not and why? They will read this."),
                  Fact("shared_where", "Where was it shared?")),
              passes_to="evaluate"),
        Stage("evaluate", "Evaluate and close", ref="A8", within=working_days(30), deals_with=EVALUATION,
              plain="The coordinator offers every partner a few questions about what it was like. The quality team confirms the end.",
              acts=COORDINATOR, decided_by=QUALITY, ready_when=(the_evaluation_was_offered,), records=(
                  Fact("contribution", "What did the partners contribute?"),
                  Fact("payments_settled", "Are all payments to partners settled?", "yes_no")),
              choices=(
                  Outcome("close", "closed", "Close the project", only_if=(comments_are_answered,), never_by=(PROJECT_LEAD, SPONSOR)),
                  Outcome("send_back", "evaluate", "Send it back to the coordinator", reason=True, back=True))),
    ),
    any_time=(
        AnyTime("hold", "Stop the testing until you are answered", by=(PSP,), effect="pauses", during=("testing",),
                answered_by=SPONSOR, within=working_days(5)),
        AnyTime("withdraw", "Withdraw the project", by=(PROJECT_LEAD, SPONSOR, SPECIALIST), effect="ends",
                second=(EXEC, EXEC_TEAM), to="withdrawn"),
    ),
    ends=(
        Final("closed", "Closed"),
        Final("declined", "Declined",
              without_lay="Nothing has begun. The proposer, who may be a partner, is given the reason in writing (R12)."),
        Final("withdrawn", "Withdrawn",
              without_lay="Two people and a reason are needed, and it is refused while a lay disagreement is undecided or a hold unanswered."),
    ),
)  # fmt: skip
