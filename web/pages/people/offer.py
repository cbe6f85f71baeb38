"""An offer as the person who was asked sees it: only what it says, and nothing else of the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from cases.models import Appointment, Seat
from permissions.roles import COORDINATOR, ROLES, Role
from permissions.scope import running_appointments
from web.design_system import words
from web.design_system.views import SignedInRequest
from web.pages.people import profile
from workflows.calendar import london_day
from workflows.definition import Stage
from workflows.opening import calendar_of
from workflows.registry import process_of


def own_seat(request: SignedInRequest, ods: str, reference: str, seat: UUID) -> Seat:
    """The visitor's own seat or offer, whether or not they can see the case yet. Raises Http404 for anybody else's."""
    mine = Seat.objects.select_related("case__organisation", "offered_by", "person")
    found = mine.filter(pk=seat, person=request.person, case__reference=reference, case__organisation__ods_code=ods).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Contact:
    """Somebody to talk to."""

    name: str
    title: str
    email: str


class OfferOfSeat:
    """What an offer says: who asks, for what, how much of one's time, and what one will see and decide."""

    def __init__(self, seat: Seat, at: datetime) -> None:
        self.seat, self.at = seat, at
        self.case = seat.case
        self.role: Role = ROLES[seat.role]
        self.process = process_of(self.case.process, self.case.definition_version)

    @property
    def asker(self) -> str:
        return self.seat.offered_by.name if self.seat.offered_by else "The organisation"

    @property
    def is_late(self) -> bool:
        return bool(self.seat.reply_by and self.seat.reply_by < london_day(self.at))

    @property
    def answer_by(self) -> str:
        today, by = london_day(self.at), self.seat.reply_by
        calendar = calendar_of(self.case.organisation)
        return words.due(by, calendar.between(today, by), today) if by else ""

    @property
    def _standing_in(self) -> list[tuple[str, str]]:
        """For how long, where it is another partner's seat."""
        seat = self.seat
        if seat.stands_in_from is None:
            return []
        until = f"{words.day(seat.stands_in_from)} until {words.day(seat.stands_in_until)}"
        return [("Standing in for", f"{self.asker}, from {until}. The seat is theirs again afterwards, or sooner if they say so.")]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The offer as questions and answers."""
        attends = "As an attendee. You may speak, and your view does not count."
        sits = "As a member. What you think counts." if self._counts else attends
        told = [
            ("Case", f"{self.case.title} ({self.case.reference})"),
            ("Who asks you", self.asker),
            ("As what", f"{self.role.title}. {self.role.plain}"),
            ("Why you", self.seat.why),
            *self._standing_in,
            *profile.rows(self.seat.task_profile),
            ("How you would sit", sits),
        ]
        return [*told, ("Why as an attendee", self.seat.membership_reason)] if self.seat.membership_reason else told

    @property
    def _counts(self) -> bool:
        return self.seat.membership == Seat.Membership.MEMBER

    @property
    def papers(self) -> list[str]:
        """What the group reads, by the kind of paper."""
        return [paper.title for paper in self.process.papers]

    @property
    def decides(self) -> list[Stage]:
        """The stages at which this seat is asked what it thinks."""
        asked = [stage for stage in self.process.stages if stage.agreed_by and self.role in stage.agreed_by.roles]
        return [stage for stage in asked if not stage.hears]

    @property
    def each_needs_lay(self) -> bool:
        """No stage that asks this seat can be passed without a lay partner."""
        return self.role.lay and all(stage.lay_required for stage in self.decides)

    @property
    def contacts(self) -> list[Contact]:
        """Whom one may talk to before answering: whoever asks, and the partner coordinators. One statement."""
        asker, people = self.seat.offered_by, [one.person for one in self._coordinators()]
        asked = asker is not None and asker.pk != self.seat.person_id and asker not in people
        found = [Contact(asker.name, "who asked you", asker.email)] if asker and asked else []
        return found + [Contact(one.name, COORDINATOR.title.lower(), one.email) for one in people]

    def _coordinators(self) -> QuerySet[Appointment]:
        held = running_appointments(self.at).filter(organisation=self.case.organisation_id, role=COORDINATOR.code)
        return held.select_related("person").order_by("person__name")


@dataclass(frozen=True)
class Outcome:
    """What became of one's own seat: the page says it as a title, and in a few lines what comes next."""

    title: str
    lines: tuple[str, ...]
    words_title: str = ""


def what_became(seat: Seat) -> Outcome:
    """What to tell a person about their own seat as it stands."""
    asker = seat.offered_by.name if seat.offered_by else "Whoever asked you"
    was_in = seat.active_from is not None
    gone = "You no longer see this case. What you said while you sat in the group stays in the record."
    told = {
        Seat.State.OFFERED: Outcome("This offer waits for your answer", ("Nothing happens until you answer.",)),
        Seat.State.ACCEPTED: Outcome("You have accepted", ("Before you see the case, we ask about your interests.",)),
        Seat.State.ACTIVE: Outcome("You have joined the group", (
            "You can now see the case and read its papers. We will tell you each time something waits for you.",
            "If you learn later that you have a conflict of interest, or want to leave, you can say so on the case page.")),
        Seat.State.DECLINED: Outcome("Your answer was sent", (
            f"{asker} has been told. The offer is closed and you need do nothing more.",
            "If you change your mind, ask for a new offer."), "What you wrote"),
        Seat.State.WITHDRAWN: Outcome("This offer was taken back", (
            "You need do nothing more. It does not change what you can be asked in future.",), "The reason given"),
        Seat.State.RECUSED: Outcome("Thank you for telling us", (
            gone if was_in else "You do not take this seat, and the case stays closed to you.",
            "Declaring a conflict of interest is the right thing to do. It does not count against you.")),
        Seat.State.STEPPED_DOWN: Outcome("You have stepped down", (
            gone if was_in else "You do not take this seat.",
            "The group has been told. Thank you for what you gave."), "What you wrote"),
        Seat.State.ENDED: Outcome("Your seat has ended", (gone, _why_ended(seat)), "The reason given"),
        Seat.State.AWAY: Outcome("Somebody stands in for you", (
            "You do not see the case meanwhile. You can take your seat back at any time, on your own page.",)),
    }  # fmt: skip
    return told[Seat.State(seat.state)]


def _why_ended(seat: Seat) -> str:
    if seat.stands_in_for_id:
        return "You stood in for a partner, whose seat it is again. Thank you for what you gave."
    return "Two people decided this. If you think it is wrong, talk to the partner coordinator."


def words_about(seat: Seat) -> str:
    """The words that belong to what became of a seat: one's own reply, or the reason that was given."""
    return seat.reply if seat.state == Seat.State.DECLINED else seat.ended_reason
