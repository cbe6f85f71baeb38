"""A component that is drawn by its shape is what its macro draws, whatever words are in it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.template import engines
from jinja2 import ChainableUndefined as Undefined
from markupsafe import Markup

from web.design_system.environment import WEB
from web.design_system.shapes import by_shape

COMPONENTS = sorted(path.parent.name for path in WEB.glob("nhsuk/components/*/macro.jinja"))

PLAIN = (
    "Due soon", "a & b <c>", 'say "x"', "it's", "two\nlines", "two\n\nlines, and\n  a third", " leads", "trails\n", "a\rb",
    "a\u2028b", "\N{NO-BREAK SPACE}", "", "Stand-In <0> Of Set A,", "100 % %s {0}",
)  # fmt: skip
WORDS = (*PLAIN, Markup("<b>bold</b>"), Markup("<b>\n<i>\n\n</i></b>"), Markup(""))


def _tag(word: str) -> Any:
    return {"text": word, "colour": "blue"}


def _told(word: str, other: str) -> dict[str, list[Any]]:
    """What each component is told by our pages, with two words in it; each is another shape."""
    cell = {"text": word, "classes": "app-nowrap"}
    table = {"caption": {"text": word, "size": "s", "classes": "nhsuk-u-visually-hidden"}, "firstCellIsHeader": True}
    crumbs = [{"text": word, "href": "/"}, {"text": other, "href": "/x/?a=1&b=2"}]
    row = {"key": {"text": word}, "value": {"html": other}}
    line = {"heading": {"html": word}, "href": other or Undefined(), "hint": {"html": word}, "status": {"tag": _tag(other)}}
    items = [{"text": word, "href": "/", "current": True}, {"text": other, "href": "/a/", "current": False}]
    account = {"items": [{"html": word, "icon": True}, {"html": other}]}
    return {
        "tag": [
            _tag(word), {"text": word, "classes": "nhsuk-tag--red", "colour": "green"}, {"html": word},
            {"text": word, "border": False},
        ],
        "button": [{"text": word}, {"text": word, "href": other, "variant": "secondary"}],
        "tables": [
            {**table, "responsive": True, "head": [word, other], "rows": [[{"html": word}, cell], [word, other]]},
            {**table, "head": [word], "rows": []}, {"rows": [[word]], "caption": word},
        ],
        "task-list": [{"idPrefix": "waiting", "items": [line, {**line, "href": Undefined(), "status": Undefined()}]}],
        "breadcrumb": [{"items": crumbs}, {"items": crumbs[:1], "text": word}],
        "footer": [{"navigation": {"items": items}, "meta": {"text": word}, "copyright": ""}, {}],
        "header": [
            {"logo": {"src": "/m.svg", "alt": "", "ariaLabel": word}, "organisation": {"name": other}, "account": account,
             "service": {"text": word, "href": "/"}, "navigation": {"items": items}, "classes": "app-header"},
            {"service": {"text": "Parity", "href": "/"}, "navigation": Undefined(), "account": Undefined()},
        ],
        "skip-link": [{"href": "#maincontent", "text": word}, {}],
        "summary-list": [{"rows": [row, {"key": {"text": other}, "value": {"text": word}}]}],
        "card": [
            {"heading": {"text": word, "level": 3, "size": "s"}, "classes": "app-person"},
            {"heading": {"html": other}, "href": word},
        ],
    }  # fmt: skip


def _module(name: str) -> Any:
    return engines["pages"].env.get_template(f"nhsuk/components/{name}/macro.jinja").module  # type: ignore[attr-defined]


@functools.cache
def _by_the_package(name: str) -> Callable[..., str]:
    """The component as the design system's package has it, from which ours stands aside."""
    environment = engines["pages"].env  # type: ignore[attr-defined]
    package = environment.overlay(loader=environment.loader.loaders[-1])
    module = package.get_template(f"nhsuk/components/{name}/macro.jinja").module
    drawn: Callable[..., str] = getattr(module, next(one for one in vars(module) if not one.startswith("_")))
    return drawn


def _ours(name: str) -> Callable[..., str]:
    drawn: Callable[..., str] = getattr(_module(name), next(one for one in vars(_module(name)) if not one.startswith("_")))
    return drawn


@pytest.mark.parametrize("name", COMPONENTS)
def test_whatever_the_words_a_component_is_what_its_macro_draws(name: str) -> None:
    ours, theirs = _ours(name), _by_the_package(name)
    for word, other in [*itertools.product(WORDS[:6], WORDS), *itertools.product(WORDS, WORDS[:2])]:
        for told in _told(word, other)[name]:
            assert ours(told) == theirs(told), told


@pytest.mark.parametrize("inside", WORDS)
def test_what_a_component_holds_stays_as_it_is(inside: str) -> None:
    held = Markup.escape(inside)
    for _ in range(3):
        for told in _told("Ann Lee", "x")["card"]:
            assert _ours("card")(told, caller=lambda: held) == _by_the_package("card")(told, caller=lambda: held)


def test_after_two_of_a_shape_the_macro_is_asked_no_more() -> None:
    asked = []

    def macro(told: Any) -> Markup:
        asked.append(told)
        return Markup("<p>{}</p>").format(told["text"])

    component = by_shape(macro)
    assert [component({"text": word}) for word in ("a", "b", "<c>")] == ["<p>a</p>", "<p>b</p>", "<p>&lt;c&gt;</p>"]
    before = len(asked)
    assert component({"text": "d"}) == "<p>d</p>"
    assert len(asked) == before


@pytest.mark.parametrize("change", [str.upper, str.split, lambda text: text[:5], Markup, len, lambda text: ""])
def test_a_macro_that_does_more_to_a_word_than_show_it_is_asked_each_time(change: Callable[[str], Any]) -> None:
    component = by_shape(lambda told: Markup("<p>{} {}</p>").format(told["text"], change(told["text"])))
    for word in ("one word", "two words", "three words", "<four> words"):
        assert component({"text": word}) == Markup("<p>{} {}</p>").format(word, change(word))
