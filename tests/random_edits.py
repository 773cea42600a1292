"""Random edits of a workbook's sheets, made by openpyxl as a person would make them, and what became of each."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from engine import Client, InputError
from isobook.sources.workbook_file import client_of
from workbook_templates.fill import workbook
from workbook_templates.read_back.cells import where
from workbook_templates.read_back.edits.hand_edits import hand_edits
from workbook_templates.read_back.reading import ReadBack, entry_cells, read_book
from workbook_templates.read_back.record_tables import TABLES, entries, table_place
from workbook_templates.read_back.xlsx_cells import Cell, CellRows, XlsxCells, address

EPOCH: Final = date(1899, 12, 30)
INPUTS: Final = "Inputs"
RECEIVED: Final = "As received"
FILLED_WITH: Final = "ISO"  # a blank kind is that
Texts = dict[str, list[dict[str, str]]]
TABLE_OF: Final = {table.title: table for table in TABLES}


@dataclass
class Made:
    """A client's workbook as isobook made it, held in memory."""

    client: Client
    cells: XlsxCells = field(init=False)
    saved: XlsxCells = field(init=False)  # the same, to compare edited cells with
    entries: dict[str, set[tuple[int, int]]] = field(init=False)
    tables: Texts = field(init=False)

    def __post_init__(self) -> None:
        self.cells = XlsxCells(workbook(self.client))
        for title in self.cells.titles:
            self.cells.sheet(title)
        self.entries = {INPUTS: entry_cells(self.cells, [INPUTS])[INPUTS]}
        for title in self.record_sheets:
            table = TABLE_OF[title]
            places = [self.cells.names[f"{table.sheet}_{line.leaf.line}"] for line in entries(table)]
            rows = range(self.table(title)[0] + 1, self.table(title)[1])
            self.entries[title] = {(row, place.first[1]) for place in places for row in rows}
        self.tables = texts_of(read_book(self.cells))
        self.saved = copy.copy(self.cells)
        vars(self.saved)["same_parts"] = lambda other: False  # edits are made in memory: the file is still the same

    @property
    def record_sheets(self) -> list[str]:
        """The sheets of exercises, sales and grants that there are."""
        return [title for title in TABLE_OF if title in self.cells.titles]

    def table(self, title: str) -> tuple[int, int]:
        """The rows above and under the records of a table."""
        place = table_place(self.cells.sheet(title), TABLE_OF[title])
        return place.first - 1, place.end

    def records(self, title: str) -> list[int]:
        """The rows of a table that hold records."""
        top, bottom = self.table(title)
        filled = {row for row, column in self.filled(title)}
        return [row for row in range(top + 1, bottom) if row in filled]

    def filled(self, title: str) -> list[tuple[int, int]]:
        """The entry cells of a sheet that are not blank."""
        rows = self.cells.sheet(title)
        return [(row, at) for row, at in sorted(self.entries[title]) if rows.get(row, {}).get(at, Cell(None)).value]


@dataclass
class Edit:
    """What was done: in words, the sheets after it, and the places one of which must be named."""

    words: str
    sheets: dict[str, CellRows | None]  # None: deleted
    places: list[str] = field(default_factory=list)  # named in a problem or a note, unless the client changed
    changes_nothing: bool = False  # nothing may be told, and the client is the same


def drawn(made: Made, title: str) -> Worksheet:
    """A sheet as openpyxl holds it."""
    sheet = Workbook().active
    assert isinstance(sheet, Worksheet)
    for row, cells in made.cells.sheet(title).items():
        for column, cell in cells.items():
            sheet.cell(row, column).value = cell.value if cell.formula is None else f"={cell.formula}"
    return sheet


def read_again(sheet: Worksheet) -> CellRows:
    """The cells of openpyxl's sheet; its formulas have no values any more."""
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet._cells.items():
        if (read := _cell(cell.value)) is not None:
            rows.setdefault(row, {})[column] = read
    return {row: dict(sorted(rows[row].items())) for row in sorted(rows)}


def _cell(value: Any) -> Cell | None:
    if value is None:
        return None
    if isinstance(value, str) and value.startswith("="):
        return Cell(None, value[1:])
    if isinstance(value, date):
        return Cell(float((value - EPOCH).days))
    return Cell(value if isinstance(value, bool | str) else float(value))


def outcome(made: Made, edit: Edit) -> tuple[Client | None, Texts, list[str]]:
    """The client of the edited workbook, None where it is refused; the texts of its cells; all that is told of it."""
    book = copy.copy(made.cells)
    book._sheets = {**made.cells._sheets, **{title: rows for title, rows in edit.sheets.items() if rows is not None}}
    book.titles = [title for title in made.cells.titles if edit.sheets.get(title, {}) is not None]
    found = read_book(book)
    try:
        client = client_of(Path("client.xlsx"), found, rounding=None, tax_method=None, name="")
    except InputError as error:
        return None, {}, [str(problem) for problem in error.problems]
    edits = hand_edits(found, lambda: made.saved) if found.received else []
    return client, texts_of(found), [*found.notes, *edits]


