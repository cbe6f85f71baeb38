"""How often a person is sent e-mail: their own choice, on a page of one question."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases.models import Person
from web.design_system.fields import RadiosField
from web.design_system.forms import ActForm
from web.design_system.views import SignedInRequest, page, signed_in
from workflows.doors.contact import choose_mail


class MailForm(ActForm):
    """One question."""

    choice = RadiosField(
        label="When do you want an e-mail?",
        choices=Person.Mail.choices,
        hints={Person.Mail.AT_ONCE: "What happens within a few minutes comes in one e-mail.",
               Person.Mail.DAILY: "At seven, on days when there is something new."},
        missing="Choose when you want an e-mail",
    )  # fmt: skip


@signed_in
def mail_choice(request: SignedInRequest) -> HttpResponse:
    """Asks, and sets it down."""
    person = request.person
    form = MailForm(request.POST or None, initial={"choice": person.mail})
    if form.is_valid():
        said = form.cleaned_data
        choose_mail(person=person, by=person, at=timezone.now(), request=said["request"], choice=said["choice"])
        return redirect("notices")
    by_mail = person.told_by == Person.Contact.EMAIL
    how = Person.Contact(person.told_by).label.lower()
    return page(request, "pages/notices/mail_choice.jinja", form=form, by_mail=by_mail, how=how, back=reverse("notices"))
