"""What is asked to submit a stage, to decide it, and to say what one thinks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.forms.boundfield import BoundField

from cases.models import SafetyAction
from web.design_system.fields import ConfirmField, HiddenField, RadiosField, TextAreaField
from web.design_system.forms import ActForm, PageForm
from web.pages.cases.wording import lower
from web.pages.stages.fact_form import LONGEST, FactForm
from workflows.definition import Fact, Outcome, Stage
from workflows.facts import Moment

WHY = "Say why, in plain words"


def _add_choice(form: PageForm, ways: Sequence[Outcome], label: str) -> None:
    """The radios for the ways out, and the reason that some of them need."""
    form.fields["outcome"] = RadiosField(
        label=label, choices=[(way.code, way.words) for way in ways], missing="Choose how it goes on"
    )
    needing = [way for way in ways if way.reason]
    if needing:
        named = " or ".join(f"\u201c{way.words}\u201d" for way in needing)
        hint = "It goes into the record, and everyone on the group can read it."
        if len(needing) < len(ways):
            hint = f"Needed if you choose {named}. {hint}"
        form.fields["reason"] = TextAreaField(label="Your reasons", hint=hint, max_length=LONGEST)
    for way in needing:
        form.given_field_value("outcome", way.code).require_field("reason", message=WHY)


class SubmitForm(FactForm):
    """The actor's part of a stage: its facts, and how it goes on where the actor chooses."""

    version = HiddenField(required=False)

    def __init__(
        self,
        *args: Any,
        records: Iterable[Fact] = (),
        stored: Mapping[str, Any] | None = None,
        moment: Moment | None = None,
        ways: Sequence[Outcome] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, records=records, stored=stored, moment=moment, **kwargs)
        if ways:
            _add_choice(self, ways, "How does it go on?")


class DecideForm(ActForm):
    """A decision among the ways that are open to one."""

    def __init__(self, *args: Any, ways: Sequence[Outcome] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_choice(self, ways, "What do you decide?")


class PositionForm(ActForm):
    """What one thinks: of the stage as a whole (`items` is [None]), or of each of its items.

    `open_items` are those that must be answered on this page; `quick` are the words of the box by which a lay partner lets the
    decision be made before the notice has run (R5), empty where none runs.
    """

    version = HiddenField(required=False)

    def __init__(
        self, *args: Any, stage: Stage, items: Sequence[SafetyAction | None] = (None,),
        open_items: Sequence[SafetyAction | None] = (None,), quick: str = "", **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for item in items:
            self._ask(stage, item, item in open_items)
        if quick:
            self.fields["enough_time"] = ConfirmField(label=quick, required=False)

    def _ask(self, stage: Stage, item: SafetyAction | None, required: bool) -> None:
        question, of = stage.asks.question, ""
        if item and stage.on_each:
            question = f"{item.number}. {item.title}: {lower(question)}"
            of = f" about {lower(stage.on_each.title)} {item.number}"
        needing = [answer for answer in stage.asks.answers if answer.needs_text]
        hint = f"Needed for: {'; '.join(answer.words for answer in needing)}."
        self.fields[named("answer", item)] = RadiosField(
            label=question,
            size="s" if item else "m",
            choices=[(answer.code, answer.words) for answer in stage.asks.answers],
            missing="Choose one of the answers",
            required=required,
        )
        self.fields[named("text", item)] = TextAreaField(
            label=f"What you want the record to say{of}",
            hint=f"It stays in the record exactly as you write it. {hint if needing else ''}".strip(),
            max_length=LONGEST,
        )
        if not required:
            self.leave_open(named("answer", item))
        self.leave_open(named("text", item))
        for answer in needing:
            words = f"Write what you want the record to say, because you chose \u201c{answer.words}\u201d"
            self.given_field_value(named("answer", item), answer.code).require_field(named("text", item), message=words)
        if item:
            self.fields[named("revision", item)] = HiddenField(initial=str(item.revision), required=False)

    def answers(self) -> Iterator[tuple[BoundField, str]]:
        """The questions answered on this page: an item that was left as it stood is not said again."""
        for bound, words in super().answers():
            key = bound.name.partition("_")[2] if bound.name.startswith(("answer_", "text_")) else ""
            if not key or self.cleaned_data.get(f"answer_{key}"):
                yield bound, words


def named(field: str, item: SafetyAction | None) -> str:
    """The name of a field that is asked on an item."""
    return f"{field}_{item.pk.hex}" if item else field
