"""Fields that are typed: one line, many lines, an e-mail address, a password, a number."""

from __future__ import annotations

from typing import Any

from django import forms

from web.design_system.fields.base import Shown

LONGEST = 10_000
"""The longest text that a box takes unless it says otherwise, in characters: about five pages."""


class TextField(Shown, forms.CharField):
    """One line. `width` is in characters (2, 3, 4, 5, 10, 20, 30); `autocomplete` is HTML's."""

    template = "design_system/fields/input.jinja"
    type = "text"
    inputmode = ""

    def __init__(self, *, width: int | None = None, autocomplete: str = "", **options: Any) -> None:
        self.width, self.autocomplete = width, autocomplete
        super().__init__(**options)
        _say_too_long(self)


class EmailField(TextField, forms.EmailField):
    """An e-mail address."""

    type = "email"

    def __init__(self, **options: Any) -> None:
        options.setdefault("autocomplete", "email")
        super().__init__(**options)
        self.error_messages["invalid"] = "Enter an e-mail address in the form name@example.com"


class PasswordField(TextField):
    """A password: never shown again, kept exactly as typed."""

    template = "design_system/fields/password.jinja"
    type = "password"

    def __init__(self, **options: Any) -> None:
        options.setdefault("autocomplete", "current-password")
        super().__init__(**{"strip": False, **options})

    def shown(self, value: Any) -> str:
        """Never the password."""
        return "As typed" if value else super().shown(value)


class NumberField(Shown, forms.IntegerField):
    """A whole number, typed; `suffix` is a unit shown after the box."""

    template = "design_system/fields/input.jinja"
    type = "text"
    inputmode = "numeric"
    autocomplete = ""

    def __init__(self, *, width: int = 4, suffix: str = "", **options: Any) -> None:
        self.width, self.suffix = width, suffix
        super().__init__(**options)
        self.error_messages["invalid"] = f"{self.label} must be a whole number, like 12"


class DecimalField(Shown, forms.DecimalField):
    """A number with two places at most, typed; `prefix` (as "\u00a3") stands before the box, `suffix` after it."""

    template = "design_system/fields/input.jinja"
    type = "text"
    inputmode = "decimal"
    autocomplete = ""

    def __init__(self, *, width: int = 5, prefix: str = "", suffix: str = "", **options: Any) -> None:
        self.width, self.prefix, self.suffix = width, prefix, suffix
        super().__init__(**{"decimal_places": 2, "max_digits": 8, **options})
        wrong = f"{self.label} must be a number, like 1.5"
        self.error_messages |= dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), wrong)

    def to_python(self, value: Any) -> Any:
        """The number; a comma is read as a point, and a pound sign is not minded."""
        return super().to_python(value.replace(",", ".").lstrip(" \u00a3") if isinstance(value, str) else value)

    def shown(self, value: Any) -> str:
        """With its unit."""
        words = super().shown(value)
        return words if value in self.empty_values else f"{self.prefix}{words} {self.suffix}".rstrip()


class TextAreaField(Shown, forms.CharField):
    """Several lines; with `max_length` it counts the characters left while one types."""

    template = "design_system/fields/textarea.jinja"
    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, **options: Any) -> None:
        self.rows = rows
        super().__init__(**options)
        _say_too_long(self)

    def to_python(self, value: Any) -> str:
        """The text with one character for a new line, as the counter under the box counts."""
        return str(super().to_python(value)).replace("\r\n", "\n")


def _say_too_long(field: forms.CharField) -> None:
    field.error_messages["max_length"] = f"{field.label} must be {field.max_length} characters or fewer"
