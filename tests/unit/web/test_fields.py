"""The fields: what they make of what was typed, and what they say when it will not do."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from web.design_system import fields
from web.design_system.forms import PageForm


class Everything(PageForm):
    """One field of each sort."""

    name = fields.TextField(label="Title of the case", hint="In plain words", max_length=10)
    email = fields.EmailField(label="E-mail address", required=False)
    secret = fields.PasswordField(label="Password", required=False)
    hours = fields.NumberField(label="Hours a month", suffix="hours", required=False)
    reasons = fields.TextAreaField(label="Reasons", max_length=20, required=False)
    meets = fields.DateField(label="Meeting date", earliest=date(2026, 1, 1), latest=date(2026, 12, 31), required=False)
    colour = fields.RadiosField(label="Which colour?", choices=[("red", "Deep red"), ("blue", "Blue")], hints={"red": "Like blood"})
    topics = fields.CheckboxesField(label="Topics", choices=[("a", "Falls"), ("b", "Medicines")], required=False)
    ward = fields.SelectField(label="Ward", choices=[("", ""), ("4", "Ward 4")], required=False)
    paper = fields.UploadField(label="Paper", accept=(".pdf",), most=1000, required=False)
    sure = fields.ConfirmField(label="I have read it")
    token = fields.RequestTokenField()


GOOD = {"name": "A fall", "colour": "red", "sure": "on"}


def filled(files: dict[str, Any] | None = None, **given: Any) -> Everything:
    return Everything({**GOOD, **given}, files)


def meeting(day: str, month: str, year: str) -> Everything:
    return filled(meets_day=day, meets_month=month, meets_year=year)


def test_what_was_given_is_understood() -> None:
    form = filled(hours="12", topics=["a", "b"], reasons="one\r\ntwo", ward="4", email="a@example.org")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["hours"] == 12
    assert form.cleaned_data["reasons"] == "one\ntwo"


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("name", "", "Enter title of the case"),
        ("name", "x" * 11, "Title of the case must be 10 characters or fewer"),
        ("email", "nobody", "Enter an e-mail address in the form name@example.com"),
        ("hours", "twelve", "Hours a month must be a whole number, like 12"),
        ("colour", "", "Answer the question “Which colour?”"),
        ("colour", "green", "Choose one of the answers listed"),
        ("topics", ["z"], "Choose one of the answers listed"),
        ("sure", "", "Tick the box to go on"),
    ],
)
def test_what_is_wrong_is_said_plainly(field: str, given: Any, said: str) -> None:
    assert filled(**{field: given}).errors[field] == [said]


@pytest.mark.parametrize("month", ["3", "03", "March", "mar"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = meeting("27", month, "2026")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["meets"] == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("31", "", ""), "Meeting date must include a month and a year"),
        (("31", "2", "2026"), "Meeting date must be a real date, like 27 3 2026"),
        (("1", "x", "2026"), "Meeting date must be a real date, like 27 3 2026"),
        (("1", "2", "26"), "Meeting date must be a real date, like 27 3 2026"),
        (("31", "12", "2025"), "Meeting date must be on or after Thursday 1 January 2026"),
        (("1", "1", "2027"), "Meeting date must be on or before Thursday 31 December 2026"),
    ],
)
def test_a_day_that_will_not_do_is_said_plainly(parts: tuple[str, str, str], said: str) -> None:
    assert meeting(*parts).errors["meets"] == [said]


def test_the_parts_of_a_day_come_back_as_they_were_typed() -> None:
    assert 'value="feb"' in meeting("31", "feb", "2026")["meets"].as_field_group()


def test_an_initial_day_fills_the_three_boxes() -> None:
    html = Everything(initial={"meets": date(2026, 3, 27)})["meets"].as_field_group()
    assert all(f'value="{part}"' in html for part in ("27", "3", "2026"))


def test_a_file_over_the_limit_is_named_with_its_size() -> None:
    form = filled({"paper": SimpleUploadedFile("draft.pdf", b"x" * 1500)})
    assert form.errors["paper"] == ["draft.pdf is 1.5 kB. A file can be 1 kB at most"]


def test_each_answer_is_shown_in_words() -> None:
    form = filled(
        {"paper": SimpleUploadedFile("d.pdf", b"x")}, topics=["a"], secret="s", meets_day="1", meets_month="3", meets_year="2026"
    )
    assert form.is_valid(), form.errors
    shown = {bound.name: words for bound, words in form.answers()}
    assert shown == {
        "name": "A fall", "email": "Not given", "secret": "As typed", "hours": "Not given", "reasons": "Not given",
        "meets": "Sunday 1 March 2026", "colour": "Deep red", "topics": "Falls", "ward": "Not given",
        "paper": "d.pdf (1 bytes)", "sure": "Yes",
    }  # fmt: skip


def test_every_field_draws_itself_with_what_was_typed_and_what_is_wrong() -> None:
    form = Everything(
        {"name": "<b>far too long a name</b>", "reasons": "kept & safe", "colour": "red", "topics": ["b"], "ward": "4"}
    )
    html = {bound.name: bound.as_field_group() for bound in form}
    assert "&lt;b&gt;far too long" in html["name"]
    assert "must be 10 characters or fewer" in html["name"]
    assert "kept &amp; safe" in html["reasons"]
    assert 'data-maxlength="20"' in html["reasons"]
    assert 'value="red"' in html["colour"]
    assert html["colour"].count(" checked") == 1
    assert html["topics"].count(" checked") == 1
    assert " selected" in html["ward"]
    assert 'accept=".pdf"' in html["paper"]
    assert "Tick the box to go on" in html["sure"]
    assert 'type="hidden"' in html["token"]
    assert "(optional)" in html["hours"]


def test_a_password_is_never_sent_back() -> None:
    assert "open sesame" not in filled(secret="open sesame")["secret"].as_field_group()


def test_each_form_has_a_token_of_its_own_and_keeps_the_one_it_came_with() -> None:
    assert Everything()["token"].value() != Everything()["token"].value()
    form = filled(token="abc")
    assert form.is_valid()
    assert form.cleaned_data["token"] == "abc"
