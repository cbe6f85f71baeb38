"""Where pages find their templates, and the few words and functions that every template may use.

A template is named by where it lies under `web/`: `pages/home/home.jinja` lies beside its view, `design_system/layout.jinja` beside
this module. The host project's own `jinja2` folders come first, so that an organisation can replace one file, the layout say.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from jinja2 import BaseLoader, ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader

from web.design_system import explaining, words
from web.design_system.addresses import file_address, page_address
from web.design_system.attributes import attributes_html
from web.design_system.shapes import by_shape

WEB = Path(__file__).resolve().parents[1]
_KEEP_ALL = -1  # of what was compiled, in a plain mapping: Jinja's cache of limited size puts its list in order at every look-up


_OF_EVERY_DICT = frozenset(dir(dict))


class Outspoken(Environment):
    """Jinja takes any AttributeError to mean that an object has no such attribute, and shows nothing.

    A property that fails inside is another thing: the page would go without what it was to show, and nobody would know.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Raises AttributeError where a class has the attribute and it fails, with the place in our code where it did."""
        if type(obj) is dict and attribute not in _OF_EVERY_DICT:  # what components are told: by far the most that is asked
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        try:
            return getattr(obj, attribute)
        except ObjectDoesNotExist:  # the other side of a one-to-one that has no row: that is "no such thing", not a failure
            return self.undefined(obj=obj, name=attribute)
        except AttributeError:
            if hasattr(type(obj), attribute):
                raise
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The same for every template, as a plain mapping: Jinja's chain of two is looked through at every component."""
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> Environment:
    """The Jinja environment that Django's template backend asks for by this function's name."""
    options |= {"loader": _loader(options.get("loader")), "undefined": ChainableUndefined, "cache_size": _KEEP_ALL}
    options.pop("autoescape", None)
    made = Outspoken(autoescape=True, trim_blocks=True, lstrip_blocks=True, **options)
    made.globals.update(
        static=file_address, url=page_address, attributes_html=attributes_html, by_shape=by_shape, **explaining.FUNCTIONS
    )
    made.filters.update(words.FILTERS | explaining.FILTERS)
    return made


def _loader(host: BaseLoader | None) -> ChoiceLoader:
    ours: list[BaseLoader] = [FileSystemLoader(WEB), PackageLoader("nhsuk_frontend_jinja")]
    return ChoiceLoader([host, *ours] if host else ours)
