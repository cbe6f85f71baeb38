"""What holds for every page that anybody opens: one heading, links that say where they lead, nothing that axe objects to.

axe judges what a page is built of, not what it says. A page built exactly as one that it has passed, at the same width, is
not put before it again: a journey opens the page of a case twenty times, and each look takes half a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

MADE = """
() => {
  const told = new Set(["class", "role", "type", "scope", "lang", "tabindex", "aria-hidden", "aria-current", "open", "checked"]);
  const built = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent.trim() ? "words" : "";
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const named = [...node.attributes].map(one => told.has(one.name) ? `${one.name}=${one.value}` : one.name).sort();
    const within = [];
    for (const child of node.childNodes) {
      const one = built(child);
      if (one && !within.includes(one)) within.push(one);  // a list of three is built as a list of one
    }
    return `<${node.tagName} ${named.join(" ")}>${within.join("")}</>`;
  };
  const words = link => (link.getAttribute("aria-label") || link.textContent).replace(/\\s+/g, " ").trim();
  const screen = document.documentElement;
  const names = ["for", "aria-describedby", "aria-labelledby", "aria-controls"];
  const naming = names.flatMap(name => [...document.querySelectorAll(`[${name}]`)].map(one => one.getAttribute(name)));
  return {
    lost: naming.flatMap(ids => ids.split(/\\s+/)).filter(id => id && !document.getElementById(id)),
    headings: document.querySelectorAll("h1").length,
    links: [...document.querySelectorAll("a[href]")].map(link => [words(link), link.href]),
    ids: [...document.querySelectorAll("[id]")].map(element => element.id),
    overflow: screen.scrollWidth - screen.clientWidth,
    width: screen.clientWidth,
    built: built(screen),
  };
}
"""
_passed: set[tuple[int, str]] = set()


def is_well_made(page: Page, axe: Callable[[Page], None] | None) -> None:
    """One heading, no two links alike, no id twice, no wider than the screen; WCAG 2.2 A and AA where scripts run."""
    made: dict[str, Any] = page.evaluate(MADE)
    assert made["headings"] == 1, f"{page.url} has {made['headings']} first headings"
    assert made["overflow"] <= 0, f"{page.url} is wider than the screen"
    assert len(made["ids"]) == len(set(made["ids"])), f"{page.url} gives one id to several things: {sorted(made['ids'])}"
    assert not made["lost"], f"{page.url} refers to what is not there: {made['lost']}"
    alike = _alike(made["links"])
    assert not alike, f"{page.url} has links with the same words to different places: {alike}"
    if axe and (made["width"], made["built"]) not in _passed:
        axe(page)
        _passed.add((made["width"], made["built"]))


def _alike(links: list[tuple[str, str]]) -> dict[str, list[str]]:
    places = defaultdict(set)
    for words, place in links:
        places[words].add(place)
    return {words: sorted(found) for words, found in places.items() if len(found) > 1}
