"""The words that every organisation begins with, in words that somebody of eleven can follow. An organisation changes its own.

Written for lay people who take part, from the terms of patient safety in the NHS in England. A word without `stands_for` is
explained on the list and left alone in texts: only short forms are picked out where people read.
"""

from __future__ import annotations

from cases.acronyms import Word

HOUSE_WORDS: tuple[Word, ...] = (
    Word(
        "AAR",
        "after action review",
        "A short talk soon after something happened: what did we expect, what took place, what can we learn?",
    ),
    Word(
        "CQC",
        "Care Quality Commission",
        "It checks hospitals, care homes and doctors in England, and says in public how good they are.",
    ),
    Word("DBS", "Disclosure and Barring Service", "It checks if somebody has a criminal record. Some roles need this check."),
    Word(
        "DPIA", "data protection impact assessment", "A check, before work starts, of what could go wrong with facts about people."
    ),
    Word(
        "Duty of candour", "", "The law says: when care has caused harm, staff must tell the patient, say sorry and find out why."
    ),
    Word("FOI", "freedom of information", "Anybody may ask a public body what it knows. It must answer, unless the law says no."),
    Word("HR", "human resources", "The team that looks after jobs and the people who work here."),
    Word(
        "HSSIB",
        "Health Services Safety Investigations Body",
        "It looks into safety problems all over England. It blames nobody, and keeps what it is told private.",
    ),
    Word("ICB", "integrated care board", "It plans and pays for most health care in one part of England."),
    Word("ICS", "integrated care system", "All the health and care groups of one area, working together."),
    Word("IG", "information governance", "The rules on how we keep facts about people safe, and who may see them."),
    Word("Learning response", "", "Any way in which we learn from something that went wrong. It can be short or long."),
    Word(
        "LFPSE",
        "Learn from Patient Safety Events",
        "The national list where staff write down what went wrong, or well, for a patient.",
    ),
    Word("MDT", "multidisciplinary team", "Staff who do different jobs and meet about one thing, such as nurses and doctors."),
    Word("Never event", "", "A grave mistake that should never happen. Surgery on the wrong leg is one."),
    Word("NICE", "National Institute for Health and Care Excellence", "It tells the NHS which treatments work well."),
    Word(
        "Notifiable safety incident", "", "Something went wrong and hurt somebody badly enough that the law says they must be told."
    ),
    Word("Oversight group", "", "Staff and partners who watch over one case. They ask hard questions."),
    Word("PALS", "Patient Advice and Liaison Service", "They help patients and families who have a question or a worry."),
    Word(
        "PHSO",
        "Parliamentary and Health Service Ombudsman",
        "They look at a complaint again when the first answer was not good enough.",
    ),
    Word("PPV", "Patient and Public Voice", "People from outside who speak for patients in the work of NHS England."),
    Word(
        "PSII",
        "patient safety incident investigation",
        "A careful look at something that went wrong. It asks how and why, and blames nobody.",
    ),
    Word(
        "PSIRF",
        "Patient Safety Incident Response Framework",
        "The national rules on what the NHS does after something went wrong. They began in 2022.",
    ),
    Word("PSIRP", "patient safety incident response plan", "Our plan: which kinds of problem we look into, and how."),
    Word(
        "PSP",
        "Patient Safety Partner",
        "A patient, carer or other person from outside. They work with staff to make care safer, and share in what is decided.",
    ),
    Word("PSS", "Patient Safety Specialist", "A member of staff who leads the work on safety, and helps partners."),
    Word("QI", "quality improvement", "Making care better in small steps: try a change, measure it, then try again."),
    Word("Quorum", "", "How many people must be there before a group may decide."),
    Word("RAG", "red, amber, green", "A colour that shows how a task is going: red is late, amber is at risk, green is fine."),
    Word("Safety action", "", "One thing that somebody will do to make care safer, with a name and a date."),
    Word(
        "SEIPS",
        "Systems Engineering Initiative for Patient Safety",
        "A way to look at the whole picture: the people, the tasks, the tools, the place and the rules.",
    ),
    Word("SI", "serious incident", "The old name, before 2022, for something that went very wrong."),
    Word("Statutory", "", "The law says that it must be so."),
    Word("Swarm huddle", "", "Staff come together on the spot, right after something happened, and work out what to learn."),
    Word("Terms of reference", "", "A short paper. It says what a group will look at, and what it will not."),
    Word("Thematic review", "", "A look at many like events together, to see what they share."),
    Word("Tokenism", "", "To ask somebody for their view only for show."),
    Word("ToR", "terms of reference", "A short paper. It says what a group will look at, and what it will not."),
)
