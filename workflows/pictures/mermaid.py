"""The process as a Mermaid flowchart. Lay stages and hearings stand out by shape and words, not by colour alone."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.definition import Process, Stage
from workflows.pictures.moves import drawn


def mermaid(whole: Process) -> str:
    """The flowchart of an expanded process. Node names begin with stage_ or end_, so that no code is a Mermaid word."""
    return "\n".join(["flowchart TD", *_nodes(whole), *_arrows(whole), *_acts(whole), *_classes(whole)]) + "\n"


def _node(whole: Process, code: str) -> str:
    return f"stage_{code}" if whole.has_stage(code) else f"end_{code}"


def _nodes(whole: Process) -> Iterator[str]:
    for stage in whole.stages:
        yield f"    stage_{stage.code}{_shape(stage)}"
    for end in whole.ends:
        yield f'    end_{end.code}(["{_safe(end.title)}"])'


def _shape(stage: Stage) -> str:
    title = _safe(f"{stage.ref} {stage.title}".strip())
    if stage.hears:
        return f'{{{{"{title}"}}}}'
    return f'[["{title}<br>lay agreement needed"]]' if stage.lay_required else f'["{title}"]'


def _arrows(whole: Process) -> Iterator[str]:
    yield f'    start((" ")) --> {_node(whole, whole.first.code)}'
    for one in drawn(whole):
        arrow = "-.->" if one.back else "-->"
        yield f'    {_node(whole, one.origin)} {arrow}|"{_safe(one.words)}"| {_node(whole, one.target)}'


def _acts(whole: Process) -> Iterator[str]:
    for act in whole.any_time:
        if act.to:
            when = "at every stage but a hearing" if any(stage.hears for stage in whole.stages) else "at every stage"
            yield f'    act_{act.code}[/"{_safe(act.title)} ({when}, two people)"/] --> {_node(whole, act.to)}'


def _classes(whole: Process) -> Iterator[str]:
    lay = [f"stage_{stage.code}" for stage in whole.stages if stage.lay_required and not stage.hears]
    heard = [f"stage_{stage.code}" for stage in whole.stages if stage.hears]
    if lay:
        yield "    classDef lay stroke:#005eb8,stroke-width:3px"
        yield f"    class {','.join(lay)} lay"
    if heard:
        yield "    classDef heard stroke:#7c2855,stroke-width:3px,stroke-dasharray:4"
        yield f"    class {','.join(heard)} heard"


def _safe(text: str) -> str:
    """Quotation marks end a label in Mermaid."""
    return text.replace('"', "'")
