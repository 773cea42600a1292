"""The harness that proves workbooks must itself find what is wrong, and nothing where nothing is."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.spreadsheets import (
    cells,
    differences,
    recalculated_by_formualizer,
    recalculated_by_ironcalc,
    recalculated_by_libreoffice,
    type_in,
    validate_open_xml,
)
from tests.spreadsheets.engines import Values
from tests.spreadsheets.libreoffice import run
from tests.spreadsheets.sample import FORM, INPUTS, write_sample
from tests.spreadsheets.typed_input import Typed

CHECKOUT = Path(__file__).parents[1]
WRONG_CACHE = ("<v>342.86</v>", "<v>342.87</v>")
IN_PROCESS = {"ironcalc": recalculated_by_ironcalc, "formualizer": recalculated_by_formualizer}
TYPED: dict[tuple[str, str], Typed] = {
    ("Inputs", "B2"): Decimal("700.70"),
    ("Inputs", "B3"): "single & free",
    ("Inputs", "B4"): date(2025, 1, 31),
    ("Inputs", "B5"): True,
}
AFTER_TYPING = [1401.4, 200.2, "needs 200.20", True, "single & free", 46053, "to inputs"]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sound workbook."""
    return write_sample(tmp_path / "sample.xlsx")


@pytest.fixture(scope="session")
def by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Values]]:
    """Four workbooks, recalculated by one LibreOffice."""
    folder = tmp_path_factory.mktemp("libreoffice")
    sound = write_sample(folder / "sound.xlsx")
    wrong = write_sample(folder / "wrong cache.xlsx", FORM, *WRONG_CACHE)
    error = write_sample(folder / "error.xlsx", FORM, "ROUND(B1/7,2)", "ROUND(B1/0,2)")
    books = [sound, wrong, error, type_in(sound, TYPED, folder / "typed.xlsx")]
    values = recalculated_by_libreoffice(books)
    return {path.stem: (path, found) for path, found in zip(books, values, strict=True)}


def column_b(values: Values) -> list[object]:
    """The seven formulas of the form sheet, from the top."""
    return [values["6251 2025", f"B{row}"] for row in range(1, 8)]


def test_cached_values_are_read_with_dates_as_serial_numbers(sample: Path) -> None:
    """A path or the bytes of a file; only formula cells are in it."""
    values = cells(sample)
    assert column_b(values) == [2400, 342.86, "needs 342.86", True, None, 45716, "to inputs"]
    assert len(values) == 7
    assert cells(sample.read_bytes()) == values


@pytest.mark.parametrize("engine", IN_PROCESS)
def test_a_sound_workbook_shows_no_difference(sample: Path, engine: str) -> None:
    """Texts, booleans, dates and empty texts are equal, not numbers alone."""
    assert differences(sample, engine) == []


@pytest.mark.parametrize("engine", IN_PROCESS)
def test_a_wrong_cache_is_found_with_both_values_and_the_formula(tmp_path: Path, engine: str) -> None:
    """A cent is enough."""
    wrong = write_sample(tmp_path / "wrong.xlsx", FORM, *WRONG_CACHE)
    assert f"6251 2025!B2: cached 342.87, {engine} 342.86, formula =ROUND(B1/7,2)" in differences(wrong, engine)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<v>2400</v>", "<v>2400.0000000000005</v>"),
        ("<v>342.86</v>", "<v>0</v>"),
        ('<c r="B4" t="b"><f>B1&gt;1000</f><v>1</v>', '<c r="B4" t="b"><f>B1&gt;1000</f><v>0</v>'),
        ('<c r="B5" t="str"><f>IF(filing_status="","",filing_status)</f><v></v>',
         '<c r="B5"><f>IF(filing_status="","",filing_status)</f><v>0</v>'),
        ("<v>45716</v>", "<v>45717</v>"),
        ("<v>to inputs</v>", "<v>To inputs</v>"),
    ],
    ids=["last bit", "zero", "boolean", "zero for an empty text", "date", "capital letter"],
)  # fmt: skip
def test_the_smallest_difference_counts(tmp_path: Path, old: str, new: str) -> None:
    """Numbers are equal bit for bit, texts letter for letter."""
    wrong = write_sample(tmp_path / "wrong.xlsx", FORM, old, new)
    assert len(differences(wrong, "ironcalc")) == 1


@pytest.mark.parametrize("engine", IN_PROCESS)
def test_typed_input_recalculates(sample: Path, tmp_path: Path, engine: str) -> None:
    """Numbers, texts, dates and booleans reach the formulas, and stale caches are not repeated."""
    changed = type_in(sample, TYPED, tmp_path / "changed.xlsx")
    assert column_b(IN_PROCESS[engine](changed)) == AFTER_TYPING


