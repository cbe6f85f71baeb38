"""Little tables for the tests: as CSV, as workbooks, and the declarations they are read under."""

from __future__ import annotations

import io

from openpyxl import Workbook

from cases.tables import Column, Columns, Kind, Table, parse, read_table

STAFF = Columns(
    title="The staff list",
    columns=(
        Column("email", ("Email Address", "E-mail"), kind=Kind.EMAIL),
        Column("surname", ("Surname", "Last name"), longest=20),
        Column("joined", ("Start date",), required=False, kind=Kind.DAY),
        Column("role", ("Role",), required=False, kind=Kind.CHOICE, choices={"lead": ("Investigation lead",), "psp": ()}),
    ),
)
CODES = Columns(
    title="The code list",
    columns=(
        Column("code", ("Code",), kind=Kind.CODE),
        Column("name", ("Name",)),
        Column("opened", ("Open date",), False, Kind.DAY),
    ),
    positions=("code", "name", "", "opened"),
)


def csv_table(text: str, encoding: str = "utf-8", name: str = "list.csv") -> Table:
    return read_table(io.BytesIO(text.encode(encoding)), name)


def workbook(*lines: tuple[object, ...]) -> io.BytesIO:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in lines:
        sheet.append(list(line))
    return saved(book)


def saved(book: Workbook) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    return file


def told(text: str, columns: Columns = STAFF) -> list[str]:
    return [str(problem) for problem in parse(csv_table(text), columns)[1]]
