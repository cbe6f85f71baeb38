"""The signals of cases said plainly: for one organisation, row by row, as a person with the papers would count them.

What counts for every organisation at once is compared with this. Working days are counted by the calendar itself.
"""

from __future__ import annotations

from datetime import datetime
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Q

from audit.models import Event
from cases.models import Case, Claim, Comment, CommentAnswer, PaperVersion, Position, Seat, Unclear, Visit, Waiver, Withholding
from permissions.claimlife import UNPAID
from permissions.roles import LAY
from workflows.calendar import london_day
from workflows.definition import Process, Stage
from workflows.expansion import NOTICE
from workflows.opening import calendar_of
from workflows.questions import Stance
from workflows.signals.comments import ANSWERED_WITHIN
from workflows.signals.counted import Which, lead_on, of_shared_work, settled, settled_before, stays
from workflows.signals.days import ONE_DAY, stay_of
from workflows.signals.dissent import MANY, WITHDRAWN
from workflows.signals.feedback import TOLD, WITHIN
from workflows.signals.payment import PAID_WITHIN
from workflows.signals.reading import FOR_PARTNERS, TOO_LONG
from workflows.signals.signal import Measured, Span, median_of, per_hundred, share
from workflows.signals.understood import MENDED
from workflows.signals.withheld import LESS_THAN_STAFF, Reads
from workflows.tenants import Tenants
from workflows.ways import DISSENT, OPPOSED


def _of(span: Span) -> Tenants:
    return Tenants([span.organisation.pk])


def _in(span: Span, at: datetime | None) -> bool:
    return at is not None and span.since <= at < span.until


def _settled(span: Span, which: Which) -> Any:
    return settled(_of(span), span, which).select_related("case", "version")  # type: ignore[arg-type]


def _lay_answers(visit: Visit) -> list[Position]:
    return list(Position.objects.filter(visit=visit, seat__capacity=LAY).order_by("number"))


def late_entry(span: Span) -> Measured:
    def settles(process: Process, stage: Stage) -> bool:
        return bool(process.lay_entry_by) and process.lay_entry_by in (stage.code, stage.hears)

    first: dict[UUID, Visit] = {}
    ways_on = Visit.objects.filter(lead_on(settles), case__organisation=span.organisation).select_related("case")
    for visit in ways_on.order_by("-ended_at"):
        first[visit.case_id] = visit
    counted = [one for one in first.values() if _in(span, one.ended_at)]

    def late(one: Visit) -> bool:
        entered = one.case.lay_entry_at
        return one.case.late_lay_entry or entered is None or entered > (one.ended_at or entered)

    found = [one.case for one in counted if late(one)]
    never = sum(one.lay_entry_at is None for one in found)
    return share(found, len(counted), (one.pk for one in found), others=(("with no partner to this day", never),))


def short_notice(span: Span) -> Measured:
    calendar = calendar_of(span.organisation)
    decided = [one for one in _settled(span, lambda _, stage: stage.asks_to_agree and stage.paper is not None) if _lay_answers(one)]
    on_paper = [one for one in decided if one.version and one.version.released_at]
    short = [one.case_id for one in on_paper if calendar.elapsed(one.version.released_at, one.ended_at) < NOTICE.days]
    return share(short, len(on_paper), short)


def unread(span: Span) -> Measured:
    given = Position.objects.filter(of_shared_work(), case__organisation=span.organisation, seat__capacity=LAY)
    newest = {
        (one.visit_id, one.seat_id, one.item_id): one
        for one in given.order_by("number") if one.version_id and _in(span, one.at)
    }  # fmt: skip
    own = [one for one in newest.values() if one.typed_id is None]

    def opened(one: Position) -> bool:
        reads = Event.objects.filter(kind="paper_read", case_id=one.case_id, person_id=one.person_id, at__lte=one.at)
        return any(read.facts["version_id"] == str(one.version_id) for read in reads)

    unopened = [one.case_id for one in own if not opened(one)]
    return share(
        unopened, len(own), unopened, others=(("answers by telephone or letter, not among these", len(newest) - len(own)),)
    )


