"""What somebody may try who would be rid of a lay partner's say, from every seat there is and from none."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

from cases.models import Challenge, Comment, PaperVersion, Seat, TypedAnswer, Withholding
from permissions.verdict import Refused
from tests.builders import second_key_on
from tests.integration.walks.walking import TEXT, RandomWalk
from workflows.answering import Answered
from workflows.calendar import london_day
from workflows.confirm_links import token_of
from workflows.deadlines.running import run_due
from workflows.doors import comments, confirming, facts, offices, papers, seats, stand_ins, typed_answers, understanding, waivers
from workflows.doors import withholding as held

GONE = (Refused, LookupError, Seat.DoesNotExist, PaperVersion.DoesNotExist)
NOTHING_SAID = ("", "  \n", TEXT)


class Hostile(RandomWalk):
    """Acts that any case knows. Whoever tries them is drawn from `staff`, `partners` and `strangers` alike."""

    staff: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ("lead2", "chair2", "exec_team2", "member", "tomas")

    @property
    def anybody(self) -> str:
        return self.dice.choice((*self.staff, *self.partners, *self.strangers, "lead", "lead"))

    @property
    def partner(self) -> str:
        return self.dice.choice(self.partners)

    def seat_of(self, key: str) -> Any:
        """The key of a seat, or of one that never was."""
        found = Seat.objects.filter(case=self.case.case_id, person=self.case.who(key)).order_by("-offered_at").first()
        return found.pk if found else self.case.case_id

    def hostile_acts(self) -> tuple[Any, ...]:
        return (
            self.somebody_answers_for_a_partner, self.somebody_confirms_what_was_typed_in, self.something_is_held_back,
            self.what_is_held_back_is_fought_over, self.everybody_reads, self.the_group_is_packed, self.a_comment_is_made,
            self.comments_are_brushed_aside, self.a_dissenter_is_removed, self.somebody_waives_alone, self.a_seat_is_passed_on,
            self.a_partner_is_said_to_be_a_relative, self.offices_are_shuffled, self.the_paper_cannot_be_followed,
            self.the_clock_runs, self.a_text_is_slipped_in,
        )  # fmt: skip

    # Speaking for partners

    def somebody_answers_for_a_partner(self) -> None:
        live = self.live
        if live is None:
            return
        today = london_day(self.case.at)
        said = (Answered(self.dice.choice(("support", "seen", "heard", "do_not_support")), TEXT),)
        given = {
            "visit": live.pk,
            "version": live.version_id,
            "said": said,
            "given": "phone",
            "given_on": today,
            "enough_time": True,
        }
        self.attempt(
            typed_answers.type_in, self.dice.choice(("coordinator", self.anybody)), seat=self.seat_of(self.partner), **given
        )

    def somebody_confirms_what_was_typed_in(self) -> None:
        """The partner, by the link or without; or the typist, with the link or a form that nobody saw."""
        for one in TypedAnswer.objects.filter(case=self.case.case_id, state__in=TypedAnswer.OPEN)[:2]:
            token = self.dice.choice(("", token_of(one), "A" * 43))
            self.attempt(confirming.confirm, self.dice.choice((self.partner, self.anybody)), typed=one.pk, token=token)
            signed = {"reference": self.dice.choice(NOTHING_SAID), "signed_on": london_day(self.case.at)}
            self.attempt(confirming.file_form, self.dice.choice(("coordinator", self.anybody)), typed=one.pk, **signed)
            self.attempt(confirming.witness, self.dice.choice(("quality", "coordinator", self.anybody)), typed=one.pk)
            if self.dice.random() < 0.3:
                self.attempt(confirming.deny, self.dice.choice((self.partner, self.anybody)), typed=one.pk, reason=TEXT)

    # Papers

    def something_is_held_back(self) -> None:
        """A whole paper, a part with a file of its own, or a release that says less than it holds back."""
        with contextlib.suppress(*GONE):
            if self.dice.random() < 0.4:
                self.case.paper_held_back(f"Letter of {self.case.at}", reason=self.dice.choice((TEXT, " ")))
                return
            version = self.case.paper(self.dice.choice(("report", "progress", "scope", "results")), TEXT, release=False)
            if self.dice.random() < 0.7:
                self.case.hold_back(version)
            if self.dice.random() < 0.7:
                self.case.lay_file(version)
            self.case.release(version, lay_reads=self.dice.choice((papers.SAME, papers.OWN, papers.NOTHING)))

    def what_is_held_back_is_fought_over(self) -> None:
        for row in Withholding.objects.filter(case=self.case.case_id, ended_at=None)[:2]:
            self.attempt(held.challenge, self.dice.choice((self.partner, self.anybody)), withholding=row.pk, reason=TEXT)
            on = london_day(self.case.at) + timedelta(days=self.dice.choice((1, 30, 4000)))
            self.attempt(
                held.prolong_withholding, self.anybody, withholding=row.pk, until=on, reason=self.dice.choice(NOTHING_SAID)
            )
            if self.dice.random() < 0.3:
                self.attempt(held.end_withholding, self.anybody, withholding=row.pk, reason=TEXT)
        for one in Challenge.objects.filter(case=self.case.case_id, answered_at=None)[:1]:
            how = {"outcome": self.dice.choice(("ended", "upheld")), "answer": self.dice.choice(NOTHING_SAID)}
            self.attempt(held.answer_challenge, self.dice.choice(("exec", "chair", self.anybody)), challenge=one.pk, **how)

    def everybody_reads(self) -> None:
        versions = list(PaperVersion.objects.filter(paper__case=self.case.case_id).order_by("uploaded_at"))
        for version in self.dice.sample(versions, min(3, len(versions))):
            for who in (self.partner, self.anybody):
                with contextlib.suppress(*GONE):
                    self.case.do(papers.open_paper, who, version=version.pk)

    def the_paper_cannot_be_followed(self) -> None:
        live = self.live
        if live and live.version_id:
            act = self.dice.choice((understanding.say_unclear, understanding.take_back_unclear))
            given = {"text": TEXT} if act is understanding.say_unclear else {}
            self.attempt(act, self.dice.choice((self.partner, self.anybody)), version=live.version_id, **given)

    def a_text_is_slipped_in(self) -> None:
        """An older draft is released after a newer one, by anybody; or its summary is written again."""
        for version in PaperVersion.objects.filter(paper__case=self.case.case_id).order_by("-uploaded_at")[:2]:
            given = {"version": version.pk, "plain_summary": self.dice.choice(NOTHING_SAID)}
            self.attempt(papers.release_paper, self.anybody, lay_reads=papers.SAME, **given)
            self.attempt(understanding.mend_summary, self.anybody, **given)

    # Words

    def a_comment_is_made(self) -> None:
        versions = list(PaperVersion.objects.filter(paper__case=self.case.case_id).order_by("uploaded_at"))
        if versions:
            version = self.dice.choice(versions)
            self.attempt(comments.comment, self.dice.choice((self.partner, self.anybody)), version=version.pk, text=TEXT)

    def comments_are_brushed_aside(self) -> None:
        for one in Comment.objects.filter(case=self.case.case_id, response=None)[:3]:
            given = {"outcome": self.dice.choice(("changed", "not_changed", "noted")), "text": self.dice.choice(NOTHING_SAID)}
            self.attempt(comments.answer_comment, self.dice.choice(("lead", self.anybody)), comment=one.pk, **given)

    # Seats

    def the_group_is_packed(self) -> None:
        """More staff; staff on lay seats; partners who only listen; somebody who sits twice."""
        role = self.dice.choice(("member", "chair", "psp", "psp", "project_lead", "sponsor", "engagement"))
        who, how = self.dice.choice((*self.strangers, *self.partners, *self.staff)), self.dice.choice(("member", "attendee"))
        given = {"people": [self.case.who(who)], "role": role, "why": TEXT, "membership": how, "membership_reason": TEXT}
        offered = self.attempt(seats.offer_seats, self.dice.choice(("lead", "coordinator", self.anybody)), **given)
        if offered and self.dice.random() < 0.8:
            with contextlib.suppress(*GONE):
                self.case.joins(who)
        elif offered:
            self.attempt(seats.withdraw_offer, self.anybody, seat=offered[0].pk, reason=TEXT)

    def a_dissenter_is_removed(self) -> None:
        with contextlib.suppress(*GONE):
            by = self.anybody
            act = self.dice.choice((seats.ask_to_end_seat, seats.ask_for_attendee))
            asked = self.case.do(act, by, seat=self.seat_of(self.partner), reason=self.dice.choice((TEXT, " ")))
            second_key_on(self.case, asked, self.dice.choice((by, "exec", "exec_team", self.anybody)))

    def a_seat_is_passed_on(self) -> None:
        today = london_day(self.case.at)
        days = {"starts_on": today, "until": today + timedelta(days=self.dice.choice((0, 20)))}
        whose, to = self.partner, self.dice.choice((*self.strangers, *self.partners, *self.staff))
        by = self.dice.choice((whose, whose, "lead", self.anybody))
        if self.attempt(stand_ins.hand_over, by, seat=self.seat_of(whose), person=self.case.who(to), **days):
            with contextlib.suppress(*GONE):
                self.case.joins(to)
        if self.dice.random() < 0.4:
            self.attempt(stand_ins.return_to_seat, self.dice.choice((whose, self.anybody)), seat=self.seat_of(whose))

    def a_partner_is_said_to_be_a_relative(self) -> None:
        given = {"person": self.case.who(self.partner), "kind": "relative"}
        self.attempt(facts.record_connection, self.dice.choice(("engagement", "lead", self.anybody)), **given)

    def offices_are_shuffled(self) -> None:
        self.attempt(offices.fill_offices, self.anybody)

    def somebody_waives_alone(self) -> None:
        until = london_day(self.case.at) + timedelta(days=self.dice.choice((-1, 9)))
        by = self.anybody
        rule = self.dice.choice(("R9", "R9", "R1", "R3", "R5"))
        asked = self.attempt(waivers.ask_for_waiver, by, rule=rule, until=until, reason=TEXT)
        if asked:
            self.attempt(waivers.grant_waiver, self.dice.choice((by, "exec", "exec_team", self.anybody)), proposal=asked.pk)

    def the_clock_runs(self) -> None:
        """It reminds, escalates and tells; it moves nothing that is a partner's to say."""
        self.case.wait(self.dice.choice((1, 4, 11)))
        run_due(lambda: self.case.at)