def test_typing_changes_one_cell_and_nothing_else(sample: Path, tmp_path: Path) -> None:
    """Every other byte of every part stays; an emptied cell keeps its style."""
    changed = type_in(sample, {("Inputs", "B2"): None}, tmp_path / "changed.xlsx")
    with ZipFile(sample) as before, ZipFile(changed) as after:
        different = [name for name in before.namelist() if before.read(name) != after.read(name)]
        assert different == [INPUTS]
        expected = before.read(INPUTS).replace(b'<c r="B2" s="1"><v>1200</v></c>', b'<c r="B2" s="1"></c>')
        assert after.read(INPUTS) == expected


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (("6251 2025", "B1"), "holds a formula"),
        (("Inputs", "A2"), "is locked"),
        (("Inputs", "Z99"), "is not in the file"),
        (("inputs", "B2"), "is not in the file"),
    ],
)
def test_only_input_cells_can_be_typed_into(sample: Path, tmp_path: Path, place: tuple[str, str], reason: str) -> None:
    """What a user of the protected sheet cannot do, a test cannot do either."""
    with pytest.raises(ValueError, match=f"{place[0]}!{place[1]} {reason}"):
        type_in(sample, {place: 1}, tmp_path / "changed.xlsx")
    assert not (tmp_path / "changed.xlsx").exists()


@pytest.mark.real_program
def test_libreoffice_finds_the_wrong_cache_only(by_libreoffice: dict[str, tuple[Path, Values]]) -> None:
    """Its hard recalculation disregards every cache; its 0 and 1 equal booleans."""
    assert differences(by_libreoffice["sound"][0], "libreoffice", by_libreoffice["sound"][1]) == []
    assert differences(by_libreoffice["wrong cache"][0], "libreoffice", by_libreoffice["wrong cache"][1]) == [
        "6251 2025!B2: cached 342.87, libreoffice 342.86, formula =ROUND(B1/7,2)"
    ]


@pytest.mark.real_program
def test_libreoffice_recalculates_typed_input(by_libreoffice: dict[str, tuple[Path, Values]]) -> None:
    """The same figures as the two engines in process."""
    assert column_b(by_libreoffice["typed"][1]) == AFTER_TYPING


@pytest.mark.real_program
def test_libreoffice_errors_bear_the_names_of_excel(by_libreoffice: dict[str, tuple[Path, Values]]) -> None:
    """An error and what depends on it."""
    assert column_b(by_libreoffice["error"][1])[1:3] == ["#DIV/0!", "#DIV/0!"]


def test_a_program_that_hangs_is_ended_with_all_it_started() -> None:
    """The grandchild would keep the pipe open for 30 seconds."""
    start = time.monotonic()
    with pytest.raises(RuntimeError, match=r"stopped after 0\.3 seconds"):
        run(["sh", "-c", "sleep 30 & wait"], 0.3)
    assert time.monotonic() - start < 5


def test_a_program_that_fails_tells_its_output() -> None:
    """The words of the program reach the reader of the test."""
    with pytest.raises(RuntimeError, match=r"(?s)failed with code 3.*no such book"):
        run(["sh", "-c", "echo no such book; exit 3"], 10)


@pytest.mark.real_program
def test_every_sheet_is_drawn(sample: Path, tmp_path: Path) -> None:
    """One page a sheet here, as PNG; pages of an earlier run are gone, the example script tells the paths."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "sample-3.png").touch()
    command = [sys.executable, "examples/render.py", str(sample), str(folder)]
    told = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told == [str(folder / "sample-1.png"), str(folder / "sample-2.png")]
    assert sorted(map(str, folder.iterdir())) == told
    assert all(Path(page).read_bytes().startswith(b"\x89PNG") for page in told)


@pytest.mark.real_program
def test_the_open_xml_validator_passes_the_sample(sample: Path) -> None:
    """The sample is valid for Microsoft's schema."""
    assert validate_open_xml(sample) == []


@pytest.mark.real_program
def test_the_open_xml_validator_finds_a_wrong_element(tmp_path: Path) -> None:
    """With the part and the words of the validator."""
    wrong = write_sample(tmp_path / "wrong.xlsx", FORM, "<sheetData>", "<rowBreaks/><sheetData>")
    assert any("/xl/worksheets/sheet2.xml" in error for error in validate_open_xml(wrong))


def test_a_missing_validator_is_an_error(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never a silent pass: it says how to install it."""
    monkeypatch.setenv("OOXML_VALIDATOR", "/nowhere/ooxml-validator")
    with pytest.raises(RuntimeError, match="/nowhere/ooxml-validator: `make test` installs it"):
        validate_open_xml(sample)
