"""Files that are no workbook of ours, broken ones and hostile ones: refused in words, never a traceback, never slow."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from engine import Client, InputError
from isobook.sources import open_source, read_source, source_name
from tests.command import refused
from tests.edited_workbooks import facts, made, record, row_of, small_client
from tests.rezipped import Change, with_parts
from workbook_templates.read_back import xlsx_cells, xlsx_package

MAIN = "xl/workbook.xml"
EXERCISES, SALES, INPUTS = (dict(facts().file.sheet_parts)[title] for title in ("Exercises", "Sales", "Inputs"))
SHARES, BELOW = (record("exercises", place, "shares").cell for place in (1, 2))  # of the second lot and of the third
VESTED = record("exercises", 1, "vest_date").cell
LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def rezipped(change: Change) -> bytes:
    """The small client's workbook with its parts changed."""
    return with_parts(made(), change)


def written(folder: Path, data: bytes, name: str = "client.xlsx") -> Path:
    """A file."""
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    """The one problem of a file that cannot be read."""
    with pytest.raises(InputError) as error:
        read_source(path)
    (problem,) = error.value.problems
    assert problem.file == path.name
    return str(problem)


def of_another_program() -> bytes:
    """A workbook that isobook did not make."""
    stream = BytesIO()
    Workbook().save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"exercise_id,shares\n", "no zip file"),
        (b"", "no zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "under a password"),
        (of_another_program(), "a workbook that isobook made"),
        (made()[:20_000], "no zip file"),
        (rezipped(lambda parts: parts.pop(MAIN)), "a part is missing"),
        (rezipped(lambda parts: parts.pop(EXERCISES)), "sheet Exercises: a part is missing"),
        (rezipped(lambda parts: parts.update({EXERCISES: parts[EXERCISES][:5_000]})), "a part is broken"),
        (rezipped(lambda parts: parts.update({MAIN: LAUGHS.encode() + b"<x>&b;</x>"})), "a DOCTYPE"),
    ],
    ids=["csv", "empty", "password", "another's", "cut", "no book", "no sheet", "broken sheet", "entities"],
)
def test_what_is_no_workbook_of_ours_is_refused_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    """What it is, what isobook reads, and what to do."""
    path = written(tmp_path, data)
    assert words in refusal(path)
    assert source_name(path) == "client"


@pytest.mark.parametrize("figures", ["2_0_0", "٢٠٠"])
def test_a_number_that_no_spreadsheet_reads_is_no_number(tmp_path: Path, figures: str) -> None:
    """Python reads them as 200; Excel and LibreOffice do not."""

    def change(parts: dict[str, bytes]) -> None:
        cell = re.compile(rb'(<c r="%s"[^>]*><v>)[0-9.]+(</v>)' % SHARES.encode())
        parts[EXERCISES], count = cell.subn(rb"\g<1>%s\g<2>" % figures.encode(), parts[EXERCISES])
        assert count == 1

    shown = refusal(written(tmp_path, rezipped(change)))
    assert f"a number written as {figures!r}" in shown


def test_a_doctype_in_a_sheet_is_refused(tmp_path: Path) -> None:
    """Its entities would blank a cell, and with it wages."""

    def change(parts: dict[str, bytes]) -> None:
        parts[INPUTS] = parts[INPUTS].replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY w "1">]><worksheet', 1)

    assert "a part with a DOCTYPE" in refusal(written(tmp_path, rezipped(change)))


def test_a_workbook_of_a_later_format_is_refused(tmp_path: Path) -> None:
    """It may hold what this isobook would lose."""

    def change(parts: dict[str, bytes]) -> None:
        for name in parts:
            parts[name] = parts[name].replace(b"isobook workbook, format 3", b"isobook workbook, format 4")

    shown = refusal(written(tmp_path, rezipped(change)))
    assert "format 4" in shown
    assert "Update isobook." in shown


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    """A name without an ending, as some mail programs leave it."""
    assert read_source(written(tmp_path, made(), "client")) == small_client()


