"""How a client's book is bound: the client pack first, then the preparer's file; what is empty is hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from engine.clients.projection import Projection
from engine.federal.catalogue import FEDERAL
from engine.federal.forms.ledger import LEDGER
from engine.federal.years import forms_of
from engine.language.form import FormCard, Standing
from engine.language.roles import Role

from ..drawing.assembly import BINDING, Binding
from ..drawing.page import FILE, HOME, PACK, footer_key
from .as_received import TITLE as RECEIVED
from .forms.page_layout import first_pages
from .forms.page_words import forms_on_file
from .open_items import TITLE as ITEMS
from .plan.start import starting_point

FIRST: Final = (HOME, "Letter", "Lead sheet")
RECORDS: Final = (ITEMS, "Exercises", "Sales")
SUPPORT: Final = ("Memo", "Questions", "Parameters", "Checks", "Contents", RECEIVED)
SALES_OF: Final = "8949 {year}"
AMT_YEARS: Final = 2  # filed years with AMT whose form a client gets, newest first


def binding_values(projection: Projection, titles: Collection[str], areas: Mapping[str, str]) -> dict[str, Any]:
    """The binding of the book, and the words in the footer of each sheet; `titles` are those of the drawn sheets.

    `areas` are the printed areas that depend on the client, by title.
    """
    hidden = frozenset(title for title in titles if _is_empty(projection, title))
    pack = [title for title in dict.fromkeys(_pack(projection)) if title in titles and title not in hidden]
    rest = [title for title in _rest(projection) if title in titles]
    order = list(dict.fromkeys([*pack, *rest, *titles]))
    parts = {footer_key(title): PACK if title in pack else FILE for title in titles}
    return {BINDING: Binding(order, hidden, areas, first_pages(projection)), **parts}


def open_years(projection: Projection) -> list[int]:
    """The years whose return is not filed yet, newest first."""
    return [year for year in sorted(projection.stages, reverse=True) if projection.stages[year] != "filed"]


def _pack(projection: Projection) -> Iterator[str]:
    """The sheets that a client gets, in their order."""
    yield from FIRST
    if open_years(projection):
        yield "Plan"
    yield from RECORDS
    for year in open_years(projection):
        yield from (card.page.format(year=year) for card in FEDERAL.standing(Standing.FILED))
        yield SALES_OF.format(year=year)
    for year in _filed_with_amt(projection)[:AMT_YEARS]:
        yield _minimum_tax_form(year).page.format(year=year)
    yield LEDGER.page


def _rest(projection: Projection) -> Iterator[str]:
    """The preparer's sheets: inputs, the years from the newest, what supports them."""
    yield from ("Inputs", "W-2")
    for year in (max(projection.years) + 1, *reversed(projection.years)):
        yield from (card.page.format(year=year) for card in FEDERAL.standing(Standing.FILED))
        yield SALES_OF.format(year=year)
        yield from (card.page.format(year=year) for card in FEDERAL.cards if "{year}" in card.page)
    yield from ("Grants", "Plan", LEDGER.page, *SUPPORT)


def _filed_with_amt(projection: Projection) -> list[int]:
    """Newest first."""
    filed = [year for year in sorted(projection.stages, reverse=True) if projection.stages[year] == "filed"]
    return [year for year in filed if (_figure(projection, year, Role.MINIMUM_TAX) or 0) > 0]


def _figure(projection: Projection, year: int, role: Role) -> Any:
    return projection.years[year].figures[forms_of(year).key(role)]


def _minimum_tax_form(year: int) -> FormCard:
    return FEDERAL.named(forms_of(year).find(Role.MINIMUM_TAX).leaf.sheet)


def _is_empty(projection: Projection, title: str) -> bool:
    """Tell a sheet that has nothing to say of this client: a figure typed later is computed on it all the same."""
    if title == RECEIVED:
        return True
    if title == "Sales":
        return not projection.client.sales
    if title == "Exercises":
        return not projection.client.exercises
    if title == LEDGER.page:
        return not any(any(each for name, each in row.items() if name != "year") for row in projection.ledger)
    if title == "Plan":
        return starting_point(projection).price is None
    told = [_says_nothing(projection, card, year) for card, year in _forms_of_sheet(projection, title)]
    return bool(told) and all(told)


def _forms_of_sheet(projection: Projection, title: str) -> Iterator[tuple[FormCard, int]]:
    """The forms of a sheet of a year, such as 'Gains 2025', of which it is told when they have nothing to say."""
    for year in (*projection.years, max(projection.years) + 1):
        yield from (
            (card, year) for card in FEDERAL.cards if card.page.format(year=year) == title and card.nothing_without
        )


def _says_nothing(projection: Projection, card: FormCard, year: int) -> bool:
    """Tell a form whose amounts are all 0, in a year that is complete, or in the first, which takes none before it."""
    if Role.LONG_TERM_STOCK in card.nothing_without and year in projection.records["sales.year_sold"]:
        return False  # sales that come to 0
    ahead = year not in projection.years
    result = projection.years[max(projection.years) if ahead else year]
    figures = projection.following if ahead else result.figures
    roles = forms_on_file(year, ahead).forms[card.name].roles
    amounts = [figures[roles[role].key] for role in card.nothing_without if role in roles]
    known = (result.first and not ahead) or (result.ready and result.final)
    return bool(amounts) and known and not any(amounts)
