"""Fields that travel in the page unseen: what the page was about, and the token that makes a retry harmless."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms

from web.design_system.fields.base import Shown


class HiddenField(Shown, forms.CharField):
    """A value that the page carries: the version that was on the screen, say. Never trusted for what one may do."""

    template = "design_system/fields/hidden.jinja"
    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        gone = "The page lost part of itself. Open it again from your home page"
        super().__init__(**{"label": "", "missing": gone} | options)


class RequestTokenField(HiddenField):
    """Names one filling-in of a form, so that pressing twice, or sending again after a fault, is done once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"initial": new_request_token, "max_length": 60, "required": False} | options)

    def clean(self, value: Any) -> str:
        """The token that came with the page, or a new one."""
        return super().clean(value) or new_request_token()


def new_request_token() -> str:
    """128 random bits as text."""
    return secrets.token_hex(16)
