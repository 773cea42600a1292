"""The sheets of index.xlsx: Clients for a person, then AMT by year, what is wrong, and where each workbook is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from sqlite3 import Connection
from typing import Any, Final

from engine.clients.open_items import ClientState
from engine.errors import SHOWN
from engine.filing import YEARS
from engine.language.money import ZERO
from workbook_templates.xlsx.text_fit import lines_needed

from .looks import CellLook
from .row import ORDER, REVIEW
from .workbook import HEADER_ROW, TOTAL_HEIGHT, IndexCell, IndexColumn, IndexSheet, TableRow

MOST_SHOWN: Final = 100_000  # problems in the workbook; problems.csv has all
LEAST: Final = 17.0  # points of a row
NOT_YET: Final = "not yet"
UNITS: Final = "US dollars  ·  – = zero"
_LEFT, _MID, _NUMBER = "ib_head_in", "ib_head_mid", "ib_head_num"
CLIENTS: Final = (
    *(IndexColumn("Client", 16, "ib_head"), IndexColumn("State", 15, _MID), IndexColumn("What to do next", 46, _LEFT)),
    *(IndexColumn("Years", 11, _MID), IndexColumn("AMT,\nall years", 12, _NUMBER)),
    *(IndexColumn("AMT,\nlast year", 12, _NUMBER), IndexColumn("Credit left", 12, _NUMBER)),
    *(
        IndexColumn("Attach\nForm 6251", 17, _LEFT),
        IndexColumn("Open\nitems", 8, _MID),
        IndexColumn("Workbook", 17, _LEFT),
    ),
)
PROBLEMS: Final = (
    *(IndexColumn("Client", 16, "ib_head"), IndexColumn("File", 18, _LEFT), IndexColumn("Row", 6, _MID)),
    *(IndexColumn("Column", 18, _LEFT), IndexColumn("Found", 24, _LEFT)),
    *(IndexColumn("Expected", 36, _LEFT), IndexColumn("What to do", 46, _LEFT)),
)
DETAILS: Final = (
    *(IndexColumn("Client", 16, "ib_head"), IndexColumn("Folder", 22, _LEFT), IndexColumn("File", 30, _LEFT)),
    *(IndexColumn("Needs", 30, _LEFT), IndexColumn("Notes", 60, _LEFT), IndexColumn("SHA-256", 66, _LEFT)),
)
COUNTED: Final = {  # the words of the headline, after each number
    ClientState.CANNOT_BE_BUILT: "cannot be built",
    ClientState.NEEDS_ENTRIES: "need entries",
    ClientState.TO_CONFIRM: "to confirm",
    ClientState.READY: "ready to review",
}
_ORDER: Final = "order by rank, lower(called), called, source"


def index_sheets(database: Connection) -> list[IndexSheet]:
    """All sheets; their rows are read as they are written."""
    counts = dict(database.execute("select rank, count(*) from results group by rank"))
    clients = sum(counts.values())
    years = _years_used(database)
    (problems,) = database.execute("select count(*) from problems").fetchone()
    return [
        _clients(database, clients, headline(counts)),
        _by_year(database, clients, years),
        _problems(database, int(problems)),
        _details(database, clients),
    ]


def headline(counts: Mapping[int, int]) -> str:
    """`2 cannot be built, 1 needs entries, 31 ready to review.`: the clients of each state, the worst first."""
    told = [f"{counts[rank]:,} {_words(state, counts[rank])}" for rank, state in enumerate(ORDER) if counts.get(rank)]
    return f"{', '.join(told)}." if told else "No clients."


def _words(state: ClientState, clients: int) -> str:
    return "needs entries" if clients == 1 and state is ClientState.NEEDS_ENTRIES else COUNTED[state]


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _results(database: Connection, columns: str) -> Iterator[tuple[Any, ...]]:
    yield from database.execute(f"select {columns} from results {_ORDER}")  # noqa: S608  # words of ours


@dataclass
class _Sums:
    """The total of each column of amounts, in dollars, and how many clients are not in it."""

    amounts: dict[str, Decimal] = field(
        default_factory=lambda: {"amt_total": ZERO, "last_amt": ZERO, "credit_left": ZERO}
    )
    left_out: int = 0

    def add(self, known: Mapping[str, Decimal | None]) -> None:
        """Add a client; one with an amount that is not known yet is counted as left out."""
        for name, amount in known.items():
            self.amounts[name] += amount or ZERO
        self.left_out += None in known.values()

    @property
    def says(self) -> str | None:
        """How many clients a total lacks; None where it has all."""
        return f"{_many(self.left_out, 'client')} not yet computed: left out" if self.left_out else None


def _clients(database: Connection, length: int, says: str) -> IndexSheet:
    sums = _Sums()
    told = f"{_many(length, 'client')}  ·  {UNITS}  ·  those that need a person stand first"

    def total() -> TableRow:
        label, blank = IndexCell("Total", CellLook.TOTAL_LABEL), IndexCell(None, CellLook.TOTAL_LABEL)
        left_out = IndexCell(sums.says, CellLook.TOTAL_LABEL)
        amounts = (IndexCell(amount, CellLook.TOTAL) for amount in sums.amounts.values())
        return TableRow([label, blank, left_out, blank, *amounts, blank, blank, blank], TOTAL_HEIGHT)

    rows = _client_rows(database, sums)
    return IndexSheet("Clients", "Clients", told, says, CLIENTS, length, rows, total, states="B")


def _client_rows(database: Connection, sums: _Sums) -> Iterator[TableRow]:
    """A row of each client; adds its amounts to the sums. The first row of amounts has the $ of its column."""
    first_problem, seen = _first_problems(database), False
    for rank, called, source, text, file, problems in _results(database, "rank, called, source, row, file, problems"):
        row = json.loads(text)
        amounts = {"amt_total": row.get("amt_total"), "last_amt": row.get("amt", {}).get(str(row.get("last_year")))}
        amounts["credit_left"] = row.get("credit_left")
        known = {name: None if each is None else Decimal(each) for name, each in amounts.items()}
        sums.add(known)
        any_known = any(amount is not None for amount in known.values())
        dollars = CellLook.DOLLARS if seen else CellLook.DOLLARS_FIRST
        seen = seen or any_known
        to_do = row.get("to_do") or first_problem(source, problems)
        attach = _ranges(row.get("attach", ""))
        items = row.get("open_items", problems) or None
        yield TableRow(
            [
                IndexCell(called, CellLook.CLIENT),
                IndexCell(ORDER[rank].value, CellLook.STATE),
                IndexCell(to_do, CellLook.NOTHING_TO_DO if to_do == REVIEW else CellLook.TO_DO),
                IndexCell(row.get("years", "").replace(" to ", "–"), CellLook.SHORT),
                *(_money(amount, dollars) for amount in known.values()),
                IndexCell(attach, CellLook.QUIET if attach == "no" else CellLook.WORDS),
                IndexCell(items, CellLook.COUNT),
                _link(file, row),
            ],
            _height((called, 16, 10, True), (to_do, 45, 10, False), (attach, 16, 9, False)),
        )


def _link(file: str | None, row: Mapping[str, Any]) -> IndexCell:
    """To the client's workbook, or to what is wrong."""
    if file and row:
        return IndexCell("open workbook", CellLook.LINK, file)
    return IndexCell("see Problems", CellLook.LINK, f"#Problems!A{HEADER_ROW}")