def test_a_million_formatted_rows_are_passed_over(tmp_path: Path) -> None:
    """As Excel leaves them where whole columns were formatted; read no further than any table reaches."""
    rows = b"".join(b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (row, row) for row in range(60, 1_048_577))

    def change(parts: dict[str, bytes]) -> None:
        parts[EXERCISES] = parts[EXERCISES].replace(b"</sheetData>", rows + b"</sheetData>")

    assert read_source(written(tmp_path, rezipped(change))) == small_client()


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that unpacks to more than any that people make; the limits are lowered here, not to wait."""
    monkeypatch.setattr(xlsx_package, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(xlsx_package, "MOST_STREAMED", 1_000_000)
    for part in (MAIN, EXERCISES):
        data = rezipped(lambda parts, part=part: parts.update({part: parts[part] + b" " * 2_000_000}))  # type: ignore[misc]
        if part == MAIN:
            assert "1,000,000 bytes" in refusal(written(tmp_path, data))
    bomb = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(60, 40_000))

    def change(parts: dict[str, bytes]) -> None:
        parts[EXERCISES] = parts[EXERCISES].replace(b"</sheetData>", bomb + b"</sheetData>")

    assert "more than 1,000,000 bytes" in refusal(written(tmp_path, rezipped(change)))


def test_more_exercises_than_a_client_may_have_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a CSV file."""
    monkeypatch.setattr("engine.records.client.MOST_EXERCISES", 2)
    with pytest.raises(InputError) as error:
        read_source(written(tmp_path, made()))
    assert "more than 2 rows" in str(error.value)


def test_shared_formulas_and_seventeen_digits_as_excel_writes_them_are_no_edits(tmp_path: Path) -> None:
    """Excel shares a formula among the cells of a column, and writes 0.1 as 0.10000000000000001."""

    def change(parts: dict[str, bytes]) -> None:
        xml = parts[EXERCISES].decode()
        letters = facts().ranges["exercises_adjustment"].cell.split(":")[0].rstrip("0123456789")  # line 2i
        first, *others = (f"{letters}{row_of('exercises', place)}" for place in range(3))
        xml = re.sub(rf'(<c r="{first}"[^>]*>)<f>', rf'\1<f t="shared" ref="{first}:{others[-1]}" si="0">', xml)
        xml = re.sub(rf'(<c r="(?:{"|".join(others)})"[^>]*>)<f>[^<]*</f>', r'\1<f t="shared" si="0"/>', xml)
        assert xml.count('t="shared"') == 3
        parts[EXERCISES] = xml.replace("<v>4.1</v>", "<v>4.0999999999999996</v>").encode()

    opened = open_source(written(tmp_path, rezipped(change)))
    assert opened.client == small_client()
    assert opened.all_notes() == []


