"""The rules that everything here serves, each said once: its code, a sentence, what the software does about it, and why.

Refusals name these codes. `workflows.rulebook` reads the source for where each is enforced and for the tests that prove
it; docs/reference/rules.md shows both.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the software does where a rule would be broken."""

    HARD = "refused"
    FLAG = "flagged and counted"
    SHOWN = "shown"


HARD, FLAG, SHOWN = Kind


@dataclass(frozen=True)
class Rule:
    """One rule. `places`: dotted paths where it holds, besides the functions that refuse by its code.

    `built=False`: nothing in the software serves it yet, and `yet` says so. With `built=True`, `yet` says what part is
    still missing; empty where none is.
    """

    code: str
    sentence: str
    kinds: tuple[Kind, ...]
    basis: str
    places: tuple[str, ...] = ()
    built: bool = True
    yet: str = ""


SHARED_POWER = "Framework 2021; the mechanism is ours"
OURS = "Our judgement"

POWER = (
    Rule("R1", "Where lay agreement is needed, every partner has answered, or the chair has recorded why silence was waited out.",
         (HARD,), SHARED_POWER, ("workflows.agreement.count", "workflows.settling.settle")),
    Rule("R2", "Nobody answers in a partner's place, and nobody alters what a partner said.", (HARD,), SHARED_POWER,
         ("workflows.doors.confirming.confirm", "workflows.doors.confirming.witness", "workflows.authorship.authorship")),
    Rule("R3", "One partner's “I do not support it” goes to a named executive, who answers it in writing; its words stay for good.",
         (HARD,), SHARED_POWER, ("workflows.standing.disagreeing", "workflows.expansion.expand")),
    Rule("R4", "An answer is about one exact text. When the text changes, the question is put again.", (HARD,), SHARED_POWER,
         ("workflows.doors.papers._ask_again",)),
    Rule("R5", "Partners have at least five working days to read; only they can make it shorter.", (HARD,), SHARED_POWER),
    Rule("R6", "Staff and partners of a group get the same paper at the same moment; whatever is kept back shows as kept back.",
         (HARD,), SHARED_POWER, ("permissions.scope.visible_papers", "workflows.doors.papers.release_paper",
         "workflows.first_sight.first_sights")),
    Rule("R7", "What a partner comments is answered, changed or not and why, before anybody signs.", (HARD,), SHARED_POWER),
    Rule("R8", "A partner is not removed, nor put aside as a listener, without a reason and a second person from outside.",
         (HARD,), SHARED_POWER),
    Rule("R9", "An empty lay seat stops the stage; only an executive who will not sign the case can lift that, until a day.",
         (HARD, FLAG), SHARED_POWER),
    Rule("R10", "Partners come in before the scope is settled. A case that they joined later says so for good.", (FLAG,),
         SHARED_POWER, ("workflows.standing.flags",)),
    Rule("R11", "Two partners sit together. One alone is pointed out.", (FLAG,), "Framework 2021: two on each committee",
         ("workflows.standing.flags",)),
    Rule("R12", "Partners begin things: a project, a concern, a stop. Whoever says no to them says why.", (HARD,), SHARED_POWER),
    Rule("R13", "A partner's training is signed off by the partner and the specialist together.", (HARD,), SHARED_POWER),
    Rule("R14", "Whoever asks a partner says why, sees what each carries, and is told when it is the same ones again.",
         (FLAG,), SHARED_POWER, ("permissions.repeats.often_asked", "permissions.repeats.picks_in",
         "workflows.doors.seats._keep_offers")),
    Rule("R15", "Partners read what became of their words, the story of each stage they were in, and who opened what they wrote.",
         (SHOWN,), SHARED_POWER, ("permissions.scope.visible_events", "web.pages.me.looked.who_looked")),
    Rule("R16", "The record only grows. A mistake is put right by a new entry, and no administrator can take one away.", (HARD,),
         SHARED_POWER, ("audit.append_only.AppendOnlyModel", "audit.triggers.ensure")),
    Rule("R17", "Each exception to these rules has an owner, a reason and a last day, and stands on one page.", (HARD,),
         SHARED_POWER, ("web.pages.record.waived.Waived",)),
    Rule("R18", "Nobody acts on two sides of one stage, signs what they wrote, or is lay where they are employed.", (HARD,),
         SHARED_POWER),
    Rule("R19", "Every paper for partners comes with a summary in plain words; a partner who cannot follow it stops the clock.",
         (HARD,), SHARED_POWER, ("workflows.standstill.stop",)),
    Rule("R20", "Time that partners spend can be claimed; what is not paid in time is told to the next person up.",
         (HARD, FLAG), "What NHS trusts pay partners for, as their adverts say; the day is ours",
         ("workflows.doors.claims.tell_of_late_claim", "workflows.payment.worth_of_day"),
         yet="A claim on paper or by telephone cannot be typed in by somebody else for the partner to confirm."),
)  # fmt: skip
"""How power is shared."""

