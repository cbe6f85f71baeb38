"""How long records are kept, as the pages tell it: the rules, what is due, held, proposed and gone, and one case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Case, Disposal, LegalHold, Objection, Organisation, Person
from permissions.retention import PROPOSERS, RULE, Due, due_for_review, holds_one, review_day, terms_of
from web.design_system.words import count, day
from web.pages.retention.acts import open_acts

State = Disposal.State
MOST = 100
"""Rows of each kind on a page."""
TAGS = {
    State.PROPOSED: ("Proposed", "yellow"), State.AGREED: ("Agreed, to be carried out", "orange"),
    State.DONE: ("Contents gone", "grey"), State.DROPPED: ("The contents stay", "green"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One case in a list. It is named by its reference, for whoever reads here need not see it."""

    reference: str
    href: str
    said: str
    why: str = ""
    tag: str = ""
    colour: str = ""


class Keeping:
    """The page of an organisation, for those who watch over its records."""

    def __init__(self, organisation: Organisation, person: Person, at: datetime) -> None:
        self._organisation, self._at = organisation, at
        self.may_write_rules = bool(holds_one(person, organisation, PROPOSERS, RULE, at))
        self.terms = list(terms_of(organisation, at).values())
        self._due = due_for_review(organisation, at)

    @property
    def due(self) -> list[Line]:
        """What is past its term and neither held nor proposed, the longest first."""
        busy = {*self._held().values_list("case", flat=True), *self._open().values_list("case", flat=True)}
        return [_due_line(one) for one in self._due if one.case.pk not in busy][:MOST]

    @property
    def number_due(self) -> str:
        return count(len(self._due), "case")

    @property
    def held(self) -> list[Line]:
        """What stands under a legal hold, the next to be looked at first."""
        rows = self._held().select_related("case").order_by("review_on", "pk")[:MOST]
        return [_hold_line(one) for one in rows]

    @property
    def going(self) -> list[Line]:
        """What is proposed or agreed."""
        rows = self._open().select_related("case", "proposed_by", "answered_by").order_by("proposed_at", "pk")[:MOST]
        return [_disposal_line(one) for one in rows]

    @property
    def gone(self) -> list[Line]:
        """What was disposed of, the newest first."""
        rows = Disposal.objects.filter(organisation=self._organisation, state=State.DONE, case__isnull=False)
        found = rows.select_related("case", "proposed_by", "answered_by").order_by("-done_at", "-pk")[:MOST]
        return [_disposal_line(one) for one in found]

    def _held(self) -> QuerySet[LegalHold]:
        return LegalHold.objects.filter(organisation=self._organisation, lifted_at__isnull=True)

    def _open(self) -> QuerySet[Disposal]:
        both = (State.PROPOSED, State.AGREED)
        return Disposal.objects.filter(organisation=self._organisation, state__in=both, case__isnull=False)


def _href(case: Case) -> str:
    return reverse("retention_case", args=(case.reference,))


def _due_line(one: Due) -> Line:
    return Line(one.case.reference, _href(one.case), f"Due since {day(one.since)}. {one.term}", one.why)


def _hold_line(one: LegalHold) -> Line:
    who = f"{one.get_kind_display()}, asked for by {one.asked_by}"
    asked = " Somebody asks to lift it." if one.lift_asked_by_id else ""
    return Line(one.case.reference, _href(one.case), f"{who}. To be looked at again by {day(one.review_on)}.{asked}")


def _disposal_line(one: Disposal) -> Line:
    said = f"Proposed by {one.proposed_by}, {day(one.proposed_at)}"
    if one.state == State.PROPOSED:
        said += f". Partners can object until {day(one.objections_until)}"
    if one.answered_by:
        said += f". Agreed by {one.answered_by}"
    if one.done_at:
        said += f". Carried out {day(one.done_at)}"
    return Line(one.case.reference, _href(one.case), said, one.rule, *TAGS[State(one.state)])


@dataclass(frozen=True)
class Doable:
    """A button."""

    title: str
    href: str


@dataclass(frozen=True)
class Card:
    """A hold, a disposal or an objection, and what the reader can do about it."""

    title: str
    rows: tuple[tuple[str, str], ...]
    tag: str = ""
    colour: str = ""
    acts: tuple[Doable, ...] = ()
    objections: tuple[Card, ...] = ()


