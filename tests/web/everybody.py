"""A trust with cases in four states, and everybody who could knock at a page: each role, each state of a seat, and strangers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLResolver, reverse

from audit.models import Event
from cases.models import Case, Person, TypedAnswer
from permissions.roles import DIRECTORATE, LEAD, PSP, QUALITY
from tests.builders_payment import claimed, expense, terms
from tests.web.casework import BEGINNING
from tests.web.projects.knocking import project_names, project_stories
from web import urls
from workflows.answering import Answered
from workflows.calendar import london_day
from workflows.confirm_links import token_of
from workflows.demo.trust import PERSONAS, Persona, Trust, build_trust
from workflows.doors import claims, confirming, emergency, legal_holds, renditions, seats, typed_answers
from workflows.doors.experience import ask_partners
from workflows.doors.groups import ask_to_end_group_seat, register_group, seat_partner
from workflows.doors.matters import answer_matter, raise_matter
from workflows.doors.meetings import plan_meeting
from workflows.doors.people import appoint
from workflows.doors.requirements import record_requirement_set
from workflows.doors.verdicts import answers_on
from workflows.doors.words import ask_for_word
from workflows.processes.oversight.story import Story
from workflows.processes.training.story import TrainingStory
from workflows.typed_standing import open_typed

NOBODY, SUPERUSER = "anon", "root"
ALSO = (Persona("rhona", "Rhona Blake", PSP), Persona("ivy", "Ivy Chen", PSP))
ELSEWHERE = (
    Persona("far", "Fay Away", PSP),
    Persona("far_lead", "Farid Lane", LEAD),
    Persona("far_owner", "Femi Odu", DIRECTORATE),
)
WHO = {
    NOBODY: "nobody is signed in",
    "lead": "leads all the cases",
    "lead2": "an investigation lead of the trust, with no seat",
    "chair": "chairs the groups",
    "pat": "a lay partner in the groups",
    "gwen": "a lay partner who was offered a seat",
    "rhona": "a lay partner who declared a conflict of interest",
    "ivy": "a lay partner of the trust, with no seat",
    "exec": "the executive lead",
    "exec_team": "of the executive team",
    "coordinator": "the partner coordinator",
    "engagement": "the engagement lead of the groups",
    "directorate": "the directorate lead",
    "quality": "of the quality team",
    "auditor": "reads every case, changes nothing",
    "far": "a lay partner of another trust",
    SUPERUSER: "an administrator with an account and no person",
}


@dataclass
class World:
    """The stories by the state they stand in; each has pat, amina, a chair and an engagement lead once its group is formed."""

    stories: dict[str, Any]
    far: Story
    at: datetime
    named: dict[str, dict[str, Any]] = field(default_factory=dict)
    _clients: dict[tuple[str, bool], Client] = field(default_factory=dict)

    def client(self, who: str, strict: bool = False) -> Client:
        """Signed in as one of `WHO`. `strict`: forms must come from a page of ours, as in a browser."""
        if (who, strict) not in self._clients:
            client = Client(enforce_csrf_checks=strict)
            if who != NOBODY:
                client.force_login(self._account(who), backend="django.contrib.auth.backends.ModelBackend")
            self._clients[who, strict] = client
        return self._clients[who, strict]

    def _account(self, who: str) -> Any:
        accounts = get_user_model().objects
        trust = self.far.trust if who.startswith("far") else self.stories["answering"].trust
        return accounts.get(username=SUPERUSER) if who == SUPERUSER else accounts.get(person=trust[who])

    def get(self, who: str, address: str) -> Any:
        response = self.client(who).get(address)
        if response.streaming:
            response.getvalue()  # a file is closed once it has been read
        return response

    def address(self, route: str, state: str = "answering", **instead: Any) -> str:
        """A page of the case in this state, with the seat, version, action ... that the state has; `instead` puts in others."""
        names = {"account": "nobody"} | self.named[state] | _of_route(self.named[state], route) | instead
        return reverse(route, kwargs={name: names[name] for name in ARGUMENTS[route] if name in names})

    def addresses_of_cases(self) -> dict[str, Case]:
        """Every case there is, by the address of its page."""
        cases = Case.objects.select_related("organisation")
        return {reverse("case", args=(one.organisation.ods_code, one.reference)): one for one in cases}


def routes() -> dict[str, tuple[str, ...]]:
    """Every named address of the pages, with what it is made of."""
    return dict(_patterns(urls.urlpatterns))


def _patterns(found: Sequence[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            assert one.name, f"{one.pattern} has no name"
            yield one.name, tuple(one.pattern.regex.groupindex)


ARGUMENTS = routes()

TYPED_OF_ROUTE = {"typed_witness": "filed"}
"""Which of the typed answers a route is about; all others are about the one that waits for its link."""

ACT_OF_ROUTE = {"retention_act_about": "does_about"}
"""Which act on how long a case is kept a route is about, where it is not the placing of a hold."""

ITEM_OF_ROUTE = {
    "training_offer": "to_offer", "training_adjust": "to_do", "training_meet": "in_need", "training_book": "to_do",
    "training_complete": "to_do", "training_check": "handed_in", "training_waive": "to_do",
}  # fmt: skip
"""Which training of the case of training a route is about."""

MATTER_OF_ROUTE = {"matter_settle": "matter_answered", "matter_again": "matter_answered", "matter_withhold": "matter_of_board"}
"""Which of the things that Pat raised a route is about, where it is not the concern that waits for an answer."""

KEY_OF_ROUTE = {"requirement_set_answer": "set_that_waits"}
"""Which version of what training is required a route is about, where it is not one in force."""

CONCERN = "Nobody answered Zadie in the night"
"""What Pat's concern says: only she, the executive lead and those who watch read it."""

