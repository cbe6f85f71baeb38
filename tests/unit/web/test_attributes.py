"""The function that writes attributes gives what the design system's macro gives."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import engines
from jinja2 import Undefined
from markupsafe import Markup

from web.design_system.attributes import attributes_html

MACRO = "{% from 'nhsuk/macros/attributes.jinja' import nhsukAttributes %}{{ nhsukAttributes(given) }}"


def _by_the_macro(given: Any) -> str:
    """What the package's own template gives, from which ours stands aside."""
    environment = engines["pages"].env  # type: ignore[attr-defined]
    package = environment.overlay(loader=environment.loader.loaders[-1])
    return str(package.from_string(MACRO).render(given=given))


@pytest.mark.parametrize(
    "value",
    ["text", "", "a & b <c>", "it's", 'say "x"', 'both "x" and it\'s', 0, 7, True, False, None, Undefined(), Markup("&amp;")],
)
def test_every_kind_of_value_is_written_as_by_the_macro(value: Any) -> None:
    for item in (value, {"value": value}, {"value": value, "optional": True}, {"value": value, "optional": False}):
        given = {"class": "nhsuk-tag", "data-x": item, "id": "end"}
        assert attributes_html(given) == _by_the_macro(given)


@pytest.mark.parametrize(
    "given", [None, "", ' id="x"', Markup(' id="x"'), {}, {"data-x": {"value": ["a'b", "<c>"], "type": "array"}}]
)
def test_attributes_that_were_written_before_or_are_json_are_as_by_the_macro(given: Any) -> None:
    assert attributes_html(given) == _by_the_macro(given)


def test_the_components_ask_the_function() -> None:
    environment = engines["pages"].env  # type: ignore[attr-defined]
    assert environment.get_template("nhsuk/macros/attributes.jinja").module.nhsukAttributes is attributes_html
