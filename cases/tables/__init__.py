"""Tables that people hand in, and (`sheets`) those that are handed out.

A table that is handed in, CSV or Excel, is read, matched to declared columns, and judged row by row.
`read_table` reads a file, `parse` makes values of it under a declaration (`Columns`), and every fault
found is a `Problem` that names its row, its column and the reason. Nothing here knows a model.
"""

from cases.tables.columns import Column, Columns
from cases.tables.reading import Row, Table, read_table
from cases.tables.rows import ParsedRow, Problem, duplicates_within, ignored_headers, parse
from cases.tables.sheets import Sheet, as_csv, as_xlsx
from cases.tables.values import Kind, day_in

__all__ = [
    "Column",
    "Columns",
    "Kind",
    "ParsedRow",
    "Problem",
    "Row",
    "Sheet",
    "Table",
    "as_csv",
    "as_xlsx",
    "day_in",
    "duplicates_within",
    "ignored_headers",
    "parse",
    "read_table",
]