CLAIM_OF_ROUTE = {"claim_pay": "claim_approved", "claim_answer": "claim_questioned"}
"""Which of Pat's claims a route is about, where it is not the one that waits to be decided."""

WORD_OF_ROUTE = {"word_decline": "word_asked"}
"""Which word a route is about, where it is not one of the house list."""

PLACE_OF_ROUTE = {
    "group_seat_member": "place_attending", "group_seat_agree": "place_asked", "group_seat_refuse": "place_asked",
}  # fmt: skip
"""Which of the seats in a safety group a route is about, where it is not Pat's."""

SECRET = "A carer for my mother Zebedee"
"""What Pat claims for: no page shows it to anybody but Pat and the coordinator (IG10)."""

SEAT_OF_ROUTE = {
    "seat_answer": "offered", "seat_answered": "offered", "seat_declare": "offered", "seat_withdraw_offer": "offered",
    "seat_leave": "own", "seat_end": "own", "type_in": "own", "stand_in_ask": "own",
    "seat_return": "own", "remind": "own", "reminded": "own", "lapse": "own", "lapsed": "own",
}  # fmt: skip


VERSION_OF_ROUTE = {
    "withheld_part": "draft", "withheld_file": "draft", "guardian_ask": "draft", "guardian_decide": "asked",
}  # fmt: skip
"""Which draft a route is about."""


def _of_route(names: dict[str, Any], route: str) -> dict[str, Any]:
    """Which of the seats a route is about: the one that was offered to Gwen, or Pat's own; and which of the trainings."""
    seat, item = SEAT_OF_ROUTE.get(route), ITEM_OF_ROUTE.get(route)
    claim, version = CLAIM_OF_ROUTE.get(route), VERSION_OF_ROUTE.get(route)
    matter, typed = MATTER_OF_ROUTE.get(route), TYPED_OF_ROUTE.get(route)
    found = {"seat": seat, "item": item, "claim": claim, "version": version, "matter": matter, "typed": typed}
    found["key"] = KEY_OF_ROUTE.get(route)
    found["word"] = WORD_OF_ROUTE.get(route)
    found["place"] = PLACE_OF_ROUTE.get(route)
    found["group"] = "group_empty" if route == "group_close" else None  # one with partners in it is not closed (R8)
    found["does"] = ACT_OF_ROUTE.get(route)
    return {name: names[one] for name, one in found.items() if one in names}


# Building it


