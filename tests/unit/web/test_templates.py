"""Every template of ours: it can be read, and it keeps to the content security policy."""

import re
from pathlib import Path

import pytest
from django.template import engines

from web.design_system.environment import environment

WEB = Path(__file__).resolve().parents[3] / "web"
TEMPLATES = sorted(path.relative_to(WEB).as_posix() for path in WEB.rglob("*.jinja"))
FORBIDDEN = re.compile(r"<style|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_can_be_read(name: str) -> None:
    assert engines["pages"].get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_no_inline_style_or_script(name: str) -> None:
    assert not FORBIDDEN.findall((WEB / name).read_text(encoding="utf-8"))


class Shown:
    """What a page is given."""

    @property
    def broken(self) -> str:
        return self.nothing_of_the_kind  # type: ignore[attr-defined]


def test_a_property_that_fails_is_not_taken_for_one_that_is_not_there() -> None:
    pages = environment()
    assert pages.from_string("[{{ shown.unheard_of }}]").render(shown=Shown()) == "[]"
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        pages.from_string("{{ shown.broken }}").render(shown=Shown())
