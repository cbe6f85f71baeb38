"""What was told to whom is in the ledger: one event for each message that went out, in the organisation's own chain.

One for a message, not for a notice: the notice is itself a row that names the event which caused it.
"""

from __future__ import annotations

from datetime import datetime

from audit.record import Act
from cases.models import Person
from notifications.models import Dispatch
from workflows.organisation_door import organisation_act


def record_told(dispatch: Dispatch, by: Person | None, at: datetime) -> None:
    """A person was told: by the mail server (`by` None), or by a coordinator."""
    with organisation_act("told", organisation_id=dispatch.organisation_id, by=by, at=at) as act:
        _about(act, dispatch)


def record_asked(dispatch: Dispatch, at: datetime) -> Act:
    """The coordinators were asked to tell a person who works by post or phone."""
    with organisation_act("telling_asked", organisation_id=dispatch.organisation_id, by=None, at=at) as act:
        _about(act, dispatch)
    return act


def _about(act: Act, dispatch: Dispatch) -> None:
    act.facts.update(
        person=dispatch.person.name, person_id=str(dispatch.person_id), channel=dispatch.get_channel_display(),
        count=f"{dispatch.count} message{'' if dispatch.count == 1 else 's'}", dispatch=str(dispatch.pk),
    )  # fmt: skip