def texts_of(found: ReadBack) -> Texts:
    """What was read of each record."""
    return {
        table: [{name: text for name, text in row.cells.items() if text} for row in rows]
        for table, rows in found.tables.items()
    }


# --- the edits ---------------------------------------------------------------------------------------------------


def draw_edit(random: Random, made: Made) -> Edit:
    """One edit of a random kind."""
    return random.choice(KINDS)(random, made)


def _typed(random: Random, made: Made) -> Edit:
    """Something typed into an entry: over another, or into a blank one."""
    title = random.choice([INPUTS, *made.record_sheets])
    row, column = random.choice([*made.filled(title), *sorted(made.entries[title])])
    value: Any = random.choice(
        [random.randint(3, 90_000) + 0.25, f"remark {random.randint(1, 99)}", date(2025, 3, 4), "=1+1"]
    )
    sheet = drawn(made, title)
    sheet.cell(row, column).value = value
    words = f"{value} typed into {title}!{address(row, column)}"
    return Edit(words, {title: read_again(sheet)}, _near(made, title, row, column))


def _cleared(random: Random, made: Made) -> Edit:
    title = random.choice([title for title in (INPUTS, *made.record_sheets) if made.filled(title)])
    sheet = drawn(made, title)
    row, column = random.choice([each for each in made.filled(title) if sheet.cell(*each).value != FILLED_WITH])
    sheet.cell(row, column).value = None
    return Edit(f"{title}!{address(row, column)} cleared", {title: read_again(sheet)}, _near(made, title, row, column))


def _near(made: Made, title: str, row: int, column: int) -> list[str]:
    """The cell, or one in the same row of a table; on Inputs also a year that is none any more."""
    if title == INPUTS:
        return [where(title, row, column), "a row with the tax years", "the return of"]
    beside = [where(title, row, at) for at in range(1, 80)]
    return [
        *beside,
        f"record {row - made.table(title)[0]} as received",
        f"row {row - made.table(title)[0]} of the table",
    ]


def _record_deleted(random: Random, made: Made) -> Edit:
    title = random.choice([title for title in made.record_sheets if made.records(title)])
    row = random.choice(made.records(title))
    sheet = drawn(made, title)
    if random.random() < 0.5:
        sheet.delete_rows(row)
    else:
        for at in range(1, 80):
            if (row, at) in made.entries[title]:
                sheet.cell(row, at).value = None
    return Edit(
        f"record {title} {row} deleted",
        {title: read_again(sheet)},
        [f"{title}, record {row - made.table(title)[0]} as received"],
    )


def _spare_row(random: Random, made: Made) -> Edit:
    """A row without a record deleted, or one inserted: nothing is lost."""
    title = random.choice(made.record_sheets)
    bottom = made.table(title)[1]
    sheet = drawn(made, title)
    if random.random() < 0.5:
        sheet.delete_rows(bottom - 1)
    else:
        sheet.insert_rows(random.randint(1, bottom))
    return Edit(f"spare row of {title}", {title: read_again(sheet)}, changes_nothing=True)


def _row_of_inputs(random: Random, made: Made) -> Edit:
    sheet = drawn(made, INPUTS)
    rows = sorted({row for row, _ in made.entries[INPUTS] if row > 4})
    row = random.choice(rows)
    label = " ".join(str(sheet.cell(row, 1).value).split())
    sheet.delete_rows(row)
    return Edit(f"row {label} of Inputs deleted", {INPUTS: read_again(sheet)}, [label[:40]])


def _columns_swapped(random: Random, made: Made) -> Edit:
    """Two columns of a table change places with their headers."""
    title = random.choice(made.record_sheets)
    top, bottom = made.table(title)
    head = table_place(made.cells.sheet(title), TABLE_OF[title]).header
    sheet = drawn(made, title)
    heads = [sheet.cell(head, column).value for column in range(1, 30)]
    left, right = random.sample([at for at, head in enumerate(heads, 1) if heads.count(head) == 1], 2)
    for row in (head, *range(top + 1, bottom)):
        _swap(sheet, row, left, row, right)
    return Edit(f"columns {left} and {right} of {title} swapped", {title: read_again(sheet)}, changes_nothing=True)


def _data_swapped(random: Random, made: Made) -> Edit:
    """What stands under two headers changes places; the headers stay."""
    title = random.choice([title for title in made.record_sheets if made.records(title)])
    top, bottom = made.table(title)
    sheet = drawn(made, title)
    columns = sorted({at for _, at in made.filled(title)})
    left, right = random.sample(columns, 2)
    for row in range(top + 1, bottom):
        _swap(sheet, row, left, row, right)
    same = all(sheet.cell(row, left).value == sheet.cell(row, right).value for row in range(top + 1, bottom))
    return Edit(f"data {left}, {right} of {title} swapped", {title: read_again(sheet)}, [title], changes_nothing=same)


