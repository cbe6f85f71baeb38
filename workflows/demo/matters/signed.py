"""Cases whose report is ready to be signed, or was signed: B9 to the end."""

from __future__ import annotations

from workflows.demo.matter import Matter, Planned

AIR_FOR_OXYGEN = Matter(
    title="Patient connected to air instead of oxygen",
    summary="A patient who needed oxygen was connected to the air outlet beside it for about twenty minutes in the emergency "
    "department. The level of oxygen in her blood fell and came back when the mistake was seen.",
    incident="INC-47305",
    trigger="never_event",
    priority="Never events",
    why_this="This should not be possible, and it was. National rules say that we must find out why.",
    why_not_others="A never event is always investigated.",
    questions="She has asked only one thing: could it happen tonight to somebody else?",
    scope=(
        "how oxygen and air are supplied and told apart in a full department",
        "why air outlets were still open after the alert of three years ago",
        "how staff from other wards and agencies learn where things are",
    ),
    sources=(
        "every outlet in the department, photographed by day and by night",
        "conversations with nurses, porters, agency staff and the estates team",
        "the file of the earlier alert",
    ),
    progress="All 64 outlets have been looked at. Eleven air outlets are open. The alert was closed three years ago because they "
    "were covered then. The covers came off during building work and nobody was asked to put them back.",
    findings=(
        "Air outlets should be covered and air used only where it is prescribed. In eleven bays it was as easy to reach as oxygen.",
        "In a bay made for one trolley there were two. From where the nurse stood only one outlet could be seen, and it was "
        "the wrong one.",
        "Building work undoes safety work. The people who plan it are not told which small things were put there to keep "
        "patients safe.",
    ),
    affected_said="She is content with the report and asked to be told when the covers are on.",
    affected_answer="She will be telephoned by the engagement lead on the day. Nothing else needed to change.",
    actions=(
        Planned("Cover or remove every air outlet in the department", "A walk round every month, with a partner"),
        Planned(
            "List small safety fixtures before building work begins", "The list is signed by the ward and by estates for every job"
        ),
    ),
    words={
        ("terms", "amina"): "Her one question is the best terms of reference that I have read.",
        ("draft_review", "gwen"): "I support it. I have worked in such a bay and this is how it is.",
        ("actions", "amina"): "Yes, as long as the walk round really has one of us on it.",
    },
    replies={
        ("actions", "amina"): ("changed", "The measure now says that a partner walks with us, every month."),
    },
)

BLOOD_RESULTS_SWAPPED = Matter(
    title="Two patients given each other's blood results",
    summary="Two women in neighbouring beds had their blood samples labelled with each other's names. One was given potassium "
    "that she did not need. It was seen within two hours.",
    incident="INC-46518",
    priority="Checking that care reaches the right person",
    why_this="Samples are labelled away from the bed although everybody knows that they should not be.",
    why_not_others="We have told people many times. Telling them again will not show us why.",
    questions="Why did nobody ask me my name?",
    scope=(
        "where and how samples are labelled on a morning round",
        "what makes labelling at the bedside hard",
        "how mistakes are seen before they reach a patient",
    ),
    sources=(
        "five morning rounds on three wards",
        "conversations with those who take blood, ward clerks and the laboratory",
        "two years of rejected samples",
    ),
    progress="On five rounds 112 samples were taken. 71 were labelled at the bed. The printer was the reason for most of the "
    "others.",
    findings=(
        "Labels should be printed and put on at the bed. The printers stand in the corridor, two to a ward, and one of them is "
        "usually broken.",
        "Carrying five samples to the printer is quicker than five walks. On a round of forty it is the only way to finish by "
        "eight.",
        "People are asked their names when they arrive and hardly ever afterwards. Patients told us that they would like to be "
        "asked, and would like to look at the label.",
    ),
    affected_said="One of the two women asked to see the new label before it is used. The other did not wish to comment.",
    affected_answer="The new label was shown to her and the type was made larger because of what she said.",
    actions=(
        Planned("Carry a label printer on every blood trolley", "Share of samples labelled at the bed, on a count each month"),
        Planned(
            "Ask every patient to read the label aloud", "Patients who say that they were asked, in a short survey each quarter"
        ),
    ),
    words={
        ("terms", "pat"): "Why did nobody ask me my name? I would print that on the front page.",
        ("draft_review", "amina"): "Clear and kind. The printers explain a lot.",
        ("actions", "pat"): "The second one is ours and I am glad that it stayed.",
    },
    replies={
        ("terms", "pat"): ("changed", "It is the first line of the terms now."),
    },
)

