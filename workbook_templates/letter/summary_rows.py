"""What stands on Summary beside its sentences: heights, the chart's figures, the worst open items, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from engine.clients.item_rows import NUMBERS, SPELLINGS, open_rows
from engine.clients.projection import Projection
from engine.columns import ItemKind
from engine.federal.catalogue import FEDERAL
from engine.language.expressions import count, join, only_when, sum_of, text, when
from engine.language.form import Standing

from ..drawing.layout import Shape
from ..xlsx.text_fit import lines_needed
from .happened import used_in
from .writing import Writer, money

HAPPENED: Final = {  # the line of each row, and what it answers; a line that ends in "label" is live
    "why": "why label",
    "came back": "What came back",
    "held": "What you hold",
    "to file": "To file",
    "before year-end": "Before year-end",
}
WIDTHS: Final = (22.0, 17.0, 12.5, 12.5, 12.5, 12.5, 12.5)
WIDTH: Final = 82.0  # characters of the sentences: all columns but the first
SIZE: Final = 10.0
CHART_ROWS: Final = 9
CHART_ROW: Final = 15.0  # points
SHORTEST: Final = 50  # the part of the whole that a bar must be to be seen
HEADING: Final = 22.0
ITEMS: Final = 3
PRESSING: Final = (ItemKind.MISSING, ItemKind.CONFIRM, ItemKind.ESTIMATE)
SHEETS: Final = ("Letter", "Lead sheet", "Plan", "Exercises", "Sales", "Credit ledger")
NO_SALES: Final = "no sales"
NO_LINK: Final = {  # said in place of a link that would lead to a hidden sheet
    **{each: f"no {each.lower()}" for each in SHEETS},
    "Credit ledger": "no credit",
}
NOT_NEEDED: Final = "not needed"


def write_rows(letter: Writer) -> None:
    """The rows by year, and the figures and the heading of the chart."""
    owed, used, still = letter.book["amt all"], letter.book["used all"], letter.form["still now"]
    whole = letter.line("chart whole", "Credit that came back or is left", used + still)
    for year in letter.shape.years:
        told = letter.by_stage(year, f"{year}  filed", f"{year}  open, an estimate", f"{year}  planned")
        letter.part(f"{year} told", told)
        earlier = [used_in(letter, each) for each in letter.shape.years if each <= year]
        so_far = only_when(letter.known(year), sum_of(*earlier))  # a year that waits has no bar
        came_back = letter.line(f"{year} to date", f"Came back to the end of {year}", so_far)
        for key, amount in (
            ("back", came_back),
            ("left", letter.book[f"still {year}"]),
        ):  # else its figure stands alone
            letter.line(
                f"{year} bar {key}", f"Bar of {year}: {key}", only_when(count(SHORTEST) * amount >= whole, amount)
            )
    all_of_it = join("How the ", money(owed), " comes back")
    letter.part("chart head", when(whole.equals(owed), all_of_it, text("How the credit comes back")))


def summary_values(
    shape: Shape, projection: Projection, values: Mapping[str, Any], hidden: Mapping[str, str]
) -> dict[str, object]:
    """The slots of the sheet that no line gives: heights in points (None hides a row), words of the build."""
    heights = {key: _height(values[f"letter.{key}"]) for key in HAPPENED}
    shown = values["letter.AMT count"] > 0 and _credit(shape, values) > 0  # exclusion items make none
    heights |= {"chart gap": 0.0 if shown else None, "chart": CHART_ROW if shown else None}
    heights["chart heading"] = HEADING if shown else None
    found: dict[str, object] = {f"height {key}": value for key, value in heights.items()}
    found |= dict(_items(projection))
    found |= {f"link {title}": NO_LINK[title] if title in hidden else title for title in SHEETS}
    for year in shape.years:
        found |= dict(_links(shape, year, hidden))
    return found


def _credit(shape: Shape, values: Mapping[str, Any]) -> Decimal:
    """What came back to the last year that is computed, and what is left to come back, in dollars."""
    came_back: Decimal = max(values[f"letter.{year} to date"] for year in shape.years)
    still: Decimal = values["letter.still now"]
    return came_back + still


def _height(words: str) -> float | None:
    return lines_needed(words, WIDTH, SIZE) * SIZE * 1.3 + 7 if words else None


def _links(shape: Shape, year: int, hidden: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What stands under each form of a year: the sheet, or why there is none."""
    for card in FEDERAL.standing(Standing.FILED):
        title = card.page.format(year=year)
        yield title, NOT_NEEDED if title in hidden else title
    yield f"8949 {year}", f"8949 {year}" if year in shape.sale_years else NO_SALES


def _items(projection: Projection) -> Iterator[tuple[str, object]]:
    """The head with the count of each kind, then the three items that press most."""
    rows = {kind: open_rows(projection.open_items, kind) for kind in PRESSING}
    missing, confirm = len(rows[ItemKind.MISSING]), len(rows[ItemKind.CONFIRM])
    what = f"{_count(missing, 'entry is', 'entries are')} missing" if missing else "nothing is missing"
    points = f"{_count(confirm, 'point', 'points')} to confirm" if confirm else "nothing to confirm"
    yield "open items head", f"Open items: {what}, {points}"
    told: Sequence[tuple[str, str]] = [
        (kind.value, SPELLINGS.sub("", row.what)) for kind in PRESSING for row in rows[kind]
    ]
    for place in range(ITEMS):
        state, words = told[place] if place < len(told) else (None, None)
        yield f"open state {place}", state and state.capitalize()
        yield f"open what {place}", words
        yield f"height open {place}", _item_height(words)


def _item_height(words: str | None) -> float | None:
    return lines_needed(words, WIDTH, SIZE, indent=1) * SIZE * 1.3 + 4 if words else None


def _count(number: int, one: str, many: str) -> str:
    word = NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
    return f"{word} {one if number == 1 else many}"
