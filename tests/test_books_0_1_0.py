"""The workbooks that version 0.1.0 made of its examples, kept beside them, are read whole by every later version."""

import csv
from pathlib import Path

import pytest

from tests.command import run
from workbook_templates.read_back.edits.hand_edits import EARLIER

BOOKS = Path(__file__).parent / "cases" / "books_0_1_0"
WRITTEN_FOR_BLANK = {("kind", "ISO"), ("exercise_price", "0")}  # the price of an RSU
NAMES = sorted(path.stem for path in BOOKS.glob("*.xlsx"))


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def exported(source: Path, folder: str) -> dict[str, object]:
    """The records and settings of a source as files; of a table its filled cells, row by row."""
    outcome = run("export", str(source), folder)
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    made = sorted(Path(folder).iterdir())
    told = ["The workbook:", f"  {EARLIER}"] if source.suffix == ".xlsx" else []  # once, and nothing else
    assert outcome.stdout.splitlines() == [*(f"Made {path}" for path in sorted(made, key=_as_told)), *told]
    return {path.name: _filled(path) if path.suffix == ".csv" else path.read_bytes() for path in made}


def _filled(path: Path) -> list[dict[str, str]]:
    """The cells that hold something, but for what 0.1.0 wrote for a blank."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {name: cell for name, cell in row.items() if cell and (name, cell) not in WRITTEN_FOR_BLANK}
            for row in csv.DictReader(file)
        ]


def _as_told(path: Path) -> int:
    """The order in which export tells of its files."""
    return ["exercises", "returns", "sales", "splits", "grants", "w2", "answers", "client"].index(path.stem)


def test_there_is_one_of_every_example_of_0_1_0() -> None:
    """Examples added later have none."""
    then = ("all-equity", "article-2025", "four-years", "from-csv-alone")
    assert [*then, "grant-limit", "mixed", "six-years", "underwater"] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_of_0_1_0_has_the_records_of_its_example(name: str) -> None:
    """Exercises, sales, grants, returns and settings, to the last cell; only that formulas were not compared."""
    folder = BOOKS / name
    source = folder if (folder / "returns.csv").exists() else folder / "exercises.csv"
    assert exported(BOOKS / f"{name}.xlsx", "of-book") == exported(source, "of-folder")
