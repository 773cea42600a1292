"""A column is stated once: what is declared holds together, and records, forms, sheets and pages follow from it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final, get_args, get_origin, get_type_hints

import pytest

from engine.columns import (
    EXERCISES,
    OVERRIDES,
    RETURNS,
    SALES,
    TABLES,
    EntryColumn,
    InputsBand,
    Limits,
    Needed,
    RecordTable,
    Unit,
    as_shown,
)
from engine.columns.blank import NONE, Means
from engine.columns.column import Columns, entry
from engine.columns.entries import all_others
from engine.columns.returns import ReturnColumns
from engine.columns.sales import SaleColumns
from engine.federal.forms.inputs import inputs
from engine.federal.stock.hundred_thousand_limit import grants
from engine.federal.stock.record_tables import exercises, sales
from engine.federal.tax_year import tax_year
from engine.federal.year_forms import YearForms
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.nodes import Kind, Leaf, leaves
from engine.language.table import Table
from engine.records import Answer, Exercise, FormW2, Grant, Return, Sale, Split
from engine.records.record import Record
from engine.systems import AMT, SYSTEMS
from isobook import starter
from isobook.sources.headers import known_headers, meaning
from tests.column_pages import documented
from workbook_templates.read_back.inputs import labels
from workbook_templates.sheets.records.exercises_sheet import EXERCISES as EXERCISES_SPEC
from workbook_templates.sheets.records.grants_sheet import GRANTS as GRANTS_SPEC
from workbook_templates.sheets.records.sales_sheet import SALES as SALES_SPEC

RECORDS: Final[dict[str, type[Record]]] = {
    "w2": FormW2,
    "answers": Answer,
    "exercises": Exercise,
    "returns": Return,
    "sales": Sale,
    "splits": Split,
    "grants": Grant,
}
COLUMNS: Final = [(table, column) for table in TABLES.values() for column in table]
EACH_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
EACH_COLUMN = pytest.mark.parametrize(
    ("table", "column"), COLUMNS, ids=[f"{table.name}.{column.name}" for table, column in COLUMNS]
)


# --- what is declared ------------------------------------------------------------------------------------


@EACH_TABLE
def test_a_record_has_a_field_for_each_column_in_order(table: RecordTable) -> None:
    """With the type that its column stands behind, and the words of its messages."""
    record = RECORDS[table.name]
    assert list(record.model_fields) == table.names
    types = get_type_hints(record)
    for column, field in zip(table, record.model_fields.values(), strict=True):
        assert (field.description, field.is_required()) == (column.expected, column.is_needed)
        assert (
            (type(None) in get_args(types[column.name])) != column.is_needed
            or column.blank.kept
            or (column.needed is Needed.UNLESS_RSU)
        )


@EACH_COLUMN
def test_every_column_says_what_a_blank_means(table: RecordTable, column: EntryColumn) -> None:
    """Never blank is what every row needs; what it stands for is there."""
    blank = column.blank
    assert not (column.is_needed and column.needed)
    assert (blank.means is Means.THE_SAME) == (blank.column in table)
    assert (blank.means is Means.WORD) == (blank.word in column.words)
    assert (blank.means is Means.COMPUTED) == bool(blank.told)
    assert blank.means is not Means.UNKNOWN or blank.asked


@EACH_COLUMN
def test_what_asks_for_a_blank_is_figured_or_typed(table: RecordTable, column: EntryColumn) -> None:
    """Each leaf of a condition is an entry of the same row, or a column that is worked out of it."""
    computed = {line.leaf.line for line in sales.columns} if table is SALES else set()
    for leaf in leaves(column.blank.asked) if column.blank.asked else ():
        assert isinstance(leaf, Leaf)
        assert leaf.sheet == table.sheet
        assert leaf.line in table or leaf.line in computed


@EACH_COLUMN
def test_words_belong_to_the_unit(table: RecordTable, column: EntryColumn) -> None:
    """A word has a list to choose from, every spelling leads into it, and a number has limits that fit it."""
    assert (column.unit is Unit.WORD) == bool(column.choices)
    assert set(column.spelled.values()) == set(column.choices)
    assert column.unit is not Unit.SHARES or column.limits is Limits.MORE_THAN_ZERO
    assert column.kind in (Kind.MONEY, Kind.PRICE, Kind.SHARES) or column.limits is Limits.ANY, table.name


def test_what_each_system_has_is_alike() -> None:
    """An entry of regular tax and its twin, that of AMT: alike in what they hold and stand for."""
    regular, amt = ([column for column in RETURNS if column.system == system] for system in SYSTEMS)
    assert [AMT.named(column.name) for column in regular] == [column.name for column in amt]
    for column, twin in zip(regular, amt, strict=True):
        assert (twin.unit, twin.limits, twin.band) == (column.unit, column.limits, column.band)
        assert twin.replaces == column.replaces


@pytest.mark.parametrize("name", OVERRIDES)
def test_an_entry_that_replaces_a_line_is_taken_by_that_line(name: str) -> None:
    """By itself, or through the line that shows it as typed; blank, the line is what is carried or made."""
    forms = forms_of(YEARS[-1])
    line, entry_ = forms.find(*OVERRIDES[name]), f"inputs.{name}"
    assert line.expression is not None
    taken = {f"{leaf.sheet}.{leaf.line}" for leaf in leaves(line.expression) if isinstance(leaf, Leaf)}
    assert entry_ in taken
    assert f"{line.key} computed" in taken


@pytest.mark.parametrize("year", YEARS)
def test_every_entry_of_a_return_names_its_place(year: int) -> None:
    """On the printed forms of the year; none of the names in it is left open."""
    found_on = tax_year(year).found_on.model_dump()
    for column in RETURNS:
        place = column.where(found_on)
        assert bool(place) == bool(column.label)
        assert "{" not in place


def test_the_sheet_takes_what_reading_takes() -> None:
    """But for one column, whose sheet takes a negative amount that is refused when it is read."""
    assert [column.name for _, column in COLUMNS if column.sheet_limits] == ["other_deductions"]


# --- what follows ----------------------------------------------------------------------------------------


def test_the_bands_of_inputs_hold_every_entry_once() -> None:
    """Whatever has a label has its place, and its row is read back."""
    shown = [column.name for band in InputsBand for column in as_shown(band)]
    assert sorted(shown) == sorted(column.name for column in RETURNS if column.label)
    assert labels().keys() == set(shown)
    entries = {line.leaf.line for line in forms_of(2025).forms["inputs"].lines}
    assert entries == set(shown)


@pytest.mark.parametrize("spec", [EXERCISES_SPEC, SALES_SPEC, GRANTS_SPEC], ids=lambda spec: spec.table.sheet)
def test_the_sheets_of_records_hold_every_column_once(spec: object) -> None:
    """Printed or beside the page; a column without a label is worked out, and has no cell."""
    from workbook_templates.sheets.records.record_spec import Spec

    assert isinstance(spec, Spec)
    table = TABLES[spec.table.sheet]
    assert len(set(spec.order)) == len(spec.order)
    typed = {line.leaf.line for line in spec.table.columns if line.expression is None} - spec.resolved.keys()
    assert typed == {column.name for column in table if column.label}


class _MoreReturns(ReturnColumns):
    alimony: Decimal | None = entry(
        Unit.DOLLARS,
        "alimony in dollars",
        blank=NONE,
        limits=Limits.NOT_NEGATIVE,
        label="Alimony received",
        found="{wages}, aside",
        band=InputsBand.INCOME,
        below="wages",
        aliases="maintenance",
        docs="alimony",
        docs_found="Schedule 1",
    )


class _MoreSales(SaleColumns):
    wash_days: Decimal | None = entry(Unit.SHARES, "days", blank=NONE, limits=Limits.MORE_THAN_ZERO, label="Wash\ndays")


MORE: Final = RecordTable("returns", _MoreReturns, "inputs")


def test_a_new_column_is_read_and_refused() -> None:
    """The record has its field, in its place, with its reader."""

    class MoreReturn(Record, _MoreReturns): ...

    assert list(MoreReturn.model_fields) == [*RETURNS.names, "alimony"]
    assert MoreReturn(tax_year="2025", alimony="$1,200").alimony == 1200
    with pytest.raises(Exception, match=r'alimony: found "-1", expected alimony in dollars'):
        MoreReturn(tax_year="2025", alimony="-1")


def test_a_new_column_is_found_shown_and_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its headers, its row of Inputs, its line of columns.txt and of the page."""
    assert meaning("Maintenance", known_headers(MORE)) == "alimony"
    assert "| `alimony` | dollars | alimony | Schedule 1 |\n" in documented(MORE)
    monkeypatch.setattr("engine.columns.RETURNS", MORE)
    monkeypatch.setattr("engine.federal.forms.inputs.RETURNS", MORE)
    monkeypatch.setattr(starter, "TABLES", {"returns.csv": MORE})
    assert [column.name for column in as_shown(InputsBand.INCOME)][:2] == ["wages", "alimony"]
    line = inputs(YearForms(2025, tax_year(2025).found_on, None)).find("alimony")
    assert (line.label, line.source, line.blank_is_zero) == ("Alimony received", "Form 1040 line 1a, aside", True)
    texts = {name: content.decode() for name, content in starter._contents().items() if name.endswith((".txt", "csv"))}
    assert texts["returns.csv"].endswith(",alimony\n")
    assert "\n  alimony " in texts["columns.txt"]


