"""The generated pages of docs/reference: what the code says, in words. The same code always gives the same text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from string import Formatter

from audit import triggers
from audit.kinds import kinds
from permissions.roles import ROLES, Role
from workflows import guardlock
from workflows.checks import SETTINGS
from workflows.pictures import page
from workflows.registry import all_processes
from workflows.rule_page import rules
from workflows.signals.signal import SIGNALS
from workflows.signals.words import thresholds_of
from workflows.soundness import FAULTS

MADE = "<!-- Made by `manage.py generate_docs` from the code. Do not edit. -->"


def documents() -> dict[Path, str]:
    """Every generated page as path below docs/reference and text: processes, roles, events, checks, rules, signals."""
    pages = {
        Path("processes") / f"{code}.md": page(entry.expanded[entry.newest])
        for code, entry in all_processes().items()
        if entry.model.__module__.startswith(guardlock.OURS)
    }
    pages |= {Path("roles.md"): roles(), Path("events.md"): events(), Path("checks.md"): checks(), Path("rules.md"): rules()}
    pages |= {Path("signals.md"): signals()}
    return {path: f"{MADE}\n\n{text}" for path, text in pages.items()}


def roles() -> str:
    """Every role: what it is called, whose voice it is, what it is for."""
    body = [[role.title, f"`{role.code}`", role.capacity, _sits(role), role.plain] for role in ROLES.values()]
    intro = (
        "A role states no right on a case: rights come from a seat on that case. Whether a voice is lay is read from here "
        "and from nowhere else."
    )
    return _page("Roles", intro, ("Role", "Code", "Voice", "How it comes to a case", "What it is for"), body)


def _sits(role: Role) -> str:
    if role.reads_all:
        return "Reads every case of the organisation, sits on none"
    return "By office" if role.office else "By a seat that is offered or named"


def events() -> str:
    """Every kind of act that the ledger knows, with its sentence."""
    body = [[f"`{kind.code}`", _blanks(kind.sentence)] for kind in sorted(kinds.values(), key=lambda one: one.code)]
    intro = "Every act, and every reading of a paper, is one event in the ledger. The timeline tells it by this sentence."
    return _page("Events of the ledger", intro, ("Kind", "Sentence"), body)


def _blanks(sentence: str) -> str:
    """The sentence with its blanks in italics."""
    return "".join(text + (f"*{name}*" if name else "") for text, name, _spec, _conversion in Formatter().parse(sentence))


def checks() -> str:
    """Every system check: what is wrong, by which rule, and the remedy."""
    faults = sorted(FAULTS.values(), key=lambda one: one.code[1:])
    body = [[f"`workflows.{one.code}`", one.title, one.rule, one.remedy] for one in faults]
    body += [[f"`workflows.{code}`", title, "engine", remedy] for code, (title, remedy) in SETTINGS.items()]
    body.append(
        [f"`{triggers.LOST}`", "A table that may only grow has lost the triggers that keep its rows", "R16", triggers.REMEDY]
    )
    intro = (
        "Django runs these when it starts. A code with E stops the project from starting, one with W is a warning. "
        f"`workflows.E106` and `{triggers.LOST}` read the database: `manage.py check --database default`."
    )
    return _page("Checks", intro, ("Check", "What is wrong", "Rule", "Remedy"), body)


def signals() -> str:
    """Every signal of shared power: what it counts, of what, from where it is amber and red, why, and what it does not mean."""
    body = [
        [one.code, one.title, f"{one.counts} / {one.of}", thresholds_of(one), one.why, one.beware, one.source]
        for one in SIGNALS.values()
        if one.measure.__module__.startswith(f"{__package__}.")
    ]
    intro = (
        "A signal describes an organisation in a quarter of a year, and never scores a person. Fewer than five are shown as a "
        "count and not judged. A value on a threshold has not passed it. The thresholds are ours: no published ones were found. "
        "`manage.py show_signals` prints them."
    )
    head = ("Code", "Signal", "What is counted / of what", "Thresholds", "Why it matters", "What it does not mean", "Basis")
    return _page("Signals of shared power", intro, head, body)


def _page(title: str, intro: str, head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    return "\n".join([f"# {title}", "", intro, "", *(f"| {' | '.join(line)} |" for line in lines), ""])
