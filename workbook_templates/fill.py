"""From a client to the finished workbook: the template of its shape, and the values that fill it."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final

from engine.clients.projection import Projection, project
from engine.clients.resting import rests_on
from engine.columns import RETURNS
from engine.federal.catalogue import FEDERAL
from engine.federal.years import forms_of
from engine.language.form import FormCard, Standing
from engine.language.nodes import Leaf, leaves
from engine.language.roles import Role
from engine.records import LETTERHEAD, Client

from .contents.as_received import RECEIVED, received_values
from .contents.binding import SALES_OF, binding_values, why_hidden
from .contents.book_summary import summarize
from .contents.forms.form_8949_layout import form_8949_values, pages_of_8949
from .contents.forms.page_layout import page_values
from .contents.open_items import ITEMS, LEAST, item_pages, item_values, rows_needed
from .contents.open_items import TITLE as ITEMS_TITLE
from .contents.plan import plan_values
from .contents.records.record_words import record_words
from .drawing.assembly import assemble
from .drawing.layout import BOOK, Book, Shape, Sheet
from .drawing.page import UNITS
from .letter import LETTER, PAGES, letter_values
from .letter.summary_rows import summary_values
from .sheets.checks_sheet import draw_checks
from .sheets.contents_sheet import draw_contents
from .sheets.forms.form_page import draw_form
from .sheets.inputs_sheet import draw_inputs, input_values
from .sheets.lead_sheet import draw_lead, lead_layout
from .sheets.ledger_sheet import draw_ledger
from .sheets.open_items_sheet import draw_open_items
from .sheets.pack.letter_sheet import draw_letter
from .sheets.pack.summary_sheet import draw_summary
from .sheets.parameters_sheet import draw_parameters, status_position
from .sheets.plan_sheet import draw_plan
from .sheets.questions_sheet import draw_questions
from .sheets.records.exercises_sheet import EXERCISES, draw_exercises, height_of_part
from .sheets.records.form_8949_sheet import draw_form_8949
from .sheets.records.grants_sheet import GRANTS, draw_grants
from .sheets.records.received_sheet import draw_received
from .sheets.records.record_layout import table_layout, table_pages
from .sheets.records.record_spec import Spec
from .sheets.records.sales_sheet import SALES, draw_sales
from .sheets.records.w2_sheet import W2, WAGES, draw_w2
from .sheets.year_sheets import draw_gains, draw_workings
from .xlsx.template import Template
from .xlsx.zip_writer import Compression

CAPACITIES: Final = (16, 64, 256, 1_024, 4_096)
FORM_ROWS: Final = (4, 8, 16, 32, 64, *CAPACITIES[2:])  # of the Form 8949 of a year
SPARE: Final = 4  # rows left for the client to go on entering


def workbook(client: Client, compression: Compression = "fast") -> bytes:
    """The client's .xlsx file; the same client gives the same bytes. InputError where there is no year to compute."""
    return workbook_of(project(client), compression)


def workbook_of(projection: Projection, compression: Compression = "fast") -> bytes:
    """The same from a projection that is at hand."""
    shape = shape_of(projection.need_years())
    with _uncollected():
        return template(shape).fill(values_of(projection, shape), compression)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for reference cycles, which takes a fifth of the time of a new shape, for nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def shape_of(projection: Projection) -> Shape:
    """The smallest template that holds the client."""
    client, years = projection.client, list(projection.years)
    exercises = len(projection.records["exercises.row"])
    sales = len(projection.records["sales.lot"])
    grants = _capacity(len(client.grants)) if client.grants else 0
    items = _room(max(rows_needed(projection), LEAST))
    tables = _capacity(exercises), _capacity(sales)
    w2 = _capacity(len(client.w2)) if client.w2 else 0
    form_8949 = _form_8949(projection)
    return Shape(years[0], years[-1], *tables, client.rounding == "cents", grants, items, *form_8949, w2)


def _form_8949(projection: Projection) -> tuple[int, tuple[int, ...]]:
    """Rows for the most sales of any one year and one to spare, and the years that have sales."""
    sold = zip(projection.records["sales.year_sold"], projection.records["sales.is_sale"], strict=True)
    counted = Counter(int(year) for year, is_sale in sold if is_sale and year in projection.years)
    most = max(counted.values(), default=0)
    return next(each for each in FORM_ROWS if each > most) if counted else 0, tuple(sorted(counted))


def _capacity(rows: int) -> int:
    return _room(rows + SPARE)


def _room(rows: int) -> int:
    """The smallest capacity that holds the rows, else the largest."""
    return next((each for each in CAPACITIES if each >= rows), CAPACITIES[-1])