def access_delay(span: Span) -> Measured:
    calendar, waited, on_paper = calendar_of(span.organisation), [], 0
    for seat in Seat.objects.filter(of_shared_work(), case__organisation=span.organisation, capacity=LAY).select_related(
        "case", "person"
    ):
        papers = PaperVersion.objects.filter(paper__case=seat.case_id, lay_reads__in=FOR_PARTNERS, released_at__lt=span.until)
        out = min((one.released_at for one in papers if one.released_at), default=None)
        left = [one for one in (seat.ended_at, seat.case.closed_at) if one]
        if out is None or seat.active_from is None or seat.active_from >= span.until or any(one < span.since for one in left):
            continue
        if seat.person.account_id is None:
            on_paper += 1
            continue
        reads = Event.objects.filter(kind="paper_read", case_id=seat.case_id, person_id=seat.person_id)
        first, begun = min((one.at for one in reads), default=None), max(seat.active_from, out)
        if first is None or first >= span.until:
            days = calendar.elapsed(begun, min(span.until, *left)) if left else calendar.elapsed(begun, span.until)
            waited += [(seat.case_id, days)] if days > TOO_LONG else []
        elif first >= span.since:
            waited.append((seat.case_id, calendar.elapsed(begun, max(first, begun))))
    late = [case for case, days in waited if days > TOO_LONG]
    others = (("partners who read on paper, not among these", on_paper),)
    return median_of([days for _, days in waited], TOO_LONG, late, others=others)


def _versions(span: Span) -> list[PaperVersion]:
    found = PaperVersion.objects.filter(of_shared_work("paper__case__"), paper__case__organisation=span.organisation)
    return [one for one in found.select_related("paper") if _in(span, one.released_at)]


def withheld(span: Span) -> Measured:
    given = _versions(span)

    def held(one: PaperVersion) -> bool:
        rows = Withholding.objects.filter(Q(version=one) | Q(version__isnull=True, paper=one.paper_id))
        return any(row.ended_at is None or row.ended_at >= span.until for row in rows)

    less = [one for one in given if one.lay_reads in LESS_THAN_STAFF]
    whole, still = sum(one.lay_reads == Reads.NOTHING for one in less), sum(held(one) for one in given)
    others = (("of which the whole paper", whole), ("still held back at the end of the quarter", still))
    return share(less, len(given), (one.paper.case_id for one in less), others=others)


def unanswered(span: Span) -> Measured:
    calendar = calendar_of(span.organisation)
    made = Comment.objects.filter(of_shared_work(), case__organisation=span.organisation, seat__capacity=LAY)
    rows = [
        (case, at, answered, calendar.add_to(at, ANSWERED_WITHIN))
        for case, at, answered in made.values_list("case", "at", "response__at")
    ]
    over = [row for row in rows if _in(span, row[-1]) and row[1] < span.until]
    late = [case for case, _, answered, due in over if answered is None or answered > due]
    still = sum(answered is None or answered >= span.until for _, _, answered, _ in over)
    return share(late, len(over), late, others=(("still without an answer at the end of the quarter", still),))


def changed(span: Span) -> Measured:
    every = CommentAnswer.objects.filter(of_shared_work(), case__organisation=span.organisation, comment__seat__capacity=LAY)
    rows = [row for row in every.values_list("case", "outcome", "verdict__satisfied", "at") if _in(span, row[-1])]
    changes = [case for case, outcome, *_ in rows if outcome == CommentAnswer.Outcome.CHANGED]
    not_answered = sum(satisfied is False for _, _, satisfied, _ in rows)
    return share(changes, len(rows), changes, others=(("answers that the partner says do not answer it", not_answered),))


