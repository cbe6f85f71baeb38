"""What is done in an organisation: people, training, payment, what partners raise, messages, signing in."""

from audit.kinds.registry import Kind, register

register(
    # Training.
    Kind("item_offered", "{actor} offered {person} the training “{training}”"),
    Kind("adjustment_asked", "{actor} said what they need to take part in “{training}”"),
    Kind("adjustment_met", "{actor} wrote down how the needs of {person} are met in “{training}”"),
    Kind("item_booked", "{actor} booked the training “{training}” for {person} on {day}"),
    Kind("item_completed", "{actor} handed in evidence of the training “{training}” of {person}"),
    Kind("item_checked", "{actor} checked the evidence of the training “{training}” of {person}: {outcome}"),
    Kind("training_asked_for", "{actor} asked for more training: {training}"),
    Kind("training_waiver_asked", "{actor} asked that {person} need not have the training “{training}” until {until}"),
    Kind(
        "training_waived",
        "{actor} agreed, as the second person, that {person} need not have the training “{training}” until {until}",
    ),
    Kind("requirement_set_recorded", "{actor} wrote down what training is required: {requirement_set}"),
    Kind("requirement_set_agreed", "{actor} agreed, as the second person, what training is required: {requirement_set}"),
    Kind("requirement_set_refused", "{actor} did not agree what training is required: {requirement_set}"),
    # People and organisations.
    Kind("person_recorded", "{actor} recorded the person {person}"),
    Kind("appointed", "{actor} appointed {person} as {role}"),
    Kind("appointment_ended", "{actor} ended the appointment of {person} as {role}"),
    Kind("training_recorded", "{actor} recorded training of {person}: {training}"),
    Kind("confidentiality_signed", "{person} signed the confidentiality agreement"),
    Kind("organisation_recorded", "{actor} recorded the organisation {organisation}"),
    Kind("incident_recorded", "{actor} recorded the incident {incident}"),
    # Payment: that something was claimed, never what for or how much (IG10).
    Kind("payment_terms_recorded", "{actor} wrote down what partners are paid: version {version}, from {starts_on}"),
    Kind("claim_made", "{actor} made a claim for their time or expenses: claim {claim}"),
    Kind("claim_questioned", "{actor} asked {person} about claim {claim}"),
    Kind("claim_answered", "{actor} answered about claim {claim}"),
    Kind("claim_approved", "{actor} approved claim {claim} of {person}"),
    Kind("claim_declined", "{actor} declined claim {claim} of {person}"),
    Kind("claim_paid", "{actor} recorded that claim {claim} of {person} is paid"),
    Kind("claim_taken_back", "{actor} took back claim {claim}"),
    Kind("claim_late", "Claim {claim} was to be paid by {due} and is late. Told: {people}"),
    # What partners raise: a concern, an item for the board.
    Kind("matter_raised", "{actor} raised {matter}, to be answered by {due}"),
    Kind("matter_answered", "{actor} answered {matter} of {person}"),
    Kind("matter_settled", "{actor} said that {matter} is settled"),
    Kind("matter_not_settled", "{actor} said that the answer does not answer {matter}: it goes further up, by {due}"),
    Kind("matter_taken_back", "{actor} took back {matter}"),
    Kind("matter_shared", "{actor} let the group read {matter}"),
    Kind("matter_withheld", "{actor} withheld a part of {matter} of {person} from the page that everybody reads"),
    Kind("matter_late", "{matter} of {person} was to be answered by {due} and is late. Told: {people}"),
    # The words that an organisation explains.
    Kind("term_recorded", "{actor} wrote down what “{term}” means"),
    Kind("term_asked_for", "{actor} asked what “{term}” means"),
    Kind("term_retired", "{actor} took “{term}” out of the words we use"),
    Kind("term_declined", "{actor} did not add “{term}” to the words we use"),
    # What is counted of how power is shared.
    Kind("signal_explained", "{actor} explained “{signal}” for {quarter}: {text}"),
    # Safety-related groups, the partners in them, and their meetings.
    Kind("group_registered", "{actor} put “{group}” on the list of safety-related groups, to have {target} partners"),
    Kind("group_changed", "{actor} changed what is on record about the group “{group}”"),
    Kind("group_closed", "{actor} took “{group}” off the list of safety-related groups"),
    Kind("group_joined", "{actor} wrote down that {person} sits in “{group}” as {membership}"),
    Kind("group_member_made", "{actor} wrote down that {person}, an attendee of “{group}” until now, is a member"),
    Kind("group_end_asked", "{actor} asked for the seat of {person} in “{group}” to be ended"),
    Kind("group_end_agreed", "{actor} agreed, as the second person, that the seat of {person} in “{group}” ends"),
    Kind("group_end_refused", "{actor}, asked as the second person, did not agree that the seat of {person} in “{group}” ends"),
    Kind("group_left", "{actor} left “{group}”"),
    Kind("meeting_planned", "{actor} planned a meeting of “{group}” for {day}"),
    Kind("meeting_moved", "{actor} moved the meeting of “{group}” from {was} to {day}"),
    Kind("meeting_cancelled", "{actor} called off the meeting of “{group}” of {day}"),
    Kind("meeting_papers_sent", "{actor} wrote down that the papers for the meeting of “{group}” on {day} were sent on {sent}"),
    Kind("meeting_held", "{actor} wrote down who was at the meeting of “{group}” on {day}: {partners}"),
    # How long records are kept.
    Kind("retention_rule_recorded", "{actor} wrote down for how long records are kept: {subject}, {years} years"),
    Kind("person_rename_asked", "{actor} asked that somebody who has left be called “{pseudonym}” from now on"),
    Kind("person_rename_agreed", "{actor} agreed, as the Caldicott Guardian, that somebody who has left be called “{pseudonym}”"),
    Kind("person_rename_refused", "{actor} did not agree, as the Caldicott Guardian, to call somebody who has left “{pseudonym}”"),
    Kind("person_renamed", "Somebody who has left is called “{pseudonym}” from now on, in the whole record"),
    Kind("legal_hold_review_due", "The legal hold on {reference} was to be looked at again by {due}. Told: {people}"),
    # What it is like to be a partner, and who partners are: never what one of them said or is (IG10).
    Kind("experience_asked", "{actor} asked the partners what it is like to be one: {count} were asked, until {until}"),
    Kind("experience_answered", "{actor} answered what it is like to be a partner"),
    Kind("profile_recorded", "{actor} wrote down how partners compare with the people of the area: {theme}"),
    # Messages that left the application.
    Kind("telling_asked", "The coordinators were asked to tell {person} by {channel}: {count} to pass on"),
    Kind("told", "{person} was told by {channel} that something is waiting: {count}"),
    Kind("mail_chosen", "{actor} chose how often {person} is sent e-mail: {choice}"),
    # Reading and signing in.
    Kind("signed_in", "{actor} signed in"),
    Kind("password_set", "{actor} set a password"),
)
