"""The lint finds each fault that is planted into a sound workbook."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.spreadsheets import lint
from tests.spreadsheets.formula_lint import SAFE_FUNCTIONS
from tests.spreadsheets.sample import FORM, INPUTS, write_sample

BOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
WAGES = '<definedName name="wages">Inputs!$B$2</definedName>'
FIRST = '<c r="B1"><f>wages*2</f><v>2400</v></c>'
EMPTY_CACHE = '<f>IF(filing_status="","",filing_status)</f><v></v>'


def first_formula(formula: str) -> tuple[str, str, str]:
    """The sample's first formula exchanged for another."""
    return FORM, "<f>wages*2</f>", f"<f>{formula}</f>"


def another_name(name: str, target: str = "Inputs!$B$2") -> tuple[str, str, str]:
    """One more defined name."""
    return BOOK, WAGES, f'{WAGES}<definedName name="{name}">{target}</definedName>'


def faults(tmp_path: Path, part: str, old: str, new: str) -> list[str]:
    """What the lint says of the sample with one fault planted."""
    return lint(write_sample(tmp_path / "planted.xlsx", part, old, new))


def test_a_sound_workbook_has_no_fault(tmp_path: Path) -> None:
    """Neither from a path nor from bytes."""
    sample = write_sample(tmp_path / "sample.xlsx")
    assert lint(sample) == []
    assert lint(sample.read_bytes()) == []


@pytest.mark.parametrize("name", ["AMT2024", "amt2024", "TY24", "XFD1", "F6251", "c", "R", "R1C1", "rc", "R2", "C7"])
def test_a_name_that_is_an_address_is_found(tmp_path: Path, name: str) -> None:
    """Excel refuses the whole file for it."""
    found = faults(tmp_path, *another_name(name))
    assert len(found) == 1
    assert f"name {name}: looks like" in found[0]


@pytest.mark.parametrize("name", ["1st", "a b", "a-b", "TRUE", "n" * 256])
def test_an_illegal_name_is_found(tmp_path: Path, name: str) -> None:
    """Letters, digits, underscore and point only; no more than 255."""
    assert faults(tmp_path, *another_name(name)) == [f"name {name}: not a legal name"]