def build_world() -> World:
    """Eight cases of one trust and one of another, all by the real doors."""
    trust = build_trust(BEGINNING, PERSONAS + ALSO)
    get_user_model().objects.create_superuser(SUPERUSER, "root@example.org", None)
    stories: dict[str, Any] = {
        "answering": _answering(trust),
        "deciding": _deciding(trust),
        "forming": _forming(trust),
        "following": _following(trust),
        "asking": _asking(trust),
        "training": _training(trust),
        "withholding": _withholding(trust),
    }
    projects = project_stories(trust)
    stories |= projects
    far_trust = build_trust(BEGINNING, ELSEWHERE, ods_code="RX4", name="Moorland Community NHS Trust", mail="moorland.example")
    far = _far_case(far_trust)
    at = max(story.at for story in stories.values())
    appoint(person=trust["member"], role=QUALITY.code, starts_on=london_day(at), at=at)  # an office whose seats lag behind
    world = World(stories, far, at)
    world.named = {state: _names(story) for state, story in stories.items()} | {"far": _names(far)}
    for state in projects:
        world.named[state] |= project_names(projects[state])
    world.named["answering"] |= _records_of(trust["ivy"])
    world.named["answering"] |= _typed(stories["answering"])
    world.named["training"] |= _trainings(stories["training"])
    world.named["answering"] |= _claims(trust, at)
    world.named["withholding"] |= _held_back(stories["withholding"])

    world.named["answering"] |= _claims(trust, at) | _matters(stories["answering"], at) | _required_anew(trust, at)
    world.named["answering"] |= _words(trust, at) | _groups(trust, at)
    world.named["answering"] |= _hold(stories["answering"], at)
    world.named["answering"] |= _emergency(stories["answering"], at)
    for who in WHO:  # signing in is on the record, so it is done before anybody looks at what changed
        world.client(who), world.client(who, strict=True)
    return world


def _answering(trust: Trust) -> Story:
    """The group is asked about the safety actions; Amina has answered; a comment and a proposal wait; a draft is not released.

    An answer of Pat's was typed in and waits for the link; one of Amina's waits for the witness of her signed form.
    """
    story = Story(trust, BEGINNING)
    story.open("Delay in treating sepsis")
    story.walk_to("form_group")
    story.take_seat("rhona")
    story.recuse("rhona")
    story.walk_to("actions")
    story.comment("pat", "Who wrote page 2?", kind="report")
    story.answer_comments()
    story.comment("pat", "It does not say who called first.", kind="report")
    story.paper("report", note="Page 2 says who called first.", release=False)
    story.offer("gwen")
    story.do(seats.ask_to_end_seat, "chair", seat=story.seat("amina").pk, reason="She moved away.")
    story.put_actions_to_group()
    story.answer("amina")
    _type_in(story, "pat")
    filed = _type_in(story, "amina")
    story.do(confirming.file_form, "coordinator", typed=filed.pk, reference="Folder 7", signed_on=london_day(story.at))
    return story


def _deciding(trust: Trust) -> Story:
    story = Story(trust, BEGINNING)
    story.open("A fall on Ward 4")
    story.propose_response()
    return story


def _forming(trust: Trust) -> Story:
    """The lead forms the group: nobody lay sits yet; Gwen was asked."""
    story = Story(trust, BEGINNING)
    story.open("A wrong dose of insulin")
    story.walk_to("form_group")
    story.take_seat("chair", "chair")
    story.take_seat("engagement", "engagement")
    story.offer("gwen")
    return story


def _asking(trust: Trust) -> Story:
    """The group is asked about the terms, and nobody has answered."""
    story = Story(trust, BEGINNING)
    story.open("A wrong blood group")
    story.walk_to("terms")
    story.record_questions()
    story.paper("terms")
    story.submit("lead")
    return story


def _type_in(story: Story, key: str) -> TypedAnswer:
    """What a partner said of the safety actions, on the telephone."""
    said = tuple(Answered("support", "", one.pk, one.revision) for one in story.look.live_actions)
    typed: TypedAnswer = story.do(
        typed_answers.type_in, "coordinator", visit=story.visit, seat=story.seat(key).pk, said=said, given="phone",
        given_on=london_day(story.at),
    )  # fmt: skip
    return typed


def _following(trust: Trust) -> Story:
    """The report is signed; the owners show what was done."""
    story = Story(trust, BEGINNING)
    story.open("A lost sample")
    story.walk_to("follow_up")
    story.step_down("amina")
    story.waive()
    return story


