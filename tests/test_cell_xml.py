"""Values as cells: numbers, dates, and text of a client, which stays text whatever is in it."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.one_book import compile_template
from workbook_templates.xlsx.cell_xml import read_text
from workbook_templates.xlsx.cutting import Slots


def one_cell(slots: Slots, *, formula: str = "") -> tuple[Workbook, dict[tuple[str, int, int], object]]:
    """A book whose cell A1 is the slot ("client", "text")."""
    book = Workbook()
    token = slots.token(("client", "text"))
    book.worksheets[0]["A1"] = formula or token
    return book, {(book.worksheets[0].title, 1, 1): token} if formula else {}


def filled_cell(value: object, *, formula: str = "") -> Any:
    """Cell A1 with the value in it; of a formula, its cached value."""
    slots = Slots()
    file = compile_template(*one_cell(slots, formula=formula), slots).fill({"client": {"text": value}})
    return load_workbook(io.BytesIO(file), data_only=bool(formula)).worksheets[0]["A1"]


def part(file: bytes, name: str) -> str:
    """One file of the workbook, as text."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("210000.00"), "210000"),
        (Decimal("0.10"), "0.1"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.00"), "0"),
        (-0.0, "0"),
        (1e16, "1e+16"),
        (Decimal("123456789012345678.0"), "1.2345678901234568e+17"),
        (date(2024, 4, 15), "45397"),
        (date(1900, 3, 1), "61"),
        (True, "1"),
    ],
)
def test_a_number_is_written_as_excel_stores_it(value: object, text: str) -> None:
    """Shortest text of the nearest double; a date is a count of days (April 15, 2024 is 45,397); true is 1."""
    slots = Slots()
    file = compile_template(*one_cell(slots), slots).fill({"client": {"text": value}})
    assert f"<v>{text}</v>" in part(file, "xl/worksheets/sheet1.xml")


def test_none_is_an_empty_cell_and_a_formula_without_value() -> None:
    """An input that is not known stays empty; a formula is left for Excel to compute."""
    assert filled_cell(None).value is None
    assert filled_cell(None, formula="=1+1").value is None


BAD = [
    *(float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity"), 10**400),
    *(b"bytes", datetime(2024, 4, 15, 12), date(1900, 2, 28)),
]


@pytest.mark.parametrize("value", BAD)
def test_what_no_cell_can_hold_is_refused_with_its_place(value: object) -> None:
    """The message names block, key and sheet."""
    with pytest.raises(ValueError, match=r"client, text in xl/worksheets/sheet1\.xml: "):
        filled_cell(value)


HOSTILE = [
    *("=1+1", "=cmd|'/c calc'!A1", "+1", "-1", "@SUM(1)", "#N/A", "#REF!", "TRUE", "1e5", "2024-01-01", "'quoted"),
    *("<f>1</f>", "</is></c>", "]]>", "&amp;", '"', "@@0@@", "a\nb", "a\tb", "  both ends  ", "\u2028", "\U0001f600"),
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("formula", ["", '="x"'], ids=["typed", "cached"])
def test_text_of_a_client_stays_the_text_it_was(text: str, formula: str) -> None:
    """Never a formula, an error, a number or markup."""
    cell = filled_cell(text, formula=formula)
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\0b", "a\ufffdb"),
        ("\x0b", "\ufffd"),
        ("\ud800x", "\ufffdx"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_characters_that_xml_forbids_are_replaced(text: str, shown: str) -> None:
    """The file opens, and shows where something stood."""
    assert filled_cell(text).value == shown


def test_text_is_cut_at_32767_units_between_characters() -> None:
    """20,000 emoji are 40,000 UTF-16 units: 16,383 of them fit, and none is halved."""
    assert filled_cell("\U0001f600" * 20_000).value == "\U0001f600" * 16_383
    assert filled_cell("x" * 32_767).value == "x" * 32_767


def test_text_that_looks_like_an_escape_is_escaped() -> None:
    """Excel reads _x0041_ as A; with its underscore escaped it stays as typed, and read_text gives it back."""
    assert filled_cell("_x0041_").value == "_x005F_x0041_"
    assert read_text("_x005F_x0041_") == "_x0041_"


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40))
def test_any_text_comes_back(text: str) -> None:
    """Whatever a client types, the file gives it back."""
    assert read_text(filled_cell(text).value or "") == text


def footer_of(name: str) -> str:
    """The footer of a sheet whose left part holds a client's name, as Excel reads it."""
    slots = Slots()
    book = Workbook()
    footer = book.worksheets[0].oddFooter
    assert footer is not None
    footer.left.text = f"{slots.token(('client', 'name'))} \u00b7 Forms"
    footer.left.font, footer.left.size = "Calibri,Regular", 8
    footer.right.text = "Page &P of &N"
    file = compile_template(book, {}, slots).fill({"client": {"name": name}})
    return ElementTree.fromstring(part(file, "xl/worksheets/sheet1.xml")).findtext(".//{*}oddFooter", "")


@pytest.mark.parametrize(("name", "shown"), [("3M", "3M"), ("A & B", "A && B"), ("&P", "&&P"), ("a\n<b>", "a <b>")])
def test_a_name_in_the_footer_is_never_a_code(name: str, shown: str) -> None:
    """An ampersand is doubled, a line break is a space, and a space parts the size from a digit."""
    assert footer_of(name) == f'&L&"Calibri,Regular"&8 {shown} \u00b7 Forms&RPage &P of &N'


@pytest.mark.parametrize("name", ["n" * 400, "&" * 400, "\U0001f600" * 400])
def test_a_long_name_in_the_footer_is_cut_to_255(name: str) -> None:
    """The whole footer counts, codes included; no doubled ampersand and no emoji is halved."""
    footer = footer_of(name)
    assert 253 <= len(footer.encode("utf-16-le")) // 2 <= 255
    assert footer.count("&") % 2 == 0  # six begin codes, the others come in pairs
    assert footer.endswith(" \u00b7 Forms&RPage &P of &N")
