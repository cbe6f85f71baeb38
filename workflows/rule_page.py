"""The generated page of the rules: what each says, what happens, where it is enforced, and the tests that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflows.rulebook import Place, enforced, place_of, proved
from workflows.rules import INFORMATION, POWER, Rule

INTRO = (
    "Each rule is said once, in `workflows/rules.py`. What is refused, flagged or shown, where, and which tests prove it is read "
    "from the source. A refusal names the rule by its code. A rule that is “not yet” is in no way kept by the software.\n\n"
    "“Framework 2021” is the “Framework for involving patients in patient safety” of NHS England: it asks for “power sharing” "
    "and for a role that is “not tokenistic”, and leaves open by what rules."
)
OVER = {POWER: "How power is shared", INFORMATION: "How information is governed"}


def rules() -> str:
    """Every rule: a table of all, then each with its places and its proofs."""
    return "\n".join(["# Rules", "", INTRO, "", *(line for group in OVER for line in _group(group))])


def _group(group: tuple[Rule, ...]) -> Iterator[str]:
    yield from (
        f"## {OVER[group]}",
        "",
        "| Rule | What it says | Where it would be broken, it is | Basis |",
        "| --- | --- | --- | --- |",
    )
    for rule in group:
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.sentence} | {done(rule)} | {rule.basis} |"
    yield ""
    for rule in group:
        yield from _part(rule)


def done(rule: Rule) -> str:
    """What happens where the rule would be broken; for one that is not built, that nothing does."""
    words = ", ".join(kind.value for kind in rule.kinds)
    return words if rule.built else f"not yet (to be {words})"


def _part(rule: Rule) -> Iterator[str]:
    yield from (f"### {rule.code}", "", rule.sentence, "")
    if rule.yet:
        yield from (f"**{'Still missing' if rule.built else 'Not yet'}:** {rule.yet}", "")
    if rule.built:
        yield from _list("Where", places(rule))
        yield from _list("Proved by", proved().get(rule.code, ()))


def places(rule: Rule) -> list[Place]:
    """Where a rule is enforced, flagged or shown: found by its code, and declared. A path that leads nowhere is left out."""
    declared = [place for dotted in rule.places if (place := place_of(dotted))]
    return sorted({*enforced().get(rule.code, ()), *declared})


def _list(title: str, found: Iterable[Place]) -> Iterator[str]:
    yield from (f"{title}:", "")
    by_module: dict[str, list[str]] = {}
    for place in found:
        by_module.setdefault(place.module, []).append(place.name)
    for module, names in by_module.items():
        yield f"- [{module}](../../{module}): {', '.join(f'`{name}`' for name in names)}"
    yield ""
