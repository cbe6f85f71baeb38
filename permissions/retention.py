"""How long a case is kept, by what it was about, and when it is due for review (IG8, IG10); who decides on that (IG8, IG9, IG15).

What is serious is read from the facts of the case. Where they do not say, it is kept as if it were: nothing is ever kept shorter
because somebody left a question open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from audit.damaged import stored
from audit.days import in_words
from audit.history import history_of
from cases.models import Case, Incident, Organisation, Person, RetentionRule
from permissions.eligibility import day_of
from permissions.roles import AUDITOR, CALDICOTT, COORDINATOR, EXEC, EXEC_TEAM, QUALITY, SPECIALIST, Role
from permissions.scope import kept_out, running_appointments
from permissions.verdict import Verdict, judge

RULE, HOLD_RULE, PERSON_RULE = "IG8", "IG9", "IG15"

READERS = (QUALITY, CALDICOTT, EXEC, AUDITOR)
"""Who reads what is due for review, what is held and what was disposed of."""

HOLDERS = (QUALITY, CALDICOTT, EXEC)
"""Who places a legal hold, keeps it or asks to lift it, and who is the second person for that."""

PROPOSERS = (QUALITY,)
"""Who proposes that contents go, and sets for how long they are kept."""

SECONDS = (CALDICOTT, EXEC, EXEC_TEAM)
"""Who is the second person: of another office than whoever proposes it."""

FORGETTERS = (COORDINATOR, SPECIALIST, QUALITY)
"""Who asks for somebody who has left to be called by a pseudonym. The Caldicott Guardian decides."""


@dataclass(frozen=True)
class Subject:
    """What a record is about: for how many `years` it is kept at least, `counted` from when, and where that comes from."""

    code: str
    title: str
    years: int
    counted: str
    source: str


CODE_OF_PRACTICE = "Records Management Code of Practice (NHS England, 2021, updated 2023), as trusts apply it"
OURS = "Our judgement: the shortest that still covers a claim about it; no national period is named"

SERIOUS = Subject("serious", "Serious incident", 20, "the day of the incident", CODE_OF_PRACTICE)
OTHER = Subject("other", "Other incident", 10, "the day of the incident", CODE_OF_PRACTICE)
PROJECT = Subject("project", "Improvement project", 10, "the day on which it ended", OURS)
TRAINING = Subject("training", "Training of a partner", 6, "the day on which it ended", OURS)
CLAIMS = Subject("claims", "Claims for time and expenses", 6, "the end of the financial year", OURS)

SUBJECTS = {one.code: one for one in (SERIOUS, OTHER, PROJECT, TRAINING, CLAIMS)}
SHORTEST = min(one.years for one in SUBJECTS.values())

AFTER_THE_END = SHORTEST
"""Years for which a case is kept after its end, however long ago the incident was: a day of it that was written down wrongly
ends nothing early. Our judgement: as long as anything is kept."""

NO_INCIDENT = {"IMP": PROJECT, "TRN": TRAINING}
"""The processes that look into no incident. Every other is about one, also a process of an organisation's own."""

ENDED_IN_ANOTHER_RESPONSE = "other_response"
INVESTIGATIONS = ("", "psii")
NATIONAL_TRIGGERS = ("", "never_event", "death_care_problem")
SEVERE = ("severe", "death", "fatal", "catastrophic", "major")


def subject_of(case: Case, severity: str = "") -> tuple[Subject, str]:
    """What a case is about, and why that is so, in words for the list. `severity`: as the incident system gave it."""
    if case.process in NO_INCIDENT:
        subject = NO_INCIDENT[case.process]
        return subject, f"It is of the process {case.process}, which looks into no incident."
    response, trigger = str(case.facts.get("response", "")), str(case.facts.get("trigger", ""))
    if case.state != ENDED_IN_ANOTHER_RESPONSE or response in INVESTIGATIONS:
        return SERIOUS, "Its facts do not say that another response than an investigation was chosen."
    if trigger in NATIONAL_TRIGGERS:
        return SERIOUS, "A national trigger was named, or none was written down."
    if any(word in severity.lower() for word in SEVERE):
        return SERIOUS, "The incident system called the harm severe."
    return OTHER, "Another learning response was chosen, no national trigger was named, and the harm was not called severe."


# For how long


@dataclass(frozen=True)
class Term:
    """For how long one subject is kept by one organisation, and by which rule."""

    subject: Subject
    years: int
    source: str
    own: bool = False

    def __str__(self) -> str:
        return f"{self.subject.title}: {self.years} years from {self.subject.counted}. {self.source}"


def terms_of(organisation: Organisation, at: datetime) -> dict[str, Term]:
    """The term of every subject, by its code: the organisation's newest in force at `at`, or the house's. One statement."""
    rows = RetentionRule.objects.filter(organisation=organisation, starts_on__lte=day_of(at)).order_by("starts_on")
    own = {row.subject: row for row in rows if row.subject in SUBJECTS}
    return {code: _term(subject, own.get(code)) for code, subject in SUBJECTS.items()}


def _term(subject: Subject, own: RetentionRule | None) -> Term:
    return Term(subject, own.years, own.source, True) if own else Term(subject, subject.years, subject.source)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March where that year has no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@dataclass(frozen=True)
class Due:
    """A case that is due for review: since which day, by which term, and why that term."""

    case: Case
    term: Term
    since: date
    why: str


