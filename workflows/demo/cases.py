"""The cases of the demo: twelve that run, one in every stage from B0 to B11, and three at its edges. One function tells each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time

from workflows.calendar import LONDON, london_day
from workflows.demo.matter import Matter
from workflows.demo.matters import begun, drafted, signed
from workflows.demo.telling import Telling
from workflows.demo.trust import Trust
from workflows.doors import actions, seats
from workflows.opening import calendar_of


@dataclass(frozen=True)
class Tale:
    """One case: what it is about, how it goes, how many working days ago it began, its partners and its cast."""

    matter: Matter
    goes: Callable[[Telling], object]
    began: int
    partners: tuple[str, ...]
    cast: dict[str, str] = field(default_factory=dict)

    def tell(self, trust: Trust, now: datetime) -> Telling:
        """Walk the case from its beginning to where it stands now. Raises LookupError if it would run past `now`."""
        day = calendar_of(trust.organisation).add(london_day(now), -self.began)
        telling = Telling(trust, datetime.combine(day, time(9), LONDON), now, self.matter, self.partners, **self.cast)
        self.goes(telling)
        return telling


def waits_for_the_executive_team(case: Telling) -> None:
    """B0: the directorate has proposed an investigation; the executive team decides."""
    case.open()
    case.propose_response()


def took_another_road(case: Telling) -> None:
    """B0: no investigation; the directorate chose an after action review."""
    case.open()
    case.propose_response(response="after_action_review")
    case.wait(1)
    case.decide(
        "directorate", "other_response", "An after action review within two weeks: the team knows what happened and can mend it."
    )


def lacks_a_partner(case: Telling) -> None:
    """B1: one of two partners declined, so that the coordinator cannot confirm the group (R9)."""
    case.walk_to("form_group")
    case.take_seat("chair", "chair")
    case.take_seat("engagement", "engagement")
    case.take_seat("pat")
    declined = case.offer("gwen")
    case.wait(1)
    reply = "I have several groups already and would not do it well. Please ask me again in three months."
    case.do(seats.decline_seat, "gwen", seat=declined.pk, reply=reply)
    case.wait(1)
    case.submit("lead")


def has_a_recusal(case: Telling) -> None:
    """B2: a partner found that she knows the family; another took her place. One partner has answered on the terms."""
    case.walk_to("terms")
    case.record_questions()
    case.recuse("amina", "I have found out that his wife and I sing in the same choir. We are friends.")
    case.wait(1)
    case.take_seat("gwen")
    case.paper("terms")
    case.submit("lead")
    case.let_it_be_read()
    case.answer("pat")


def has_a_waiver(case: Telling) -> None:
    """B3: begun with one partner by an executive's leave (R9); the plan waits to be noted."""
    case.walk_to("form_group")
    case.take_seat("chair", "chair")
    case.take_seat("engagement", "engagement")
    case.take_seat("amina")
    case.submit("lead")
    case.waive("Three more wards move soon. Two partners were asked and cannot start before then; we go on asking.")
    case.confirm_group()
    case.walk_to("planning")
    case.paper("plan")
    end = calendar_of(case.trust.organisation).add(london_day(case.at), 60).isoformat()
    case.submit("lead", facts={"agreed_end": end, "timetable_shared": "yes"})
    case.wait(1)
    case.answer("chair", "seen")


def is_being_looked_into(case: Telling) -> None:
    """B4: a progress note is out, with a comment that nobody has answered; a letter is held back, and a partner challenges that."""
    case.walk_to("gathering")
    case.wait(10)
    case.paper("progress")
    case.wait(1)
    case.read("amina", "progress")
    case.comment(
        "amina", "Bright and loud is how my pupils describe it too. Could somebody ask whether there is another room, even a "
                 "small one?",
        kind="progress", section="Where we have got to",
    )  # fmt: skip
    case.wait(1)
    case.paper_held_back(
        "Letter from the coroner's officer", what="A letter from the coroner's officer",
        reason="The coroner asks us not to share it before the first hearing.", text=begun.CORONERS_LETTER,
    )  # fmt: skip
    case.wait(1)
    case.challenge(
        "pat", case.look.withholdings[-1],
        "We cannot tell whether we ask the right questions without knowing what the coroner asks.",
    )  # fmt: skip


def has_open_comments(case: Telling) -> None:
    """B5: findings are with the group; the comment window runs and two comments wait."""
    case.walk_to("synthesis")
    case.paper("findings")
    case.submit("lead")
    case.wait(2)
    case.read("pat", "findings")
    case.comment("pat", "Section 1 says the board does not go home with the patient. Who has to type it again, and when?",
                 section="What was meant to happen")  # fmt: skip
    case.wait(1)
    case.read("gwen", "findings")
    case.comment("gwen", "Please say what a community nurse is told. We are often blamed for what we never heard.",
                 section="What we think matters most")  # fmt: skip
    case.answer("chair", "seen")


