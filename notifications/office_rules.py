"""Who is told of acts on no case: claims, what partners raise, required training, the words we use."""

from __future__ import annotations

from notifications.audiences import the_person, those_named
from notifications.rule import PAGE, Rule

OF_PAYMENT: tuple[Rule, ...] = (
    Rule("claim_made", (those_named,), "{actor} sent in claim {claim}."),
    Rule("claim_questioned", (the_person,), "{actor} asks you something about your claim {claim}. Please answer."),
    Rule("claim_answered", (those_named,), "{actor} answered about claim {claim}."),
    Rule("claim_approved", (the_person,), "Your claim {claim} was approved. It waits to be paid.", PAGE),
    Rule("claim_declined", (the_person,), "Your claim {claim} was declined. Read why; you may answer."),
    Rule("claim_paid", (the_person,), "Your claim {claim} is paid."),
    Rule("claim_taken_back", (those_named,), "{actor} took back claim {claim}.", PAGE),
    Rule("claim_late", (the_person,), "Your claim {claim} was to be paid by {due}, and is late. The next person up has been told."),
    Rule(
        "claim_late", (those_named,), "Claim {claim} of a partner was to be paid by {due}, and is late. You are the next person up."
    ),
)
"""On no case. What a claim is for, or how much, is in no message (IG10)."""

OF_MATTERS: tuple[Rule, ...] = (
    Rule("matter_raised", (those_named,), "{actor} raised {matter}. It is to be answered by {due}."),
    Rule("matter_answered", (the_person,), "{actor} answered your {matter}. Say whether that answers it."),
    Rule("matter_answered", (those_named,), "{actor} answered {matter} of {person}.", PAGE),
    Rule("matter_settled", (those_named,), "{actor} said that {matter} is settled.", PAGE),
    Rule("matter_not_settled", (those_named,), "{actor} said that {matter} is not answered. It is to be answered by {due}."),
    Rule("matter_taken_back", (those_named,), "{actor} took back {matter}.", PAGE),
    Rule("matter_shared", (those_named,), "{actor} lets you read {matter}.", PAGE),
    Rule("matter_withheld", (the_person,), "{actor} withheld a part of your {matter}. Read why. It is answered all the same."),
    Rule("matter_late", (the_person,), "Your {matter} was to be answered by {due}, and is late. The next person up has been told."),
    Rule("matter_late", (those_named,), "An answer to {matter} of {person} was due on {due}, and is late."),
)
"""What partners raise, on no case. What it is about is in no message."""

OF_REQUIREMENTS: tuple[Rule, ...] = (
    Rule("requirement_set_recorded", (those_named,), "{actor} wrote what training is required. You may agree: {requirement_set}."),
    Rule("requirement_set_agreed", (those_named,), "{actor} agreed what you wrote: {requirement_set}."),
    Rule("requirement_set_refused", (those_named,), "{actor} did not agree {requirement_set}. Read why."),
)
"""What partners are to be trained in, on no case."""

OF_WORDS: tuple[Rule, ...] = (
    Rule("term_asked_for", (those_named,), "{actor} asks what \u201c{term}\u201d means. Write it down, or say why not."),
    Rule("term_recorded", (the_person,), "\u201c{term}\u201d, which you asked about, is explained now.", PAGE),
    Rule("term_declined", (the_person,), "{actor} did not add \u201c{term}\u201d to the words we use. Read why.", PAGE),
)
"""On no case: the words that everybody can look up."""

OF_GROUPS: tuple[Rule, ...] = (
    Rule("experience_asked", (those_named,), "{actor} asks what it is like to be a partner: five short questions, until {until}."),
    Rule("group_joined", (those_named,), "{actor} wrote down that {person} sits in a safety group, as {membership}.", PAGE),
    Rule("group_member_made", (those_named,), "{actor} wrote down that {person} is a member of a safety group now.", PAGE),
    Rule(
        "group_end_asked",
        (those_named,),
        "{actor} asks that {person}\u2019s seat in a safety group be ended. A second person must agree.",
    ),
    Rule("group_end_agreed", (those_named,), "{person}\u2019s seat in a safety group was ended. Read why on the page of groups."),
    Rule("group_end_refused", (those_named,), "The second person said no: {person} sits in the safety group as before."),
    Rule("group_left", (those_named,), "{person} left a safety group.", PAGE),
    Rule("group_closed", (those_named,), "A group that you sit in was taken off the list of safety groups. Read why."),
    Rule("meeting_planned", (those_named,), "A meeting of a group that you sit in is planned for {day}.", PAGE),
    Rule("meeting_moved", (those_named,), "A meeting of a group that you sit in is moved from {was} to {day}."),
    Rule(
        "meeting_held",
        (those_named,),
        "{actor} wrote down that you were at a safety group on {day}. If not, say so.",
        PAGE,
    ),
    Rule("meeting_cancelled", (those_named,), "A meeting of a group that you sit in, on {day}, is called off."),
)
"""On no case: safety-related groups, whose seats and meetings they are about. No message names the group."""
