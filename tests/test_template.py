"""A workbook compiled once and filled many times: what is read back is what was put in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.chart.data_source import NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.one_book import compile_template
from workbook_templates.drawing.rules import quiet_zero
from workbook_templates.drawing.styles import add_styles, citation
from workbook_templates.xlsx import zip_writer
from workbook_templates.xlsx.cutting import Slots
from workbook_templates.xlsx.template import Slot, Template

VALUES: dict[str, dict[str, object]] = {
    "client": {"name": "Jordan Sample", "note": "filed <early> & late", "height": 43.5, "spare": None},
    "2025": {
        "wages": Decimal("210000.00"),
        "amt": Decimal("-1234.56"),
        "ready": True,
        "say": "No AMT for 2025",
        "odd": 7,
    },
    "lots": {"id": ["E-1", "E-2"], "day": [date(2024, 4, 15), date(2025, 1, 2)], "left": [500, Decimal(0)]},
}
ROWS = 4  # of the table of lots; two of them are spare

Put = Callable[[Slot], Any]


def book_with(put: Put, number: Put, *, live: bool = True) -> tuple[Workbook, dict[tuple[str, int, int], object]]:
    """A small book with one of everything; `put` and `number` give what stands in a slot; not live: no formulas."""
    book, cached = Workbook(), {}
    add_styles(book)
    sheet = book.worksheets[0]
    sheet.title = "Form & co"
    cells: list[tuple[str, Slot, str, str]] = [
        ("A1", ("client", "name"), "", "ib_in_text"),
        ("B1", ("2025", "wages"), "", "ib_in_amt"),
        ("C1", ("2025", "amt"), '=IF(B1<0,"<>",B1)', "ib_amt"),
        ("D1", ("2025", "ready"), "=B1>0", "ib_mid"),
        ("E1", ("2025", "say"), '="No AMT for "&2025', "ib_say"),
        ("F1", ("2025", "odd"), "", "ib_in_shares"),
    ]
    for row in range(ROWS):
        cells += [
            (f"A{row + 3}", ("lots", "id", row), "", "ib_in_text"),
            (f"B{row + 3}", ("lots", "day", row), "", "ib_in_date"),
            (f"C{row + 3}", ("lots", "left", row), f'=IF(A{row + 3}="","",500)', "ib_amt"),
        ]
    for place, slot, formula, style in cells:
        cell = sheet[place]
        cell.value, cell.style = (live and formula) or put(slot), style
        if formula:
            cached[sheet.title, cell.row, cell.column] = put(slot)
    sheet["A9"].comment = citation("IRC \u00a756(b)(3)")
    sheet["A9"] = "2i"
    sheet.row_dimensions[10].height = number(("client", "height"))
    book.defined_names["ready_2025"] = DefinedName("ready_2025", attr_text="'Form & co'!$D$1")
    choice = DataValidation(type="list", formula1='"single,married_joint"')
    choice.add("A12")
    sheet.add_data_validation(choice)
    quiet_zero(sheet, "C3:C6", "C3")
    return book, cached


def template_of_everything() -> Template:
    """The small book, compiled."""
    slots = Slots()
    book, cached = book_with(slots.token, slots.number)
    return compile_template(book, cached, slots)


def one_cell(slots: Slots) -> Workbook:
    """A book whose cell A1 is the slot ("client", "text")."""
    book = Workbook()
    book.worksheets[0]["A1"] = slots.token(("client", "text"))
    return book


def part(file: bytes, name: str) -> str:
    """One file of the workbook, as text."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return archive.read(name).decode()


def plain_value(slot: Slot) -> object:
    """What the template has in a slot, for a book without slots."""
    block, key, *row = slot
    value: Any = VALUES[block][key]
    return value if not row else value[row[0]] if row[0] < len(value) else None


