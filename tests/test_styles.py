"""The named styles and the conditional formats."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from workbook_templates.drawing import colors, number_formats, rules, styles
from workbook_templates.drawing.look import Look
from workbook_templates.drawing.styles import LOOKS, add_styles
from workbook_templates.xlsx.cached_xlsx import workbook_parts


def styled_cells(*, cents: bool = False) -> dict[str, Cell]:
    """One cell in each style, read back from a file."""
    book, file = Workbook(), io.BytesIO()
    add_styles(book, cents=cents)
    for row, name in enumerate(LOOKS, 1):
        book.worksheets[0].cell(row, 1, name).style = name
    book.save(file)
    cells = [cell for (cell,) in load_workbook(file).worksheets[0].iter_rows()]
    return {str(cell.value): cell for cell in cells if isinstance(cell, Cell)}


def rules_of(book: Workbook) -> list[tuple[str, str, bool]]:
    """Formula, differential style and stop of each rule of the first sheet, in order."""
    parts = {name: part.decode() for name, part in workbook_parts(book, {}).items()}
    looks = re.findall("<dxf>(.*?)</dxf>", parts["xl/styles.xml"])
    rules = re.findall(
        r'dxfId="(\d+)" stopIfTrue="(\d)"><formula>(.*?)</formula>', parts["xl/worksheets/sheet1.xml"], re.DOTALL
    )
    return [(formula, looks[int(look)], stop == "1") for look, stop, formula in rules]


def test_every_style_names_its_font() -> None:
    """A style without a font would be drawn in a serif face; only eight sizes are used."""
    fonts = [cell.font for cell in styled_cells().values()]
    assert {font.name for font in fonts} == {"Calibri"}
    assert {font.sz for font in fonts} == {8, 9, 10, 11, 12, 13, 16, 20, 24}


def test_the_default_font_stays_calibri_11() -> None:
    """Column widths are counted in its digit of 7 pixels."""
    book = Workbook()
    add_styles(book)
    first_font = re.search("<font>.*?</font>", workbook_parts(book, {})["xl/styles.xml"].decode())
    assert first_font is not None
    assert '<sz val="11"/><color theme="1"/><name val="Calibri"/>' in first_font[0]


def test_inputs_and_only_inputs_are_unlocked_blue_on_pale_yellow() -> None:
    """Blue on yellow is the promise that a cell may be typed in; a condition deepens what still has to be."""
    for name, cell in styled_cells().items():
        is_input = name.startswith("ib_in_")
        assert cell.protection.locked is not is_input, name
        assert (cell.font.color.rgb == colors.BLUE) is is_input, name
        assert (cell.fill.fgColor.rgb == colors.FILLED) is is_input, name


def test_digits_of_all_number_styles_stand_in_one_column() -> None:
    """Each section of a number format ends in the width of a parenthesis, or is the parenthesis."""
    formats = {
        cell.number_format for name, cell in styled_cells().items() if "large" not in name and "chart" not in name
    } - {"General", "@"}
    formats |= {number_formats.RATE, number_formats.CENTS, number_formats.YOURS}
    assert all(section.endswith(")") for shown in formats for section in shown.split(";"))


def test_zero_is_an_en_dash() -> None:
    """The third section of every format for money, price and rate."""
    for shown in (number_formats.MONEY, number_formats.CENTS, number_formats.RATE):
        assert shown.split(";")[2] == '"\u2013"_)'


def test_money_shows_cents_when_rounding_is_to_cents() -> None:
    """Only money changes: shares stay whole, prices keep their two decimals."""
    dollars, cents = styled_cells(), styled_cells(cents=True)
    changed = {name for name in LOOKS if dollars[name].number_format != cents[name].number_format}
    assert {"ib_amt", "ib_amt_link", "ib_total", "ib_result_amt", "ib_in_amt", "ib_in_amt_usd", "ib_large"} <= changed
    assert not {name for name in changed if "price" in name or "shares" in name or name.endswith("_sh")}
    assert cents["ib_total"].number_format == number_formats.USD_CENTS


def test_text_typed_by_the_client_stays_text_when_edited() -> None:
    """The text input has Excel's hidden apostrophe and the text format; formulas' styles have neither."""
    quoted = {name for name, cell in styled_cells().items() if cell.quotePrefix}
    assert quoted == {"ib_in_answer", "ib_in_rec", "ib_in_signer", "ib_in_text"}
    assert LOOKS["ib_in_text"].number_format == "@"


@pytest.mark.parametrize("name", LOOKS)
def test_text_can_be_read_on_its_fill(name: str) -> None:
    """A contrast of at least 4.5 to 1, by the formula of WCAG 2 on relative luminance."""
    look: Look = LOOKS[name]
    lighter, darker = sorted((luminance(look.fill or colors.WHITE), luminance(look.color)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(argb: str) -> float:
    """Relative luminance of a color, 0 black to 1 white."""
    parts = [int(argb[place : place + 2], 16) / 255 for place in (2, 4, 6)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_fonts_are_written_in_the_order_of_the_schema() -> None:
    """Office's schema wants bold, italic, underline, size, color, name, family; openpyxl writes the name first."""
    book = Workbook()
    add_styles(book)
    fonts = re.findall("<font>(.*?)</font>", workbook_parts(book, {})["xl/styles.xml"].decode())
    orders = {tuple(re.findall(r"<(\w+)", font)) for font in fonts}
    schema = ("b", "i", "u", "sz", "color", "name", "family", "scheme")
    assert all([child for child in schema if child in order] == list(order) for order in orders)