def overridden(span: Span) -> Measured:
    against: list[UUID] = []
    every = 0
    led_on = set(Visit.objects.filter(lead_on(lambda _, stage: bool(stage.hears))).values_list("pk", flat=True))
    for hearing in _settled(span, lambda _, stage: bool(stage.hears)).exclude(outcome=OPPOSED):
        before = Position.objects.filter(case=hearing.case_id, seat__capacity=LAY, visit__number__lte=hearing.number)
        newest = {
            (one.visit_id, one.seat_id, one.item_id): one for one in before.select_related("visit").order_by("number")
        }.values()
        origin = max((one.visit.number for one in newest if one.visit.outcome == DISSENT), default=0)
        disagreed = {one.seat_id for one in newest if one.visit.number == origin and one.stance == Stance.AGAINST}
        withdrew = {one.seat_id for one in newest if one.visit.number > origin and one.answer == WITHDRAWN}
        every += len(disagreed)
        against += [hearing.case_id] * len(disagreed - withdrew) * (hearing.pk in led_on)
    since = _decisions_without_one(span)
    asks = f"In the last {since} decisions of partners nobody disagreed. Do they feel free to?" if since >= MANY else ""
    return share(against, every, against, others=(("decisions of partners since the last disagreement", since),), question=asks)


def _decisions_without_one(span: Span) -> int:
    def can_be_disagreed_with(_: Process, stage: Stage) -> bool:
        return stage.lay_required and stage.asks.dissents

    decided = [
        one for one in settled_before(_of(span), span.until, can_be_disagreed_with).order_by("ended_at") if _lay_answers(one)
    ]
    newest = max((one.ended_at for one in decided if one.outcome == DISSENT and one.ended_at), default=None)
    return sum(newest is None or (one.ended_at is not None and one.ended_at > newest) for one in decided)


def payment_lag(span: Span) -> Measured:
    days, calendar = stay_of(span), calendar_of(span.organisation)
    claims = Claim.objects.filter(organisation=span.organisation, claimed_at__lt=span.until, state__in=(*UNPAID, Claim.State.PAID))
    rows = [(london_day(at), on) for at, on in claims.values_list("claimed_at", "paid_on")]
    paid = [calendar.between(made, on) for made, on in rows if on and days.covers(on)]
    owed = [calendar.between(made, days.until - ONE_DAY) for made, on in rows if on is None or on >= days.until]
    late = sum(one > PAID_WITHIN for one in owed)
    return median_of(paid, PAID_WITHIN, others=(("claims unpaid for more than 20 working days at the end of the quarter", late),))


def told_what_changed(span: Span) -> Measured:
    calendar = calendar_of(span.organisation)
    every = Case.objects.filter(of_shared_work(""), organisation=span.organisation)
    ended = [
        one for one in every if _in(span, one.closed_at) and one.seats.filter(capacity=LAY, active_from__isnull=False).exists()
    ]

    def told(one: Case) -> bool:
        visits = Visit.objects.filter(stays(lambda _, stage: any(f.code in TOLD for f in stage.records)), case=one)
        said = [v.submitted_at for v in visits if v.submitted_at and any(v.facts.get(fact) for fact in TOLD)]
        return bool(said and one.closed_at and min(said) <= calendar.add_to(one.closed_at, WITHIN))

    were = [one for one in ended if told(one)]
    return share(were, len(ended), {one.pk for one in ended} - {one.pk for one in were})


def not_understandable(span: Span) -> Measured:
    calendar = calendar_of(span.organisation)
    sent = [one for one in _versions(span) if one.lay_reads != Reads.NOTHING]
    marked = [one.paper.case_id for one in sent if Unclear.objects.filter(version=one, said_at__lt=span.until).exists()]
    marks = Unclear.objects.filter(of_shared_work(), case__organisation=span.organisation, ended_by__in=MENDED)
    days = [calendar.elapsed(one.said_at, one.ended_at) for one in marks if one.ended_at and _in(span, one.ended_at)]
    middle = (("working days to mend it, the middle value", median(days)),) if days else ()
    return share(marked, len(sent), marked, others=(("marks mended in the quarter", len(days)), *middle))


def waiver_load(span: Span) -> Measured:
    every = Waiver.objects.filter(of_shared_work(), case__organisation=span.organisation)
    granted = [one.case_id for one in every if _in(span, one.granted_at)]
    return per_hundred(granted, _settled(span, lambda _, stage: stage.lay_required).count(), granted)


PLAINLY = {
    "T1": late_entry, "T2": short_notice, "T3": unread, "T4": access_delay, "T5": withheld, "T6": unanswered, "T7": changed,
    "T8": overridden, "T17": payment_lag, "T18": told_what_changed, "T19": not_understandable, "T20": waiver_load,
}  # fmt: skip