def _withholding(trust: Trust) -> Story:
    """Two parts of a progress note are held back; Amina challenged one; the guardian was asked about a draft."""
    story = Story(trust, BEGINNING)
    story.open("A late scan")
    story.walk_to("gathering")
    story.paper_in_part("progress", "Two names", "A date of birth")
    story.challenge("amina", story.look.withholdings[0])
    draft = story.paper("report", release=False)
    story.do(renditions.ask_guardian, "lead", version=draft.pk, why="It is about her own words.")
    story.paper("findings", release=False)
    return story


def _training(trust: Trust) -> TrainingStory:
    """Pat is trained anew: one training is to be offered, one is offered, one handed in, one waits for a need to be met."""
    story = TrainingStory(trust, BEGINNING, partners=("pat",))
    story.walk_to("offer")
    first, second, third, _fourth, _fifth = story.look.training_items
    for item in (first, second, third):
        story.offer_item(item)
    story.complete(second)
    story.ask_adjustment(third)
    return story


def _records_of(person: Person) -> dict[str, Any]:
    """Whose record is opened, and which of their appointments."""
    return {"person": person.pk, "appointment": person.appointments.get().pk}


def _trainings(story: TrainingStory) -> dict[str, Any]:
    """The trainings of the case, by what is to be done about each."""
    items = [item.pk for item in story.look.training_items]
    return dict(zip(("to_do", "handed_in", "in_need", "to_offer"), items, strict=False))


def _claims(trust: Trust, at: datetime) -> dict[str, Any]:
    """Three claims of Pat's: one waits to be decided, one for her answer, one is approved."""
    terms(trust, BEGINNING)
    waits, asked, approved = (claimed(trust, at, expense("6.40", SECRET)) for _ in range(3))
    claims.question_claim(by=trust["coordinator"], at=at, claim=asked.pk, text=f"{SECRET}?")
    claims.approve_claim(by=trust["coordinator"], at=at, claim=approved.pk)
    return {"claim": waits.pk, "claim_questioned": asked.pk, "claim_approved": approved.pk}


def _required_anew(trust: Trust, at: datetime) -> dict[str, Any]:
    """What the coordinator asks of partners in projects from now on: nobody has agreed."""
    asked = [{"code": "words", "title": "Words of data protection", "why": "So that no word shuts you out."}]
    made = record_requirement_set(
        by=trust["coordinator"], at=at, organisation=trust.organisation, role="psp", task="projects",
        starts_on=london_day(at), source="Board, March", requirements=asked,
    )  # fmt: skip
    return {"set_that_waits": made.pk}


def _held_back(story: Story) -> dict[str, Any]:
    """What is held back and not challenged, the challenge of the other, the draft that is being made ready."""
    look = story.look
    drafts = {one.paper.kind: one.pk for one in look.versions if not one.is_released}
    return {
        "withholding": look.withholdings[1].pk, "challenge": look.challenges[0].pk, "draft": drafts["findings"],
        "asked": drafts["report"],
    }  # fmt: skip


def _matters(story: Story, at: datetime) -> dict[str, Any]:
    """Two concerns of Pat's about a case, one of them answered, and an item for the board."""

    def raised(kind: str, case: Case | None) -> UUID:
        text = CONCERN if kind == "concern" else "The board has not met partners this year."
        who, trust = story.who("pat"), story.trust.organisation
        made = raise_matter(organisation=trust, by=who, at=at, kind=kind, title="At night", text=text, case=case)
        key: UUID = made.pk
        return key

    waits, answered, item = raised("concern", story.case), raised("concern", story.case), raised("board_item", None)
    answer_matter(by=story.who("exec"), at=at, matter=answered, outcome="done", text="From Monday.")
    return {"matter": waits, "matter_answered": answered, "matter_of_board": item, "what": "concern"}


def _words(trust: Trust, at: datetime) -> dict[str, Any]:
    """A word of the house list, and one that Pat asked for."""
    return {"word": "PSII", "word_asked": ask_for_word(organisation=trust.organisation, by=trust["pat"], at=at, short="QRS").short}