@lru_cache(maxsize=8)
def template(shape: Shape) -> Template:
    """The book of a shape, cut where a client's values come; few are kept, because clients come sorted by shape."""
    return assemble([drawn(*drawing) for drawing in drawings(shape)], cents=shape.cents)


Drawing = tuple[Callable[..., None], Shape, tuple[int | FormCard, ...]]  # a sheet, what it depends on, year and form


def drawings(shape: Shape) -> Iterator[Drawing]:
    """All sheets in order, each with the least that it depends on, so that books of other shapes can share it."""
    span = shape.span
    yield draw_summary, span._replace(sale_years=shape.sale_years, cents=shape.cents), ()
    yield draw_letter, span, ()
    yield draw_lead, span, ()
    yield draw_open_items, span._replace(item_rows=shape.item_rows), ()
    yield draw_inputs, span, ()
    if shape.w2_rows:
        yield draw_w2, span._replace(w2_rows=shape.w2_rows, grant_rows=0, cents=shape.cents), ()
    yield draw_exercises, span._replace(rows=shape.rows, cents=shape.cents), ()
    if shape.grant_rows:
        yield draw_grants, span._replace(grant_rows=shape.grant_rows, cents=shape.cents), ()
    yield draw_sales, span._replace(sale_rows=shape.sale_rows, cents=shape.cents), ()
    filed = FEDERAL.standing(Standing.FILED)
    for year in shape.years:
        alone = span._replace(first=year, last=year, grant_rows=0)
        after_another = alone._replace(first=max(span.first, year - 1))
        yield draw_gains, after_another, (year,)
        if year in shape.sale_years:
            yield draw_form_8949, alone._replace(form_rows=shape.form_rows), (year,)
        yield draw_workings, after_another, (year,)
        for card in filed:
            shape_of_form = after_another if _takes_year_before(card, year) else alone
            if year in shape.sale_years and _shows_sales(card, year):
                shape_of_form = shape_of_form._replace(sale_years=(year,))
            yield draw_form, shape_of_form, (year, card)
    for card in (card for card in filed if card.runs_ahead):
        yield draw_form, span._replace(first=span.last, grant_rows=0), (span.last + 1, card)
    for draw in (draw_ledger, draw_plan, draw_questions, draw_parameters, draw_checks):
        yield draw, span, ()
    yield draw_contents, span._replace(sale_years=shape.sale_years, w2_rows=min(shape.w2_rows, 1)), ()
    yield draw_received, shape._replace(cents=False, form_rows=0, sale_years=()), ()


@lru_cache(maxsize=64)
def titles(shape: Shape) -> tuple[str, ...]:
    """The titles of all sheets."""
    return tuple(drawn(*drawing).title for drawing in drawings(shape))


@cache
def _takes_year_before(card: FormCard, year: int) -> bool:
    """Tell a form some line of which takes the year before: in the first year of a file it is another one."""
    rules = (line.expression for line in forms_of(year).forms[card.name].lines if line.expression is not None)
    return any(isinstance(leaf, Leaf) and leaf.years_ago for rule in rules for leaf in leaves(rule))


@cache
def _shows_sales(card: FormCard, year: int) -> bool:
    """Tell the form that takes the sales of the year, and so leads to the sheet on which they stand."""
    return forms_of(year).find(Role.DISPOSITIONS).leaf.sheet == card.name


@lru_cache(maxsize=128)  # the sheets of all years, and of the years together those of a few shapes
def drawn(draw: Callable[..., None], shape: Shape, year: tuple[int | FormCard, ...]) -> Sheet:
    """Draw a sheet once."""
    book = Book(shape)
    draw(book, *year)
    return book.finish()


def values_of(projection: Projection, shape: Shape) -> dict[str, Mapping[str, Any]]:
    """The value of every slot, by block."""
    figures = {year: result.figures for year, result in projection.years.items()}
    words = record_words(projection.records, shape.last)
    blocks = summarize(shape, figures, projection.following, {**_rows(projection), **words})
    blocks[BOOK] = {
        **projection.records,
        **_shown_empty(projection.records),
        **_totals(projection, words),
        **_layouts(projection, words),
        **_typed(projection),
        **blocks[BOOK],
        **plan_values(projection),
    }
    rests = rests_on(projection)
    blocks[ITEMS] = item_values(projection, rests, shape.item_rows)
    for year in shape.years:
        part = forms_of(year).key(Role.EXERCISES)
        blocks[str(year)] = {**blocks[str(year)], **height_of_part(year, figures[year][part])}
    for year in shape.sale_years:
        blocks[str(year)] = {**blocks[str(year)], **form_8949_values(projection, year, shape.form_rows)}
    lead = lead_layout({year: blocks[str(year)] for year in shape.years}, blocks[BOOK])
    blocks[BOOK] = {**blocks[BOOK], **lead}
    for block, values in page_values(projection, blocks).items():
        blocks[block] = {**blocks[block], **values}
    told = letter_values(shape, blocks, projection, rests)
    hidden = why_hidden(projection, titles(shape))
    blocks[LETTER] = {**told, **summary_values(shape, projection, told, hidden)}
    blocks[RECEIVED] = received_values(projection.client, shape)
    pages = {"Letter": told[PAGES], **_pages(projection, shape, blocks)}
    blocks[BOOK] = {**blocks[BOOK], **binding_values(projection, titles(shape), _areas(projection, shape), pages)}
    return blocks


