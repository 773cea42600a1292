"""The other readings, for the tests: many returns as arrays, and a form as formulas that ironcalc evaluates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import ironcalc
import numpy as np
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from engine.language.lines import Line
from engine.language.nodes import Column, Kind, Leaf
from workbook_templates.drawing.excel_formula import formula

Values = Mapping[str, Any]
NUMBERS: Final = {Kind.COUNT: np.int64, Kind.YEAR: np.int64}


def as_array(line: Line, values: Sequence[Any]) -> Any:
    """The values of an entry side by side, a blank as NaN, NaT or an empty word."""
    match line.leaf.kind:
        case Kind.DAY:
            return np.array(values, dtype="datetime64[D]")
        case Kind.TEXT:
            return np.array(values, dtype=np.str_)
        case kind if kind in NUMBERS:
            return np.array(values, dtype=np.int64)
    return np.array([np.nan if value is None else float(value) for value in values], dtype=np.float64)


def tables_as_arrays(records: Sequence[Line], clients: Sequence[Values], rows: Mapping[str, str]) -> dict[str, Any]:
    """The tables of many clients one below the other, each row with its owner.

    `rows` maps a column of row numbers to the table whose rows they are: these numbers are counted through.
    """
    arrays: dict[str, Any] = {}
    entries = [line for line in records if line.expression is None]
    for sheet in dict.fromkeys(line.leaf.sheet for line in records):
        columns = [line for line in entries if line.leaf.sheet == sheet]
        sizes = [len(client[columns[0].key]) for client in clients]
        arrays[f"{sheet}.owner"] = np.repeat(np.arange(len(clients)), sizes)
        for line in columns:
            arrays[line.key] = as_array(line, [value for client in clients for value in client[line.key]])
    for key, table in rows.items():
        if key in arrays:
            counts = np.bincount(arrays[f"{table}.owner"], minlength=len(clients))
            starts = np.cumsum([0, *counts])[:-1]
            arrays[key] = arrays[key] + starts[arrays[f"{key.split('.')[0]}.owner"]]
    return arrays


def as_cell(value: Any) -> Any:
    """A value as a spreadsheet keeps it: dates as serial numbers, amounts as floats."""
    match value:
        case date():
            return float(to_excel(value))  # type: ignore[no-untyped-call]
        case np.datetime64():
            return as_cell(value.astype(object))
        case bool() | np.bool_():
            return bool(value)
        case str():
            return str(value)
        case None:
            return None
    return float(value)


class Sheet:
    """One return on one sheet of ironcalc: table columns side by side, the form below, the law beside it."""

    FIRST_ROW: Final = 2

    def __init__(self, records: Sequence[Line], form: Sequence[Line], values: Values) -> None:
        self.model = ironcalc.create("book", "en", "UTC", "en")
        self.records, self.form, self.values = records, form, values
        self.rows = len(values[records[0].key])
        self.columns = {line.key: get_column_letter(place) for place, line in enumerate(records, 1)}
        start = self.FIRST_ROW + max(self.rows, 1) + 1
        self.cells = {line.key: f"A{start + place}" for place, line in enumerate(form)}
        self.given = {key: value for key, value in values.items() if key.split(".")[0] in ("options", "law")}
        last = start + len(form)
        for place, (key, value) in enumerate(self.given.items()):
            self.cells[key] = self._write_row(last + 2 + place, value if isinstance(value, list) else [value])

    def evaluate(self) -> dict[str, Any]:
        """Type the entries, write the formulas, and read every computed line; a table column is a list."""
        for line in self.records:
            for row in range(self.rows):
                cell = f"{self.columns[line.key]}{self.FIRST_ROW + row}"
                values = {entry.key: self.values[entry.key][row] for entry in self.records if entry.expression is None}
                self._fill(cell, line, values, self._in_row(row))
        for line in self.form:
            self._fill(self.cells[line.key], line, self.values, self._in_form)
        self.model.evaluate()
        read: dict[str, Any] = {
            line.key: [self._read(f"{self.columns[line.key]}{self.FIRST_ROW + row}") for row in range(self.rows)]
            for line in self.records
        }
        return read | {line.key: self._read(self.cells[line.key]) for line in self.form}

    def _fill(self, cell: str, line: Line, values: Values, address: Callable[[Leaf | Column], str]) -> None:
        if line.expression is None:
            self._type(cell, values[line.key])
        else:
            self._put(cell, "=" + formula(line.expression, address))

    def _in_row(self, row: int) -> Callable[[Leaf | Column], str]:
        def address(leaf: Leaf | Column) -> str:
            if isinstance(leaf, Column) or f"{leaf.sheet}.{leaf.line}" not in self.columns:
                return self._in_form(leaf)
            return f"{self.columns[f'{leaf.sheet}.{leaf.line}']}{self.FIRST_ROW + row}"

        return address

    def _in_form(self, leaf: Leaf | Column) -> str:
        if isinstance(leaf, Leaf):
            return self.cells[f"{leaf.sheet}.{leaf.line}"]
        column = self.columns[f"{leaf.leaf.sheet}.{leaf.leaf.line}"]
        return f"${column}${self.FIRST_ROW}:${column}${self.FIRST_ROW + max(self.rows, 1) - 1}"

    def _write_row(self, row: int, values: Sequence[Any]) -> str:
        cells = [f"{get_column_letter(place)}{row}" for place in range(1, len(values) + 1)]
        for cell, value in zip(cells, values, strict=True):
            self._type(cell, value)
        return cells[0] if len(cells) == 1 else f"{cells[0]}:{cells[-1]}"

    def _type(self, cell: str, value: Any) -> None:
        if value is not None and value != "":
            typed = as_cell(value)
            self._put(cell, f"'{typed}" if isinstance(typed, str) else repr(typed))

    def _put(self, cell: str, content: str) -> None:
        column, row = _place(cell)
        self.model.set_user_input(0, row, column, content)

    def _read(self, cell: str) -> Any:
        column, row = _place(cell)
        return self.model.get_cell_value(0, row, column)


def _place(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return ironcalc.column_number_from_name(letters), int(cell[len(letters) :])


def exactly(value: Any) -> Any:
    """An exact figure as the other readings give it."""
    return [as_cell(each) for each in value] if isinstance(value, list) else as_cell(value)
