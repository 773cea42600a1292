"""E*TRADE (Morgan Stanley at Work): Gains & Losses, Download Expanded. Each row is shares sold, never an exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from engine.columns import Unit
from engine.errors import InputError, Problem

from ...sources.client_folder import row_problems
from ...sources.csv_table import CsvTable
from ...sources.headers import Matched, plain
from ...sources.misread_numbers import misread_numbers
from ..found_records import FoundAt, FoundLot, Reading, Sold, meant
from ..grids import amount_text
from .etrade_sale import sale_cells

LAYOUT: Final = "E*TRADE Gains & Losses, Download Expanded"
OptionsAre = Literal["iso", "nso"]
# The column names that readers of real downloads show.
COLUMNS: Final = (
    "Record Type;Symbol;Plan Type;Quantity;Qty.;Date Acquired;Date Acquired (Wash Sale Toggle = On);"
    "Acquisition Cost;Acquisition Cost Per Share;Ordinary Income Recognized;"
    "Ordinary Income Recognized Per Share;Adjusted Cost Basis;Adjusted Cost Basis Per Share;Date Sold;"
    "Total Proceeds;Proceeds Per Share;Deferred Loss;Gain/Loss;Gain/Loss (Wash Sale Toggle = On);"
    "Adjusted Gain/Loss;Adjusted Gain (Loss) Per Share;Capital Gains Status;"
    "Wash Sale Adjusted Capital Gains Status;Total Wash Sale Adjustment Amount;"
    "Wash Sale Adjustment Amount Per Share;Total Wash Sale Adjusted Cost Basis;"
    "Wash Sale Adjusted Cost Basis Per Share;Total Wash Sale Adjusted Gain/Loss;"
    "Wash Sale Adjusted Gain/Loss Per Share;Term;Order Type;Covered Status;Qualified Plan?;Disposition Type;Type;"
    "Grant Date;Grant Date FMV;Discount Amount;Purchase Date;Purchase Date Fair Mkt. Value;Purchase Price;"
    "Grant Number;83(b) Election;Vest Date;Vest Date FMV;Exercise Date;Exercise Date FMV;Grant Price;Order Number"
)
KNOWN: Final = frozenset(map(plain, COLUMNS.split(";")))
LOT: Final = {  # the plain header of each cell of a lot
    "grantnumber": "grant_id",
    "grantdate": "date_granted",
    "exercisedate": "date_exercised",
    "grantprice": "exercise_price",
    "exercisedatefmv": "fmv_exercise",
}
NEEDED: Final = (
    "Record Type", "Plan Type", "Date Sold", "Total Proceeds", "Grant Date", "Exercise Date", "Exercise Date FMV",
    "Grant Price", "Grant Number", "Disposition Type",
)  # fmt: skip
PLANS: Final = {"rs": "restricted stock", "espp": "purchase plan", "buy": "bought in the market"}
DOLLARS: Final = ("cost", "recognized", "basis", "proceeds", "loss", "gainloss", "amount")  # ends of plain headers
BY_HAND: Final = "; other pay is typed into exercises.csv, as kind NSO, RSU or ESPP"
_NSO: Final = re.compile(r"\b(nq|nqs?o|nso)s?\b|non-?\s?(qual|stat)", re.IGNORECASE)
_ZERO: Final = re.compile(r"\$?0*\.?0*")
_ISO: Final = re.compile(r"\bisos?\b|incentive", re.IGNORECASE)


@dataclass(frozen=True)
class EtradeRow:
    """One row by plain header, its blanks blank, with its place."""

    cells: dict[str, str]
    place: FoundAt

    def __getitem__(self, header: str) -> str:
        return self.cells.get(plain(header), "")


def is_etrade(header: list[str]) -> bool:
    """Tell whether a header is of this download."""
    return {"recordtype", "plantype", "datesold"} <= set(map(plain, header))


def read(table: CsvTable, options_are: OptionsAre | None) -> Reading:
    """The ISO shares sold, with the lot that each row tells of; `options_are` is used where the file does not say."""
    reading = Reading(table.file, LAYOUT)
    reading.problems += _header_problems(table)
    if reading.problems:
        return reading
    if strange := [header for header in table.header if header and plain(header) not in KNOWN]:
        reading.left.append(f"columns that isobook does not know: {', '.join(strange)}")
    counts: dict[str, int] = {}
    lots: dict[tuple[object, ...], FoundLot] = {}
    spelled = Matched(dict(enumerate(table.header)))
    for number, cells in table.rows:
        reading.problems += row_problems(table, spelled, number, list(map(_blanked, cells)))
    reading.problems += misread_numbers(table, spelled.columns, {header: _unit(header) for header in table.header})
    for row in _rows(table):
        plan = row["Plan Type"].casefold()
        if row["Record Type"].casefold() == "summary":
            continue
        if row["Record Type"].casefold() not in ("sell", "") or plan not in (*PLANS, "so"):
            reading.problems.append(_strange_row(row))
        elif plan != "so":
            counts[PLANS[plan]] = counts.get(PLANS[plan], 0) + 1
        elif (kind := _kind(row, options_are, reading)) == "NSO":
            counts["non-qualified options"] = counts.get("non-qualified options", 0) + 1
        elif kind == "ISO":
            _take(reading, row, lots)
    for what, count in counts.items():
        reading.left.append(f"{count:,} row{'' if count == 1 else 's'} of {what}: only ISO rows are taken{BY_HAND}")
    reading.unknown += _equal_sales(reading.sales)
    _say_what_is_not_known(reading)
    return reading


def _unit(header: str) -> Unit:
    """The unit of a column, as its name tells it; dates and words are in none that counts here."""
    name = plain(header)
    if name in ("quantity", "qty"):
        return Unit.SHARES
    if name.endswith(("pershare", "price", "fmv", "fairmktvalue")):
        return Unit.DOLLARS_A_SHARE
    return Unit.DOLLARS if name.endswith(DOLLARS) else Unit.TEXT


def _equal_sales(sales: list[Sold]) -> Iterator[str]:
    """Rows of one order that say the same of the same lot: two fills of it, or one row twice?"""
    first: dict[tuple[object, ...], Sold] = {}
    for sale in sales:
        other = first.setdefault((id(sale.lot), *sorted(sale.cells.items())), sale)
        if other is not sale:
            both = f"rows {other.place.row} and {sale.place.row}, which say the same, are two sales"
            yield f"whether {both}: both were taken; if one is a copy, remove a row of sales.csv"


def _say_what_is_not_known(reading: Reading) -> None:
    if reading.lots:
        reading.unknown += [
            "exercises of which no share was sold: the file has shares sold only; add each Form 3921",
            "whether Total Proceeds is before commissions and fees: compare Form 1099-B, and fill in selling_costs",
            "the corporation's name: the symbol stands for it in employer",
        ]
    if any(sale.cells.get("w2_income") for sale in reading.sales):
        reading.unknown.append(
            "whether Ordinary Income Recognized is in Form W-2 box 1: it is taken to be (w2_income); "
            "compare Form W-2, and clear w2_income if it is not in there"
        )


def _header_problems(table: CsvTable) -> Iterator[Problem]:
    """Columns that are missing, and those that stand there twice."""
    headers = [plain(header) for header in table.header]
    remedy = "Download it again: Gains & Losses, Download Expanded (Download Collapsed has fewer columns)."
    missing = [name for name in NEEDED if plain(name) not in headers]
    missing += [] if {"quantity", "qty"} & set(headers) else ["Quantity"]
    for name in missing:
        yield Problem(table.file, table.header_row, name, "", f"the column {name}", remedy)
    doubled = {header for header in headers if header in KNOWN and headers.count(header) > 1}
    doubled |= {"quantity", "qty"} if {"quantity", "qty"} <= set(headers) else set()
    for header in table.header:
        if plain(header) in doubled:
            expected = f"one column for {header}"
            yield Problem(table.file, table.header_row, header, header, expected, "Remove one of the two.")


def _rows(table: CsvTable) -> Iterator[EtradeRow]:
    spelled = {plain(header): header for header in table.header}
    columns = {column: spelled[header] for header, column in LOT.items() if header in spelled}
    columns |= {
        "date_sold": spelled["datesold"],
        "price": "Proceeds Per Share",
        "w2_income": "Ordinary Income Recognized",
    }
    columns |= {"shares": spelled.get("quantity") or spelled["qty"], "broker_basis": "Acquisition Cost"}
    for number, cells in table.rows:
        named = {plain(header): cell for header, cell in zip(table.header, cells, strict=False)}
        blanked = {header: _blanked(cell) for header, cell in named.items()}
        yield EtradeRow(blanked, FoundAt(table.file, number, columns))


def _blanked(cell: str) -> str:
    """A cell, blank where the download has dashes."""
    return "" if set(cell) <= {"-"} else cell


def _strange_row(row: EtradeRow) -> Problem:
    column, expected = "Plan Type", "SO, RS, ESPP or BUY"
    if row["Record Type"].casefold() not in ("sell", ""):
        column, expected = "Record Type", "Sell or Summary"
    return Problem(row.place.file, row.place.row, column, row[column], expected, "Remove the row if it is no sale.")


def _kind(row: EtradeRow, options_are: OptionsAre | None, reading: Reading) -> str:
    """ISO or NSO, from the row itself where it says; blank after a problem.

    A qualifying or disqualifying disposition is spoken of for statutory options only (IRC 421(b), 422(a)(1)).
    """
    named = f"{row['Type']} | {row['Order Type']}"
    nso, iso = bool(_NSO.search(named)), bool(_ISO.search(named))
    disposed = "qualifying" in row["Disposition Type"].casefold()
    if nso and (iso or disposed):
        expected = "a row that is ISO or NSO, not both"
        value = f"{row['Type']}, {row['Disposition Type']}"
        remedy = "Ask the broker, and correct the row."
        reading.problems.append(Problem(row.place.file, row.place.row, "Type", value, expected, remedy))
        return ""
    if nso or iso or disposed:
        return "NSO" if nso else "ISO"
    if options_are:
        return options_are.upper()
    expected = "Type or Disposition Type to tell ISO from NSO"
    remedy = "If all such options are ISOs, give --options-are iso; if none is, --options-are nso."
    reading.problems.append(Problem(row.place.file, row.place.row, "Type", row["Type"], expected, remedy))
    return ""


def _take(reading: Reading, row: EtradeRow, lots: dict[tuple[object, ...], FoundLot]) -> None:
    """One sale, and its lot if no row before was of the same."""
    cells = {column: row.cells.get(header, "") for header, column in LOT.items()}
    for name in ("exercise_price", "fmv_exercise"):  # 0 stands there for what the file does not tell
        cells[name] = amount_text(cells[name])
        cells[name] = "" if _ZERO.fullmatch(cells[name]) else cells[name]
    key = tuple(meant(name, cell) for name, cell in cells.items())
    if key not in lots:
        filled = {name: cell for name, cell in cells.items() if cell}
        lot = FoundLot(filled | {"employer": row["Symbol"], "kind": "ISO"}, row.place, only_sold=True)
        lot.cells["doc_ref"] = _doc_ref("")
        lots[key] = lot
        reading.lots.append(lot)
    try:
        sale, unknown = sale_cells(row.cells, row.place)
    except InputError as error:
        reading.problems += error.problems
        return
    reading.unknown += unknown
    reading.sales.append(Sold({**sale, "doc_ref": _doc_ref(row["Order Number"])}, row.place, lots[key]))


def _doc_ref(order: str) -> str:
    return f"E*TRADE Gains & Losses{f', order {order}' if order else ''}"[:200]