def _groups(trust: Trust, at: datetime) -> dict[str, Any]:
    """A committee with Pat, with Gwen as an attendee, and with Amina, whose seat is to be ended; it meets today."""
    keeper, today = {"by": trust["coordinator"], "at": at}, london_day(at)
    group = register_group(
        **keeper, organisation=trust.organisation, name="Safety Committee", kind="committee", terms="Of April: they are members."
    )

    def sits(key: str, membership: str = "member") -> UUID:
        as_what = {"membership": membership, "membership_reason": "The old terms."}
        made: UUID = seat_partner(**keeper, group=group.pk, person=trust[key], starts_on=today, **as_what).pk
        return made

    asked = sits("amina")
    ask_to_end_group_seat(**keeper, seat=asked, why="Not seen since May.")
    meeting = plan_meeting(**keeper, group=group.pk, day=today)
    empty = register_group(**keeper, organisation=trust.organisation, name="Sepsis Group", kind="committee", terms="It never met.")
    return {
        "group": group.pk, "group_empty": empty.pk,
        "place": sits("pat"), "place_attending": sits("gwen", "attendee"), "place_asked": asked,
        "meeting": meeting.pk, "form": "csv", "experience": _asked_what_it_is_like(trust, at),
    }  # fmt: skip


def _hold(story: Story, at: datetime) -> dict[str, Any]:
    """A legal hold, which can be kept or lifted; and another can be placed."""
    given = {"kind": "claim", "asked_by": "A solicitor", "reason": "They wrote to us."}
    held = legal_holds.place_hold(case=story.case_id, by=story.who("quality"), at=at, **given).result
    return {"about": held.pk, "does": "hold", "does_about": "keep"}


def _asked_what_it_is_like(trust: Trust, at: datetime) -> UUID:
    """Pat's own questions; the partners have been asked in this quarter."""
    asked = ask_partners(by=trust["coordinator"], at=at, organisation=trust.organisation).asked.get(person=trust["pat"])
    key: UUID = asked.pk
    return key


def _emergency(story: Story, at: datetime) -> dict[str, Any]:
    """Somebody on the staff asks to see the case, and waits for a second person."""
    asked = emergency.ask_for_sight(case=story.case_id, by=story.who("lead2"), at=at, reason="A ward uses the same pump.").result
    return {"emergency": asked.pk}


def _typed(story: Story) -> dict[str, Any]:
    """What was typed in: the one that waits for its link, with the token of it, and the one that waits for its witness."""
    waiting, filed = open_typed(story.look)
    return {"typed": waiting.pk, "filed": filed.pk, "token": token_of(waiting)}


def _far_case(trust: Trust) -> Story:
    """A case of the other trust, with a paper, as far as its few people take it."""
    story = Story(trust, BEGINNING, lead="far_lead", directorate="far_owner")
    story.open("Elsewhere")
    story.paper("terms")
    return story


def _names(story: Story) -> dict[str, Any]:
    """What the addresses of a case are made of."""
    look, case = story.look, story.case
    names: dict[str, Any] = {
        "ods": case.organisation.ods_code, "reference": case.reference, "role": "psp", "kind": "report", "code": "OVS",
        "act": "record_questions", "visit": story.visit, "own": _first(s.pk for s in look.seats if s.is_lay and s.is_active),
        "offered": _first(s.pk for s in look.seats if s.state == "offered"), "seat": look.seats[0].pk,
        "version": _first(v.pk for v in look.versions if v.is_released),
        "draft": _first(v.pk for v in look.versions if not v.is_released),
        "item": _first(a.pk for a in look.actions), "action": _first(a.pk for a in look.actions),
        "comment": _first(c.pk for c in look.unanswered_comments), "proposal": _first(p.pk for p in look.proposals),
        "waiver": _first(w.pk for w in look.waivers), "answer": _first(one.pk for one in answers_on(look).unsaid),
        "signal": "T1", "table": "notes", "file": "csv", "number": 5,
        "seq": _first(Event.objects.filter(case_id=case.pk, kind="submitted").order_by("-seq").values_list("seq", flat=True)),
        "task": "oversight", "key": _first(one.pk for one in case.organisation.requirement_sets.filter(task="oversight")),
    }  # fmt: skip
    return {name: value for name, value in names.items() if value}


def _first(found: Any) -> Any:
    return next(iter(found), None)
