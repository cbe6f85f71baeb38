"""Cases from the decision how to respond (B0) to the findings (B5), and one that took another road."""

from __future__ import annotations

from workflows.demo.matter import Matter

WRONG_PATIENT_CALLED = Matter(
    title="Wrong patient taken through for a colonoscopy",
    summary="Two people with the same surname waited in the endoscopy unit. The wrong one was taken through and given sedation "
    "before the mistake was seen. The procedure was not started and nobody came to lasting harm.",
    incident="INC-51877",
    severity="Low",
    priority="Checking that care reaches the right person",
    why_this="The safety checks were done, and did not stop it. We do not understand why.",
    why_not_others="A review of the unit's checklist alone would tell us what should be done, not what is done on a busy list.",
)

CARDIAC_ARREST_CALL = Matter(
    title="Cardiac arrest call that did not reach the team",
    summary="The emergency number was dialled from a temporary ward in the old outpatient building. The call went to a desk "
    "that is not staffed at night. The team came after six minutes, when a nurse ran to fetch them.",
    incident="INC-51640",
    severity="Severe",
    priority="Recognising and acting on a patient who gets worse",
    why_this="Moving a ward changed things that nobody had listed. The same can happen at the next move.",
    why_not_others="Testing the telephones puts this one fault right, and leaves the next one hidden.",
)

MEDICINES_BETWEEN_HOSPITALS = Matter(
    title="Medicines for Parkinson's missed on a move between two hospitals",
    summary="A man with Parkinson's disease was moved between our two hospitals on a Friday evening. His medicines were not "
    "prescribed again until Sunday. He could not swallow safely for two days and needed a feeding tube for a week.",
    incident="INC-51312",
    priority="Medicines that must be given on time",
    why_this="Each hospital did what its own procedure says, and the patient still went without. The fault lies between the two.",
    why_not_others="A review within one hospital would not see the other half of the journey.",
    questions="Why did nobody listen when his wife said that he must have his tablets on the hour?\nWho was in charge of his "
    "medicines while he was in the ambulance?",
    scope=(
        "how medicines are handed over when a patient moves between our hospitals",
        "what staff can see on each site's system, and when",
        "how relatives who know the medicines are listened to",
    ),
    words={("terms", "pat"): "Please say in so many words that his wife was right. It would mean a lot, and it is the point."},
    replies={("terms", "pat"): ("changed", "The first question now says that she was right, and asks why nobody acted on it.")},
)

PRESSURE_ULCERS = Matter(
    title="Pressure ulcers on the new rehabilitation ward",
    summary="Five patients developed pressure ulcers in eight weeks after the rehabilitation ward moved to the new building. The "
    "ward had had none in the year before.",
    incident="INC-50988",
    trigger="emergent_risk",
    priority="Not in our plan: a new risk",
    why_this="Something about the move has made care less safe, and three more wards are about to move.",
    why_not_others="Looking at each patient alone would miss what they have in common.",
    questions="Was my mother turned at night? Nobody can show me that she was.",
    scope=(
        "what changed for patients and staff when the ward moved",
        "how beds, mattresses and chairs are chosen and tracked",
        "how night staff know who needs turning, and what gets in the way",
    ),
    sources=(
        "two nights and two days of watching how care is given on the ward",
        "conversations with patients, relatives, night staff and therapists",
        "the mattress register and the plan for the move",
    ),
    words={("terms", "amina"): "Please ask patients who cannot speak easily, not only those who can. I can help to word it."},
    replies={("terms", "amina"): ("changed", "Added to the second question. We will word it with you.")},
)

