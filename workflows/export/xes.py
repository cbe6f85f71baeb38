"""An event log as XES (IEEE 1849), which process mining tools read: one trace a case, written as it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import quoteattr

from cases.models import Case
from workflows.export.event_log import Step, steps_of

EXTENSIONS = (("Concept", "concept"), ("Time", "time"), ("Organizational", "org"), ("Lifecycle", "lifecycle"))
HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
{extensions}
 <global scope="trace"><string key="concept:name" value="unknown"/></global>
 <global scope="event">
  <string key="concept:name" value="unknown"/><date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>
  <string key="lifecycle:transition" value="complete"/><string key="org:resource" value="unknown"/>
 </global>
 <classifier name="Activity" keys="concept:name"/>
 <classifier name="ActivityAndTransition" keys="concept:name lifecycle:transition"/>
 <string key="concept:name" value={name}/>
 <string key="lifecycle:model" value="standard"/>
"""
# The standard names its extensions by these addresses; nothing is fetched from them.
_EXTENSION = ' <extension name="{}" prefix="{}" uri="http://www.xes-standard.org/{}.xesext"/>'


def xes_parts(name: str, cases: Iterable[Case], names: bool = False) -> Iterator[str]:
    """The text of the file, part by part. `names`: people by their names, and not by pseudonyms."""
    yield HEAD.format(name=quoteattr(name), extensions="\n".join(_EXTENSION.format(*one, one[1]) for one in EXTENSIONS))
    for case in cases:
        yield f" <trace>\n{_of_case(case)}\n"
        for step in steps_of(case, names):
            yield f"  <event>{_of_step(step)}</event>\n"
        yield " </trace>\n"
    yield "</log>\n"


def _of_case(case: Case) -> str:
    known = [
        _string("concept:name", case.reference), _string("process", case.process), _string("state", case.state),
        f'<int key="definition_version" value="{case.definition_version}"/>', _date("opened_at", case.opened_at),
        f'<boolean key="late_lay_entry" value="{str(case.late_lay_entry).lower()}"/>',
    ]  # fmt: skip
    return "  " + "".join(known + ([_date("closed_at", case.closed_at)] if case.closed_at else []))


def _of_step(step: Step) -> str:
    said = {
        "concept:name": step.activity, "concept:instance": step.instance, "lifecycle:transition": step.transition,
        "org:resource": step.resource, "org:role": step.role, "org:group": step.capacity,
        "kind": "stage" if step.stage else "act", "outcome": step.outcome,
    }  # fmt: skip
    return _date("time:timestamp", step.at) + "".join(_string(key, value) for key, value in said.items() if value)


def _string(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(value)}/>'


def _date(key: str, at: datetime) -> str:
    return f'<date key="{key}" value="{at.isoformat(timespec="milliseconds")}"/>'