def review_of(case: Case, terms: dict[str, Term], severity: str = "") -> Due | None:
    """When a case is due for review, be that in the past or to come. None while it runs, and once it was disposed of."""
    if case.closed_at is None or case.disposed_at is not None:
        return None
    subject, why = subject_of(case, severity)
    term, closed = terms[subject.code], day_of(case.closed_at)
    counts_the_incident = subject in (SERIOUS, OTHER) and case.incident_on is not None
    begins = case.incident_on if counts_the_incident and case.incident_on else closed
    if subject in (SERIOUS, OTHER) and case.incident_on is None:
        why += " The day of the incident is not on record, so the years count from the end of the case."
    least = years_after(closed, AFTER_THE_END) if counts_the_incident else closed
    return Due(case, term, max(years_after(begins, term.years), least), why)


def due_for_review(organisation: Organisation, at: datetime) -> list[Due]:
    """Every case of an organisation that is past its term on the day of `at`, the longest since first. Three statements."""
    day, terms = day_of(at), terms_of(organisation, at)
    shortest = min(term.years for term in terms.values())
    old = years_after(day, -shortest)
    closed = Case.objects.filter(organisation=organisation, closed_at__isnull=False, disposed_at__isnull=True)
    ended_before = Q(closed_at__date__lte=old)
    cases = list(closed.filter(ended_before | Q(incident_on__lte=old)).select_related("organisation"))
    severity = severities(organisation, cases)
    found = (review_of(case, terms, severity.get(case.incident_reference, "")) for case in cases)
    return sorted((one for one in found if one and one.since <= day), key=lambda one: (one.since, one.case.reference))


def severities(organisation: Organisation, cases: Iterable[Case]) -> dict[str, str]:
    """All that the incident system ever called the harm, by the reference of the incident. One statement.

    What was severe once is kept as severe: whoever brings incidents in can bring one in again, with a milder word.
    """
    references = {case.incident_reference for case in cases} - {""}
    versions = stored(history_of(Incident)).filter(organisation_id=organisation.pk, reference__in=references)
    called: dict[str, str] = defaultdict(str)
    for reference, severity in versions.order_by("history_id").values_list("reference", "severity"):
        called[reference] += f" {severity}"
    return called


def review_day(case: Case, at: datetime) -> Due | None:
    """When one case is due. Two statements."""
    severity = severities(case.organisation, [case])
    return review_of(case, terms_of(case.organisation, at), severity.get(case.incident_reference, ""))


def term_is_over(case: Case, at: datetime) -> Verdict:
    """IG8: nothing goes before its term is over."""
    due = review_day(case, at)
    over = due is not None and due.since <= day_of(at)
    until = f"It is kept until {in_words(due.since)}. {due.why}" if due else "A case that runs has no end of its term yet."
    return judge(over, RULE, "The record of this case is not past its term.", until)


def nothing_holds(case: Case) -> Verdict:
    """IG9: what an inquest, inquiry or claim needs is not disposed of."""
    hold = case.legal_holds.filter(lifted_at__isnull=True).order_by("placed_at").first()
    what = f"{hold.get_kind_display()} needs it: {hold.reference or hold.asked_by}." if hold else ""
    return judge(hold is None, HOLD_RULE, f"A legal hold stands on this case. {what}".strip(), "Two people lift it first.")


# Who


def holding(person: Person | None, organisation: Organisation, roles: Iterable[Role], at: datetime) -> str:
    """The first of these roles that a person holds in an organisation, by its code; empty where they hold none. One statement."""
    order = [role.code for role in roles]
    held = running_appointments(at).filter(person=person, organisation=organisation, role__in=order)
    codes = set(held.values_list("role", flat=True)) if person else set()
    return next((code for code in order if code in codes), "")


def holds_one(person: Person | None, organisation: Organisation, roles: tuple[Role, ...], rule: str, at: datetime) -> Verdict:
    """Whether a person holds one of these offices here."""
    titles = ", ".join(role.title for role in roles)
    return judge(bool(holding(person, organisation, roles, at)), rule, f"This is for: {titles}.", "You hold none of these here.")


def no_tie(person: Person, case: Case, rule: str) -> Verdict:
    """Whether nothing keeps somebody out of a case: what is theirs to hide is not theirs to keep or to let go (R18)."""
    tied = Person.objects.filter(kept_out(case.pk, person.pk), pk=person.pk).exists()
    return judge(
        not tied, rule, "You have a tie to this case, or a conflict of interest.", "Somebody else in one of these offices must."
    )


def may_read_retention(person: Person, organisation: Organisation, at: datetime) -> Verdict:
    """Whether a person reads what is due, held and disposed of in an organisation."""
    return holds_one(person, organisation, READERS, RULE, at)


def lay_listeners(case: Case, at: datetime) -> QuerySet[Person]:
    """Who is told before contents go, and may object: the lay partners of the case who are still appointed, or else, where
    none is any more, every lay partner of the organisation."""
    lay = running_appointments(at).filter(organisation=case.organisation_id, capacity="lay").values("person_id")
    partners = Person.objects.filter(pk__in=lay)
    sat = partners.filter(seats__case=case.pk, seats__capacity="lay", seats__active_from__isnull=False).distinct()
    return sat if sat.exists() else partners