def test_the_command_lists_what_is_wrong_and_shows_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1, a message on stderr."""
    monkeypatch.chdir(tmp_path)
    Path("client.bin").write_bytes(made()[:9_000])
    assert "client.bin: found no zip file" in refused("forms", "client.bin")


many = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@many
@given(st.lists(st.tuples(st.integers(0, len(made()) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_no_flipped_bytes_break_the_reader(tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    """Read or refused."""
    data = bytearray(made())
    for place, byte in flips:
        data[place] = byte
    survives(tmp_path, bytes(data))


@many
@given(
    st.sampled_from([MAIN, EXERCISES, INPUTS, SALES, "xl/_rels/workbook.xml.rels"]),
    st.floats(0, 1),
    st.integers(0, 400),
    st.sampled_from([b"", b'"', b"<v>1e999</v>", b"nan", b"-1", b't="s"', b"9" * 30, b"</c>", b"\xff"]),
)
def test_no_damage_inside_a_part_breaks_the_reader(
    tmp_path: Path, part: str, where: float, length: int, instead: bytes
) -> None:
    """Read or refused, where the zip file itself is sound."""

    def change(parts: dict[str, bytes]) -> None:
        at = int(where * len(parts[part]))
        parts[part] = parts[part][:at] + instead + parts[part][at + length :]

    survives(tmp_path, rezipped(change))


def survives(folder: Path, data: bytes) -> None:
    """Reading gives a client or an InputError, whose message can be printed."""
    try:
        assert isinstance(read_source(written(folder, data)), Client)
    except InputError as error:
        str(error).encode()


def _second_lot(cell: str, more: str = "") -> Change:
    """The shares of the second lot as another cell, and more rows; @ is its address, # the one below."""

    def change(parts: dict[str, bytes]) -> None:
        written_so = cell.replace("@", SHARES).replace("#", BELOW)
        xml, count = re.subn(rf'<c r="{SHARES}"[^>]*>.*?</c>', written_so, parts[EXERCISES].decode())
        assert count == 1
        parts[EXERCISES] = xml.replace("</sheetData>", f"{more}</sheetData>").encode()

    return change


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="@"><!-- remark --><v>600</v></c>',
        '<!-- remark --><c r="@"><?x y?><v>600</v></c>',
        '<c r="@"><f t="shared" ref="@:#" si="9">"abc</f><v>600</v></c>',
        '<c r="@"><f t="shared" ref="@:#" si="9">A1+[</f><v>600</v></c>',
        '<c r="@"><f t="shared" ref="@:#" si="9">A1048576</f><v>600</v></c>',
    ],
)
def test_remarks_in_the_xml_and_formulas_that_are_none_are_passed_over(tmp_path: Path, cell: str) -> None:
    """No traceback, and the value is the cell's."""
    more = f'<row r="60"><c r="{SHARES.rstrip("0123456789")}60"><f t="shared" si="9"/><v>1</v></c></row>'
    assert read_source(written(tmp_path, rezipped(_second_lot(cell, more)))) == small_client()


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    """As Excel stores it: a text without characters, and not a formula that nobody worked out."""
    cell = f'<c r="{VESTED}" t="str"><f>IF(1,"","")</f><v></v></c>'

    def change(parts: dict[str, bytes]) -> None:
        xml, count = re.subn(rf'<c r="{VESTED}"[^>]*/>', cell, parts[EXERCISES].decode())
        assert count == 1
        parts[EXERCISES] = xml.encode()

    assert read_source(written(tmp_path, rezipped(change))) == small_client()


BOMBS: dict[str, tuple[str, str, str]] = {  # the limit that is lowered not to wait, the rows, what is told
    "a row": ("MOST_UNPACKED", '<row r="60">' + "<c/>" * 250_000 + "</row>", "a row of more than 500,000 bytes"),
    "cells": ("MOST_CELLS", '<row r="60">' + "<c><v>1</v></c>" * 300 + "</row>", "filled cells"),
    "formulas": ("MOST_SHARED", "", "more shared formulas than isobook writes"),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_small_file_never_takes_gigabytes_or_minutes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A row of millions of cells, millions of cells in all, a long formula shared by thousands of cells."""
    limit, rows, words = BOMBS[kind]
    module, most = (xlsx_package, 500_000) if limit == "MOST_UNPACKED" else (xlsx_cells, 2_000)
    monkeypatch.setattr(module, limit, most)
    if kind == "formulas":
        rows = '<row r="60"><c r="D60"><f t="shared" si="9">' + "A1+" * 300 + "1</f><v>1</v></c></row>"
        rows += "".join(f'<row r="{at}"><c r="D{at}"><f t="shared" si="9"/><v>1</v></c></row>' for at in range(61, 69))
    assert words in refusal(written(tmp_path, rezipped(_second_lot('<c r="@"><v>600</v></c>', rows))))


def test_shared_texts_are_read_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More bytes of them than any part that is held whole; remarks among them count as none."""
    monkeypatch.setattr(xlsx_package, "MOST_UNPACKED", 500_000)
    texts = "<si><t>600</t></si><!-- remark --><si/>" + "<si/>" * 120_000

    def change(parts: dict[str, bytes]) -> None:
        _second_lot('<c r="@" t="s"><v>0</v></c>')(parts)
        parts["xl/sharedStrings.xml"] = f"<sst>{texts}</sst>".encode()
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        relation = f'<Relationship Id="texts" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
        rels = "xl/_rels/workbook.xml.rels"
        parts[rels] = parts[rels].replace(b"</Relationships>", relation.encode())

    assert read_source(written(tmp_path, rezipped(change))) == small_client()
