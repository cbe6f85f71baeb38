"""The oversight of an investigation, as a governance board would read it: one card per stage, B0 to B11.

Nothing else in the project states who acts, who must agree, by when, on what condition, or where a stage leads.
"""

from __future__ import annotations

from permissions.roles import (
    CALDICOTT, CHAIR, COORDINATOR, DIRECTORATE, ENGAGEMENT, EXEC, EXEC_TEAM, LEAD, MEMBER, PSP, QUALITY,
)  # fmt: skip
from workflows.calendar import working_days
from workflows.definition import (
    EVIDENCE, SEEN, AnyTime, Dissent, Fact, Final, Item, Outcome, Paper, Process, Seats, Stage, at_least, every,
)  # fmt: skip
from workflows.facts import AHEAD
from workflows.processes.guards import comments_are_answered
from workflows.processes.oversight.choices import CANDOUR, QUESTIONS, RESPONSES, TRIGGERS
from workflows.processes.oversight.guards import (
    a_chair_is_seated, a_partner_is_seated, a_progress_note_is_released, candour_is_recorded,
    another_response_is_proposed, every_action_is_complete, every_action_is_evidenced, it_is_an_emergent_risk, it_is_not_an_emergent_risk,
    lay_seats_are_filled, no_national_trigger, questions_of_those_affected_are_recorded,
    signer_is_not_the_author, the_agreed_text_is_signed, those_affected_are_answered,
)  # fmt: skip

TERMS = Paper("terms", "Terms of reference", LEAD)
PLAN = Paper("plan", "Investigation plan and timetable", LEAD)
PROGRESS = Paper("progress", "Progress note", LEAD)
FINDINGS = Paper("findings", "Findings", LEAD)
REPORT = Paper("report", "Investigation report", LEAD)
ACTION = Item("action", "Safety action", "Safety actions")

