"""What holds for every page that anybody opens: one heading, links that say where they lead, nothing that axe objects to.

axe judges what a page is built of, not what it says. A page built exactly as one that it has passed, at the same width, is
not put before it again: a case is opened fifty times in a journey, and each look takes half a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from playwright.sync_api import Page

LINKS = """
links => links.map(link => [(link.getAttribute("aria-label") || link.textContent).replace(/\\s+/g, " ").trim(), link.href])
"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
IDS = "[...document.querySelectorAll('[id]')].map(element => element.id)"
SKELETON = """
() => {
  const told = new Set(["class", "role", "type", "scope", "lang", "tabindex", "aria-hidden", "aria-current", "open", "checked"]);
  const built = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent.trim() ? "words" : "";
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const named = [...node.attributes].map(one => told.has(one.name) ? `${one.name}=${one.value}` : one.name).sort();
    const within = [];
    for (const child of node.childNodes) {
      const one = built(child);
      if (one && one !== within.at(-1)) within.push(one);  // a list of three is built as a list of two
    }
    return `<${node.tagName} ${named.join(" ")}>${within.join("")}</>`;
  };
  return built(document.documentElement);
}
"""
_passed: set[tuple[int, str]] = set()


def is_well_made(page: Page) -> None:
    """What can be told without running a script of the page's own."""
    assert page.locator("h1").count() == 1, f"{page.url} has not one heading"
    places = defaultdict(set)
    for text, place in page.locator("a[href]").evaluate_all(LINKS):
        places[text].add(place)
    alike = {text: sorted(found) for text, found in places.items() if len(found) > 1}
    assert not alike, f"{page.url} has links with the same words to different places: {alike}"


def is_accessible(page: Page, axe: Callable[[Page], None]) -> None:
    """WCAG 2.2, levels A and AA, and no wider than the screen."""
    assert page.evaluate(OVERFLOW) <= 0, f"{page.url} is wider than the screen"
    ids = page.evaluate(IDS)
    assert len(ids) == len(set(ids)), f"{page.url} gives one id to several things: {sorted(ids)}"
    built = (page.viewport_size["width"] if page.viewport_size else 0, page.evaluate(SKELETON))
    if built not in _passed:
        axe(page)
        _passed.add(built)