def test_a_zero_line_turns_grey_and_loses_its_bold() -> None:
    """The whole line by its amount; the rule does not stop others."""
    book = Workbook()
    rules.quiet_zero(book.worksheets[0], "A6:F31", "$C6")
    [(formula, look, stops)] = rules_of(book)
    assert formula == "AND(ISNUMBER($C6),$C6=0)"
    assert look == f'<font><b val="0"/><color rgb="{colors.QUIET}"/></font>'
    assert not stops


def test_needs_is_amber_and_italic() -> None:
    """A figure that cannot be known yet."""
    book = Workbook()
    rules.needs_marker(book.worksheets[0], "C6:C63", "C6")
    [(formula, look, _)] = rules_of(book)
    assert formula == 'LEFT(C6,5)="needs"'
    assert look == f'<font><b val="0"/><i val="1"/><color rgb="{colors.AMBER}"/></font>'


def test_a_year_that_is_not_ready_is_grey_and_italic() -> None:
    """By the year's ready cell."""
    book = Workbook()
    rules.grey_when_not_ready(book.worksheets[0], "A6:F31", "ready_2025")
    [(formula, look, _)] = rules_of(book)
    assert formula == "NOT(ready_2025)"
    assert look == f'<font><b val="0"/><i val="1"/><color rgb="{colors.QUIET}"/></font>'


def test_an_entry_that_is_needed_and_blank_is_deep_yellow() -> None:
    """A file in which all is typed is almost white."""
    book = Workbook()
    rules.still_to_type(book.worksheets[0], "B6:D6", "$A6=1")
    [(formula, look, _)] = rules_of(book)
    assert formula == "AND(ISBLANK(B6),$A6=1)"
    assert f'bgColor rgb="{colors.INPUT}"' in look


def test_a_state_chip_names_trouble_first_and_stops() -> None:
    """The verdict "2 of 40 checks differ, 1 open" is red; "Not ready: needs wages" amber, though it holds ready."""
    book = Workbook()
    rules.state_chip(book.worksheets[0], "G3", "G3")
    chips = rules_of(book)
    assert [re.findall('SEARCH\\("(.*?)"', formula) for formula, _, _ in chips] == [
        ["differ"],
        ["open", "provisional", "needs", "not ready", "confirm"],
        ["agree", "ready", "all "],
        ["not compared"],
    ]
    assert [f'bgColor rgb="{fill}"' in look for (_, look, _), fill in zip(chips, fills(), strict=True)] == [True] * 4
    assert all(stops for _, _, stops in chips)


def fills() -> tuple[str, str, str, str]:
    """Of the four states, worst first; what was not compared presses nobody."""
    return colors.BAD, colors.AMBER_PALE, colors.OK_PALE, colors.SHADE


def test_a_citation_is_a_hidden_comment_of_300_by_90_pixels() -> None:
    """It pops up over the line number only."""
    book = Workbook()
    book.worksheets[0]["A1"] = 4
    book.worksheets[0]["A1"].comment = styles.citation("IRC \u00a755(d)")
    shape = workbook_parts(book, {})["xl/drawings/vmlDrawing1.vml"].decode()
    assert "width:300px;height:90px" in shape
    assert "visibility:hidden" in shape


@pytest.mark.parametrize("name", ["ib_amt", "ib_amt_usd", "ib_total", "ib_result_amt", "ib_check", "ib_year_told"])
def test_what_is_longer_than_its_column_shrinks_and_is_never_cut(name: str) -> None:
    """$10,395,410.06 would be ###, and 'needs filing status' would lose its first word."""
    assert styled_cells()[name].alignment.shrink_to_fit
