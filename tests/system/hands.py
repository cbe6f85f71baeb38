"""How somebody works a page: with a mouse, or with a keyboard and nothing else."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

MOST_TABS = 150


class Mouse:
    """Clicks, ticks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def activate(self, what: Locator) -> None:
        """A link, a button."""
        what.click()

    def tick(self, what: Locator) -> None:
        """A radio or a checkbox."""
        what.check()

    def write(self, what: Locator, text: str) -> None:
        what.fill(text)


class Keyboard(Mouse):
    """Tab, arrows, space, enter and letters. Whatever cannot be reached so cannot be done."""

    def activate(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Enter")

    def tick(self, what: Locator) -> None:
        if what.get_attribute("type") == "radio":
            self._arrow_to(what)
        else:
            self._reach(what)
        if not what.is_checked():
            self.page.keyboard.press("Space")

    def write(self, what: Locator, text: str) -> None:
        self._reach(what)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def _reach(self, what: Locator) -> None:
        for _ in range(MOST_TABS):
            if _has_focus(what):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"The tab key does not lead to {what}")

    def _arrow_to(self, radio: Locator) -> None:
        """Tab leads to one radio of a group, the arrows to the others."""
        group = self.page.locator(f'input[type="radio"][name="{radio.get_attribute("name")}"]')
        for _ in range(MOST_TABS):
            if any(_has_focus(one) for one in group.all()):
                break
            self.page.keyboard.press("Tab")
        for _ in range(group.count()):
            if _has_focus(radio):
                return
            self.page.keyboard.press("ArrowDown")
        assert _has_focus(radio), f"The arrows do not lead to {radio}"


def _has_focus(what: Locator) -> bool:
    return bool(what.evaluate("element => element === document.activeElement"))