OVERSIGHT = Process(
    code="OVS", title="Oversight of an investigation", version=1, within=working_days(120),
    plain="A group that includes Patient Safety Partners follows one patient safety investigation from the decision "
    "to investigate until the safety actions are done.",
    opened_by=(LEAD, DIRECTORATE, QUALITY), signed_by=EXEC, lay_entry_by="terms",
    papers=(TERMS, PLAN, PROGRESS, FINDINGS, REPORT), items=(ACTION,),
    seats=(
        Seats(PSP, minimum=1, target=2, offered_by=LEAD),
        Seats(LEAD, asked_at_opening=True, offered_by=EXEC),
        Seats(DIRECTORATE, asked_at_opening=True, offered_by=EXEC),
        Seats(CHAIR, offered_by=LEAD),
        Seats(ENGAGEMENT, offered_by=LEAD),
        Seats(MEMBER, minimum=0, target=0, offered_by=LEAD),
        Seats(EXEC), Seats(EXEC_TEAM), Seats(COORDINATOR), Seats(QUALITY), Seats(CALDICOTT, minimum=0),
    ),
    stages=(
        Stage("response", "Decide how to respond", ref="B0", within=working_days(5),
              plain="The directorate proposes how to respond to what happened. The executive team decides on an investigation.",
              acts=DIRECTORATE, decided_by=EXEC_TEAM, records=(
                  Fact("trigger", "Why is a response needed?", "choice", TRIGGERS),
                  Fact("response", "Which learning response do you propose?", "choice", RESPONSES),
                  Fact("plan_priority", "Which priority of the plan does it fall under?", required=False),
                  Fact("why_this", "Why this response?"),
                  Fact("why_not_others", "Why not another response?")),
              choices=(
                  Outcome("investigate", "form_group", "Investigate", only_if=(it_is_not_an_emergent_risk,)),
                  Outcome("investigate_risk", "form_group", "Investigate an emergent risk",
                          only_if=(it_is_an_emergent_risk,), decided_by=EXEC),
                  Outcome("other_response", "other_response", "Choose another learning response",
                          only_if=(no_national_trigger, another_response_is_proposed), reason=True, decided_by=DIRECTORATE),
                  Outcome("send_back", "response", "Send it back to the directorate", reason=True, back=True))),
        Stage("form_group", "Form the group", ref="B1", within=working_days(5),
              plain="The lead asks people to join the group, two Patient Safety Partners first. "
              "The coordinator confirms that everybody may sit.",
              acts=LEAD, ready_when=(a_partner_is_seated, a_chair_is_seated), decided_by=COORDINATOR, choices=(
                  Outcome("confirm", "terms", "Confirm the group", only_if=(lay_seats_are_filled, a_chair_is_seated)),
                  Outcome("send_back", "form_group", "Send back to the lead", reason=True, back=True))),
        Stage("terms", "Agree the terms of reference", ref="B2", within=working_days(10),
              plain="The terms of reference say what the investigation will look at, and whose questions it will answer.",
              acts=LEAD, paper=TERMS, ready_when=(questions_of_those_affected_are_recorded,),
              shows=("questions_status", "questions"),
              agreed_by=at_least(1, CHAIR) & at_least(1, PSP),
              passes_to="planning", dissent=Dissent(EXEC), returns_to="terms"),
        Stage("planning", "Note the plan", ref="B3", within=working_days(10),
              plain="The plan says what evidence will be looked at and when. The group reads it and notes it.",
              acts=LEAD, paper=PLAN, records=(
                  Fact("agreed_end", "On which day should the investigation end?", "day", days=AHEAD),
                  Fact("timetable_shared", "Was the timetable shared with those affected?", "yes_no")),
              asks=SEEN, agreed_by=at_least(1, CHAIR) & at_least(1, PSP), passes_to="gathering", returns_to="planning"),
        Stage("gathering", "Gather information", ref="B4", check_in=working_days(20),
              plain="The lead gathers information. The group gets progress notes in plain language, not raw records.",
              acts=LEAD, ready_when=(a_progress_note_is_released,), passes_to="synthesis"),
        Stage("synthesis", "Make sense of the findings", ref="B5", window=working_days(10), within=working_days(15),
              plain="The lead shows the group what was found. There are ten working days to read and comment.",
              acts=LEAD, paper=FINDINGS, asks=SEEN, agreed_by=at_least(1, CHAIR) & at_least(1, PSP),
              passes_to="affected", returns_to="synthesis"),
        Stage("affected", "Share the draft with those affected", ref="B6", within=working_days(10),
              plain="The engagement lead shares the draft report with those affected and records what they say.",
              acts=ENGAGEMENT, paper=REPORT, ready_when=(candour_is_recorded,), records=(
                  Fact("candour_status", "Where does the duty of candour stand?", "choice", CANDOUR),
                  Fact("candour_note", "What should the record say about it?", required=False,
                       needed_if=("candour_status", "does_not_apply")),
                  Fact("affected_comments", "What did those affected say about the draft?", hint="Write \u201cnothing\u201d if they said nothing.")),
              passes_to="draft_review"),
        Stage("draft_review", "Review the draft report", ref="B7", within=working_days(10),
              plain="The group decides whether the report is right. It cannot go on without its lay partners.",
              acts=LEAD, paper=REPORT, ready_when=(those_affected_are_answered,), shows=("questions", "affected_comments"), records=(
                  Fact("affected_answer", "What was changed because of what those affected said, or why was nothing?"),),
              agreed_by=every(PSP) & at_least(1, CHAIR) & at_least(1, PSP), blind=True,
              passes_to="actions", dissent=Dissent(EXEC, ref="B7a"), returns_to="synthesis"),
        Stage("actions", "Agree the safety actions", ref="B8", within=working_days(15),
              plain="Each safety action says what will change, who will do it, by when, and how we will know. "
              "Does it address what matters to patients?",
              acts=DIRECTORATE, on_each=ACTION, ready_when=(every_action_is_complete,),
              agreed_by=every(PSP) & at_least(1, PSP),
              passes_to="sign_off", dissent=Dissent(EXEC), returns_to="actions"),
        Stage("sign_off", "Sign the report", ref="B9", within=working_days(10),
              plain="The executive lead signs the exact text that the group agreed, or sends it back.",
              acts=EXEC, paper=REPORT, shows=("affected_comments", "affected_answer"), choices=(
                  Outcome("sign", "sharing", "Sign the report", only_if=(
                      comments_are_answered, candour_is_recorded, signer_is_not_the_author, the_agreed_text_is_signed)),
                  Outcome("send_back", "draft_review", "Send it back to the group", reason=True, back=True))),
        Stage("sharing", "Share what was learned", ref="B10", within=working_days(20),
              plain="The quality team takes the report to the board and tells the partners what changed because of them.",
              acts=QUALITY, records=(
                  Fact("board_on", "On which day does it reach the board sub-committee?", "day", days=AHEAD),
                  Fact("icb_report", "In which quarterly report to the integrated care board?"),
                  Fact("feedback", "What changed because of the lay partners? They will read this.")),
              passes_to="follow_up"),
        Stage("follow_up", "Check that the actions were done", ref="B11", check_in=working_days(60),
              plain="The owners show what was done. The quality team and the lay partners look at the evidence.",
              acts=DIRECTORATE, ready_when=(every_action_is_evidenced,),
              asks=EVIDENCE, agreed_by=at_least(1, QUALITY) & at_least(1, PSP),
              passes_to="closed", returns_to="follow_up"),
    ),
    any_time=(
        AnyTime("record_questions", "Record questions from those affected", by=(ENGAGEMENT,), effect="records",
                heading="Questions of those affected", records=(
            Fact("questions_status", "What do we know of the questions of those affected?", "choice", QUESTIONS),
            Fact("questions", "The questions of those affected, in their words", required=False, needed_if=("questions_status", "attached")))),
        AnyTime("withdraw", "Withdraw the case", by=(LEAD, CHAIR, DIRECTORATE), effect="ends",
                second=(EXEC, EXEC_TEAM), to="withdrawn"),
    ),
    ends=(
        Final("closed", "Closed"),
        Final("other_response", "Another learning response was chosen",
              without_lay="No investigation is made, so no oversight group is formed and no lay seat exists yet."),
        Final("withdrawn", "Withdrawn",
              without_lay="Two people and a reason are needed, and it is refused while a lay disagreement is undecided."),
    ),
)  # fmt: skip
