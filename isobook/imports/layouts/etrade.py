"""E*TRADE (Morgan Stanley at Work): Gains & Losses, Download Expanded. Each row is shares sold, never an exercise.

Options, restricted stock and purchase plans are taken with their kind; what is not taken is said row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from engine.columns import Unit
from engine.errors import InputError, Problem

from ...sources.client_folder import row_problems
from ...sources.csv_table import CsvTable
from ...sources.headers import Matched, plain
from ...sources.misread_numbers import misread_numbers
from ..found_records import FoundAt, FoundLot, Reading, Sold, meant
from .etrade_lots import SOURCE, lot_of, spelled_as, why_not
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
NEEDED: Final = (
    "Record Type", "Plan Type", "Date Sold", "Total Proceeds", "Grant Date", "Exercise Date", "Exercise Date FMV",
    "Grant Price", "Grant Number", "Disposition Type",
)  # fmt: skip
KINDS: Final = {"rs": "RSU", "espp": "ESPP"}
PLANS: Final = ("so", "rs", "espp", "buy")
DOLLARS: Final = ("cost", "recognized", "basis", "proceeds", "loss", "gainloss", "amount")  # ends of plain headers
_NSO: Final = re.compile(r"\b(nq|nqs?o|nso)s?\b|non-?\s?(qual|stat)", re.IGNORECASE)
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
    """The shares sold, with the lot that each row tells of; `options_are` is used where the file does not say."""
    reading = Reading(table.file, LAYOUT)
    reading.problems += _header_problems(table)
    if reading.problems:
        return reading
    if strange := [header for header in table.header if header and plain(header) not in KNOWN]:
        reading.left.append(f"columns that isobook does not know: {', '.join(strange)}")
    lots: dict[tuple[object, ...], FoundLot] = {}
    spelled = Matched(dict(enumerate(table.header)))
    for number, cells in table.rows:
        reading.problems += row_problems(table, spelled, number, list(map(_blanked, cells)))
    reading.problems += misread_numbers(table, spelled.columns, {header: _unit(header) for header in table.header})
    for row in _rows(table):
        plan = row["Plan Type"].casefold()
        if row["Record Type"].casefold() == "summary":
            reading.left.append(f"row {row.place.row}: a summary of other rows")
        elif row["Record Type"].casefold() not in ("sell", "") or plan not in PLANS:
            reading.problems.append(_strange_row(row))
        elif why := why_not(row.cells, plan):
            reading.left.append(f"row {row.place.row}: {why}")
        elif kind := KINDS.get(plan) or _kind(row, options_are, reading):
            _take(reading, row, kind, lots)
    _count_shares(reading)
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
    kinds = {lot.kind for lot in reading.lots}
    if "ISO" in kinds:
        reading.unknown.append(
            "exercises of which no share was sold: the file has shares sold only; add each Form 3921"
        )
    if others := sorted(kinds - {"ISO"}):
        reading.unknown.append(
            f"how many shares the lots of kind {', '.join(others)} were of: the shares sold stand in shares, which no "
            "form needs to be more; Form 3922 or the broker's confirmation has them all"
        )
    if kinds & {"NSO", "RSU"}:
        reading.unknown.append(
            "whether the spread of NSO and RSU rows is in wages: employers report it in Form W-2 box 1; compare it"
        )
    if reading.lots:
        reading.unknown += [
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
    columns = {"date_sold": spelled["datesold"], "price": "Proceeds Per Share"}
    columns |= {"w2_income": "Ordinary Income Recognized", "broker_basis": "Acquisition Cost"}
    columns |= {"shares": spelled.get("quantity") or spelled["qty"]}
    for number, cells in table.rows:
        named = {plain(header): cell for header, cell in zip(table.header, cells, strict=False)}
        blanked = {header: _blanked(cell) for header, cell in named.items()}
        kind = KINDS.get(blanked.get("plantype", "").casefold(), "ISO")
        yield EtradeRow(blanked, FoundAt(table.file, number, columns | spelled_as(kind, spelled)))


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


def _take(reading: Reading, row: EtradeRow, kind: str, lots: dict[tuple[object, ...], FoundLot]) -> None:
    """One sale, and its lot if no row before was of the same."""
    lot = lot_of(row.cells, kind, row["Symbol"], row.place)
    key = tuple((name, meant(name, cell)) for name, cell in lot.cells.items() if name != "employer")
    lot = lots.setdefault(key, lot)
    if not any(each is lot for each in reading.lots):
        reading.lots.append(lot)
    try:
        sale, unknown = sale_cells(row.cells, row.place)
    except InputError as error:
        reading.problems += error.problems
        return
    if kind in ("NSO", "RSU"):  # the income came with the exercise or the delivery, not with the sale
        sale.pop("w2_income", None)
    reading.unknown += unknown
    order = row["Order Number"]
    reference = f"{SOURCE}{f', order {order}' if order else ''}"[:200]
    reading.sales.append(Sold({**sale, "doc_ref": reference}, row.place, lot))


def _count_shares(reading: Reading) -> None:
    """The shares sold stand for those of a lot that has no line 2i; of an ISO the number stays unknown."""
    for lot in reading.lots:
        sold = [Decimal(sale.cells["shares"]) for sale in reading.sales if sale.lot is lot]
        if lot.kind != "ISO" and sold:
            lot.cells["shares"] = f"{sum(sold):f}"
