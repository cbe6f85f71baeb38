"""Finds the browser that journeys run in, and starts it.

`python -m tests.rig.browser` makes sure that there is one: where none is installed, it installs Debian's Chromium if it may.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright

CHOSEN = "PLAYWRIGHT_BROWSER_EXECUTABLE_PATH"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
REMEDY = (
    "No browser for the journeys: install Chromium or Google Chrome (Debian: apt-get install chromium; "
    f"macOS: brew install --cask google-chrome), or name one in {CHOSEN}."
)


class NoBrowser(Exception):
    """There is no browser on this machine; the message says what to install."""


def find() -> str:
    """The path of an installed Chromium or Chrome. Raises NoBrowser where there is none."""
    chosen = os.environ.get(CHOSEN)
    if chosen:
        if os.access(chosen, os.X_OK):
            return chosen
        raise NoBrowser(f"{CHOSEN} names {chosen}, which cannot be run.")
    installed = (shutil.which(command) for command in COMMANDS)
    applications = (path for path in MAC_APPLICATIONS if Path(path).exists())
    found = next((path for path in (*installed, *applications) if path), None)
    if found is None:
        raise NoBrowser(REMEDY)
    return found


def launch(playwright: Playwright) -> Browser:
    """Start the browser. A browser that root starts needs its sandbox off."""
    flags = (*FLAGS, "--no-sandbox") if _is_root() else FLAGS
    return playwright.chromium.launch(executable_path=find(), args=list(flags))


def make_sure() -> str:
    """The path of a browser, after installing Debian's if there was none and this is root on Debian or Ubuntu."""
    try:
        return find()
    except NoBrowser:
        if os.environ.get(CHOSEN) or not _is_root() or shutil.which("apt-get") is None:
            raise
    print("No browser found: installing Debian's Chromium for the journeys.", flush=True)
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "--quiet", "--quiet", *step], env=quietly, check=False)
    return find()


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    try:
        make_sure()
    except NoBrowser as missing:
        sys.exit(str(missing))
