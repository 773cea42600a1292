"""One way in and out for every worksheet function: blanks, defaults, errors, and ranges of any shape.

A function takes values, one per row or an array of all rows; `worksheet` puts it into REGISTRY under its own name as
what every face calls: cell values in, the same out.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, get_args, get_type_hints

from engine.records.cells import CellError, is_blank

from .arguments import MOST, Argument, NoSuchYearError
from .figures import ARRAYS, as_column

ERRORS: Final = frozenset({
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A",
    "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!",
})  # fmt: skip

GridOfCells = Sequence[Sequence[object]]
BLANK: Final[GridOfCells] = [[None]]


class XlError(str):
    """An error as a cell shows it, "#VALUE!" or "#N/A", with the reason in words."""

    reason: str
    came_in: bool  # a cell held it: no value of ours was refused

    def __new__(cls, code: str, reason: str, *, came_in: bool = False) -> XlError:
        """Make an error; `reason` is what ISO_CHECK says."""
        self = super().__new__(cls, code)
        self.reason, self.came_in = reason, came_in
        return self


@dataclass(frozen=True)
class FunctionArgument:
    """An argument at its place in one function."""

    name: str
    argument: Argument
    required: bool
    default: Any = None  # an exact value
    same_as: str = ""  # the argument whose value is the default

    @property
    def help(self) -> str:
        """One line for the function wizard, with the default."""
        if self.required:
            return self.argument.help
        if self.same_as:
            return f"{self.argument.help} (left out: the same as {self.same_as})"
        shown = "" if self.default in (None, "") else f" (left out: {self.default})"
        return self.argument.help + shown


@dataclass(frozen=True)
class Function:
    """A worksheet function: what the faces need to know of it."""

    name: str
    help: str
    parameters: tuple[FunctionArgument, ...]
    body: Callable[..., Any]
    check: Callable[..., None] | None = None  # refuses a row whose values do not go together
    vectorised: bool = True  # one call can figure many rows
    raw: bool = False  # takes the cells as they are

    @property
    def signature(self) -> str:
        """'TMT(amti, status, year, [net_capital_gain])'."""
        names = (each.name if each.required else f"[{each.name}]" for each in self.parameters)
        return f"{self.name}({', '.join(names)})"


REGISTRY: Final[dict[str, Function]] = {}


def worksheet(
    check: Callable[..., None] | None = None,
    same_as: Mapping[str, str] | None = None,
    *,
    vectorised: bool = True,
    raw: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function whose arguments are annotated with an `Argument`; give what every face calls."""

    def register(body: Callable[..., Any]) -> Callable[..., Any]:
        parameters = tuple(_parameters(body, same_as or {}))
        help_ = " ".join((inspect.getdoc(body) or "").split("\n\n")[0].split())
        function = Function(body.__name__, help_, parameters, body, check, vectorised, raw)
        REGISTRY[function.name] = function

        @functools.wraps(body)
        def call(*cells: object, **named: object) -> Any:
            return plain(evaluate(function, _in_order(function, cells, named)))

        return call

    return register


def evaluate(function: Function, given: Sequence[object]) -> Any:
    """Figure one call. Errors are XlError, with their reason; a range, and a spilling function, give rows of cells."""
    if function.raw:
        return function.body(*given)
    spread = spread_out(function, given)
    if isinstance(spread, XlError):
        return spread
    columns, height, width = spread
    results = results_of(function, columns, height * width)
    if not any(isinstance(cell, list | tuple) for cell in given):
        return results[0]
    if not function.vectorised and any(isinstance(result, list) for result in results):
        if height * width == 1:
            return results[0]
        results = [_in_a_range(function) if isinstance(result, list) else result for result in results]
    return [results[start : start + width] for start in range(0, height * width, width)]


def spread_out(function: Function, given: Sequence[object]) -> tuple[list[list[object]], int, int] | XlError:
    """The cells of each argument, row by row (a single cell once), and how many rows and columns the call fills."""
    grids = [_grid(cell) for cell in given]
    grids += [BLANK] * (len(function.parameters) - len(given))
    height, width = max(map(len, grids)), max(len(grid[0]) for grid in grids)
    misfit = _misfit(function, grids, height, width)
    return misfit or ([_column(grid, height, width) for grid in grids], height, width)


