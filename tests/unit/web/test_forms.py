"""The form of a page: its conditions and its error summary."""

import pytest

from web.design_system.fields import CheckboxesField, HiddenField, RadiosField, TextAreaField, TextField
from web.design_system.forms import PageForm, Problem


class Position(PageForm):
    """What one thinks, with a reason where it is asked for."""

    answer = RadiosField(label="What do you think?", choices=[("support", "I support it"), ("do_not_support", "I do not")])
    text = TextAreaField(label="For the record", required=False)
    version = HiddenField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.given_field_value("answer", "do_not_support").require_field("text", message="Say why you do not support it")


class Contact(PageForm):
    """Ways to be reached, each opening its own question."""

    ways = CheckboxesField(
        label="How may we reach you?", choices=[("post", "Post"), ("phone", "Phone")], reveals={"phone": "number"}
    )
    number = TextField(label="Telephone number", max_length=20)


def test_a_condition_asks_for_its_field_only_when_it_is_met() -> None:
    assert Position({"answer": "support", "version": "3"}).is_valid()
    refused = Position({"answer": "do_not_support", "text": "  ", "version": "3"})
    assert refused.problems == [Problem("Say why you do not support it", "#id_text")]


def test_words_under_another_answer_are_kept_where_no_choice_hides_them() -> None:
    form = Position({"answer": "support", "text": "well done", "version": "3"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "well done"


def test_the_summary_lists_what_concerns_the_whole_form_first() -> None:
    form = Position({"version": "3"})
    form.add_error(None, "The paper has changed")
    assert [problem.text for problem in form.problems] == ["The paper has changed", "Answer the question “What do you think?”"]
    assert form.problems[0].href == ""


def test_a_form_nobody_sent_has_no_problems() -> None:
    assert Position().problems == []


def test_a_hidden_field_that_is_lost_is_a_problem_without_a_link() -> None:
    assert Position({"answer": "support"}).problems[0].href == ""


def test_a_revealed_field_is_drawn_inside_its_choice_and_asked_only_with_it() -> None:
    assert [bound.name for bound in Contact().groups()] == ["ways"]
    assert 'name="number"' in Contact()["ways"].as_field_group()
    assert Contact({"ways": ["phone"]}).errors["number"] == ["Enter telephone number"]
    assert Contact({"ways": ["post"]}).is_valid()


def test_what_was_typed_under_a_choice_not_made_is_dropped() -> None:
    form = Contact({"ways": ["post"], "number": "0" * 30})
    assert form.is_valid()
    assert form.cleaned_data["number"] == ""
    assert [bound.name for bound, _ in form.answers()] == ["ways"]


def test_a_field_that_a_condition_asks_for_is_not_called_optional() -> None:
    assert "optional" not in Position()["text"].as_field_group()


def test_a_condition_on_a_field_that_is_not_there_fails_when_the_form_is_made() -> None:
    with pytest.raises(KeyError):
        Position().given_field_value("anser", "support")
    with pytest.raises(KeyError):
        Position().given_field_value("answer", "support").require_field("txt", message="")
