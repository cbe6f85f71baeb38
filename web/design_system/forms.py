"""The form of a page: what is wrong in one list at the top, plain sentences, and everything typed still there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorDict

from web.design_system.fields.hidden import HiddenField, RequestTokenField


@dataclass(frozen=True)
class Problem:
    """One line of the error summary; `href` points at the control to mend, or is empty when no one control is at fault."""

    text: str
    href: str = ""


class GivenValue:
    """Half of a sentence: given that a field was answered so, ..."""

    def __init__(self, form: PageForm, field: str, value: str) -> None:
        self._form, self._field, self._value = form, field, value

    def require_field(self, name: str, *, message: str) -> None:
        """... another field must be filled in; raises KeyError for a field that the form does not have."""
        self._form.leave_open(name)
        self._form.conditions.append((self._field, self._value, name, message))


class PageForm(forms.Form):
    """A plain form whose fields draw themselves. Subclass it, list the fields, then state conditions in `__init__`.

    >>> self.given_field_value("answer", "do_not_support").require_field("text", message="Say why you do not support it")
    """

    default_renderer = TemplatesSetting()
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.conditions: list[tuple[str, str, str, str]] = []
        super().__init__(*args, **kwargs)
        for name, choice in self._revealed().items():
            if self.fields[name].required:
                self.given_field_value(*choice).require_field(name, message=str(self.fields[name].error_messages["required"]))

    def given_field_value(self, field: str, value: str) -> GivenValue:
        """Begins a condition; raises KeyError for a field that the form does not have."""
        if field not in self.fields:
            raise KeyError(field)
        return GivenValue(self, field, value)

    def leave_open(self, name: str) -> None:
        """Asks for the field only where a condition does; its label then does not call it optional."""
        self.fields[name].required = False
        self.fields[name].says_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Drops what was typed under a choice that was not made, then asks for what the answers given require."""
        self._drop_unrevealed()
        for field, value, name, message in self.conditions:
            if self._was_answered(field, value) and name not in self.errors and not _given(self.cleaned_data.get(name)):
                self.add_error(name, message)
        return self.cleaned_data

    def leave_unjudged(self) -> None:
        """Shows what was sent as it was typed, and finds no fault with it: it was sent to be looked at, and not to act."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    @property
    def problems(self) -> list[Problem]:
        """The error summary, in the order of the page; what concerns the whole form comes first."""
        if not self.is_bound:
            return []
        whole = [Problem(str(text)) for text in self.non_field_errors()]
        return whole + [Problem(str(text), self._href(bound)) for bound in self for text in bound.errors]

    def groups(self) -> Iterator[BoundField]:
        """The fields to draw, in order: not the hidden ones, nor a field that a choice reveals, for that choice draws it."""
        revealed = self._revealed()
        return (bound for bound in self.visible_fields() if bound.name not in revealed)

    def answers(self) -> Iterator[tuple[BoundField, str]]:
        """Each question asked with its cleaned answer in words; only for a valid form. Hidden fields are left out."""
        closed = {name for name, choice in self._revealed().items() if not self._was_answered(*choice)}
        for bound in self:
            if not isinstance(bound.field, HiddenField) and bound.name not in closed:
                yield bound, bound.field.shown(self.cleaned_data[bound.name])  # type: ignore[attr-defined]

    def _revealed(self) -> dict[str, tuple[str, str]]:
        """Which choice (field, value) opens which field."""
        return {
            opened: (name, value) for name, field in self.fields.items() for value, opened in getattr(field, "reveals", {}).items()
        }

    def _drop_unrevealed(self) -> None:
        for name, choice in self._revealed().items():
            if not self._was_answered(*choice):
                self.errors.pop(name, None)
                self.cleaned_data[name] = getattr(self.fields[name], "empty_value", None)

    def _was_answered(self, field: str, value: str) -> bool:
        given = self.cleaned_data.get(field)
        return value in given if isinstance(given, list) else given == value

    def _href(self, bound: BoundField) -> str:
        first_part = getattr(bound.field, "first_part", "")
        return f"#{bound.auto_id}{first_part}" if not isinstance(bound.field, HiddenField) else ""


def _given(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [], ())


class ActForm(PageForm):
    """A page that does something: its token names one filling-in of it, so that sending it twice does it once."""

    request = RequestTokenField()


class ButtonForm(ActForm):
    """Nothing but the button."""
