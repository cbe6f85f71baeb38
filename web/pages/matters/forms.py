"""What is asked about a matter: what it is, whether it is done, whether that answers it, why a part is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cases.models import MatterWord
from permissions.matters import BOARD_ITEM, CONCERN, OBJECTION, MatterKind
from web.design_system.fields import LONGEST, RadiosField, SelectField, TextAreaField, TextField
from web.design_system.forms import ActForm

YES, NO = "yes", "no"

ASKED_OF = {CONCERN.code: {"case", "share"}, BOARD_ITEM.code: {"body"}, OBJECTION.code: {"case"}}
"""What is asked of each kind besides its title and its text."""


class RaiseForm(ActForm):
    """A concern, an item for the board or an objection. `cases`: those that it can be about, by key."""

    title = TextField(label="What is it about, in a few words?", max_length=200, missing="Say in a few words what it is about")
    text = TextAreaField(label="What do you want to say?", max_length=LONGEST, missing="Write what you want to say",
                         hint="Do not name patients. Say what worries you, and what you would like to happen.")  # fmt: skip
    body = TextField(label="Which board or committee is it for?", max_length=200, hint="The board, or the quality committee.",
                     missing="Say which board or committee it is for")  # fmt: skip
    case = SelectField(label="Is it about one of your cases?", required=False)
    share = RadiosField(label="May the group of that case read it?", required=False, choices=[(NO, "No"), (YES, "Yes")], initial=NO,
                        hint="It is up to you. You can say yes later, but you cannot take it back.")  # fmt: skip

    def __init__(self, *args: Any, kind: MatterKind, cases: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [("", "No")]
        if kind == OBJECTION:
            none, self.fields["case"].label = [], "Which training is it about?"
        self.fields["case"].choices = [*none, *cases]  # type: ignore[attr-defined]
        for name in {"body", "case", "share"} - ASKED_OF[kind.code] | (set() if cases else {"case", "share"}):
            del self.fields[name]


class AnswerForm(ActForm):
    """What will be done, or why not."""

    outcome = RadiosField(label="What will happen?", choices=MatterWord.Outcome.choices, missing="Choose what will happen")
    text = TextAreaField(label="What will be done, by whom and by when? Or why not?", missing="Write your answer",
                         max_length=LONGEST,
                         hint="The partner reads this, and says whether it answers them.")  # fmt: skip


class AgainForm(ActForm):
    """What is not answered."""

    text = TextAreaField(label="What is not answered?", max_length=LONGEST, missing="Say what is not answered",
                         hint="It goes to the next person up, with what you write here.")  # fmt: skip


class WithholdForm(ActForm):
    """What everybody is shown instead, and why."""

    title = TextField(label="What everybody is shown: what it is about", max_length=200, missing="Write what it is about")
    text = TextAreaField(label="What everybody is shown: the rest", max_length=LONGEST, missing="Write what everybody is shown")
    why = TextAreaField(label="Why is a part withheld?", rows=3, max_length=LONGEST, missing="Say why a part is withheld",
                        hint="Everybody reads this. The item is answered all the same.")  # fmt: skip