def plain(result: Any) -> Any:
    """The result without reasons: numbers, text, and errors as plain text."""
    if isinstance(result, list):
        return [[str(cell) if type(cell) is XlError else cell for cell in row] for row in result]
    return str(result) if isinstance(result, XlError) else result


def _parameters(body: Callable[..., Any], same_as: Mapping[str, str]) -> Iterable[FunctionArgument]:
    hints = get_type_hints(body, include_extras=True)
    for name, each in inspect.signature(body).parameters.items():
        argument = next(extra for extra in get_args(hints[name]) if isinstance(extra, Argument))
        required = each.default is inspect.Parameter.empty
        yield FunctionArgument(name, argument, required, None if required else each.default, same_as.get(name, ""))


def _in_order(function: Function, cells: Sequence[object], named: Mapping[str, object]) -> list[object]:
    """The cells by place; TypeError for more than the function takes, as of any function."""
    names = [each.name for each in function.parameters]
    if len(cells) > len(names) or not named.keys() <= set(names[len(cells) :]):
        raise TypeError(f"{function.signature} was called with {len(cells)} cells and {', '.join(named) or 'no names'}")
    rest = [named.get(name) for name in names[len(cells) :]]
    return [*cells, *rest]


def _grid(cell: object) -> GridOfCells:
    """A cell or a range as rows; a flat list is a row."""
    if not isinstance(cell, list | tuple):
        return [[cell]]
    rows = cell if cell and isinstance(cell[0], list | tuple) else [cell]
    return rows if rows[0] else BLANK


def _misfit(function: Function, grids: Sequence[GridOfCells], height: int, width: int) -> XlError | None:
    for parameter, grid in zip(function.parameters, grids, strict=True):
        if len(grid) not in (1, height) or not {1, width} >= set(map(len, grid)):
            shape = f"{len(grid)} × {len(grid[0])}"
            return XlError("#VALUE!", f"{parameter.name}: a range of {shape} cells beside one of {height} × {width}.")
    return None


def _column(grid: GridOfCells, height: int, width: int) -> list[object]:
    """All cells of a range, row by row; a single cell stays one, to be read once. A row or a column is repeated."""
    if len(grid) == len(grid[0]) == 1:
        return [grid[0][0]]
    rows = grid if len(grid) == height else [grid[0]] * height
    return [cell for row in rows for cell in (row if len(row) == width else [row[0]] * width)]


def results_of(function: Function, columns: Sequence[list[object]], size: int) -> list[Any]:
    """Compute all rows: those that can be, at once; an error stands in its own row. A column of one is for all rows."""
    at_once = size > 1 and function.vectorised and ARRAYS is not None
    read = [_read(each, column, at_once) for each, column in zip(function.parameters, columns, strict=True)]
    results: list[Any] = [None] * size
    if XlError in {kind for column in read for kind in set(map(type, column))}:
        results = [_first_error(row) for row in by_row(read, size)]
    values = _with_defaults(function, read, size)
    if function.check:
        results = [error or _checked(function, row) for error, row in zip(results, by_row(values, size), strict=True)]
    good = [place for place, error in enumerate(results) if error is None]
    if len(good) < size:
        values = [column if len(column) == 1 else [column[place] for place in good] for column in values]
    if good:
        computed = _at_once(function, values, len(good)) if at_once else _one_by_one(function, values, len(good))
        for place, result in zip(good, computed, strict=True):
            results[place] = result
    return results


def by_row(columns: Sequence[list[Any]], size: int) -> Iterable[tuple[Any, ...]]:
    """The values of each row; a column of one is the same in all rows."""
    return zip(*(column * size if len(column) == 1 else column for column in columns), strict=True)