LEFT_BEFORE_BEING_SEEN = Matter(
    title="Patient who left the emergency department before being seen",
    summary="A young woman who had taken an overdose waited five hours in the emergency department. She left, and was found "
    "unconscious at a bus stop an hour later. She has recovered.",
    incident="INC-50431",
    severity="Severe",
    priority="People in mental health crisis in our emergency departments",
    why_this="It has happened four times this year. Each time we wrote a new rule, and it happened again.",
    why_not_others="An after action review was held after the last one and its advice was followed. It was not enough.",
    questions="Why was she not told how long it would be?\nWhy did nobody notice that she had gone for forty minutes?",
    scope=(
        "what waiting is like for somebody in crisis, from the door to the first conversation",
        "how the department keeps sight of people who may leave",
        "what happens in the first hour after somebody has left",
    ),
    sources=(
        "four hours in the waiting room at different times of the week",
        "conversations with people who have waited there in crisis, found through the user group",
        "conversations with reception, triage and security staff and the liaison team",
    ),
    progress="We have spent two evenings in the waiting room and have spoken to eleven members of staff and three people who have "
    "waited there in crisis. A picture is forming: people in crisis are asked to sit where they can be seen, which is "
    "also where it is brightest and loudest. Several said that they left because they could not bear the room.",
    words={
        ("terms", "pat"): "Good questions. I would add: what would have made her stay?",
        ("planning", "amina"): "I am glad that you will sit in the waiting room yourselves. Please go on a Saturday night.",
    },
    replies={
        ("terms", "pat"): ("changed", "It is the fifth question now."),
        ("planning", "amina"): ("changed", "Two Saturday nights are in the timetable."),
    },
)

CATHETER_AT_HOME = Matter(
    title="Discharged home with a catheter and no plan to remove it",
    summary="A man of 82 went home with a urinary catheter that was meant to stay for a week. Nobody in the community knew of "
    "it. It was found eleven weeks later, when he came back with a serious infection.",
    incident="INC-49876",
    severity="Severe",
    priority="Safe discharge",
    why_this="The discharge letter said what had been done and not what had to happen next. This is common and we do not know why.",
    why_not_others="A review of letters would find missing words, not the reason why they are missing.",
    questions="Who was meant to take it out?\nWhy was my father not told that it should only be for a week?",
    scope=(
        "how the plan for a catheter is made, written and passed on",
        "what patients and carers are told, and what they take in on the day of discharge",
        "what the community nursing service needs in order to act",
    ),
    sources=(
        "twenty discharge letters of patients with a catheter, chosen at random",
        "conversations with patients and carers at home, four weeks after discharge",
        "a walk through a discharge with the ward, the pharmacy and the community nurses",
    ),
    progress="Of twenty letters, fourteen gave no date for removal. Ward staff believed that the letter fills this in from the "
    "electronic record. It does so only if a box is ticked on admission, which most of the staff did not know.",
    findings=(
        "Every catheter should have a date for review from the day on which it is put in. In practice the date is kept on a "
        "board on the ward, and the board does not go home with the patient.",
        "Staff trusted the electronic letter, because it looks complete. It was put together in the hour in which the bed was "
        "needed, by somebody who had not met the patient. Nobody chose to leave the plan out.",
        "Patients and carers told us that they were shown how to look after a catheter, and never told when it should come "
        "out. They assumed that somebody would call. Nobody knew that they should.",
    ),
    words={("terms", "gwen"): "As a community nurse elsewhere I see this every week. I am glad that carers will be asked."},
)

OLD_LEAFLETS = Matter(
    title="Out-of-date leaflets handed out in the pain clinic",
    summary="Leaflets with an old dose of a painkiller were handed out for three weeks after the dose had been changed. All 41 "
    "patients were telephoned. Two had taken the old dose and neither came to harm.",
    incident="INC-50102",
    severity="None",
    trigger="none",
    why_this="What happened is understood: the old stock was not thrown away. The team can learn from it together, quickly.",
    why_not_others="An investigation would take months and tell us little that we do not know.",
)

CORONERS_LETTER = """Letter from the coroner's officer

Dear Ms Grant,

The coroner has opened an inquest and will hold a first hearing in the summer.

She asks for the times at which the patient was seen, and by whom.

She asks whether the department had been told of earlier visits.

Until the first hearing she would like this letter to stay with those who answer it.

Yours sincerely,

The coroner's officer
"""
"""Given to staff and held back from lay partners, who are told so."""