@pytest.mark.parametrize("live", [True, False], ids=["formulas", "values"])
def test_a_filled_book_equals_the_book_openpyxl_writes(live: bool) -> None:
    """Cell by cell: value or formula, style, number format. The values are compared with a book of constants."""
    plain, _ = book_with(plain_value, plain_value, live=live)
    file = io.BytesIO()
    plain.save(file)
    expected = load_workbook(file).worksheets[0]
    found = load_workbook(io.BytesIO(template_of_everything().fill(VALUES)), data_only=not live).worksheets[0]
    assert found.dimensions == expected.dimensions
    for row in expected.iter_rows():
        for cell in row:
            other = found[cell.coordinate]
            assert (other.value, other.style, other.number_format) == (cell.value, cell.style, cell.number_format)


def test_what_is_no_slot_survives() -> None:
    """Names, validation, conditional format, comment, row height."""
    book = load_workbook(io.BytesIO(template_of_everything().fill(VALUES)))
    sheet = book.worksheets[0]
    assert list(book.defined_names) == ["ready_2025"]
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["A12"]
    assert [str(rule.sqref) for rule in sheet.conditional_formatting] == ["C3:C6"]
    assert sheet["A9"].comment is not None
    assert sheet.row_dimensions[10].height == 43.5


@pytest.mark.parametrize("compression", ["fast", "small"])
def test_the_file_is_a_sound_zip(compression: Any) -> None:
    """Every CRC agrees, the list of content types stands first, and no date or system is in it."""
    with zipfile.ZipFile(io.BytesIO(template_of_everything().fill(VALUES, compression))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        facts = {(entry.date_time, entry.create_system, entry.external_attr) for entry in archive.infolist()}
    assert facts == {((1980, 1, 1, 0, 0, 0), 0, 0)}


def test_same_values_give_same_bytes() -> None:
    """Twice from one template, and from a template compiled anew."""
    first = template_of_everything()
    assert first.fill(VALUES) == first.fill(VALUES) == template_of_everything().fill(VALUES)


def test_a_filling_leaves_nothing_to_the_next() -> None:
    """One client's records never show in another's file."""
    template = template_of_everything()
    before = template.fill(VALUES)
    template.fill({**VALUES, "lots": {"id": ["secret"] * 4, "day": [None] * 4, "left": [None] * 4}})
    assert template.fill(VALUES) == before


def test_without_isal_the_content_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard library deflates where isal has no wheel."""
    template = template_of_everything()
    fast = template.fill(VALUES)
    monkeypatch.setattr(zip_writer, "igzip_lib", None)
    with zipfile.ZipFile(io.BytesIO(fast)) as one, zipfile.ZipFile(io.BytesIO(template.fill(VALUES))) as other:
        assert {name: one.read(name) for name in one.namelist()} == {
            name: other.read(name) for name in other.namelist()
        }


def test_a_missing_value_is_named() -> None:
    """Never a silent blank."""
    slots = Slots()
    with pytest.raises(ValueError, match="client, text: no value is given"):
        compile_template(one_cell(slots), {}, slots).fill({"client": {}})


def test_more_records_than_rows_are_refused() -> None:
    """Never a record left out."""
    lots = {"id": ["E"] * 5, "day": [None] * 5, "left": [0] * 5}
    with pytest.raises(ValueError, match="lots, id: 5 rows for a template that holds 4"):
        template_of_everything().fill({**VALUES, "lots": lots})


def chart_template() -> Template:
    """A chart whose caches hold a name and two figures."""
    slots = Slots()
    book = Workbook()
    points = [NumVal(idx=place, v=slots.number(("chart", f"v{place}"))) for place in range(2)]
    series = Series(val=NumDataSource(numRef=NumRef(f="Sheet!$B$1:$C$1", numCache=NumData(ptCount=2, pt=points))))
    name = StrData(ptCount=1, pt=[StrVal(idx=0, v=slots.token(("chart", "name")))])
    series.tx = SeriesLabel(strRef=StrRef(f="Sheet!$A$1", strCache=name))
    chart = BarChart()
    chart.series.append(series)
    book.worksheets[0].add_chart(chart, "A3")
    return compile_template(book, {}, slots)


def test_a_chart_carries_its_figures() -> None:
    """Previewers draw from the cache; a figure that is not known is left out."""
    file = chart_template().fill({"chart": {"name": "AMT <to pay>", "v0": Decimal("74422.00"), "v1": None}})
    xml = part(file, "xl/charts/chart1.xml")
    assert '<c:ptCount val="2"/><c:pt idx="0"><c:v>74422</c:v></c:pt></c:numCache>' in xml
    assert "<c:v>AMT &lt;to pay&gt;</c:v>" in xml


def test_a_chart_has_no_title_of_excels_making() -> None:
    """The title is a cell above it."""
    file = chart_template().fill({"chart": {"name": "", "v0": 0, "v1": 0}})
    assert '<c:autoTitleDeleted val="1"/><c:plotArea>' in part(file, "xl/charts/chart1.xml")


def test_a_row_without_height_is_hidden() -> None:
    """A paragraph that this client's letter does not need."""
    filled = template_of_everything().fill({**VALUES, "client": {**VALUES["client"], "height": None}})
    assert load_workbook(io.BytesIO(filled)).worksheets[0].row_dimensions[10].hidden


def test_a_slot_within_a_text_shows_in_it() -> None:
    """The subtitle: client, status, units."""
    slots = Slots()
    book = Workbook()
    book.worksheets[0]["A1"] = f"{slots.token(('client', 'name'))} \u00b7 US dollars"
    file = compile_template(book, {}, slots).fill({"client": {"name": "A & B"}})
    assert load_workbook(io.BytesIO(file)).worksheets[0]["A1"].value == "A & B \u00b7 US dollars"


def place_in_formula(book: Workbook, token: str) -> None:
    """A client's text in a formula."""
    book.worksheets[0]["A1"] = f'="{token}"'


def place_in_title(book: Workbook, token: str) -> None:
    """A client's text as the title of a sheet."""
    book.worksheets[0].title = token


def place_in_name(book: Workbook, token: str) -> None:
    """A client's text in a defined name."""
    book.defined_names["x"] = DefinedName("x", attr_text=f'"{token}"')


def place_in_link(book: Workbook, token: str) -> None:
    """A client's text as the target of a link."""
    book.worksheets[0]["A1"].hyperlink = f"https://{token}"


@pytest.mark.parametrize("place", [place_in_formula, place_in_title, place_in_name, place_in_link])
def test_a_slot_in_code_is_refused(place: Callable[[Workbook, str], None]) -> None:
    """A client's text is never a formula, a title, a name or an address."""
    slots = Slots()
    book = Workbook()
    place(book, slots.token(("client", "name")))
    with pytest.raises(ValueError, match="where a client's text must not come"):
        compile_template(book, {}, slots)


def test_a_slot_that_stands_nowhere_is_refused() -> None:
    """A token that was made and lost would be a figure left out."""
    slots = Slots()
    book = one_cell(slots)
    slots.token(("2025", "wages"))
    with pytest.raises(ValueError, match="stand nowhere in the workbook: 2025, wages"):
        compile_template(book, {}, slots)


def test_columns_of_one_row_may_have_lengths_of_their_own() -> None:
    """Two lists side by side: where the shorter ends its cells are empty, and nothing of the longer is lost."""
    slots, book = Slots(), Workbook()
    for row in range(3):
        book.worksheets[0][f"A{row + 1}"] = slots.token(("lists", "long", row))
        if row < 2:
            book.worksheets[0][f"B{row + 1}"] = slots.token(("lists", "short", row))
    values = {"lists": {"long": ["a", "b", "c"], "short": ["x"]}}
    sheet = load_workbook(io.BytesIO(compile_template(book, {}, slots).fill(values))).worksheets[0]
    assert [tuple(cell.value for cell in row) for row in sheet["A1:B3"]] == [("a", "x"), ("b", None), ("c", None)]
