"""The attributes of an element, as the design system's components write them: `nhsukAttributes`, as a function.

Each component asks for them several times, and a page has hundreds: as a macro it took a third of the time of a page. A test
holds it to what the macro gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Undefined
from jinja2.filters import htmlsafe_json_dumps
from markupsafe import Markup, escape

_TO_ESCAPE = re.compile("[&<>\"']")


def attributes_html(attributes: Any = None) -> Markup:
    """` name="value"` for each of a mapping of attributes, or what was made of one before, as it is.

    An attribute is a value, or a mapping of `value`, `type` ("array": as JSON) and `optional` (without a value it is left out).
    """
    if isinstance(attributes, Mapping):
        written = "".join([_written(name, item) for name, item in attributes.items()])
        return Markup(written)  # noqa: S704 - each value is escaped
    return Markup(attributes) if isinstance(attributes, str) else Markup("")  # noqa: S704 - written by a component before


def _written(name: str, item: Any) -> str:
    value, kind, optional = item, "string", False
    if isinstance(item, Mapping):
        value, kind, optional = item.get("value"), item.get("type", ""), item.get("optional") is True
    if value is None or isinstance(value, Undefined):
        return "" if optional else f' {name}=""'
    if isinstance(value, bool):
        return (f" {name}" if value else "") if optional else f' {name}="{str(value).lower()}"'
    shown = _shown(value, kind)
    return f" {name}='{shown}'" if '"' in shown else f' {name}="{shown}"'


def _shown(value: Any, kind: str) -> str:
    if kind == "array":
        return str(htmlsafe_json_dumps(value))
    return value if type(value) is str and not _TO_ESCAPE.search(value) else str(escape(value))