def _shown_empty(records: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """What is worked out on a sheet and may be blank there: its formula shows no words, not nothing."""
    return {key: ["" if each is None else each for each in records[key]] for key in (WAGES,) if key in records}


def _rows(projection: Projection) -> dict[str, Decimal]:
    """The rows that the tables hold; each of them is begun and counts."""
    tables = ("exercises", "sales", "grants") if projection.client.grants else ("exercises", "sales")
    rows = {table: len(projection.records[f"{table}.shares"]) for table in tables}
    return {
        f"options.{table}_{state}": Decimal(count)
        for table, count in rows.items()
        for state in ("begun", "counted", "built")
    }


def _specs(client: Client) -> tuple[Spec, ...]:
    """The record tables of the client's book."""
    return (EXERCISES, SALES, *((GRANTS,) if client.grants else ()), *((W2,) if client.w2 else ()))


def _totals(projection: Projection, words: Mapping[str, Sequence[Any]]) -> dict[str, Decimal]:
    """The totals of the tables."""
    records = {**projection.records, **words}
    columns = [f"{spec.table.sheet}.{name}" for spec in _specs(projection.client) for name in spec.totals]
    return {f"total {column}": _sum(records[column]) for column in columns}


def _layouts(projection: Projection, words: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The widths and heights of the tables."""
    records, cents = {**projection.records, **words}, projection.client.rounding == "cents"
    tables = (table_layout(spec, records, cents=cents) for spec in _specs(projection.client))
    return {key: value for table in tables for key, value in table}


def _pages(projection: Projection, shape: Shape, blocks: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """How many printed pages the tables take that may need more than one, by title."""
    tables = {spec.table.title: table_pages(spec, blocks[BOOK], len(shape.years)) for spec in (EXERCISES, SALES)}
    sold = {SALES_OF.format(year=year): pages_of_8949(projection, year, shape.form_rows) for year in shape.sale_years}
    return {**tables, ITEMS_TITLE: item_pages(blocks[ITEMS]), **sold}


def _areas(projection: Projection, shape: Shape) -> dict[str, str]:
    """The printed areas of the tables: they end at the last record; Inputs before a letterhead that is blank."""
    years, found = len(projection.years), {}
    if not any(getattr(projection.client, word) for word in LETTERHEAD):
        inputs = drawn(draw_inputs, shape.span, ())
        band = int(inputs.names["client_name"].cells.lstrip("B")) - 1
        corner = inputs.printed["Print_Area"].rpartition(":$")[2].partition("$")[0]
        found[inputs.title] = f"A1:{corner}{band - 1}"
    for spec in _specs(projection.client):
        if count := len(projection.records[f"{spec.table.sheet}.{spec.table.columns[0].leaf.line}"]):
            found[spec.table.title] = spec.area(years, count)
    return found


def _sum(amounts: Sequence[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _typed(projection: Projection) -> dict[str, object]:
    """What stands in the yellow cells: the client's own entries, blank where nothing was given."""
    client = projection.client
    typed: dict[str, object] = {
        "client_name": client.name or None,
        "client_shown": client.name or "",
        **{word: getattr(client, word) or None for word in LETTERHEAD},
        "footer": "  ·  ".join(filter(None, (client.name or "Client", client.firm))),
        "subtitle": f"{client.name}  ·  {UNITS}" if client.name else UNITS,
        "rounding_word": client.rounding,
        "tax_method": client.tax_method,
        "rounding": 2 if client.rounding == "cents" else 0,
    }
    rows = {row.tax_year: row for row in client.returns}
    for year in projection.years:
        for line in forms_of(year).inputs.lines:
            value = getattr(rows.get(year), line.leaf.line, None)
            typed[f"{year} {line.leaf.line}"] = RETURNS[line.leaf.line].shown(_cell(value))
            typed[f"{year} {line.leaf.line} code"] = value or ""
        typed[f"{year} status"] = status_position(getattr(rows.get(year), "filing_status", None))
    return typed | input_values(typed, list(projection.years))


def _cell(value: object) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
