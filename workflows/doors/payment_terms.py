"""What an organisation pays its partners (R20): a new version each time, with its day and its source."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from audit.ids import uuid7
from audit.record import Act
from cases.models import Organisation, PaymentTerms, Person
from permissions.payment import may_write_terms
from permissions.verdict import Verdict, judge, require
from workflows.doors.claims import PENNY
from workflows.organisation_door import organisation_door

Half = PaymentTerms.Half


def _this(organisation: Organisation, **_: Any) -> UUID:
    return organisation.pk


@organisation_door("payment_terms_recorded", _this)
def record_payment_terms(
    act: Act, *, by: Person | None, organisation: Organisation, starts_on: date, source: str, paid_within: int,
    whole_day: Decimal | None = None, half_day: Decimal | None = None, half_day_hours: Decimal = Decimal(4),
    half_day_is: str = Half.UP_TO, expenses: str = "",
) -> PaymentTerms:  # fmt: skip
    """Write the next version of what is paid, in pounds, and within how many working days. Claims made keep theirs.

    Raises Refused.
    """
    last = PaymentTerms.objects.filter(organisation=organisation).order_by("-version").first()
    require(
        may_write_terms(by, organisation, act.at), *_sound(source, paid_within, whole_day, half_day, half_day_hours, half_day_is),
        judge(last is None or starts_on >= last.starts_on, "R20", "A newer version cannot begin before the one that it follows."),
    )  # fmt: skip
    found = PaymentTerms(
        id=uuid7(act.at), organisation=organisation, version=last.version + 1 if last else 1, starts_on=starts_on,
        source=source.strip(), paid_within=paid_within, whole_day=_pence(whole_day), half_day=_pence(half_day),
        half_day_hours=half_day_hours.quantize(PENNY), half_day_is=half_day_is, expenses=expenses.strip(),
    )  # fmt: skip
    found.save(force_insert=True)
    act.facts.update(version=found.version, starts_on=starts_on)
    return found


def _pence(pounds: Decimal | None) -> Decimal | None:
    return None if pounds is None else pounds.quantize(PENNY)


def _sound(
    source: str, paid_within: int, whole_day: Decimal | None, half_day: Decimal | None, half_day_hours: Decimal, half_day_is: str
) -> list[Verdict]:
    both = (whole_day is None) == (half_day is None)
    ordered = whole_day is None or half_day is None or 0 < half_day <= whole_day
    return [
        judge(bool(source.strip()), "R20", "Say where these terms come from."),
        judge(paid_within > 0, "R20", "Give the number of working days in which a claim is paid."),
        judge(both, "R20", "Give what is paid for a whole day and for half a day, or leave out both."),
        judge(ordered, "R20", "Half a day is paid more than nothing, and no more than a whole day."),
        judge(half_day_hours > 0 and half_day_is in Half.values, "R20", "Say up to how many hours a day counts as half a day."),
    ]
