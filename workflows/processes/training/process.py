"""A partner's training and its sign-off, as a governance board would read it: one card per stage, C1 to C9.

Nothing else in the project states who acts, who must agree, by when, on what condition, or where a stage leads.
What is required is data, by role and task: see `cases.models.RequirementSet`.
"""

from __future__ import annotations

from typing import Any

from cases.models import TrainingItem, TrainingRecord
from permissions.roles import COORDINATOR, EXEC_TEAM, PSP, QUALITY, SPECIALIST
from workflows.calendar import working_days
from workflows.definition import (
    READY, SIGN, AnyTime, Fact, Final, Item, Outcome, Process, Seats, Stage, at_least,
)  # fmt: skip
from workflows.processes.training.effects import charge_lapse, mark_lapsed, require_again, set_requirements, sign_off
from workflows.processes.training.guards import (
    GAP_CAUSE, a_gap_is_the_partners_only_where_they_were_late, a_gap_is_explained, adjustments_are_met, every_item_is_completed, every_item_is_in_date, every_item_is_offered,
    every_item_is_verified, everything_was_talked_about, it_ran_out_before_both_signed_again, no_offer_is_the_organisations,
    renewal_is_due, requirements_are_set, training_has_run_out,
)  # fmt: skip

TRAINED_IN = Item("training", "Training", "Trainings")
CAUSES = tuple(TrainingItem.Cause.choices)
AGAIN, LEAVE = "Renew the training", "I leave this task: end it"
RUNS_OUT: dict[str, Any] = {"expires_when": training_has_run_out, "expires_to": "lapsed", "expires_then": (mark_lapsed,)}
"""C9: wherever a renewal has got to, what was signed off runs out on its day."""

TRAINING = Process(
    code="TRN", title="Training sign-off", version=1,
    plain="A Patient Safety Partner is offered the training that a task asks for. The partner and the Patient Safety "
    "Specialist both sign when the partner is ready; neither signature is enough alone.",
    opened_by=(COORDINATOR, SPECIALIST), lay_entry_by="require",
    items=(TRAINED_IN,),
    begins_with=(Fact("task", "What is the training for?", "choice", TrainingRecord.SUBJECTS),),
    at_opening=(set_requirements,),
    seats=(
        Seats(PSP, asked_at_opening=True, trained_in="",
              plain="The partner who is trained: says what they need, takes part, and signs when they are ready."),
        Seats(SPECIALIST, plain="Talks with the partner about being ready, and signs with them. Never speaks for them."),
        Seats(COORDINATOR, plain="Confirms what is asked, offers and books it, and checks the evidence that others hand in."),
        Seats(EXEC_TEAM, plain="Agrees or not, as the second person, when somebody asks to leave a training out for a time."),
        Seats(QUALITY, plain="Reads the record and what was left out. Decides nothing here."),
    ),
    stages=(
        Stage("require", "Confirm what is required", ref="C1", within=working_days(5),
              plain="The coordinator confirms what the role and the task ask for. The partner sees why each item is asked.",
              acts=COORDINATOR, ready_when=(requirements_are_set,), passes_to="offer"),
        Stage("offer", "Offer the training", ref="C2", within=working_days(20),
              plain="The coordinator offers every item in a form that the partner can use. Until then the clock runs "
              "against the organisation, not the partner.",
              acts=COORDINATOR, ready_when=(every_item_is_offered, adjustments_are_met), passes_to="learn", **RUNS_OUT),
        Stage("learn", "Complete the training", ref="C3", within=working_days(40),
              plain="The partner takes part and hands in the certificates, or the coordinator enters them for the partner.",
              acts=PSP, ready_when=(every_item_is_completed,), passes_to="checking", **RUNS_OUT),
        Stage("checking", "Check the evidence", ref="C4", within=working_days(10),
              plain="Somebody who did not enter the evidence checks it. Evidence that is not accepted goes back with a reason.",
              acts=COORDINATOR, choices=(
                  Outcome("accept", "readiness", "All evidence is in order", only_if=(every_item_is_verified,)),
                  Outcome("send_back", "learn", "Something is missing", reason=True, back=True)), **RUNS_OUT),
        Stage("readiness", "Talk about being ready", ref="C5", within=working_days(20),
              plain="The partner and the specialist talk it through. The partner may ask for more training, "
              "and nothing is held against them.",
              acts=SPECIALIST, records=(
                  Fact("talked_confidentiality", "Did you talk about confidentiality?", "yes_no"),
                  Fact("talked_jargon", "Did you talk about words that are hard to follow?", "yes_no"),
                  Fact("talked_wellbeing", "Did you talk about the partner\u2019s own wellbeing?", "yes_no"),
                  Fact("talked_challenge", "Did you talk about how to challenge and disagree?", "yes_no"),
                  Fact("support_wanted", "What support does the partner want?", required=False)),
              ready_when=(everything_was_talked_about,), asks=READY, agreed_by=at_least(1, PSP) & at_least(1, SPECIALIST), passes_to="sign", returns_to="offer"),
        Stage("sign", "Sign together", ref="C6", within=working_days(10),
              plain="The partner and the specialist both sign. One signature alone changes nothing.",
              asks=SIGN, agreed_by=at_least(1, PSP) & at_least(1, SPECIALIST), choices=(
                  Outcome("signed", "in_force", "Signed by both", only_if=(every_item_is_in_date, a_gap_is_explained), then=(sign_off,)),),
              returns_to="readiness"),
        Stage("in_force", "In force", ref="C7",
              plain="The partner can be asked to sit where this training is needed.",
              expires_when=renewal_is_due, expires_to="renew"),
        Stage("renew", "Renew in time", ref="C8", within=working_days(20),
              plain="Some of the training runs out soon. The coordinator offers it again before it does. "
              "Only the partner can say that they leave.",
              decided_by=COORDINATOR, choices=(
                  Outcome("again", "offer", AGAIN, then=(require_again,), back=True),
                  Outcome("end", "ended", LEAVE, decided_by=PSP)), **RUNS_OUT),
        Stage("lapsed", "Say why it ran out, and renew it", ref="C9", within=working_days(20),
              plain="No new seats. The partner keeps reading and commenting on running cases for 30 days. "
              "It is written down who caused it, and a lapse because nothing was offered is the organisation\u2019s.",
              acts=COORDINATOR, records=(
                  Fact("lapse_cause", "Why did it run out?", "choice", CAUSES),),
              ready_when=(no_offer_is_the_organisations,), decided_by=COORDINATOR, choices=(
                  Outcome("again", "offer", AGAIN, then=(charge_lapse, require_again), back=True),
                  Outcome("end", "ended", LEAVE, decided_by=PSP, then=(charge_lapse,)))),
    ),
    any_time=(
        AnyTime("explain_gap", "Say why it ran out before it was renewed", by=(COORDINATOR,), effect="records",
                only_if=(it_ran_out_before_both_signed_again, a_gap_is_the_partners_only_where_they_were_late), records=(
                    Fact(GAP_CAUSE, "Why did it run out before both had signed again?", "choice", CAUSES),)),
        AnyTime("withdraw", "Withdraw it", by=(COORDINATOR, SPECIALIST), effect="ends", second=(EXEC_TEAM,), to="withdrawn"),
    ),
    ends=(
        Final("ended", "Ended by the partner", without_lay="Nobody but the partner can choose this end."),
        Final("withdrawn", "Withdrawn",
              without_lay="Two people and a reason are needed. What was signed before stays in force until its day."),
    ),
)  # fmt: skip