def _read(parameter: FunctionArgument, column: list[object], at_once: bool) -> list[Any]:
    """The values of a column; in a range of many, plain numbers are taken as they are and equal cells are read once."""
    if not at_once or len(column) == 1:
        return [value_of(parameter, cell) for cell in column]
    lowest, known = parameter.argument.lowest, {}
    values: list[Any] = []
    for cell in column:
        if type(cell) is float and lowest <= cell <= MOST:
            values.append(cell)
            continue
        key = (type(cell), cell)
        if key not in known:
            known[key] = value_of(parameter, cell)
        values.append(known[key])
    return values


def value_of(parameter: FunctionArgument, cell: object) -> Any:
    """An exact value, the default, or the error that the cell holds or is."""
    if isinstance(cell, str) and cell.strip() in ERRORS:
        return XlError(cell.strip(), f"{parameter.name} holds the error {cell.strip()}.", came_in=True)
    if is_blank(cell):
        if not parameter.required:
            return parameter.default
        return XlError("#VALUE!", f"{parameter.name} is blank: expected {parameter.argument.expected}.")
    try:
        return parameter.argument.read(cell)
    except CellError as error:
        return _refusal(parameter, cell, error)


def _refusal(parameter: FunctionArgument, cell: object, error: CellError) -> XlError:
    code = "#N/A" if isinstance(error, NoSuchYearError) else "#VALUE!"
    expected = error.expected or parameter.argument.expected
    shown = f"{cell:.15g}" if isinstance(cell, float) else str(cell)[:60]
    return XlError(code, f"{parameter.name}: found {shown}, expected {expected}. {error.remedy}")


def _with_defaults(function: Function, columns: list[list[Any]], size: int) -> list[list[Any]]:
    """Fill a blank whose default is the value of another argument."""
    places = {each.name: place for place, each in enumerate(function.parameters)}
    filled = list(columns)
    for place, each in enumerate(function.parameters):
        if each.same_as:
            pairs = columns[place], columns[places[each.same_as]]
            rows = 1 if len(pairs[0]) == len(pairs[1]) == 1 else size
            filled[place] = [other if own is None else own for own, other in by_row(pairs, rows)]
    return filled


def _first_error(row: Sequence[Any]) -> XlError | None:
    """An error that came in goes before a value that is refused."""
    errors = [value for value in row if isinstance(value, XlError)]
    return next((error for error in errors if error.came_in), None) or next(iter(errors), None)


def _checked(function: Function, row: Sequence[Any]) -> XlError | None:
    assert function.check
    try:
        function.check(*row)
    except CellError as error:
        return XlError("#VALUE!", error.remedy)
    return None


def _one_by_one(function: Function, columns: Sequence[list[Any]], size: int) -> list[Any]:
    return [_one(function, row) for row in by_row(columns, size)]


def _one(function: Function, row: Sequence[Any]) -> Any:
    """One row, exactly."""
    try:
        return _cell(function.body(*row))
    except CellError as error:
        return XlError("#VALUE!", error.remedy)


def _at_once(function: Function, columns: Sequence[list[Any]], size: int) -> list[Any]:
    """All rows in one call to the engine; one call a tax year, as years are different forms."""
    names = [each.name for each in function.parameters]
    years = columns[names.index("year")] if "year" in names else [None]
    if len(set(years)) == 1:
        return _many(function, columns, years[0], size)
    results: list[Any] = [None] * size
    for year in dict.fromkeys(years):
        places = [place for place, each in enumerate(years) if each == year]
        part = [column if len(column) == 1 else [column[place] for place in places] for column in columns]
        for place, result in zip(places, _many(function, part, year, len(places)), strict=True):
            results[place] = result
    return results


def _many(function: Function, columns: Sequence[list[Any]], year: int | None, size: int) -> list[Any]:
    values = [
        year if each.name == "year" else as_column(column, each.argument.kind)
        for each, column in zip(function.parameters, columns, strict=True)
    ]
    results: list[Any] = function.body(*values).tolist()
    return results * size if len(results) < size else results


def _cell(value: Any) -> Any:
    """What a cell holds: numbers are floats."""
    if isinstance(value, list):
        return [_cell(each) for each in value]
    return float(value) if isinstance(value, Decimal | int) else value


def _in_a_range(function: Function) -> XlError:
    return XlError("#VALUE!", f"{function.name} fills several cells: call it with single cells, not with a range.")
