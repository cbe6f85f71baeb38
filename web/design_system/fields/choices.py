"""Fields that are chosen: radios, checkboxes, one box to confirm, a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from web.design_system.fields.base import Shown

_NOT_LISTED = "Choose one of the answers listed"


class OneOf(Shown, forms.ChoiceField):
    """What radios and a list share: one answer, out of those offered."""

    verb = "Choose"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages["invalid_choice"] = _NOT_LISTED

    def shown(self, value: Any) -> str:
        """The words beside the choice."""
        return _words(self).get(str(value)) or super().shown(value)


class RadiosField(OneOf):
    """One of a few. `hints` are sentences under a choice; `reveals` names the field that a choice opens.

    Without JavaScript a revealed field is always open; what is typed there counts only with its choice.
    """

    template = "design_system/fields/radios.jinja"
    widget = forms.RadioSelect

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
        inline: bool = False,
        **options: Any,
    ) -> None:
        self.hints, self.reveals, self.inline = hints or {}, reveals or {}, inline
        super().__init__(**options)


class SelectField(OneOf):
    """One of many, from a closed list. Give an empty first choice where nothing is the likely answer."""

    template = "design_system/fields/select.jinja"


class CheckboxesField(Shown, forms.MultipleChoiceField):
    """Any of a few; the cleaned value is a list."""

    template = "design_system/fields/checkboxes.jinja"
    widget = forms.CheckboxSelectMultiple
    verb = "Choose"

    def __init__(self, *, hints: Mapping[str, str] | None = None, reveals: Mapping[str, str] | None = None, **options: Any) -> None:
        self.hints, self.reveals = hints or {}, reveals or {}
        super().__init__(**options)
        self.error_messages["invalid_choice"] = _NOT_LISTED

    def shown(self, value: Iterable[Any] | None) -> str:
        """The words beside each choice, with commas."""
        words = _words(self)
        return ", ".join(words.get(str(one), str(one)) for one in value or ()) or "None chosen"


class ConfirmField(Shown, forms.BooleanField):
    """One box: `label` is what one confirms by ticking it."""

    template = "design_system/fields/confirm.jinja"

    def __init__(self, *, missing: str = "Tick the box to go on", **options: Any) -> None:
        super().__init__(missing=missing, **options)

    def shown(self, value: Any) -> str:
        """Yes or no."""
        return "Yes" if value else "No"


def _words(field: forms.ChoiceField) -> dict[str, str]:
    return {str(value): str(words) for value, words in cast("Iterable[tuple[Any, Any]]", field.choices)}
