"""Who reads how power is shared in an organisation, and who adds to it why a number is as it is (framework, "power sharing")."""

from __future__ import annotations

from datetime import datetime

from cases.models import Organisation, Person
from permissions.roles import AUDITOR, EXEC, EXEC_TEAM, PSP, QUALITY, Role
from permissions.scope import running_appointments
from permissions.verdict import Verdict, judge

READERS = (QUALITY, AUDITOR, EXEC, EXEC_TEAM, PSP)
"""Those who answer for it, and every lay partner: what is said of sharing power with them is not kept from them."""


def may_read_report(person: Person | None, organisation: Organisation, at: datetime) -> Verdict:
    """Whether a person reads the signals of an organisation. The cases behind them are another question: `visible_cases`."""
    allowed = _holds(person, organisation, READERS, at)
    return judge(allowed, "R15", "The report is for the quality team, auditors, executives and every Patient Safety Partner here.")


def may_explain_signals(person: Person | None, organisation: Organisation, at: datetime) -> Verdict:
    """Whether a person adds to a number why it is as it is. The quality team does, and changes no number by it (R16)."""
    return judge(_holds(person, organisation, (QUALITY,), at), "R16", "The quality team writes what explains a number.")


def _holds(person: Person | None, organisation: Organisation, roles: tuple[Role, ...], at: datetime) -> bool:
    codes = [role.code for role in roles]
    held = running_appointments(at).filter(person=person, organisation=organisation, role__in=codes)
    return person is not None and held.exists()
