"""What the time is: the one clock that the doors are held to, handed in by the installation.

Every act is told its time (`at`), and no rule reads a clock. But somebody who calls a door could name a day that has yet to come:
the doors ask this clock whether it has, and nothing else of it. `settings.PARITY_CLOCK` is the path of a function that gives the
time; without one it is Django's own.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string

from permissions.verdict import Verdict, judge

CLOCKS_DIFFER = timedelta(minutes=1)
"""How far the clocks of two web servers may be apart."""


def now() -> datetime:
    """The time by the installation's clock, aware."""
    told: datetime = import_string(getattr(settings, "PARITY_CLOCK", "django.utils.timezone.now"))()
    return told


def has_come(at: datetime) -> Verdict:
    """R16: nothing is dated forward: a notice that is still running has not passed, whatever an act says of the day."""
    reason = "This act is dated in the time to come."
    return judge(at <= now() + CLOCKS_DIFFER, "R16", reason, "Look at the clock of this computer.")


def no_later_than_now(at: datetime) -> datetime:
    """This time, or now where it has yet to come: so a refusal of such an act is dated."""
    return min(at, now())
