"""What every field of ours shares: how its label and hint are shown, and the sentence for an answer that is missing."""

from __future__ import annotations

from typing import Any

from django import forms


class Shown(forms.Field):
    """Mixed in before a Django field.

    `label` is the question; `hint` a sentence under it; `missing` the message when nothing was given; `size` the label's size
    ("s", "m", "l"); `heading=True` makes the label the page's h1 (one question per page)."""

    template = ""
    """The template that draws it."""
    verb = "Enter"
    first_part = ""
    """What is added to the field's id to find the first control of it, where it has several."""

    def __init__(
        self,
        *,
        label: str,
        hint: str = "",
        missing: str = "",
        size: str = "s",
        heading: bool = False,
        **options: Any,
    ) -> None:
        self.hint, self.size, self.heading = hint, size, heading
        self.says_optional = True
        messages = {"required": missing or self._missing(label)} | options.pop("error_messages", {})
        super().__init__(label=label, error_messages=messages, template_name=self.template, **options)

    @property
    def label_params(self) -> dict[str, Any]:
        """The label as the component wants it. An optional field says so, unless an answer elsewhere decides whether it is."""
        text = f"{self.label} (optional)" if self.says_optional and not self.required else self.label
        return {"text": text, "size": self.size, "isPageHeading": self.heading}

    def shown(self, value: Any) -> str:
        """A cleaned value in words, for the page that checks the answers."""
        return str(value) if value not in self.empty_values else "Not given"

    def _missing(self, label: str) -> str:
        question, mark, _more = label.partition("?")
        if mark:
            return f"Answer the question “{question}?”"
        return f"{self.verb} {label[:1].lower()}{label[1:]}"
