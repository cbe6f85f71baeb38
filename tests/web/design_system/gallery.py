"""One page with every part and one with every field, and one walk through questions, for the browser to look at."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from permissions.verdict import allow, refuse
from web.design_system import fields
from web.design_system.asking import Asking, Question
from web.design_system.forms import PageForm
from web.design_system.views import page

MET = allow("R1", "Has an active appointment")
UNMET = refuse("R5", "Training in oversight ran out on 3 May 2026", "The partner coordinator can book a refresher")
NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
ANSWERS = [("support", "I support it"), ("do_not_support", "I do not support it"), ("abstain", "I would rather not say")]

PARTS = """
{% extends "design_system/layout.jinja" %}
{% import "design_system/parts.jinja" as parts with context %}
{% set title = "A fall on Ward 4" %}
{% set caption = "OVS-2026-0007" %}
{% set crumbs = [{"text": "Home", "href": url("home")}] %}
{% block content %}
{{ self.heading() }}
{{ parts.waiting_for("Amina Yusuf and one other", "say what they think", noon | due) }}
<h2 class="nhsuk-heading-m">Stages</h2>
{{ parts.stage_path([{"title": "Opening", "state": "done", "note": "Passed."}, {"title": "Draft", "state": "now", "href": "#draft"},
   {"title": "Sign-off", "state": "next"}]) }}
<h2 class="nhsuk-heading-m">What you can do</h2>
{{ parts.acts([{"title": "Say what you think", "href": "#say", "verdicts": []},
   {"title": "Comment", "href": "#comment", "verdicts": []},
   {"title": "Sign the report", "href": "#sign", "verdicts": [unmet]}]) }}
<h2 class="nhsuk-heading-m">Waiting</h2>
{{ parts.waiting_list([{"title": "Accept an offer", "href": "#offer", "about": "A wrong dose", "due": "Friday", "tag": "Overdue"},
   {"title": "Hear a disagreement", "tag": "Waiting for others"}, {"title": "Read", "href": "#read", "tag": "Due soon"}]) }}
<h2 class="nhsuk-heading-m">People</h2>
{{ parts.empty_seat("Lay partner") }}
{% call parts.person_card({"name": "Amina Yusuf", "title": "Patient Safety Partner", "lay": true, "tag": "Done",
   "facts": [("Groups now", 2)], "verdicts": [met, unmet]}) %}<p><a href="#seat">Offer a seat</a></p>{% endcall %}
<h2 class="nhsuk-heading-m">The story so far</h2>
{{ parts.timeline([{"at": noon, "sentence": "Amina Yusuf does not support it", "who": "Amina Yusuf, lay partner",
   "reason": "The bell.", "changes": [("State", "open", "held")]}, {"at": noon, "sentence": "Read", "quiet": true}]) }}
{{ parts.empty_state("Nothing is waiting for you.", "We will e-mail you when something is.") }}
{{ parts.data_table("Papers", ["Paper", "Version"], [["Draft report", "3"]]) }}
{{ parts.facts([("Lead", "Samir Iqbal")]) }}
{{ parts.words_of("I was not asked.", "Amina Yusuf", noon) }}
{% endblock %}
"""


class Position(PageForm):
    """What one thinks, with a reason under one answer."""

    answer = fields.RadiosField(
        label="What do you think?",
        size="m",
        choices=ANSWERS,
        hints={"abstain": "It counts as no view."},
        reveals={"do_not_support": "why"},
    )
    why = fields.TextAreaField(label="Why not?", max_length=500, missing="Say why you do not support it")
    token = fields.RequestTokenField()


class Everything(Position):
    """One field of each sort."""

    name = fields.TextField(label="Title", hint="In plain words")
    email = fields.EmailField(label="E-mail address")
    hours = fields.NumberField(label="Hours", suffix="hours", required=False)
    meets = fields.DateField(label="Meeting date", hint="For example, 27 3 2026")
    topics = fields.CheckboxesField(label="Topics", choices=[("a", "Falls"), ("b", "Medicines")])
    ward = fields.SelectField(label="Ward", choices=[("", ""), ("4", "Ward 4")])
    paper = fields.UploadField(label="Paper", accept=(".pdf",))
    sure = fields.ConfirmField(label="I have read it")


class When(PageForm):
    """A second question."""

    meets = fields.DateField(label="When did you read it?")


def parts(request: HttpRequest) -> HttpResponse:
    """Every part once."""
    return HttpResponse(engines["pages"].from_string(PARTS).render({"noon": NOON, "met": MET, "unmet": UNMET}, request))


def form(request: HttpRequest) -> HttpResponse:
    """Every field once."""
    sent = Everything(request.POST or None, request.FILES or None)
    return page(request, "design_system/form_layout.jinja", form=sent, title="Every field", back="/")


def say(request: HttpRequest) -> HttpResponse:
    """Two questions, a check, and the act."""
    asking = Asking(request, [Question("view", Position, "Say what you think"), Question("when", When, "When?")])
    if not asking.is_confirmed:
        return asking.response({"back": "/"})
    return page(request, "design_system/done.jinja", title="Your view is recorded", next_lines=[asking.answers["why"]])


urlpatterns = [path("parts/", parts), path("form/", form), path("say/", say), path("", include("web.urls"))]
