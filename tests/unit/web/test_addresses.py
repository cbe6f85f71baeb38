"""An address that is put together from what was worked out once is the one that Django gives."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_resolver, reverse, set_script_prefix
from django.urls.converters import IntConverter, UUIDConverter

from web.design_system.addresses import file_address, page_address

KEY = UUID("0199c0de-0000-7000-8000-00000000000a")
VALUES: dict[str, tuple[Any, ...]] = {
    "uuid": (KEY, str(KEY), "no-uuid"), "int": (7, 0, -3, "12", True),
    "str": ("RZ9", "a b", "a/b", "é", "50%", "-x", "", "%s", "//evil", 7),
}  # fmt: skip
KINDS = {UUIDConverter: "uuid", IntConverter: "int"}


def _either(found: Any, *args: Any, **kwargs: Any) -> str:
    try:
        return str(found(*args, **kwargs))
    except NoReverseMatch:
        return "no such address"


def _told(name: str, **values: Any) -> tuple[str, str]:
    return _either(page_address, name, **values), _either(reverse, name, kwargs=values or None)


def test_every_page_of_ours_has_the_address_that_django_gives() -> None:
    found: dict[Any, Any] = get_resolver().reverse_dict
    names = [name for name in found if isinstance(name, str)]
    assert len(names) > 100
    for name in names:
        [(_, parts)], _, _, converters = found[name]
        kinds = [KINDS.get(type(converters[part]), "str") for part in parts]
        good = {part: VALUES[kind][0] for part, kind in zip(parts, kinds, strict=True)}
        assert page_address(name, **good) == reverse(name, kwargs=good or None) == page_address(name, *good.values())
        for part, kind in zip(parts, kinds, strict=True):
            for value in VALUES[kind]:
                ours, django = _told(name, **{**good, part: value})
                assert ours == django, (name, part, value)
        assert page_address(name, **dict(reversed(good.items()))) == reverse(name, kwargs=good or None)


def test_the_folder_that_the_server_runs_under_is_part_of_every_address() -> None:
    assert (page_address("home"), file_address("app.css")) == ("/", static("app.css"))
    set_script_prefix("/parity/")
    try:
        assert (page_address("home"), page_address("process", "oversight")) == ("/parity/", reverse("process", args=["oversight"]))
    finally:
        set_script_prefix("/")


def test_a_name_that_nobody_gave_has_no_address() -> None:
    with pytest.raises(NoReverseMatch):
        page_address("unheard-of", 1)