def _rows_sorted(random: Random, made: Made) -> Edit:
    """A record changes places with another row of its table."""
    title = random.choice([title for title in made.record_sheets if made.records(title)])
    top, bottom = made.table(title)
    one, other = random.choice(made.records(title)), random.randint(top + 1, bottom - 1)
    sheet = drawn(made, title)
    for at in {column for _, column in made.entries[title]}:
        _swap(sheet, one, at, other, at)
    return Edit(f"rows {one} and {other} of {title} exchanged", {title: read_again(sheet)}, changes_nothing=True)


def _swap(sheet: Worksheet, row: int, column: int, other_row: int, other: int) -> None:
    one, two = sheet.cell(row, column), sheet.cell(other_row, other)
    one.value, two.value = two.value, one.value


def _sheet_deleted(random: Random, made: Made) -> Edit:
    title = random.choice(made.cells.titles)
    return Edit(f"sheet {title} deleted", {title: None}, [title])


def _remark(random: Random, made: Made) -> Edit:
    """Words, a number or a formula where nothing stands."""
    title = random.choice([INPUTS, *made.record_sheets, *made.cells.titles])
    rows = made.cells.sheet(title)
    blank = [
        (row, at)
        for row in range(1, max(rows) + 12)
        for at in range(1, 30)
        if at not in rows.get(row, {}) and (row, at) not in made.entries.get(title, ())
    ]
    row, column = random.choice(blank)
    sheet = drawn(made, title)
    value: Any = random.choice(["ask again", 4_711, "=A1&1", "Total"])
    sheet.cell(row, column).value = value
    return Edit(
        f"remark at {title}!{address(row, column)}", {title: read_again(sheet)}, _remark_places(title, row, column)
    )


def _remark_places(title: str, row: int, column: int) -> list[str]:
    return [where(title, row, column), *([RECEIVED] if title == RECEIVED else [])]


def _below_total(random: Random, made: Made) -> Edit:
    """An id and some shares under the table."""
    title = random.choice(made.record_sheets)
    row = made.table(title)[1] + random.randint(1, 30)
    sheet = drawn(made, title)
    first, second = random.sample(sorted({at for _, at in made.entries[title]}), 2)
    sheet.cell(row, first).value, sheet.cell(row, second).value = "E77", 300
    return Edit(
        f"{title} row {row} under Total", {title: read_again(sheet)}, [where(title, row, at) for at in range(1, 80)]
    )


def _year_column(random: Random, made: Made) -> Edit:
    years = sorted({at for row, at in made.entries[INPUTS] if row == 4})
    column = random.choice(years)
    year = f"{made.cells.sheet(INPUTS)[4][column].value:.0f}"
    sheet = drawn(made, INPUTS)
    if random.random() < 0.5:
        sheet.delete_cols(column)
    else:
        for row in range(4, 120):
            sheet.cell(row, column).value = None
    return Edit(f"year {year} deleted", {INPUTS: read_again(sheet)}, [f"return of {year}", "a row with the tax years"])


def _over_formula(random: Random, made: Made) -> Edit:
    title = random.choice(made.cells.titles)
    rows = made.cells.sheet(title)
    formulas = [(row, at) for row, cells in rows.items() for at, cell in cells.items() if cell.formula is not None]
    if not formulas:
        return _remark(random, made)
    row, column = random.choice(formulas)
    sheet = drawn(made, title)
    value: Any = random.choice([None, 5, "=1+1", "mine"])
    sheet.cell(row, column).value = value
    return Edit(f"formula {title}!{address(row, column)}", {title: read_again(sheet)}, [where(title, row, column)])


def _over_words(random: Random, made: Made) -> Edit:
    title = random.choice([title for title in made.cells.titles if title != RECEIVED])
    rows = made.cells.sheet(title)
    words = [
        (row, at)
        for row, cells in rows.items()
        for at, cell in cells.items()
        if cell.formula is None and (row, at) not in made.entries.get(title, ())
    ]
    row, column = random.choice(words)
    sheet = drawn(made, title)
    label = str(sheet.cell(row, column).value)
    value: Any = random.choice([None, "other words", 5])
    sheet.cell(row, column).value = value
    places = [where(title, row, column), " ".join(label.split())[:30], title]
    return Edit(f"words {title}!{address(row, column)}", {title: read_again(sheet)}, places)


KINDS: Final[list[Callable[[Random, Made], Edit]]] = [
    *(_typed, _typed, _typed, _cleared, _cleared, _record_deleted, _spare_row, _row_of_inputs, _columns_swapped),
    *(_data_swapped, _rows_sorted, _sheet_deleted, _remark, _remark, _below_total, _year_column, _over_formula),
    _over_words,
]