class KeptCase:
    """One case: for how long it is kept, what holds it, and what is to become of it. Nothing of its contents."""

    def __init__(self, case: Case, person: Person, at: datetime) -> None:
        self.case, self._person, self._at = case, person, at
        self.due = review_day(case, at)
        self.acts = self._doable("", case, "retention_act")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is said of the case here."""
        due, case = self.due, self.case
        kept = f"{day(due.since)}. {due.why}" if due else "The case runs, or its contents are gone"
        told = [
            ("Opened", day(case.opened_at)),
            ("Ended", day(case.closed_at) if case.closed_at else "It runs"),
            ("Kept until", kept),
            ("By which rule", str(due.term) if due else ""),
        ]
        return [one for one in told if one[1]]

    @property
    def holds(self) -> list[Card]:
        """Every hold, those that stand first."""
        rows = self.case.legal_holds.select_related("organisation", "placed_by", "lift_asked_by", "lifted_by")
        return [self._hold(one) for one in rows.order_by("-lifted_at", "placed_at")]

    def _hold(self, one: LegalHold) -> Card:
        told = [
            ("Placed by", f"{one.placed_by}, {day(one.placed_at)}"), ("Asked for by", one.asked_by), ("Reference", one.reference),
            ("Why", one.reason), ("To be looked at again", day(one.review_on) if one.stands else ""),
            ("Asked to lift it", f"{one.lift_asked_by}: {one.lift_reason}" if one.lift_asked_by else ""),
            ("Lifted by", f"{one.lifted_by}, {day(one.lifted_at)}" if one.lifted_at else ""),
        ]  # fmt: skip
        tag = ("Stands", "red") if one.stands else ("Lifted", "grey")
        return Card(one.get_kind_display(), _said(told), *tag, self._doable("hold", one))

    @property
    def disposals(self) -> list[Card]:
        """Every proposal that the contents go, the newest first."""
        rows = self.case.disposals.select_related("case__organisation", "organisation", "proposed_by", "answered_by")
        return [self._disposal(one) for one in rows.order_by("-proposed_at")]

    def _disposal(self, one: Disposal) -> Card:
        told = [
            ("Proposed by", f"{one.proposed_by}, {day(one.proposed_at)}"), ("By which rule", one.rule),
            ("Partners can object until", day(one.objections_until) if one.state == State.PROPOSED else ""),
            ("Decided by", f"{one.answered_by}, {day(one.answered_at)}" if one.answered_by and one.answered_at else ""),
            ("Why they stay", one.drop_reason), ("Carried out", day(one.done_at) if one.done_at else ""),
        ]  # fmt: skip
        said = one.objections.select_related("disposal__case__organisation", "disposal__organisation", "person", "answered_by")
        objections = tuple(self._objection(each) for each in said.order_by("at"))
        return Card("The contents are to go", _said(told), *TAGS[State(one.state)], self._doable("disposal", one), objections)

    def _objection(self, one: Objection) -> Card:
        told = [("Objects", f"{one.person}, {day(one.at)}"), ("Why", one.text),
                ("Answer", f"{one.answer} ({one.answered_by})" if one.answered_by else "")]  # fmt: skip
        tag = ("Answered", "green") if one.answered_at else ("Waits for an answer", "yellow")
        return Card("Objection", _said(told), *tag, self._doable("objection", one))

    def _doable(self, about: str, row: Any, route: str = "retention_act_about") -> tuple[Doable, ...]:
        more = (row.pk,) if about else ()
        return tuple(
            Doable(act.title, reverse(route, args=(self.case.reference, act.code, *more)))
            for act in open_acts(about, row, self._person, self._at)
        )


def _said(rows: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(row for row in rows if row[1])


def counted_in_words(one: Disposal) -> list[tuple[str, str]]:
    """What there was, in numbers, for the stub."""
    of = one.counted.get
    return [
        ("Lay partners", str(of("lay_partners", 0))),
        ("Objections of lay partners to its going", str(of("lay_objections", 0))),
        ("Answers of lay partners", f"{of('lay_answers', 0)}: {of('lay_for', 0)} for, {of('lay_against', 0)} against, "
         f"{of('lay_neither', 0)} neither"),
        ("Versions of papers", str(of("papers", 0))),
    ]  # fmt: skip
