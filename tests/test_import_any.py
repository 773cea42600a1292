import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import InputError
from isobook.imports import merge, read_file
from tests import form_3921_pdf as made
from tests.importing import EXAMPLES, GAINS, rows_of, write_csv, write_xlsx

in_one_folder = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
FORM = made.printed([{}])
JSON = (EXAMPLES / "forms-3921.json").read_bytes()


def survives(path: Path) -> None:
    """A file is read and joined with an empty folder, or refused in words."""
    try:
        merge(path.parent / "none", read_file(path, {}), {})
    except InputError as error:
        str(error).encode()


@in_one_folder
@given(st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"{", b"[", b"\xd0\xcf\x11\xe0"]), st.binary(max_size=300))
def test_no_bytes_break_the_import(tmp_path: Path, start: bytes, rest: bytes) -> None:
    """Whatever a file pretends to be."""
    (tmp_path / "file").write_bytes(start + rest)
    survives(tmp_path / "file")


@settings(in_one_folder, max_examples=30)
@given(st.sampled_from([FORM, JSON]), st.integers(0, 10**6), st.binary(min_size=1, max_size=20), st.booleans())
def test_no_damage_breaks_the_import(tmp_path: Path, data: bytes, place: int, other: bytes, cut: bool) -> None:
    """A form or a document with some bytes changed, or cut off."""
    place %= len(data)
    (tmp_path / "file").write_bytes(data[:place] + other + (b"" if cut else data[place + len(other) :]))
    survives(tmp_path / "file")


CELLS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["--", "1e99", "NaN", "1,5", "$1.50", "2024-02-30", "1/1/2030", "SO", "Sell", "ISO", "(5)", "0"]),
)


@in_one_folder
@given(st.dictionaries(st.integers(0, 46), CELLS, max_size=12), st.integers(1, 6))
def test_no_cells_break_the_reader_of_downloads(tmp_path: Path, cells: dict[int, str], row: int) -> None:
    """Whatever stands in a row of E*TRADE's."""
    rows = rows_of(GAINS)
    for place, cell in cells.items():
        rows[row][place] = cell.replace("\0", "").encode("utf-8", "replace").decode()
    survives(write_csv(tmp_path / "gains.csv", rows))


@in_one_folder
@given(
    st.lists(st.lists(CELLS | st.sampled_from(["Box 1", "Box 2", "Box 3", "Box 4", "Box 5"]), max_size=7), max_size=6)
)
def test_no_table_breaks_the_import(tmp_path: Path, rows: list[list[str]]) -> None:
    """Whatever the layout is."""
    text = [[cell.replace("\0", "").encode("utf-8", "replace").decode() for cell in row] for row in rows]
    survives(write_csv(tmp_path / "table.csv", text))


def packed(**files: bytes) -> bytes:
    """A zip file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: packed(letter=b"no workbook"), "a file that is no workbook"),
        (lambda: packed(bomb=bytes(150_000_000)), "150,000,000 bytes unpacked"),
        (lambda: bytes(8_000_001), "more than 8,000,000 bytes"),
    ],
    ids=["zip", "bomb", "large"],
)
def test_hostile_files_are_refused(tmp_path: Path, data: type[bytes], words: str) -> None:
    """Before they are unpacked or read whole."""
    (tmp_path / "file.xlsx").write_bytes(data())
    with pytest.raises(InputError, match=words):
        read_file(tmp_path / "file.xlsx", {})


def test_a_sheet_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """More columns than any download has."""
    path = write_xlsx(tmp_path / "wide.xlsx", [["Box 1"] * 300])
    with pytest.raises(InputError, match="200 columns"):
        read_file(path, {})


SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"
BOMBS: dict[str, tuple[str, bytes, bytes, str]] = {  # part, where, what is put there, and what is told
    "a row of cells": (SHEET, END, b"<row>" + b"<c/>" * 500_000 + b"</row>" + END, "a row of more than 2,000,000"),
    "a far row": (SHEET, END, b'<row r="2000000000"><c><v>1</v></c></row>' + END, "rows after row 5,000"),
    "rows": (SHEET, END, b"<row><c><v>1</v></c></row>" * 5_000 + END, "rows after row 5,000"),
    "styles": ("xl/styles.xml", b"</cellXfs>", b"<xf/>" * 500_000 + b"</cellXfs>", "bytes of xl/styles.xml"),
    "texts": ("xl/sharedStrings.xml", b"</sst>", b"<si/>" * 200_001 + b"</sst>", "more than 200,000 texts"),
}


def repacked(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """A workbook of one form with one of its parts changed."""
    form: list[list[object]] = [["Box 1", "Box 2", "Box 3", "Box 4", "Box 5"]]
    with zipfile.ZipFile(write_xlsx(path, [*form, ["2021-01-05", "2024-02-01", 2.5, 40.25, 1000]])) as archive:
        parts = {"xl/sharedStrings.xml": b"<sst></sst>"} | {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    path.write_bytes(packed(**parts | {part: parts[part].replace(old, new)}))
    return path


@pytest.mark.parametrize("kind", BOMBS)
def test_a_small_workbook_that_would_take_minutes_is_refused(tmp_path: Path, kind: str) -> None:
    """Looked at before the library reads it: it fills a gap of rows one by one, and holds a row at once."""
    part, old, new, words = BOMBS[kind]
    with pytest.raises(InputError, match=words):
        read_file(repacked(tmp_path / "form.xlsx", part, old, new), {})


def test_formatted_rows_below_the_records_are_passed_over(tmp_path: Path) -> None:
    """Excel leaves a million of them where whole columns were formatted."""
    rows = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (row, row) for row in range(3, 60_000))
    (reading,) = read_file(repacked(tmp_path / "form.xlsx", SHEET, END, rows + END), {})
    assert len(reading.lots) == 1
