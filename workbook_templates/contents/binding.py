"""How a client's book is bound: the client pack first, then the preparer's file; what is empty is hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from engine.clients.projection import Projection
from engine.federal.catalogue import FEDERAL
from engine.federal.forms.form_8801 import FORM_8801
from engine.federal.forms.ledger import LEDGER
from engine.federal.forms.schedule_d import SCHEDULE_D
from engine.federal.years import forms_of
from engine.language.form import FormCard, Standing
from engine.language.roles import Role
from engine.systems import REGULAR

from ..drawing.assembly import BINDING, Binding
from ..drawing.page import FILE, HOME, PACK, footer_key
from ..xlsx.text_fit import lines_needed, row_height
from .as_received import TITLE as RECEIVED
from .forms.page_layout import first_pages, printed_pages
from .forms.page_words import forms_on_file
from .open_items import TITLE as ITEMS
from .plan.start import starting_point

FIRST: Final = (HOME, "Letter", "Lead sheet")
RECORDS: Final = (ITEMS, "Exercises", "Sales")
SUPPORT: Final = ("Questions", "Parameters", "Checks", "Contents", RECEIVED)
SALES_OF: Final = "8949 {year}"
PACK_PAGES: Final = "pack pages"  # the slot of how to print the client pack
PACK_TOLD: Final = "To print the client pack: File, Print, Entire workbook, pages 1 to {last}."
NO_FIGURE: Final = {  # why a form of a year has nothing to say, by its card
    FORM_8801.name: "no AMT credit comes from an earlier year. It comes to life with a credit carried in on Inputs.",
    SCHEDULE_D[REGULAR].name: "no gain, loss or carryover. It comes to life with a sale, or a gain on Inputs.",
}
HIDDEN: Final = "hidden"
HIDDEN_TOLD: Final = "hidden sheets"  # the slots of what Contents says of them, and of its height
HIDDEN_HEIGHT: Final = "height of hidden sheets"
WIDTHS: Final = (22.0, 62.0, 8.0, 20.0, 14.0)  # of Contents, characters
SIZE: Final = 9.0
UNHIDE: Final = "unhide the sheet (right-click a tab, then Unhide)"
AMT_YEARS: Final = 2  # filed years with AMT whose form a client gets, newest first


def binding_values(
    projection: Projection, titles: Collection[str], areas: Mapping[str, str], pages: Mapping[str, int]
) -> dict[str, Any]:
    """The binding of the book, and the words in the footer of each sheet; `titles` are those of the drawn sheets.

    `areas` are the printed areas that depend on the client, by title; `pages` how many pages a sheet takes, where
    whoever drew it knows.
    """
    hidden = why_hidden(projection, titles)
    pack = [title for title in dict.fromkeys(_pack(projection)) if title in titles and title not in hidden]
    rest = [title for title in _rest(projection) if title in titles]
    order = list(dict.fromkeys([*pack, *rest, *titles]))
    parts = {footer_key(title): PACK if title in pack else FILE for title in titles}
    shown = {part_key(title): HIDDEN if title in hidden else parts[footer_key(title)] for title in titles}
    pages = {**_form_pages(projection), **pages}  # most other sheets fit on one
    last = sum(pages.get(title, 1) for title in pack)
    printing = {PACK_PAGES: PACK_TOLD.format(last=last)}
    binding = Binding(order, frozenset(hidden), areas, first_pages(projection))
    return {BINDING: binding, **parts, **shown, **printing, **dict(_told(hidden))}


def _form_pages(projection: Projection) -> dict[str, int]:
    """The pages of each filed form, as it is laid out: a second one where its last part is used."""
    filed = list(FEDERAL.standing(Standing.FILED))
    return {
        card.page.format(year=year): printed_pages(projection, card, year)
        for year in projection.years
        for card in filed
    }


def part_key(title: str) -> str:
    """The key of the words on Contents that tell to which part a sheet belongs, or that it is hidden."""
    return f"shown {title}"


def _told(hidden: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    """What Contents says of hidden sheets, and the height of these words in points."""
    sentences = [f"{title}: {why}" for title, why in hidden.items()]
    lines = sum(lines_needed(each, sum(WIDTHS), SIZE) for each in sentences)
    return iter(((HIDDEN_TOLD, "\n".join(sentences)), (HIDDEN_HEIGHT, row_height(lines, SIZE))))


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


def why_hidden(projection: Projection, titles: Collection[str]) -> dict[str, str]:
    """The sheets that are not shown, each with the reason and what brings it to life, in one sentence."""
    forms = _forms_by_sheet(projection)
    return {title: words for title in titles if (words := _why_empty(projection, title, forms.get(title, ())))}


def _why_empty(projection: Projection, title: str, forms: Sequence[tuple[FormCard, int]]) -> str:
    """Why a sheet has nothing to say of this client; "" where it has: what is typed later is computed all the same."""
    if title == RECEIVED:
        return (
            "keeps the records as they came in, so that isobook can read this file back. Nothing is computed from it."
        )
    if title == "Sales" and not projection.client.sales:
        return f"no sale is on record. To type one in its first yellow row, {UNHIDE}."
    if title == "Exercises" and not projection.client.exercises:
        return f"no exercise is on record. To type one in its first yellow row, {UNHIDE}."
    if title == "Plan":
        return _why_no_plan(projection)
    if title == LEDGER.page and not any(
        any(each for key, each in row.items() if key != "year") for row in projection.ledger
    ):
        return "there is no credit and no AMT that makes one. It comes to life with the first AMT."
    if forms and all(_says_nothing(projection, card, year) for card, year in forms):
        return NO_FIGURE.get(forms[0][0].name, "all its figures are zero. It comes to life with an entry on Inputs.")
    return ""


def _forms_by_sheet(projection: Projection) -> dict[str, list[tuple[FormCard, int]]]:
    """The forms of each sheet of a year, such as 'Gains 2025', of which it is told when they have nothing to say."""
    found: dict[str, list[tuple[FormCard, int]]] = {}
    for card in (card for card in FEDERAL.cards if card.nothing_without):
        ahead = [max(projection.years) + 1] if card.runs_ahead else []
        for year in (*projection.years, *ahead):
            found.setdefault(card.page.format(year=year), []).append((card, year))
    return found


def _why_no_plan(projection: Projection) -> str:
    start = starting_point(projection)
    if start.price is None:
        return "no price to plan with is on record. It comes to life when an exercise is typed on Exercises."
    result = projection.years[start.year]
    if not (result.ready and result.final):
        return (
            f"{start.year} cannot be computed yet. It comes to life when the entry that is missing is typed on Inputs."
        )
    return ""


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
