"""The report of a trust with cases, and signals whose numbers a test sets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case
from tests.web.casework import Casework
from workflows.signals.quarters import quarters_before
from workflows.signals.signal import SIGNALS, Measured, Signal, Span, Thresholds, Unit

LINES = Thresholds(0.10, 0.25)
Sets = Callable[..., Signal]


@pytest.fixture
def sets(work: Casework, monkeypatch: pytest.MonkeyPatch) -> Sets:
    """The only signal there is, with these (numerator, denominator) in the newest quarters that are over, the oldest first."""

    def only(*found: tuple[int, int], unit: Unit = Unit.SHARE, line: Thresholds = LINES, **more: Any) -> Signal:
        by_day = {
            quarter.begins_at: one
            for quarter, one in zip(quarters_before(work.story.at, len(found)), found, strict=True)
        }  # fmt: skip

        def measure(span: Span) -> Measured:
            counted, of = by_day.get(span.since, (0, 0))
            cases = tuple(Case.objects.filter(organisation=span.organisation).values_list("pk", flat=True))
            value = counted / of if of and unit is Unit.SHARE else float(counted) if of else None
            return Measured(counted, of, value, cases if counted else ())

        told: dict[str, Any] = {
            "code": "X1",
            "title": "Papers that came late",
            "counts": "Decisions with a late paper",
            "of": "All decisions",
            "why": "Who reads late can only nod.",
            "beware": "It may be nobody's fault.",
            "headline": True,
        } | more
        for code in reversed(list(SIGNALS)):  # so that they are put back in their order
            monkeypatch.delitem(SIGNALS, code)
        monkeypatch.setitem(SIGNALS, "X1", Signal(unit=unit, thresholds=line, measure=measure, **told))
        return SIGNALS["X1"]

    return only


@pytest.fixture
def shown(work: Casework) -> Callable[..., str]:
    """A page of the report as somebody gets it."""

    def text(key: str, name: str, *args: str, query: str = "") -> str:
        response = work.client(key).get(reverse(name, args=args) + query)
        assert response.status_code == 200, response
        return response.content.decode()

    return text