def test_a_new_column_of_a_table_needs_no_second_word() -> None:
    """It becomes an entry of its table behind those that expressions read."""
    table = Table("sales", "Sales", [line for line in sales.order if line.leaf.sheet == "sales"])
    all_others(table, RecordTable("sales", _MoreSales))
    assert [(line.leaf.line, line.label) for line in table.columns[len(sales.columns) :]] == [
        ("wash_days", "Wash\ndays")
    ]


def test_a_table_of_columns_holds_no_values() -> None:
    """The declared names are those of the records: the class of columns has none of them."""
    assert not any(hasattr(ReturnColumns, name) for name in RETURNS.names)
    assert Columns.declared == {}


def test_every_typed_value_has_a_reader() -> None:
    """The annotation of each field is the declared type with the column's reader."""
    for record in RECORDS.values():
        hints = get_type_hints(record, include_extras=True)
        assert all(get_origin(hints[name]) is Annotated for name in record.model_fields)


def test_exercises_and_grants_declare_their_entries() -> None:
    """Kinds and choices are those of the columns."""
    for table in (exercises, sales, grants):
        for line in table.columns:
            if line.expression is None and line.leaf.line in TABLES[table.sheet]:
                column = TABLES[table.sheet][line.leaf.line]
                assert (line.label, line.leaf.kind, line.choices) == (column.label, column.kind, column.words)
    assert EXERCISES["kind"].words == ("ISO", "NSO", "RSU", "ESPP")