@pytest.mark.parametrize("name", ["f6251_2025_2i", "Rate26", "XFE1", "ABCD1", "rate", "_c", "amt.2025", "rows"])
def test_a_legal_name_is_let_pass(tmp_path: Path, name: str) -> None:
    """Four letters, a column past XFD or an underscore make no address."""
    assert faults(tmp_path, *another_name(name)) == []


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        (another_name("WAGES"), "name WAGES: defined twice"),
        (another_name("x_1", "Nowhere!$B$2"), "name x_1: Nowhere!$B$2 leads to a sheet that does not exist"),
        (another_name("x_1", "Inputs!$B$99"), "name x_1: Inputs!B99 is not in the file"),
        (another_name("x_1", "Inputs!$B$2:$B$99"), "name x_1: Inputs!B99 is not in the file"),
        (another_name("x_1", "Inputs!#REF!"), "name x_1: Inputs!#REF! leads"),
        (another_name("x_1", "0.28"), "name x_1: points at no cell but at 0.28"),
        (another_name("x_1", "[1]Book!$A$1"), "name x_1: [1]Book!$A$1 leads to another file"),
        ((BOOK, "'6251 2025'!$A$1:$B$7", "Gone!$A$1"), "name _xlnm.Print_Area: Gone!$A$1 leads to a sheet"),
    ],
)
def test_a_name_that_leads_astray_is_found(tmp_path: Path, planted: tuple[str, str, str], expected: str) -> None:
    """Twice the same, or to a sheet or cell that is not there."""
    assert any(fault.startswith(expected) for fault in faults(tmp_path, *planted))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("XLOOKUP(1,B2:B3,B2:B3)", "function XLOOKUP is not in the safe set"),
        ("_xlfn.XLOOKUP(1,B2:B3,B2:B3)", "function _xlfn.XLOOKUP is not in the safe set"),
        ("TODAY()", "function TODAY is not in the safe set"),
        ("IFNA(1,2)", "function IFNA must be written _xlfn.IFNA"),
        ("_xlfn.SUM(1,2)", "function _xlfn.SUM must be written SUM"),
        ("wages+salary", "salary is not defined"),
        ("Wages!B2", "Wages!B2 leads to a sheet that does not exist"),
        ("'6251 2024'!B2", "'6251 2024'!B2 leads to a sheet that does not exist"),
        ("[1]Inputs!B2", "[1]Inputs!B2 leads to another file"),
        ("#REF!+1", "#REF! in the formula"),
        ("XFE1048577", "XFE1048577 is outside the sheet"),
        ("A1048577", "A1048577 is outside the sheet"),
        ("ROUND((1,2)", "parentheses do not match"),
        ("ROUND(1,2))", "formula cannot be read"),
        ("(1", "parentheses do not match"),
        ("1&amp;&quot;open", "formula cannot be read"),
        ("(" * 65 + "1" + ")" * 65, "parentheses 65 deep"),
        ("1" + "+1" * 4100, "formula of 8202 characters"),
        (f'"{"x" * 256}"', "text of more than 255 characters in the formula"),
        ('HYPERLINK("#Gone!A1","go")', "Gone!A1 leads to a sheet that does not exist"),
        ('HYPERLINK("#Inputs!Z9","go")', "Inputs!Z9 is not in the file"),
    ],
)  # fmt: skip
def test_a_faulty_formula_is_found(tmp_path: Path, formula: str, expected: str) -> None:
    """With its cell."""
    found = faults(tmp_path, *first_formula(formula))
    assert any(fault.startswith(f"6251 2025!B1: {expected}") for fault in found), found


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(B2:B3)",
        "WAGES*2",
        "sum(Inputs!$B$2,'6251 2025'!B2)",
        '"XLOOKUP(salary"',
        f'"{"x" * 253}"""""',
        "SUM($B:$B)+SUM(2:3)",
        "SUMPRODUCT({1,2}*{3,4})",
        "-1%",
        "_xlfn.IFNA(TRUE,FALSE)",
    ],
)
def test_a_sound_formula_is_let_pass(tmp_path: Path, formula: str) -> None:
    """Capitals do not matter, and what stands in quotes is text."""
    assert faults(tmp_path, *first_formula(formula)) == []


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        ((FORM, FIRST, FIRST * 2), "6251 2025!B1: stands 2 times in the file"),
        ((FORM, FIRST, '<c r="B1"><f>wages*2</f></c>'), "6251 2025!B1: formula without a cached value"),
        ((FORM, EMPTY_CACHE, EMPTY_CACHE.replace("<v></v>", "")), "6251 2025!B5: formula without a cached value"),
        ((FORM, "<v>2400</v>", "<v>2,400</v>"), "6251 2025!B1: '2,400' is not a number"),
        ((INPUTS, "<v>1200</v>", "<v></v>"), "Inputs!B2: '' is not a number"),
        ((FORM, "<v>2400</v>", "<v>NaN</v>"), "6251 2025!B1: 'NaN' is not a number"),
        ((FORM, "<v>2400</v>", "<v></v>"), "6251 2025!B1: formula without a cached value"),
        ((FORM, FIRST, FIRST.replace(">", ' t="e">', 1).replace("2400", "#N/A")), "6251 2025!B1: cached error #N/A"),
        ((FORM, FIRST, FIRST.replace(">", ' t="s">', 1)), "6251 2025!B1: shared text 2400 does not exist"),
        ((FORM, FIRST, FIRST.replace("<f>", '<f t="array" ref="B1">')), "6251 2025!B1: array formula"),
        ((FORM, FIRST, FIRST.replace(">", ' s="1">', 1)), "6251 2025!B1: formula in an unlocked cell"),
        ((FORM, FIRST, FIRST.replace(">", ' s="9">', 1)), "6251 2025!B1: style 9 does not exist"),
        ((FORM, '<row r="1">', '<row r="1" s="9">'), "6251 2025 {'r': '1', 's': '9'}: style 9 does not exist"),
        ((STYLES, 'numFmtId="0" fontId="0" fillId="2"',
          'numFmtId="0" fontId="7" fillId="2"'), "cell format 1: its font"),
        ((STYLES, '0" fillId="0" borderId="0" xfId="0"/>\n<xf numFmtId="0"',
          '0" fillId="2" borderId="0" xfId="0"/>\n<xf numFmtId="0"'), "Inputs!A1: looks like an input, but is locked"),
        ((FORM, "Form 6251", "\U0001f600" * 16_384), "6251 2025!A1: text of 32768 UTF-16 units"),
        ((FORM, 'dxfId="0"', 'dxfId="1"'), "6251 2025!B1:B2 conditional format: differential style 1 does not exist"),
        ((FORM, "ISNUMBER(wages)", "ISNUMBER(salary)"), "6251 2025!B1:B2 conditional format: salary is not defined"),
        ((INPUTS, '"single,married_joint"', f'"{"x," * 128}"'), "Inputs!B3 validation: list of more than 255"),
        ((INPUTS, '"single,married_joint"', "statuses"), "Inputs!B3 validation: statuses is not defined"),
        ((INPUTS, "'6251 2025'!B2", "'6251 2024'!B2"), "Inputs!A2 link: '6251 2024'!B2 leads to a sheet"),
        ((INPUTS, "'6251 2025'!B2", "'6251 2025'!B77"), "Inputs!A2 link: 6251 2025!B77 is not in the file"),
        ((INPUTS, "'6251 2025'!B2", "f6251_2025_4"), "Inputs!A2 link: f6251_2025_4 is not defined"),
        ((BOOK, 'localSheetId="1"', 'localSheetId="0"'), "6251 2025: no print area"),
        ((BOOK, 'sheet name="Inputs"', f'sheet name="{"I" * 32}"'), "sheet title 'IIII"),
        ((BOOK, 'sheet name="Inputs"', 'sheet name="In/puts"'), "sheet title 'In/puts': Excel refuses it"),
        ((BOOK, 'sheet name="Inputs"', "sheet name=\"'Inputs\""), "sheet title \"'Inputs\": Excel refuses it"),
        ((BOOK, 'sheet name="Inputs"', 'sheet name="history"'), "sheet title 'history': Excel keeps this title"),
        ((BOOK, 'sheet name="6251 2025"', 'sheet name="INPUTS"'), "sheet title 'inputs': 2 sheets have it"),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_is_found(tmp_path: Path, planted: tuple[str, str, str], expected: str) -> None:
    """With its place."""
    found = faults(tmp_path, *planted)
    assert any(fault.startswith(expected) for fault in found), found


