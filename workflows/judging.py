"""Who signs a case, or decides on it over or beside its lay partners: whoever does lifts no rule on it, in either order (R9),

and does not pass their own work (R18).
"""

from __future__ import annotations

from cases.models import Person, Seat
from permissions.roles import OPENER, ROLES, Role
from permissions.verdict import Verdict, judge
from workflows.definition import SIGN, Outcome, Process, Stage
from workflows.look import Look


def judging_in(stage: Stage, process: Process) -> frozenset[Role]:
    """The staff roles that sign in this stage, or decide where lay people must answer: whoever holds one lifts no rule (R9)."""
    found: set[Role | None] = set()
    if stage.hears or (stage.paper and stage.acts == process.signed_by):
        found.add(stage.acts)
    if stage.agreed_by and stage.asks is SIGN:
        found |= set(stage.agreed_by.roles)
    if stage.lay_required and stage.has_decision:
        found |= {stage.decider_of(way) for way in stage.outcomes}
    return frozenset(role for role in found if role and not role.lay)


def judges_of(process: Process) -> frozenset[Role]:
    """The roles that sign a case of this process, or decide on it over or beside its lay partners."""
    return frozenset().union(*(judging_in(stage, process) for stage in process.stages))


def lifted_no_rule(look: Look, person: Person, seat: Seat | None) -> Verdict:
    """R9: whoever lifted a lay rule on this case, or a training, neither signs it nor decides on it from `seat`."""
    stage = look.stage
    judging = seat is not None and stage is not None and ROLES[seat.role] in judging_in(stage, look.process)
    lifted = judging and any(waiver.granted_by_id == person.pk for waiver in look.waivers)
    return judge(not lifted, "R9", "You lifted a rule on this case, so you may neither sign it nor decide on it.",
                 "Somebody else must do it.")  # fmt: skip


def kept_from(look: Look, way: Outcome, person: Person) -> list[Verdict]:
    """R18: nobody passes their own work, nor says yes to what they asked for, whichever other seat they hold or held."""
    sat = {seat.role for seat in look.seats if seat.person_id == person.pk and seat.active_from}
    sat |= {OPENER.code} if look.case.opened_by_id == person.pk else set()
    own = [role.title.lower() for role in way.never_by if role.code in sat]
    reason = f"You are the {' and the '.join(own)} on this case, so \u201c{way.words}\u201d is not for you."
    return [judge(False, "R18", reason, "Somebody else must do it.")] if own else []
