"""Reading what the record of a case proves: that somebody read it is itself on the record (IG7)."""

from __future__ import annotations

from datetime import datetime

from audit.record import Actor
from cases.models import Organisation, Person
from permissions.auditing import may_audit, may_read_access_of, may_search
from permissions.roles import AUDITOR
from permissions.verdict import require
from workflows.door import Doing, door
from workflows.evidence.readers import has_answered_first
from workflows.organisation_door import organisation_act

KIND = "evidence_read"


@door(KIND)
def read_evidence(doing: Doing, *, what: str) -> str:
    """A quality auditor reads who could see a case, or what its record proves. `what`: in words. Raises Refused."""
    by = doing.person
    require(may_audit(by, doing.case.organisation_id, doing.at), has_answered_first(doing.look, by))
    doing.act.actor = Actor(by.pk, by.name, AUDITOR.capacity, AUDITOR.code)
    doing.says(what=what)
    return what


def read_access_of(*, about: Person, by: Person, at: datetime) -> None:
    """Somebody reads which cases a person could see; what is about oneself is read without a trace. Raises Refused."""
    require(may_read_access_of(by, about, at))
    if by.pk != about.pk:
        with organisation_act(KIND, organisation_id=about.organisation_id, by=by, at=at, role=AUDITOR.code) as act:
            act.facts.update(what=f"what {about.name} could see", person_id=str(about.pk))


def hand_out_search(*, by: Person, organisation: Organisation, at: datetime, rows: int) -> None:
    """What was found in the record leaves the application as a file of so many rows. Raises Refused."""
    require(may_search(by, organisation.pk, at))
    with organisation_act(KIND, organisation_id=organisation.pk, by=by, at=at) as act:
        act.facts.update(what=f"a search, handed out as a file of {rows} rows", rows=rows)
