"""A row of a client's table as a record: each field is a column, read as the column's unit and limits say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final, cast, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError

from ..columns import EntryColumn, Limits, Unit
from ..columns.column import Columns
from ..errors import InputError, Problem
from . import cells
from .cells import CellError

FILL_IN: Final = "Fill in the cell."
Reader = Callable[[object], Any]
BY_UNIT: Final[dict[Unit, Reader]] = {
    Unit.DAY: cells.day,
    Unit.YEAR: cells.tax_year,
    Unit.RATIO: cells.new_for_old,
    Unit.YES_NO: cells.yes_no,
    Unit.TEXT: cells.text,
    Unit.ID: cells.identifier,
}
BY_LIMITS: Final[dict[Limits, Reader]] = {
    Limits.ANY: cells.amount,
    Limits.NOT_NEGATIVE: cells.not_negative,
    Limits.MORE_THAN_ZERO: cells.more_than_zero,
    Limits.ENTERED_NEGATIVE: cells.entered_negative,
    Limits.PRINTED_POSITIVE: cells.amount,
}


def reader_of(column: EntryColumn) -> Reader:
    """What makes a value of a filled cell; it raises CellError for a cell that the column does not take."""
    if column.unit is Unit.WORD:
        blank = "" if column.blank.kept else column.blank.word  # a word that is held as a blank
        return cells.one_of({each: None if word == blank else word for each, word in column.spelled.items()})
    return BY_UNIT.get(column.unit) or BY_LIMITS[column.limits]


class Record(BaseModel):
    """A row whose cells are CSV text or exact values; a blank cell is the same as none. Raises InputError.

    A record that names a table's columns beside this class has a field for each of them.
    """

    # In two parts: pydantic's plugin for mypy knows no columns, and must not refuse their names as arguments.
    model_config = ConfigDict(frozen=True) | ConfigDict(extra="forbid")

    def __init__(self, /, **row: object) -> None:
        try:
            super().__init__(**{name: cell for name, cell in row.items() if not cells.is_blank(cell)})
        except ValidationError as error:
            raise InputError(self._problem(each) for each in error.errors(include_url=False)) from None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for table in (base for base in cls.__bases__ if issubclass(base, Columns) and not issubclass(base, Record)):
            types = get_type_hints(table)
            for name, column in table.declared.items():
                read = PlainValidator(cells.optional(reader_of(column)))
                cls.__annotations__[name] = Annotated[types[name], read]
                setattr(cls, name, _field(column))

    @classmethod
    def _problem(cls, error: Any) -> Problem:
        """Say in our words what pydantic found."""
        name = str(error["loc"][0])
        if error["type"] == "extra_forbidden":
            return Problem("", None, name, str(error["input"]), "a known column", "Correct or remove the column.")
        expected = cls.model_fields[name].description or ""
        if error["type"] == "missing":
            return Problem("", None, name, "", expected, FILL_IN)
        refused = cast(CellError, error["ctx"]["error"])
        value = "" if error["input"] is None else str(error["input"])
        return Problem("", None, name, value, refused.expected or expected, refused.remedy)


def _field(column: EntryColumn) -> Any:
    """The field of a column. One that some rows need is checked in rows without it too."""
    if column.is_needed:
        return Field(description=column.expected)
    checked = column.needed is not None
    default: Any = column.blank.word if column.blank.kept else None
    return Field(default=default, validate_default=checked, description=column.expected)
