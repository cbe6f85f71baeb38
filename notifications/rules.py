"""Who is told what: one row per kind of ledger event, audience, sentence and channel. Nothing else decides who is told.

A sentence holds no content of a case beyond names of people, papers and stages: it may reach a shared screen.
"""

from __future__ import annotations

from audit.models import Event
from notifications.audiences import (
    a_partner_is_charged,
    coordinators,
    everyone,
    everyone_but_those_named,
    everyone_else,
    lay_partners,
    other_lay_partners,
    partners_who_commented,
    partners_who_sat,
    quality_team,
    the_guardian,
    the_partner_who_began_it,
    the_person,
    those_asked,
    those_named,
    those_who_answer_challenges,
    those_who_answer_comments,
    those_who_disagreed,
    those_who_lead,
    who_keeps_records,
    who_offered,
    who_offered_to_one_with_a_conflict,
)
from notifications.emergency_rules import OF_EMERGENCIES
from notifications.keeping_rules import OF_KEEPING
from notifications.office_rules import OF_GROUPS, OF_MATTERS, OF_PAYMENT, OF_REQUIREMENTS, OF_WORDS
from notifications.rule import MAIL, PAGE, Channel, Rule

__all__ = ["ASKED", "MAIL", "MOVED", "PAGE", "PRIVATE", "RULES", "Channel", "Rule", "rules_for"]

CHARGED = "{actor} wrote down that your training ran out because of you. If that is not so, you can say it there."

