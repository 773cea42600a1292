"""Forms W-2 beside what the records have of the same year and employer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ..language.money import ZERO
from .identity import employer_key

if TYPE_CHECKING:
    from .client import Client

RecordColumns = Mapping[str, Sequence[Any]]  # of exercises and sales: "exercises.wage_income"
ByEmployer = Mapping[tuple[int, str], Decimal]  # dollars by tax year and employer
EmployerKey = Callable[[str | None], str]  # what two spellings of one employer share
LOT: Final = tuple(f"exercises.{name}" for name in ("year_included", "employer", "wage_income", "is_rsu"))
SOLD: Final = tuple(f"sales.{name}" for name in ("year_sold", "lot", "w2_income"))


def in_one_case(employer: str | None) -> str:
    """An employer as a spreadsheet compares words: whatever its case."""
    return (employer or "").casefold()


def forms_w2_entries(client: Client, records: RecordColumns, key: EmployerKey = employer_key) -> dict[str, list[Any]]:
    """The columns that come with the Forms W-2, one value per form, in dollars: "w2.box_1", "w2.nso_spread".

    The employer is spelled as in the exercises, where it is theirs.
    """
    nso, stock = incomes_by_employer(records, key)
    names = [*records["exercises.employer"], *(form.employer for form in client.w2)]
    spelled = {employer_key(name): name for name in reversed(names)}
    filed = {each.tax_year: each.wages for each in client.returns}
    rows = [{**dict(form), "employer": spelled[employer_key(form.employer)]} for form in client.w2]
    for row in rows:
        place = row["tax_year"], key(row["employer"])
        row |= {"key": place[1], "nso_spread": nso.get(place, ZERO), "stock_income": stock.get(place, ZERO)}
        row["wages"] = filed.get(row["tax_year"])
    return {f"w2.{name}": [row[name] for row in rows] for name in (rows[0] if rows else ())}


def incomes_by_employer(records: RecordColumns, key: EmployerKey = employer_key) -> tuple[ByEmployer, ByEmployer]:
    """The spread of nonqualified options, and all income of options and stock in wages."""
    nso: dict[tuple[int, str], Decimal] = {}
    stock: dict[tuple[int, str], Decimal] = {}
    for year, employer, amount, is_nso in _incomes(records):
        place = year, key(employer)
        stock[place] = stock.get(place, ZERO) + amount
        nso[place] = nso.get(place, ZERO) + (amount if is_nso else ZERO)
    return nso, stock


def _incomes(records: RecordColumns) -> Iterator[tuple[int, str, Decimal, bool]]:
    """Year and employer of each income that is wages, its dollars, and whether it is the spread of an NSO."""
    for year, employer, amount, is_rsu in zip(*(records[key] for key in LOT), strict=True):
        yield int(year), employer, amount, not is_rsu
    for year, lot, amount in zip(*(records[key] for key in SOLD), strict=True):
        yield int(year), records["exercises.employer"][int(lot) - 1], amount or ZERO, False