@pytest.mark.parametrize("part", ["xl/externalLinks/externalLink1.xml", "xl/vbaProject.bin", "xl/embeddings/a.bin"])
def test_a_foreign_part_is_found(tmp_path: Path, part: str) -> None:
    """No macro, no other file, nothing embedded."""
    sample = write_sample(tmp_path / "sample.xlsx")
    with ZipFile(sample, "a") as archive:
        archive.writestr(part, "<x/>")
    assert lint(sample) == [f"part {part}: external, macro or embedded"]


def test_a_chart_without_cached_points_or_cells_is_found(tmp_path: Path) -> None:
    """Phones and previewers draw a chart from its cached points."""
    sample = write_sample(tmp_path / "sample.xlsx")
    chart = '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:numRef>'
    with ZipFile(sample, "a") as archive:
        archive.writestr("xl/charts/chart1.xml", f"{chart}<c:f>Gone!$A$1</c:f></c:numRef></c:chartSpace>")
    assert lint(sample) == [
        "part xl/charts/chart1.xml: Gone!$A$1 leads to a sheet that does not exist",
        "part xl/charts/chart1.xml: Gone!$A$1 has no cached points, previewers draw an empty chart",
    ]


def test_no_safe_function_is_new_or_volatile() -> None:
    """Excel 2016 opens every workbook, and none recalculates for nothing."""
    volatile_or_new = {"NOW", "TODAY", "RAND", "OFFSET", "INDIRECT", "CELL", "INFO", "LET", "LAMBDA", "IFS", "XLOOKUP"}
    assert not volatile_or_new & SAFE_FUNCTIONS