RULES: tuple[Rule, ...] = (
    Rule("seat_offered", (the_person,), "{actor} asks you to join as {role}. Please answer."),
    Rule("offer_withdrawn", (the_person,), "The offer of a seat as {role} was taken back."),
    Rule("seat_accepted", (who_offered,), "{actor} said yes to a seat as {role}. They declare their interests next."),
    Rule("seat_declined", (who_offered,), "{actor} said no to a seat as {role}. Ask somebody else, so that no seat stays empty."),
    Rule(
        "interests_declared",
        (who_offered_to_one_with_a_conflict,),
        "{actor} has a conflict of interest and cannot take the seat as {role}. Ask somebody else.",
    ),
    Rule(
        "seat_end_asked",
        (the_person, quality_team),
        "{actor} asks that {person}\u2019s seat be ended. A second person must agree.",
    ),
    Rule(
        "membership_change_asked",
        (the_person, quality_team),
        "{actor} asks that {person} become an attendee, who does not count. A second person must agree.",
    ),
    Rule("seat_ended", (the_person, quality_team), "{person}\u2019s seat was ended: {asked_for}"),
    Rule(
        "membership_changed",
        (the_person, quality_team),
        "{person} is now an attendee, who may speak and does not count: {asked_for}",
    ),
    Rule("second_person_refused", (the_person, quality_team), "The second person said no. Everything stays as it was."),
    Rule("stand_in_asked", (the_person,), "{actor} asks you to stand in for them as {role}, from {from_day} until {until}."),
    Rule("stand_in_asked", (everyone_else,), "{actor} asked {person} to stand in for them, from {from_day} until {until}."),
    Rule("returned_to_seat", (the_person, everyone), "{actor} has taken their seat back from {person}, who stood in."),
    Rule("stand_in_over", (the_person, those_named, those_who_lead), "{person} no longer stands in for {whose}, who sits again."),
    Rule("recused", (everyone,), "{person} declared a conflict of interest and has left."),
    Rule("stepped_down", (everyone,), "{person} has stepped down."),
    Rule("paper_released", (everyone,), "{paper}, version {version}, is there to read."),
    Rule(
        "paper_given_to_staff",
        (everyone,),
        "Staff were given a paper that is held back from lay partners. Everybody can see why, and lay partners can challenge it.",
    ),
    Rule(
        "withholding_challenged",
        (those_who_answer_challenges,),
        "{actor} challenged that something is held back. An answer is due by {due}.",
    ),
    Rule("challenge_answered", (the_person,), "{actor} answered your challenge: {outcome}."),
    Rule("challenge_answered", (other_lay_partners,), "A challenge by {person} was answered: {outcome}."),
    Rule("withholding_ended", (lay_partners,), "Something that was held back from you is there to read now."),
    Rule("withholding_prolonged", (lay_partners,), "{actor} decided that something is held back from you for longer."),
    Rule("caldicott_asked", (the_guardian,), "{actor} asks whether lay partners may read something that points to somebody."),
    Rule("caldicott_decided", (the_person,), "The Caldicott Guardian has decided what you asked."),
    Rule(
        "paper_unclear",
        (those_named,),
        "{actor} cannot follow what you wrote: {paper}, version {version}. Write its summary again, or release a clearer version.",
    ),
    Rule("paper_unclear", (everyone_but_those_named,), "{actor} cannot follow {paper}, version {version}. It is being mended."),
    Rule("unclear_taken_back", (everyone,), "{actor} can follow {paper}, version {version}, after all.", PAGE),
    Rule("summary_mended", (everyone,), "{actor} wrote the summary of {paper}, version {version}, again. It is there to read."),
    Rule("reminded", (the_person,), "{actor} reminds you that your answer is awaited."),
    Rule("lapsed", (the_person, quality_team), "The chair recorded that {person} gave no answer in time."),
    Rule(
        "waived",
        (lay_partners, quality_team),
        "{actor} lifted a rule that protects lay partners, for a time. See the waivers page.",
    ),
    Rule(
        "waiver_ended",
        (lay_partners, quality_team),
        "A rule that protects lay partners holds again, because {actor} said so.",
        PAGE,
    ),
    Rule(
        "answer_typed_in",
        (the_person,),
        "{actor} typed in what you said {given}. It counts only if you confirm it, by {confirm_by}.",
    ),
    Rule("signed_form_filed", (quality_team,), "A form signed by {person} waits for one of you to witness it."),
    Rule("signed_form_witnessed", (the_person,), "The form that you signed was witnessed, and your answer counts."),
    Rule("typed_answer_confirmed", (coordinators,), "{person} confirmed what was typed in for them.", PAGE),
    Rule(
        "typed_answer_denied",
        (coordinators, quality_team),
        "{person} says of what {typed_by} typed in: that is not what I said. It does not count.",
    ),
    Rule("typed_answer_taken_back", (the_person,), "What was typed in for you was taken back. It does not count."),
    Rule("case_withdrawal_asked", (everyone,), "{actor} asks to withdraw the case. A second person must agree."),
    Rule("case_withdrawn", (everyone,), "The case was withdrawn."),
    Rule(
        "comment_made",
        (those_who_answer_comments,),
        "{actor}, a lay partner, commented on {paper}. Each such comment needs an answer.",
    ),
    Rule(
        "position_taken",
        (those_who_answer_comments,),
        "{actor}, a lay partner, commented with their answer on \u201c{stage_title}\u201d. Each such comment needs an answer.",
        naming="comment",
    ),
    Rule("comment_answered", (the_person,), "{actor} answered your comment: {outcome}. Say whether that answers you."),
    Rule("answer_satisfies", (the_person, those_who_lead), "{actor} said that {person}\u2019s answer answers their comment.", PAGE),
    Rule(
        "answer_does_not_satisfy",
        (the_person, those_who_lead),
        "{actor} said that {person}\u2019s answer does not answer them: {asks}.",
    ),
    Rule("comment_answered", (other_lay_partners,), "A comment by {person} was answered.", PAGE),
    Rule(
        "submitted",
        (those_who_disagreed,),
        "{actor} has answered your disagreement in writing. Read the answer, and say whether you were heard.",
    ),
    Rule("hold_placed", (everyone,), "{actor} has stopped the work until they are answered, by {due}."),
    Rule("hold_answered", (the_person,), "{actor} has answered you. Read the answer where the work was stopped."),
    Rule("hold_answered", (everyone_else,), "{actor} answered {person}, who had stopped the work. It can go on."),
    Rule("hold_taken_back", (those_who_lead,), "{actor} took back what had stopped the work."),
    Rule("measure_proposed", (those_who_lead, lay_partners), "{actor} proposed a measure.", PAGE),
    Rule("measure_changed", (those_who_lead, lay_partners), "{actor} wrote a measure anew.", PAGE),
    Rule("measure_changed", (the_person,), "You had chosen it: say whether it still matters to patients."),
    Rule("measure_dropped", (those_who_lead, lay_partners), "{actor} dropped a measure.", PAGE),
    Rule("measure_endorsed", (those_who_lead,), "{actor} said that a measure matters to patients.", PAGE),
    Rule(
        "submitted",
        (partners_who_commented,),
        "You said, we did: what changed because of the partners, and what did not and why, is there to read.",
        stage="share",
    ),
    Rule(
        "submitted",
        (partners_who_sat,),
        "You said, we did: {actor} wrote down what changed because of the lay partners. It is there to read.",
        stage="sharing",
    ),
    Rule("evaluation_offered", (the_person,), "{actor} asks you what it was like to be involved. Answering is up to you."),
    Rule("evaluation_answered", (coordinators,), "{actor} has said what it was like to be involved.", PAGE),
    Rule("item_offered", (the_person,), "{actor} offers you training. See when and where."),
    Rule("item_booked", (the_person, coordinators), "A training was booked.", PAGE),
    Rule("adjustment_asked", (coordinators,), "{actor} said what they need to take part in a training."),
    Rule("adjustment_met", (the_person,), "{actor} wrote down how what you need for a training is met."),
    Rule("item_completed", (coordinators,), "{actor} handed in evidence of a training. Somebody else checks it.", PAGE),
    Rule("item_checked", (the_person,), "The evidence of a training was checked: {outcome}."),
    Rule("training_asked_for", (coordinators,), "{actor} asked for more training."),
    Rule(
        "training_waiver_asked",
        (the_person,),
        "{actor} asks that you need not have a training for a time. A second person decides.",
    ),
    Rule("training_waived", (the_person, quality_team), "A training was waived for a time. See the waivers page."),
    Rule(
        "appointment_ended",
        (the_person,),
        "{actor} ended your appointment as {role}. What you saw by it is closed to you from today. What you said stays.",
    ),
    Rule(
        "appointment_ended",
        (who_keeps_records,),
        "The appointment of {person} as {role} was ended. What they saw by it is closed; their seats wait for two people.",
        PAGE,
    ),
    Rule("answer_due", (those_named,), "{what} is due on {due}. It waits for you, or for another who can give it."),
    Rule("escalated", (those_named,), "{what} was due on {due} and is late. You are the next person up."),
    Rule(
        "waiver_expired",
        (lay_partners, quality_team),
        "A rule that protects lay partners holds again. It was lifted until {until}.",
    ),
    Rule(
        "offer_overdue",
        (those_named,),
        "{person} has not answered the offer of a seat as {role}. No reply is not consent: ask again, or ask somebody else.",
    ),
    Rule(
        "sight_over",
        (those_named,),
        "{person} no longer sees the case: training ran out on {until}. The chair decides whether to wait or to fill the seat.",
    ),
    Rule("training_warned", (those_named,), "{training} of {person} runs out on {until}. The coordinator can renew it."),
    Rule("end_warned", (those_named,), "The {what} of {person} runs out on {until}. The coordinator can renew it."),
    Rule(
        "sight_ended",
        (those_named,),
        "{person} no longer sees the case: their {what} ran out on {until}. The chair decides whether to wait or to fill the seat.",
    ),
    Rule("submitted", (lay_partners,), CHARGED, only_if=a_partner_is_charged),
    Rule("facts_recorded", (lay_partners,), CHARGED, only_if=a_partner_is_charged),
    *OF_EMERGENCIES,
    *OF_KEEPING,
    *OF_PAYMENT,
    *OF_MATTERS,
    *OF_REQUIREMENTS,
    *OF_WORDS,
    *OF_GROUPS,
)

MOVED = Rule("*", (everyone, the_partner_who_began_it), "The case has moved on: {to_title}.")
"""Told whenever any act moves the case, to everybody who takes part: nobody learns of a refusal last."""

ASKED = Rule("*", (those_asked,), "Your part is needed: {put_title}.")
"""Told whenever any act puts a stage to people, to answer or to decide."""


PRIVATE = frozenset(rule.kind for rule in (*OF_PAYMENT, *OF_MATTERS))
"""Kinds of event of which whoever passes a message on by post or phone says only that there is something (IG10)."""


def rules_for(event: Event) -> list[Rule]:
    """The rules that tell of an event."""
    return [rule for rule in RULES if rule.is_about(event)]
