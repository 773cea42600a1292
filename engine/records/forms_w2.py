"""Forms W-2 beside what the records have of the same year and employer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ..language.money import ZERO

if TYPE_CHECKING:
    from .client import Client

Place = tuple[int, str]  # tax year, employer in one case, as a spreadsheet compares words
RecordColumns = Mapping[str, Sequence[Any]]  # of exercises and sales: "exercises.wage_income"
LOT: Final = tuple(f"exercises.{name}" for name in ("year_included", "employer", "wage_income", "is_rsu"))
SOLD: Final = tuple(f"sales.{name}" for name in ("year_sold", "lot", "w2_income"))


def forms_w2_entries(client: Client, records: RecordColumns) -> dict[str, list[Any]]:
    """The columns that come with the Forms W-2, one value a form, in dollars: "w2.box_1", "w2.nso_spread"."""
    nso: dict[Place, Decimal] = {}
    stock: dict[Place, Decimal] = {}
    for place, amount, is_nso in _incomes(records):
        stock[place] = stock.get(place, ZERO) + amount
        nso[place] = nso.get(place, ZERO) + (amount if is_nso else ZERO)
    filed = {each.tax_year: each.wages for each in client.returns}
    rows = [{**dict(form), "key": _in_one_case(form.employer)} for form in client.w2]
    for row in rows:
        place = row["tax_year"], row["key"]
        row |= {"nso_spread": nso.get(place, ZERO), "stock_income": stock.get(place, ZERO)}
        row["wages"] = filed.get(row["tax_year"])
    return {f"w2.{name}": [row[name] for row in rows] for name in (rows[0] if rows else ())}


def _incomes(records: RecordColumns) -> Iterator[tuple[Place, Decimal, bool]]:
    """Year and employer of each income that is wages, its dollars, and whether it is the spread of an NSO."""
    employers = [_in_one_case(each) for each in records["exercises.employer"]]
    for year, employer, amount, is_rsu in zip(*(records[key] for key in LOT), strict=True):
        yield (int(year), _in_one_case(employer)), amount, not is_rsu
    for year, lot, amount in zip(*(records[key] for key in SOLD), strict=True):
        yield (int(year), employers[int(lot) - 1]), amount or ZERO, False


def _in_one_case(employer: str | None) -> str:
    return (employer or "").casefold()