def _money(amount: Decimal | None, shown: CellLook) -> IndexCell:
    return IndexCell(NOT_YET, CellLook.NOT_YET) if amount is None else IndexCell(amount, shown)


def _first_problems(database: Connection) -> Callable[[str, int], str]:
    """What is wrong first with a client that cannot be built, as a sentence with its remedy, and how much more is."""

    def told(source: str, problems: int) -> str:
        query = "select file, row, col, value, expected, remedy from problems where source = ? order by place limit 1"
        found = database.execute(query, (source,)).fetchone()
        if found is None:
            return "Correct what the sheet Problems lists, then run again."
        file, row, column, value, expected, remedy = found
        place = ", ".join(filter(None, [f"{file} row {row}" if row else file, column]))
        more = f" And {problems - 1:,} more: see Problems." if problems > 1 else ""
        return f"{place}: {value or 'blank'}, expected {expected}. {remedy}{more}"

    return told


def _ranges(attach: str) -> str:
    """Years as ranges, `2021–2023, 2025`; one in doubt stands alone with its question mark."""
    runs: list[list[str]] = []
    for year in filter(None, attach.split(", ")):
        if runs and year.isdecimal() and runs[-1][-1].isdecimal() and int(year) == int(runs[-1][-1]) + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _height(*texts: tuple[str, float, int, bool]) -> float:
    """The height in points of a row: of each wrapped text its words, width in characters, size and weight."""
    lines = max(lines_needed(words, width, size, bold) for words, width, size, bold in texts)
    return min(max(LEAST, lines * 13.0 + 4), 409.0)


