"""Cases that have a draft report: B6 to B8."""

from __future__ import annotations

from workflows.demo.matter import Matter, Planned

LUNG_NODULE = Matter(
    title="Scan result not acted on: a shadow on the lung",
    summary="A scan after a fall showed a small shadow on the lung and advised another scan in three months. Nobody arranged it. "
    "The patient was found to have cancer fourteen months later.",
    incident="INC-49220",
    severity="Severe",
    priority="Acting on test results",
    why_this="Results that nobody was looking for are the ones that get lost, and we have no way of knowing how many are.",
    why_not_others="Checking that one result was sent would show that it was. It was sent, and it was read.",
    questions="I was in hospital for nine days. Why did nobody tell me what the scan had found?",
    scope=(
        "what happens to a finding that is not the reason for the scan",
        "who owns a result when a patient moves between teams",
        "how patients learn what was found",
    ),
    sources=(
        "the path of thirty unexpected findings through our systems",
        "conversations with radiology, the emergency department, care of the elderly and two general practices",
        "a group of patients who have had an unexpected finding",
    ),
    progress="We have followed thirty findings. For nine of them nobody had arranged what the radiologist advised. In each the "
    "report had been opened by somebody, and opening it had cleared the alert for everybody else.",
    findings=(
        "A report with an unexpected finding should reach the team that asked for the scan, and that team should act. One "
        "patient may be under four teams in a week, and the team that asked is often not the one that reads.",
        "Opening a report makes the alert go away for everybody. A doctor who opened it at two in the morning to look for a broken "
        "hip had every reason to close it again.",
        "Nobody is asked to tell the patient. Those who were told had asked for their own letters.",
    ),
    words={
        ("terms", "amina"): "I would want to know what I can see of my own results, so I am glad that this is in.",
        ("synthesis", "gwen"): "This is clear. Please say how many people may be waiting now without knowing.",
    },
    replies={
        ("synthesis", "gwen"): ("changed", "Section 2 now gives the number, and how we counted."),
    },
)

INSULIN_TWICE = Matter(
    title="Insulin given twice on one evening",
    summary="A patient with diabetes on a care of the elderly ward was given her evening insulin twice, an hour apart, by two "
    "nurses. Her blood sugar fell very low in the night and she had a fit. She has recovered.",
    incident="INC-48755",
    severity="Severe",
    priority="High-risk medicines",
    why_this="Two careful people did the right thing with the chart that each of them had. There were two charts.",
    why_not_others="Training in insulin safety was given to the whole ward last year. It would not have shown that there were "
    "two charts.",
    questions="She told them that she had already had it. Why did that not count?\nWhy was I not telephoned until the morning?",
    scope=(
        "how insulin is prescribed and given when a patient moves from paper to screen",
        "how a patient's own word is weighed against the chart",
        "how low blood sugar is noticed at night",
    ),
    sources=(
        "three evening medicine rounds on two wards",
        "conversations with nurses, pharmacists, doctors and six patients who use insulin",
        "the log of the electronic prescribing system for the week",
    ),
    progress="We have watched three evening rounds. Insulin is still written on paper for the first day on the ward and then on "
    "screen. On most days there is an hour in which both are in use, and nobody had noticed how long that hour is.",
    findings=(
        "A patient has one chart. In practice insulin has two on the day of a move: the paper one that came along and the "
        "screen, and each looks complete on its own.",
        "The second nurse saw an empty box on the screen and a patient who was sleepy and unsure. The patient said that she "
        "had had her insulin. She had also been confused that afternoon, and her word was weighed against a chart that looked "
        "certain.",
        "Patients who have managed their own insulin for decades are asked to stop on admission. They are the one safeguard "
        "that is always there, and we put it away.",
    ),
    affected_said="Her daughter asked that the report say plainly that her mother had told the nurse. She also asked for the time "
    "of each telephone call to be given.",
    affected_answer="Section 3 now says in its first sentence that the patient told the nurse. The times of the calls are in "
    "section 1.",
    words={
        ("terms", "pat"): "The second question is the one that I would ask. Please do not lose it.",
        ("draft_review", "pat"): "I support it. I would still like section 6 to say who hears a patient who says no to a medicine.",
        ("draft_review", "chair"): "A clear report. The account of the hour with two charts will be useful well beyond this ward.",
    },
    replies={
        ("terms", "pat"): ("not_changed", "It stays where it is, and has a section of its own in the report."),
    },
)