def is_with_those_affected(case: Telling) -> None:
    """B6: the draft is with those affected."""
    case.walk_to("affected")
    case.paper("report")


def waits_for_one_partner(case: Telling) -> None:
    """B7: the chair and one partner support the draft; the other partner has been reminded once."""
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.let_it_be_read()
    case.answer("chair")
    case.answer("pat")
    case.wait(2)
    case.remind("amina")


def has_a_disagreement(case: Telling) -> None:
    """B7a: one partner does not support the draft; the executive lead must meet her."""
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.let_it_be_read()
    case.answer("chair")
    case.answer("pat")
    case.wait(1)
    case.answer("amina", "do_not_support")


def had_a_lapse(case: Telling) -> None:
    """B8: one partner fell ill and her answer on the draft lapsed; the safety actions are with the partners."""
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.let_it_be_read()
    case.answer("pat")
    case.wait(3)
    case.remind("gwen")
    case.wait(3)
    case.remind("gwen")
    case.wait(3)
    case.lapse("gwen", "Two reminders and a telephone call. Her daughter says that she is in hospital and sends her good wishes.")
    case.answer("chair")
    case.put_actions_to_group()
    case.wait(2)
    case.answer("pat")


def is_ready_to_sign(case: Telling) -> None:
    """B9: everything is answered; the executive lead can sign."""
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.let_it_be_read()
    case.comment("gwen", "Section 3 says outlet where patients would say tap. Could both words be used?", "report", "What we found")
    case.answer_comment("changed", "Both words are now used wherever it first appears in a section.")
    case.all_answer()
    case.agree_actions()


def is_to_be_shared(case: Telling) -> None:
    """B10: signed; the quality team takes it to the board and tells the partners."""
    case.walk_to("sharing")


def is_followed_up(case: Telling) -> None:
    """B11: two actions are done, the third is late and has a new day and a reason."""
    case.walk_to("follow_up")
    case.give_evidence()
    case.wait(1)
    late = case.look.live_actions[-1]
    new_day = calendar_of(case.trust.organisation).add(london_day(case.at), 15)
    case.do(
        actions.give_evidence, "directorate", action=late.pk, new_due_on=new_day,
        reason="The cupboards came without locks. New ones are promised for next month.",
    )  # fmt: skip


def closed_in_spite_of_a_disagreement(case: Telling) -> None:
    """Closed: a partner's disagreement was heard and decided against, and stands in the record."""
    case.walk_to("draft_review")
    case.put_draft_to_group()
    case.let_it_be_read()
    case.answer("chair")
    case.answer("gwen")
    case.answer("amina", "do_not_support")
    case.wait(4)
    case.hear_dissent(
        "pass",
        "The sentence says what was possible, not what he should have done. It stays, and Amina's view is printed beside it.",
    )
    case.wait(1)
    case.answer("amina", "heard", "I was listened to properly and I still disagree. I am glad that both can be read.")
    case.walk_to("closed")


SECOND_TEAM = {"lead": "lead2", "chair": "chair2", "directorate": "directorate2"}
SURGERY = {"directorate": "directorate2"}

TALES = (
    Tale(signed.WRONG_SIDE_BLOCK, closed_in_spite_of_a_disagreement, 135, ("gwen", "amina"), SECOND_TEAM),
    Tale(signed.SEPSIS_DELAY, is_followed_up, 125, ("pat", "gwen")),
    Tale(signed.BLOOD_RESULTS_SWAPPED, is_to_be_shared, 98, ("pat", "amina")),
    Tale(signed.AIR_FOR_OXYGEN, is_ready_to_sign, 96, ("amina", "gwen")),
    Tale(drafted.FALL_FROM_BED, had_a_lapse, 94, ("pat", "gwen"), SECOND_TEAM),
    Tale(drafted.HEART_TRACE, has_a_disagreement, 84, ("pat", "amina"), SURGERY),
    Tale(drafted.INSULIN_TWICE, waits_for_one_partner, 82, ("pat", "amina")),
    Tale(drafted.LUNG_NODULE, is_with_those_affected, 68, ("amina", "gwen")),
    Tale(begun.CATHETER_AT_HOME, has_open_comments, 53, ("pat", "gwen"), SECOND_TEAM),
    Tale(begun.LEFT_BEFORE_BEING_SEEN, is_being_looked_into, 47, ("pat", "amina")),
    Tale(begun.OLD_LEAFLETS, took_another_road, 36, (), SECOND_TEAM),
    Tale(begun.PRESSURE_ULCERS, has_a_waiver, 23, ("amina",), SECOND_TEAM),
    Tale(begun.MEDICINES_BETWEEN_HOSPITALS, has_a_recusal, 16, ("pat", "amina")),
    Tale(begun.CARDIAC_ARREST_CALL, lacks_a_partner, 9, ("pat", "gwen"), SURGERY),
    Tale(begun.WRONG_PATIENT_CALLED, waits_for_the_executive_team, 3, (), SURGERY),
)
"""Oldest first, so that references run in the order of the days."""
