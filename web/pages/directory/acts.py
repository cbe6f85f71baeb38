"""What is written down of a person, as a table: a row for each act, and one view that serves them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.models import Person, TrainingRecord
from web.design_system.forms import PageForm
from web.pages.directory.forms import OTHER, AppointForm, PersonForm, PromiseForm, TrainingForm
from workflows.calendar import london_day
from workflows.doors import people

Answers = Mapping[str, Any]
Options = Callable[[Person, datetime], dict[str, Any]]


@dataclass(frozen=True)
class RecordAct:
    """One act on a person's record: its page, its door, and the sentence for when it is done (`{name}`)."""

    code: str
    title: str
    form: type[PageForm]
    options: Options
    do: Callable[..., Any]
    given: Callable[[Person, Answers], dict[str, Any]]
    done: str
    submit: str
    template: str = "design_system/question.jinja"


WHO = ("name", "email", "contact_by", "needs", "employer")


def described(given: Answers) -> dict[str, Any]:
    """Who somebody is, as the door takes it."""
    return {name: given.get(name) or "" for name in WHO}


def _as_it_stands(person: Person, at: datetime) -> dict[str, Any]:
    return {"initial": {name: getattr(person, name) for name in WHO}}


def _from_today(person: Person, at: datetime) -> dict[str, Any]:
    return {"initial": {"starts_on": london_day(at)}}


def _until_today(person: Person, at: datetime) -> dict[str, Any]:
    return {"today": london_day(at)}


def _subjects(person: Person, at: datetime) -> dict[str, Any]:
    """Without those that two people sign: the door would refuse them (R13)."""
    alone = [one for one in TrainingRecord.SUBJECTS if not people.needs_two_signatures(person.organisation_id, one[0], at)]
    return {"today": london_day(at), "subjects": alone}


def _appointed(person: Person, given: Answers) -> dict[str, Any]:
    return {"person": person, **{name: given[name] for name in ("role", "starts_on", "ends_on")}}


def _promised(person: Person, given: Answers) -> dict[str, Any]:
    return {"person": person, **{name: given[name] for name in ("signed_on", "valid_until")}}


def _trained(person: Person, given: Answers) -> dict[str, Any]:
    subject = given.get("subject", OTHER)
    subject = given["other"].strip() if subject == OTHER else subject
    return {"person": person, "subject": subject, **{name: given[name] for name in ("completed_on", "valid_until", "source")}}


ACTS: dict[str, RecordAct] = {
    one.code: one
    for one in (
        RecordAct(
            "change", "Change the record of {name}", PersonForm, _as_it_stands, people.record_person,
            lambda person, given: {"person": person, "organisation": person.organisation, **described(given)},
            "The record of {name} was changed.", "Save"),
        RecordAct(
            "appoint", "Appoint {name} to a role", AppointForm, _from_today, people.appoint, _appointed,
            "{name} is appointed.", "Appoint"),
        RecordAct(
            "promise", "Enter a confidentiality agreement of {name}", PromiseForm, _until_today, people.sign_confidentiality,
            _promised, "The confidentiality agreement of {name} is on record.", "Put it on record"),
        RecordAct(
            "training", "Enter a training of {name}", TrainingForm, _subjects, people.record_training, _trained,
            "The training of {name} is on record.", "Put it on record", "pages/directory/training.jinja"),
    )
}  # fmt: skip