HEART_TRACE = Matter(
    title="Delay in reviewing a baby's heart trace in labour",
    summary="A midwife asked for a review of a baby's heart trace. The review came fifty minutes later. The baby needed help "
    "to breathe and three days of special care, and is now well.",
    incident="INC-48390",
    severity="Severe",
    priority="Escalation in maternity care",
    why_this="It is the third delay of this kind this year, each on a different shift with different people.",
    why_not_others="Each delay was reviewed by itself and each review said that the unit was busy. We need to know what busy "
    "means.",
    questions="I asked three times whether something was wrong. Why did nobody tell me that they were waiting for a "
    "doctor?\nWhy is a call that was not answered written down as a call?",
    scope=(
        "how a request for review is made, heard and followed up",
        "what a busy shift looks like from the midwife's side and from the doctor's",
        "what women and their partners are told while they wait",
    ),
    sources=(
        "four shifts on the labour ward, two of them at night",
        "conversations with midwives, doctors, theatre staff and the telephone exchange",
        "conversations with seven women who gave birth here this year",
    ),
    progress="Four shifts have been watched. Calls for review go by telephone to a person, not to a role. When that person is in "
    "theatre the telephone rings in a locker.",
    findings=(
        "A review should come within fifteen minutes, and a second doctor should be called if it does not. In practice "
        "midwives wait and call again, because the second doctor is at home.",
        "Everybody who was called was doing something that could not wait. Nobody could see that two other rooms had called as "
        "well.",
        "There is no agreed way to say that a review has not come. A midwife who calls again is felt to be making a fuss.",
    ),
    affected_said="The parents said that the account is fair. They asked why their own question, asked three times, is not in it.",
    affected_answer="Nothing was changed: the questions that the parents asked are in section 4 and are answered there.",
    words={
        ("terms", "pat"): "I support the terms. Women should be asked early, while they still remember.",
        (
            "synthesis",
            "amina",
        ): "The locker says it all. But where are the parents in this? They were in the room for all fifty minutes.",
        ("draft_review", "pat"): "It is honest about the telephones. I support it.",
        (
            "draft_review",
            "amina",
        ): "The mother asked three times whether something was wrong. The report treats that as a matter of comfort. "
        "It was a warning, it was right, and nobody acted on it. Until section 3 says that her voice was a missed chance, I "
        "cannot put my name to it.",
    },
)

FALL_FROM_BED = Matter(
    title="Falls at night on the dementia ward",
    summary="Three patients fell in one week on the dementia ward, all between four and six in the morning. One broke a hip.",
    incident="INC-47911",
    priority="Falls with harm",
    why_this="Falls here happen at one time of night, whoever is on duty. That points to how the night works.",
    why_not_others="Each fall has had a review of its own. None could see the pattern.",
    questions="He always gets up at five; he was a baker. Did anybody know that?",
    scope=(
        "what the hours between four and six are like for patients and staff",
        "what the ward knows of people's habits before they came in",
        "how sensors and rails are used, and what patients make of them",
    ),
    sources=(
        "three nights on the ward",
        "conversations with families about habits at home",
        "the alarm log of the bed sensors for three months",
    ),
    progress="Three nights have been watched. Between four and six two of the four staff are away from the bays, on breaks and "
    "on the laboratory round, for reasons that made sense ten years ago.",
    findings=(
        "Patients at risk of falling should be in sight. For an hour and a half each night half of them are not.",
        "The round for blood samples was set at five so that results would be there at eight. They have not been needed at "
        "eight since the ward round was moved to ten.",
        "Families knew who would get up and when. Nobody had asked them, because the form asks about continence and not about "
        "bakers.",
    ),
    affected_said="Two families thanked us for the part about habits. One asked that the word wandering be taken out.",
    affected_answer="The word was taken out, and we have asked that it be taken out of the ward's forms too.",
    actions=(
        Planned(
            "Move the early blood round to half past six", "Staff in sight of the bays between four and six, counted on ten nights"
        ),
        Planned(
            "Ask every family what time the person gets up, on the first day", "Share of patients whose habits are on the board"
        ),
        Planned(
            "Keep a light and a chair by the bed of those who rise early", "Falls between four and six in the morning, each month"
        ),
    ),
    words={
        ("draft_review", "pat"): "I support it. The baker should open the report.",
        ("actions", "pat"): "Yes. These are things that a family would notice.",
    },
)
