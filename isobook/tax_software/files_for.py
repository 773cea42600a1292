"""The files for a program: which years get one, and what a preparer must know of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from engine.clients.projection import Projection
from engine.language.roles import Role

from .drake import drake_csv, drake_notes
from .key_in_book import key_in_workbook
from .sales_of_year import SaleToEnter, sales_to_enter
from .taxact import taxact_csv, taxact_notes

TaxSoftware = Literal["drake", "taxact", "key-in"]
KEY_IN: Final = "key-in.xlsx"
UNKNOWN_BOX: Final = (
    "the box of Form 8949 is not known and stays blank. Enter it as box_8949 in sales.csv, from Form 1099-B."
)


@dataclass
class SoftwareFiles:
    """The files by name, and what a preparer must know of them."""

    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _SalesFile:
    """The layout of a program for the sales of a year."""

    name: str
    text: Callable[[Sequence[SaleToEnter]], str]
    notes: Callable[[Sequence[SaleToEnter]], Iterator[str]]
    not_in_it: str  # besides what no file of sales has


_SALES_FILES: Final = {
    "drake": _SalesFile("drake-8949-{year}.csv", drake_csv, drake_notes, ""),
    "taxact": _SalesFile(
        "taxact-1099-b-{year}.csv", taxact_csv, taxact_notes, "AMT cost and AMT adjustment of each sale, "
    ),
}


def files_for(program: TaxSoftware, projection: Projection, years: Sequence[int]) -> SoftwareFiles:
    """The files of these years of the client. Sales rest on no return; a key-in sheet needs a year that is ready."""
    made = SoftwareFiles()
    if layout := _SALES_FILES.get(program):
        for year in years:
            _sales_file(made, layout, projection, year)
        if made.files:
            made.notes.append(_not_in_them(layout, projection, years[-1]))
        return made
    ready = [year for year in years if projection.years[year].ready]
    for year in years:
        result = projection.years[year]
        if not result.ready:
            made.notes.append(f"{year} is left out: {', '.join(result.missing)} needed in returns.csv.")
        elif not result.final:
            made.notes.append(f"{year}: Form 8801 is left out, for it rests on a year before that is not ready.")
    if ready:
        made.files[KEY_IN] = key_in_workbook(projection, ready)
    return made


def _sales_file(made: SoftwareFiles, layout: _SalesFile, projection: Projection, year: int) -> None:
    sales = sales_to_enter(projection, year)
    if not sales:
        made.notes.append(f"{year} has no sales: no file.")
        return
    if projection.stages[year] == "planned":
        made.notes.append(f"{year} is planned: its sales have not been made, and are not to be filed.")
    made.files[layout.name.format(year=year)] = layout.text(sales).encode()
    unknown = dict.fromkeys(sale.regular["lot"] for sale in sales if not sale.regular["box"])
    told = [f"lot {', '.join(unknown)}: {UNKNOWN_BOX}"] if unknown else []
    made.notes += [f"{year}: {note}" for note in (*told, *layout.notes(sales))]


def _not_in_them(layout: _SalesFile, projection: Projection, year: int) -> str:
    """What a preparer keys in beside the file, and by which line to tell that the import is whole."""
    forms = projection.years[year].forms
    line_2i, line_2k = forms.called(Role.EXERCISES), forms.called(Role.DISPOSITIONS)
    return (
        f"Not in the files: {layout.not_in_it}{line_2i} of Form 6251, losses carried in, Form 8801. Key them in from "
        f"the sheet of --for key-in, and compare Schedule D and {line_2k} with it."
    )