SEPSIS_DELAY = Matter(
    title="Delay in treating sepsis on a surgical ward",
    summary="A woman who had had an operation on her bowel became unwell overnight. Signs of sepsis were there at eleven in "
    "the evening. Antibiotics were given at five. She spent twelve days in intensive care and is now at home.",
    incident="INC-45160",
    severity="Severe",
    priority="Recognising and acting on a patient who gets worse",
    why_this="The scores were written down and were right. They did not lead to anything. We need to know what stands between.",
    why_not_others="An audit of scores shows that ours are good. The delay comes after the score.",
    questions="I pressed the bell and said that I felt as I did the last time. What would have had to happen for that to count?",
    scope=(
        "what happens between a high score and the first treatment at night",
        "how the surgical and the medical teams share the night",
        "how a patient's or a family's worry is acted on",
    ),
    sources=(
        "four nights on two surgical wards",
        "conversations with ward nurses, night doctors, the outreach team and pharmacy",
        "conversations with five patients who have had sepsis here and their families",
    ),
    progress="Four nights have been watched. A high score leads to a bleep. The bleep leads to a list, and the list is kept by one "
    "doctor for six wards.",
    findings=(
        "A high score should bring somebody within half an hour. At night it brings a place on a list for six wards.",
        "The doctor on the night was with a patient who was dying two floors away. The nurse knew it and did not wish to call "
        "again.",
        "Patients and families noticed first in four of the five stories that we heard. There was nobody whose task it was to "
        "hear them.",
    ),
    affected_said="She asked that the words of her own call be given as she said them.",
    affected_answer="Her words are now in the first line of section 3.",
    actions=(
        Planned(
            "Two doctors at night for the surgical wards",
            "Time from a high score to review, each month",
            "The new rota is in force. The last monthly audit: 91 of 100 reviews within 30 minutes (it was 48).",
        ),
        Planned(
            "Families can call the outreach team themselves",
            "Number of calls and what came of them, read by a partner each month",
            "Posters and cards on all wards. 14 calls in the first month, 5 of them led to treatment.",
        ),
        Planned("First antibiotics kept on the ward", "Time from decision to first dose, each month"),
    ),
    feedback="The call line for families exists because Pat asked for it when the draft was reviewed. Gwen's question about "
    "cover at night is why the first action is about two doctors and not about training.",
    words={
        ("terms", "gwen"): "The third point matters most. Please do not let it slide to the end.",
        ("draft_review", "pat"): "I support it. Families should be able to call somebody themselves.",
        ("actions", "gwen"): "Yes. Two doctors is an answer. Another poster would not have been.",
    },
    replies={
        ("terms", "gwen"): ("changed", "The plan takes it first."),
    },
)

WRONG_SIDE_BLOCK = Matter(
    title="Nerve block given on the wrong side before knee surgery",
    summary="A patient was given an injection to numb the left leg before an operation on the right knee. It was seen before the "
    "operation, which was put off by a day. There was no lasting harm.",
    incident="INC-43027",
    severity="Low",
    trigger="never_event",
    priority="Never events",
    why_this="A block on the wrong side is a never event and is always investigated.",
    why_not_others="A never event is always investigated.",
    questions="I felt them start on the wrong leg and thought that they must know best. Why was I not asked?",
    scope=(
        "how the side is checked before an injection, and by whom",
        "how the room and the list make checking easy or hard",
        "how a patient can say stop",
    ),
    sources=(
        "six mornings in the anaesthetic rooms",
        "conversations with anaesthetists, assistants and eight patients",
        "the national safety standard and our own procedure",
    ),
    progress="Six mornings have been watched. The check before the block is done well when the anaesthetist and the assistant "
    "are both in the room. On busy lists one of them is often next door.",
    findings=(
        "Both people should stop, look at the mark and say the side aloud just before the needle. It was done on 29 of 41 "
        "occasions.",
        "The mark was under the gown and the patient was lying so that the other leg was nearer. A teaching session was going on.",
        "Patients are told that they may speak up, on a form, two weeks before. In the room nobody asks them.",
    ),
    affected_said="He said that it reads as it was. He would have liked more about what he felt and said.",
    affected_answer="A paragraph about what the patient felt was added to section 1.",
    actions=(
        Planned(
            "Ask the patient to say the side, just before the needle",
            "A count of thirty blocks each quarter",
            "The first count: the patient was asked on 30 of 30 occasions.",
        ),
        Planned(
            "No teaching between the last check and the needle",
            "The same count",
            "Agreed by the department; kept to on 30 of 30 occasions in the first count.",
        ),
    ),
    feedback="The patient's own voice is now the last check because Amina would not let it go. Her disagreement is printed in "
    "the report as she wrote it, and the board read it.",
    words={
        ("terms", "amina"): "How a patient can say stop: good. Keep it.",
        ("draft_review", "gwen"): "I support it. The count of 29 out of 41 is honest.",
        (
            "draft_review",
            "amina",
        ): "The patient felt them start on the wrong leg and said nothing. The report says that he could have. That puts "
        "the last safeguard on a man lying on his back in a gown. I cannot support a report that leaves that sentence in.",
        ("actions", "amina"): "Asking the patient is right. It is what I meant.",
    },
)
