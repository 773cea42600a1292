"""From the bytes of a workbook to the client's tables, the settings, what is wrong and what is worth telling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from engine.clients.projection import Projection, project
from engine.columns.splits import split_entries
from engine.errors import InputError, Problem
from engine.federal.stock.hundred_thousand_limit import grants
from engine.federal.wages.form_w2 import forms_w2
from engine.language.nodes import Kind
from engine.language.table import Table
from engine.records import LETTERHEAD, Client

from ..contents.as_received import FORMAT, SETTINGS
from ..contents.open_items import TITLE as ITEMS
from ..sheets.inputs_sheet import LETTERHEAD_CELLS
from .answers import read_answers
from .as_received import NotOursError, declared_later, intake_years, received_of, received_title
from .cells import FoundRow, Workpaper, plain_label, where
from .compared_with_received import Compared, compare_rows, compare_years, told_of_tax
from .inputs import TITLE as INPUTS
from .inputs import YEAR, Found, read_inputs, read_plan
from .received_or_typed import FoundTables, Received, client_of, keys_made, row_keys, settled
from .record_tables import TABLES, names_of, read_table
from .xlsx_cells import XlsxCells

CLIENT_NAME: Final = "client_name"
WORDS: Final = {"name": CLIENT_NAME, **{each: each for each in LETTERHEAD}}  # free words: setting -> name of its cell
LABELS: Final = dict(LETTERHEAD_CELLS)  # of those cells
NAMES_OF_OURS: Final = frozenset({CLIENT_NAME, "rounding_word", "exercises_exercise_id"})
DAYS: Final = {  # the columns that say in which year a record falls
    "exercises": ("date_exercised", "vest_date"),
    "sales": ("date_sold",),
    "w2": ("tax_year",),
}
NO_RECEIVED: Final = (
    "The hidden sheet As received is missing or was changed: the records are taken as Exercises and Sales show them, "
    "shares after splits, each sale with its lot. What was deleted, typed over formulas or beside the records cannot "
    "be told."
)
GIVEN_UP: Final = (
    "Exercises or Sales were changed in rows that rest on splits.csv or on a sale first in, first out: the records are "
    "taken as the sheets show them now, shares after splits, each sale with its lot."
)


@dataclass(frozen=True)
class ReadBack:
    """What a workbook holds: CSV text by table, row and column with the cells it comes from."""

    tables: dict[str, Sequence[FoundRow]]
    settings: dict[str, str]  # name, rounding, tax_method; "" where nothing is given
    settings_at: Mapping[str, str]  # the cells of those on Inputs
    problems: list[Problem]  # `column` has sheet, cell and label; `file` and `row` are empty
    notes: list[str]
    gone: list[Problem]  # records received that the sheets show no more; told in `notes` where nothing is refused
    received: Client | None  # the client when the workbook was made; None where that is not known
    made_by: str  # the version of isobook that made it; "" where that is not known
    book: XlsxCells
    read: Set[tuple[str, int, int]]  # sheet, row and column of each cell that is an input
    intake: range | None = None  # the years of an intake workbook as made
    earlier_layout: bool = False  # made when sheets were laid out otherwise, or before a column was declared

    def entries(self, title: str) -> set[tuple[int, int]]:
        """The row and column of each cell of a sheet that is an input."""
        return {(row, column) for sheet, row, column in self.read if sheet == title}


def read_back(data: bytes) -> ReadBack:
    """Read a workbook of ours. Raises UnreadableError, and NotOursError where isobook did not make it."""
    return read_book(XlsxCells(data))


def read_book(book: XlsxCells) -> ReadBack:
    """The same of a file that is open."""
    paper = Workpaper(book)
    title, layout = received_title(paper.book)
    if not title and not _looks_like_ours(paper.book):
        remedy = "Give a workbook that isobook build made, a client's folder, or a CSV file of exercises."
        raise NotOursError(f"a workbook with the sheets {', '.join(paper.book.titles)[:200]}", remedy)
    received, settings = received_of(paper.book, title)
    if received is None:
        paper.notes.append(NO_RECEIVED)
    else:
        paper.later |= declared_later(paper.book.sheet(title))
    intake = intake_years(settings)
    inputs = read_inputs(paper)
    found, readable = _tables(paper, received, optional=intake is not None)
    before = project(received.client.model_copy()) if received else None
    made = keys_made(before) if before else {}
    tables, given_up = settled(found, received, made)
    if given_up:
        paper.notes.append(GIVEN_UP)
    if not paper.book.names.given.isdisjoint(names_of(split_entries)):
        tables[split_entries.sheet] = read_table(paper, split_entries, needed=False)
    tables["returns"] = _returns(inputs, received) if intake is None else _in_use(inputs, tables)
    tables["answers"] = read_answers(paper, received.rows.get("answers", ()) if received else ())
    taken = {name: inputs.settings.cells.get(name) or settings.get(name, "") for name in SETTINGS}
    words_at: dict[str, str] = {}
    for name, cell in WORDS.items():
        taken[name], words_at[name] = _words(paper, cell, settings.get(name, ""))
    taken["plan"] = read_plan(paper, settings.get("plan", ""))
    if inputs.returns:
        paper.notes += _kept(inputs.settings, settings)
    made_by = settings.get("isobook", "")
    compared = compare_rows(made, row_keys(readable), before) if before else Compared()
    if received and before:
        _compare_more(received, before, inputs, compared, lambda: _projected(tables, taken))
    paper.notes += compared.told()
    client = received.client if received else None
    return ReadBack(
        *(tables, taken, {**inputs.settings.places, **words_at}, paper.problems, paper.notes, compared.gone),
        *(client, made_by, paper.book, paper.read),
        intake=intake,
        earlier_layout=bool(received and (layout < FORMAT or paper.later)),
    )


def _tables(paper: Workpaper, received: Received | None, *, optional: bool) -> tuple[FoundTables, FoundTables]:
    """The records of each table, and of those alone that could be read: the others are refused."""
    found: dict[str, Sequence[FoundRow]] = {}
    readable: dict[str, Sequence[FoundRow]] = {}
    for table in TABLES:
        refused = len(paper.problems)
        found[table.sheet] = read_table(paper, table, needed=_is_needed(paper.book, table, received, optional=optional))
        if len(paper.problems) == refused:
            readable[table.sheet] = found[table.sheet]
    return found, readable


def _compare_more(
    received: Received, before: Projection, inputs: Found, compared: Compared, now: Callable[[], Projection | None]
) -> None:
    """Add the years that As received knows and Inputs shows no more, and what became of the tax."""
    if inputs.returns:
        compare_years(received.rows.get("returns", ()), inputs.returns, before, compared)
    if compared.gone:
        compared.notes += told_of_tax(before, now())


def _projected(tables: FoundTables, settings: Mapping[str, str]) -> Projection | None:
    try:
        return project(client_of(tables, **{name: text for name, text in settings.items() if text}))
    except InputError:
        return None


def entry_cells(book: XlsxCells, titles: Iterable[str]) -> dict[str, set[tuple[int, int]]]:
    """The row and column of each cell that holds an entry on some sheets of a workbook as isobook made it."""
    paper, asked = Workpaper(book), set(titles)
    if INPUTS in asked:
        read_inputs(paper)
    for table in (table for table in TABLES if table.title in asked):
        read_table(paper, table, needed=False)
    if ITEMS in asked:
        read_answers(paper, ())
    for cell in WORDS.values():
        _words(paper, cell, "")
    read_plan(paper, "")
    cells: dict[str, set[tuple[int, int]]] = {}
    for title, row, column in paper.read:
        cells.setdefault(title, set()).add((row, column))
    return cells


def _is_needed(book: XlsxCells, table: Table, received: Received | None, *, optional: bool) -> bool:
    """Tell a sheet that every workbook has, or that this one was made with: Grants is there if there are grants.

    In an intake workbook, where it may be of no use, it is `optional`.
    """
    was_there = bool(received and getattr(received.client, table.sheet))
    named = not optional and not book.names.given.isdisjoint(names_of(table))
    return table not in (grants, forms_w2) or was_there or named


def _looks_like_ours(book: XlsxCells) -> bool:
    """Tell whether the names stand there that every workbook of ours has."""
    return book.names.keys() >= NAMES_OF_OURS


def _kept(found: FoundRow, received: Mapping[str, str]) -> Iterator[str]:
    """The settings that the sheet gives no more: those received hold on."""
    for name, text in found.cells.items():
        if not text and (kept := received.get(name)):
            yield f"{found.places[name]} is empty: {kept}, as received, was kept."


def _returns(inputs: Found, received: Received | None) -> list[FoundRow]:
    """The returns from the first year through the last one given; years between may be blank."""
    came_in = {row.cells[YEAR]: row for row in received.rows["returns"]} if received else {}
    given = [
        year
        for year, row in inputs.returns.items()
        if str(year) in came_in or any(text for name, text in row.cells.items() if name != YEAR)
    ]
    wanted = [year for year in sorted(inputs.returns) if given and year <= max(given)]
    return [_merged(inputs.returns[year], came_in.get(str(year))) for year in wanted]


def _in_use(inputs: Found, tables: FoundTables) -> list[FoundRow]:
    """The returns of an intake workbook from the first year with an entry or record through the last; else all."""
    records = {row.cells.get(name, "")[:4] for table, names in DAYS.items() for row in tables[table] for name in names}
    used = [
        year
        for year, row in inputs.returns.items()
        if str(year) in records or any(text for name, text in row.cells.items() if name != YEAR)
    ]
    wanted = range(min(used), max(used) + 1) if used else inputs.returns
    return [inputs.returns[year] for year in sorted(inputs.returns) if year in wanted]


def _merged(row: FoundRow, received: FoundRow | None) -> FoundRow:
    """A return as it is; a figure that is still the one received keeps its digits, and what has no cell stays."""
    if received is None:
        return row
    kept = {
        name: text for name, text in received.cells.items() if name not in row.cells or _same(text, row.cells[name])
    }
    return FoundRow({**row.cells, **kept}, row.places)


def _same(received: str, found: str) -> bool:
    if received == found:
        return True
    try:
        return f"{float(received):.15g}" == f"{float(found):.15g}"
    except ValueError:
        return False


def _words(paper: Workpaper, cell: str, received: str) -> tuple[str, str]:
    """Free words in the cell of a name, and where it stands; what was received where there is no such cell."""
    named, label = paper.book.names.get(cell), LABELS[cell]
    if named is None or named.title not in paper.book.titles:
        return received, label
    row, column = _beside_label(paper, named.title, named.first, label)
    return paper.text(named.title, row, column, Kind.TEXT, label, free=True), where(named.title, row, column, label)


def _beside_label(paper: Workpaper, title: str, named: tuple[int, int], label: str) -> tuple[int, int]:
    """The cell of the name, or, where rows were moved and the name was not, that beside the only such label below."""
    rows, (row, column) = paper.book.sheet(title), named
    labelled = [at for at in sorted(rows) if 1 in rows[at] and plain_label(rows[at][1].value) == plain_label(label)]
    return (labelled[0], column) if len(labelled) == 1 else (row, column)
