"""The NHS.UK frontend that is served: the right version, whole, and asking nothing of another host."""

import json
import re
from importlib.metadata import metadata, version

from web.design_system import refresh_assets
from web.design_system.refresh_assets import RECORD, STATIC

RECORDED = json.loads(RECORD.read_text(encoding="utf-8"))


def test_the_assets_are_of_the_version_that_the_templates_were_ported_from() -> None:
    ported = dict(re.findall(r"^\| ([\d.]+) \| ([\d.]+) \|", str(metadata("nhsuk-frontend-jinja")["Description"]), re.MULTILINE))
    by_templates = {templates: frontend for frontend, templates in ported.items()}
    assert RECORDED["version"] == by_templates[version("nhsuk-frontend-jinja")] == refresh_assets.NHSUK_FRONTEND


def test_every_file_is_the_one_that_was_fetched() -> None:
    assert refresh_assets.digests(STATIC) == RECORDED["sha256"]


def test_the_styles_ask_nothing_of_another_host_or_of_the_root() -> None:
    addresses = re.findall(r"url\(([^)]*)\)", (STATIC / "nhsuk-frontend.min.css").read_text(encoding="utf-8"))
    assert addresses
    assert all((STATIC / address).is_file() for address in addresses)


def test_fitting_strips_the_web_font_and_the_source_map() -> None:
    font = "@font-face{font-family:Frutiger;src:url(https://a.example/f.woff2)}"
    css = font + "a{mask:url(/assets/images/x.svg)}\n/*# sourceMappingURL=x */\n"
    assert refresh_assets.fitted_styles(css).strip() == "a{mask:url(assets/images/x.svg)}"
    assert refresh_assets.fitted_script("run();//# sourceMappingURL=x.js.map") == "run();"
