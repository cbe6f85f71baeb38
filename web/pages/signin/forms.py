"""What is asked to sign in."""

from __future__ import annotations

from web.design_system.fields import EmailField, HiddenField, PasswordField, TextField
from web.design_system.forms import PageForm


class SignInForm(PageForm):
    """An e-mail address and a password."""

    email = EmailField(label="E-mail address", autocomplete="username", missing="Enter your e-mail address")
    password = PasswordField(label="Password", missing="Enter your password")
    next = HiddenField(required=False)
    kept = HiddenField(required=False)


class CodeForm(PageForm):
    """The code of the second step."""

    code = TextField(label="Code", hint="6 digits", width=10, autocomplete="one-time-code", missing="Enter the code", max_length=20)
    kept = HiddenField(required=False)


class AddressForm(PageForm):
    """The address of an account."""

    email = EmailField(label="E-mail address", autocomplete="username", missing="Enter your e-mail address")


class NewPasswordForm(PageForm):
    """A password to sign in with from now on."""

    password = PasswordField(
        label="New password", autocomplete="new-password", missing="Enter a password",
        hint="At least 12 characters. "
        "Three or four words that have nothing to do with each other are easy to keep, and hard to guess.",
    )  # fmt: skip


class PersonaForm(PageForm):
    """Which of the demo's people to be: the key of the person."""

    person = HiddenField()