INFORMATION = (
    Rule("IG1", "What lay people are shown names no patient, unless that is necessary and lawful.", (HARD,),
         "NHS England, guidance on inquiries, reviews and investigations",
         ("workflows.doors.papers.what_lay_partners_read",),
         yet="NHS numbers and e-mail addresses are looked for, names are not: of those the author says whether there are any."),
    Rule("IG2", "Confidential information is for those who need it for their part, and no more of it than they need.",
         (HARD, SHOWN), "The eight Caldicott principles", ("permissions.scope.visible_cases",)),
    Rule("IG3", "No role opens a case. A seat does, while promise, declaration and training last; two people may, for two hours.",
         (HARD,), OURS + ", from the Caldicott principles", ("permissions.scope.visible_cases", "permissions.grants.follow",
         "permissions.scope.emergency_sight")),
    Rule("IG4", "A paper has a staff text and a lay text; the lay one is released by an act of its own; nothing leaks the other.",
         (HARD,), OURS, ("permissions.scope.marked_papers", "workflows.held_back.HeldBackReads.handed_to",
         "workflows.doors.papers.names")),
    Rule("IG5", "What is withheld is on a list: of what kind, by whom, since when. Partners see that it is.", (HARD,), OURS,
         ("web.pages.withheld.presenter.held_back_cards", "web.pages.record.waived.Waived")),
    Rule("IG6", "Material protected by law (HSSIB's) reaches no lay reader and no export.", (HARD,),
         "Health and Care Act 2022: disclosure is an offence", ("workflows.export.what_leaves.Held",),
         yet="Whoever uploads it says that it is protected."),
    Rule("IG7", "Opening a paper is itself recorded: who, which version, when. The quality team can list it.", (HARD,), OURS,
         ("workflows.doors.papers.open_paper", "permissions.scope.visible_events"),
         yet="From which computer it was opened is not kept."),
    Rule("IG8", "A serious incident is kept for 20 years and another for 10, every version of every paper with it.", (HARD,),
         "Records Management Code of Practice, as trusts apply it",
         ("permissions.retention.subject_of", "workflows.doors.disposal.carry_out_disposal", "cases.contents.contents_of"),
         yet="Of what was disposed of, copies in backups stay until the backup itself goes, and no page carries a disposal out: a "
         "command does, with a database role that owns the tables."),
    Rule("IG9", "What an inquest, inquiry or claim needs is not disposed of.", (HARD,), "Practice of inquests",
         ("permissions.retention.nothing_holds", "workflows.doors.legal_holds.tell_of_hold_review")),
    Rule("IG10", "Partners' own data (pay, health, equality, references) stands apart from cases, with readers of its own.",
         (HARD,), OURS, ("permissions.payment.visible_claims",),
         yet="Claims are kept so; health, equality and references are not kept at all. A term for "
         "claims is on record, and nothing disposes of them yet."),
    Rule("IG11", "There is an assessment of data protection, a record of processing, and a notice for those whose data it is.",
         (SHOWN,), "Data protection law", ("web.pages.information.views.how_we_use_information",),
         yet="docs/assurance has model texts. An organisation decides its lawful basis, completes them, signs them and publishes a "
         "notice of its own; the page here it cannot word itself."),
    Rule("IG12", "What partners are trained in has information governance in it, or it is on record why not.", (HARD, SHOWN),
         "Data Security and Protection Toolkit since 2023-24", ("workflows.doors.requirements.why_without_governance",),
         yet="A training is known for it by its title. What staff are trained in is not compared."),
    Rule("IG13", "Where the duty of candour stands is on record before a draft is shared. No law names a number of days.", (HARD,),
         "Regulation 20", ("workflows.processes.oversight.guards.candour_is_recorded",),
         yet="A local number of days cannot be set yet."),
    Rule("IG14", "No second copy of the clinical record is kept: an incident is held by its reference.", (SHOWN,), OURS,
         ("cases.models.case.Incident",)),
    Rule("IG15", "Erasing a person erases no history: the name becomes a pseudonym, and the chain still holds.", (HARD,), OURS,
         ("workflows.doors.departures.carry_out_renaming", "cases.naming.changes_of_name"),
         yet="There is no page for it yet, only the doors and the command. Where somebody wrote the name in words of their own, "
         "and in papers, it stays; copies in backups stay until the backup itself goes."),
    Rule("IG16", "Partners work at home on shared machines: short sessions, strong sign-in, marked downloads, a way to print.",
         (HARD,), OURS, ("web.pages.signin.timing_out.ShortSessions", "web.pages.signin.second_step.is_right",
         "web.pages.papers.copies.mark_of", "cases.marked_copies.marked"),
         yet="Downloads are not off for partners: they would have less than staff (R6)."),
    Rule("IG17", "Whoever has no e-mail is reached another way, and it is on record that they were.", (SHOWN,), OURS,
         ("notifications.coordinators.tick_off",), yet="One letter can be printed, to confirm an answer; no other can."),
)  # fmt: skip
"""How information is governed."""

RULES = {rule.code: rule for rule in (*POWER, *INFORMATION)}
