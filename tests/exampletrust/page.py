"""The safety walk: staff and lay partners walk a ward together and agree what they saw. One page, as the board reads it."""

from __future__ import annotations

from permissions.roles import EXEC, LAY, PSP, STAFF, Role, register_role
from workflows.calendar import working_days
from workflows.definition import MEASURES, Dissent, Fact, Final, Outcome, Paper, Process, Seats, Stage, at_least, every, guard
from workflows.look import Look

WARD_MANAGER = register_role(Role("ward_manager", "Ward manager", STAFF, "Runs the ward that is walked."))
VISITOR = register_role(Role("ward_visitor", "Ward visitor", LAY, "Somebody who visits the ward often."))
NOTE = Paper("walk_note", "Walk note", WARD_MANAGER)


@guard("W1", "The walk has taken place", "Walk the ward together first, then write down the day.")
def the_walk_took_place(look: Look) -> bool:
    return bool(look.fact("walked_on"))


SAFETY_WALK = Process(
    code="WLK", title="Safety walk", version=1,
    plain="Staff and lay partners walk a ward together and agree what they saw.",
    opened_by=(WARD_MANAGER,), papers=(NOTE,),
    seats=(
        Seats(WARD_MANAGER, asked_at_opening=True),
        Seats(PSP, minimum=1, target=1, offered_by=WARD_MANAGER),
        Seats(EXEC),
    ),
    stages=(
        Stage("plan", "Plan the walk", ref="W1", acts=WARD_MANAGER, within=working_days(10), deals_with=MEASURES,
              plain="The ward manager asks a partner to walk along and writes down the day.",
              records=(Fact("walked_on", "On which day is the walk?", "day"),), passes_to="note"),
        Stage("note", "Agree the walk note", ref="W2", acts=WARD_MANAGER, paper=NOTE, within=working_days(10),
              plain="The note says what was seen. It stands when the partner agrees.",
              ready_when=(the_walk_took_place,), agreed_by=every(PSP) & at_least(1, PSP),
              dissent=Dissent(EXEC), returns_to="note",
              choices=(Outcome("agree", "done", "Keep the note"),)),
    ),
    ends=(Final("done", "Done"),),
)  # fmt: skip