def _years_used(database: Connection) -> list[str]:
    used = {year for (text,) in database.execute("select row from results") for year in json.loads(text).get("amt", {})}
    return sorted(used) or [str(YEARS[-1])]


def _by_year(database: Connection, length: int, years: Sequence[str]) -> IndexSheet:
    first = IndexColumn("Client", 26, "ib_head"), IndexColumn("State", 15, _MID)
    columns = (*first, *(IndexColumn(year, 12, _NUMBER) for year in years))
    told = f"{_many(length, 'client')}  ·  {UNITS}  ·  blank: no return of the year in the client's file"

    def rows() -> Iterator[TableRow]:
        for rank, called, text in _results(database, "rank, called, row"):
            amt = json.loads(text).get("amt", {})
            cells = [IndexCell(called, CellLook.CLIENT), IndexCell(ORDER[rank].value, CellLook.STATE)]
            amounts = {year: None if each is None else Decimal(each) for year, each in amt.items()}
            cells += (_money(amounts[year], CellLook.DOLLARS) if year in amounts else _BLANK for year in years)
            yield TableRow(cells, _height((called, 26, 10, True)))

    says = "AMT of each year, Form 6251 line 11."
    return IndexSheet("By year", "AMT by year", told, says, columns, length, rows(), states="B")


_BLANK: Final = IndexCell(None, CellLook.DOLLARS)


def _problems(database: Connection, found: int) -> IndexSheet:
    length = min(found, MOST_SHOWN)
    says = f"{_many(found, 'problem')} to correct, then run again." if found else "No problems."
    told = f"The first {MOST_SHOWN:,}; problems.csv has all" if found > length else "Clients that cannot be built"

    def rows() -> Iterator[TableRow]:
        query = (
            "select called, problems.file, problems.row, col, value, expected, remedy "
            "from problems join results on results.source = problems.source "
            "order by rank, lower(called), called, results.source, place limit ?"
        )
        for called, file, row, column, value, expected, remedy in database.execute(query, (length,)):
            cut = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
            texts = (file, column, cut, expected, remedy)
            words = [IndexCell(each, CellLook.WORDS) for each in texts]
            cells = [IndexCell(called, CellLook.CLIENT), words[0], IndexCell(row, CellLook.SHORT), *words[1:]]
            measured = zip(texts, (17, 17, 23, 35, 45), strict=True)
            yield TableRow(
                cells, _height((called, 16, 10, True), *((each, width, 9, False) for each, width in measured))
            )

    return IndexSheet("Problems", "Problems", told, says, PROBLEMS, length, rows())


def _details(database: Connection, length: int) -> IndexSheet:
    def rows() -> Iterator[TableRow]:
        for called, source, file, text, notes, sha256 in _results(database, "called, source, file, row, notes, sha256"):
            row = json.loads(text)
            texts = (source, file or "", row.get("needs", ""), notes or "")
            cells = [IndexCell(called, CellLook.CLIENT), *(IndexCell(each, CellLook.WORDS) for each in texts)]
            cells[2] = IndexCell(file or "", CellLook.LINK if row else CellLook.WORDS, file if file and row else "")
            measured = zip(texts, (21, 29, 29, 59), strict=True)
            height = _height((called, 16, 10, True), *((each, width, 9, False) for each, width in measured))
            yield TableRow([*cells, IndexCell(sha256 or "", CellLook.QUIET)], height)

    told = "Where each client came from, and the workbook that was made of it"
    return IndexSheet("Details", "Details", told, "What programs read stands in index.csv.", DETAILS, length, rows())
