"""The trainings of the demo: one waits for an offer that is late, one for a signature, one is in force, one has run out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cases.models import TrainingItem
from permissions.traininglife import months_after
from permissions.waiving import LONGEST
from workflows.calendar import LONDON, london_day
from workflows.demo.requirements import ONE_YEAR
from workflows.demo.trust import Trust
from workflows.opening import calendar_of
from workflows.processes.training.story import TrainingStory

State = TrainingItem.State
RAN_OUT_BEFORE = timedelta(days=12)
"""How long ago the training that lapsed ran out, in calendar days."""


WAIVED_FOR = timedelta(days=60)
"""How long from now the training that was waived need not be had, in calendar days, as far as a waiver may last."""


class TrainingTelling(TrainingStory):
    """One training of the demo, at the pace of real people. `now` is the end of time: nothing may happen after it."""

    def __init__(self, trust: Trust, at: datetime, now: datetime, partner: str) -> None:
        super().__init__(trust, at, (partner,))
        self.now = now

    def wait(self, working_days: int = 0, minutes: int = 7) -> None:
        super().wait(working_days, minutes)
        if self.at > self.now:
            raise LookupError(f"The training of {self.who(self.partner).name} would run past {self.now:%d %B %Y}.")

    def complete_all(self) -> None:
        """One after another, some days apart."""
        for item in self.items_that_are(State.OFFERED, State.BOOKED, State.REJECTED):
            self.wait(2)
            self.complete(item)
        self.submit(self.partner)

    def find_ready(self) -> None:
        self.wait(3)
        super().find_ready()

    def last_day(self) -> date:
        """The last day of the data protection of somebody whose training ran out not long ago."""
        return london_day(self.now) - RAN_OUT_BEFORE


def waits_for_an_offer(case: TrainingTelling) -> None:
    """C2: two of five items are offered, one of them is done; the rest is late, and the partner has told what she needs."""
    case.open()
    case.wait(1)
    case.confirm()
    case.wait(6)
    for code in ("syllabus_1", "data_protection"):
        case.offer_item(case.item(code))
    case.wait(6)
    case.complete(case.item("syllabus_1"))
    case.wait(5)
    words = "I wear two hearing aids. In a big room I hear nothing without a loop, and I need to see who speaks."
    case.ask_adjustment(case.item("learning_from_incidents"), words)


def waits_for_a_signature(case: TrainingTelling) -> None:
    """C6: both said that the partner is ready; the specialist has signed, and the partner has not yet."""
    case.walk_to("learn")
    case.wait(1)
    case.ask_for_more("Reading a chart of numbers over time", "I see the dots and cannot tell what is chance.")
    case.walk_to("sign")
    case.wait(1)
    case.answer("specialist", "sign")


def is_in_force(case: TrainingTelling) -> None:
    """C7: signed by both. One certificate was first turned down; one course was cancelled, and was waived for a time (R17)."""
    case.walk_to("learn")
    case.wait(1)
    until = min(london_day(case.now) + WAIVED_FOR, london_day(case.at) + LONGEST)
    case.waive_item(case.item("learning_from_incidents"), until)
    case.wait(1)
    item = case.item("syllabus_2")
    case.complete(item)
    case.wait(1)
    case.check(item, accepted=False, reason="The certificate shows the first of the two sessions only.")
    case.walk_to("in_force")


def has_run_out(case: TrainingTelling) -> None:
    """C9: nobody offered data protection again in time, so the lapse is the organisation's."""
    case.walk_to("learn")
    done = months_after(case.last_day(), -ONE_YEAR)
    case.complete(case.item("data_protection"), completed_on=done, provider="Moorland Community NHS Trust")
    case.walk_to("in_force")
    case.until(max(london_day(case.at), case.last_day() - timedelta(days=90)))
    case.expire()
    case.wait(3)
    case.renew()
    case.runs_out()


@dataclass(frozen=True)
class TrainingTale:
    """One training: how it goes, how many working days ago it began, and whose it is."""

    goes: Callable[[TrainingTelling], None]
    began: int
    partner: str

    def tell(self, trust: Trust, now: datetime) -> TrainingTelling:
        """Walk it from its beginning to where it stands now. Raises LookupError if it would run past `now`."""
        day = calendar_of(trust.organisation).add(london_day(now), -self.began)
        telling = TrainingTelling(trust, datetime.combine(day, time(9), LONDON), now, self.partner)
        self.goes(telling)
        return telling


TRAININGS = (
    TrainingTale(has_run_out, 120, "tomas"),
    TrainingTale(is_in_force, 60, "joan"),
    TrainingTale(waits_for_a_signature, 26, "femi"),
    TrainingTale(waits_for_an_offer, 24, "iris"),
)
"""Oldest first, so that references run in the order of the days."""
