"""Files that an organisation hands in, brought in by the real doors: all of a file or nothing of it.

A file is read (`cases.tables`), every problem is found and told at once, and only then is it brought in, row by row,
in one transaction. A preview does the same and takes it back, so it says exactly what would happen.
"""

from workflows.imports.report import Line, Outcome, Report, Unfit
from workflows.imports.running import run

__all__ = ["Line", "Outcome", "Report", "Unfit", "run"]
