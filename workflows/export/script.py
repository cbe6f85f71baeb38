"""Puts verify_record.py together: one file of the standard library, made of the parts in `workflows.export.offline`."""

from __future__ import annotations

import ast
import inspect
from types import ModuleType

from workflows.export.offline import chain, law, reading, telling

PARTS: tuple[ModuleType, ...] = (reading, chain, law, telling)
OURS = "workflows."


def verify_record() -> str:
    """The text of the script, the same for every export of a release."""
    sources = [inspect.getsource(part) for part in PARTS]
    imports = sorted({line for source in sources for line in _imports(source)})
    bodies = [_body(source) for source in sources]
    documented = f'"""{inspect.getdoc(telling)}\n"""'
    lines = ["#!/usr/bin/env python3", documented, "", "from __future__ import annotations", "", *imports, "", *bodies]
    return "\n".join(lines)


def _imports(source: str) -> list[str]:
    """What a part takes from the standard library."""
    found = [one for one in ast.parse(source).body if isinstance(one, ast.Import | ast.ImportFrom)]
    return [ast.unparse(one) for one in found if not _is_left_out(one)]


def _is_left_out(one: ast.stmt) -> bool:
    module = one.module or "" if isinstance(one, ast.ImportFrom) else ""
    return module == "__future__" or module.startswith(OURS)


def _body(source: str) -> str:
    """Everything after the imports of a part, as it is written."""
    last = max(one.end_lineno or 0 for one in ast.parse(source).body if isinstance(one, ast.Import | ast.ImportFrom))
    return "\n".join(source.splitlines()[last:]).strip() + "\n\n"
