import re
from pathlib import Path
from typing import Any

import pytest

from engine.columns import EXERCISES, RETURNS, SALES, SPLITS
from engine.records import Exercise, Return, Sale, Split
from isobook.sources.client_toml import read_settings
from tests.command import refused, run, wrong_use


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_new_writes_tables_with_every_column(desk: Path) -> None:
    """Header-only tables of the records' columns, and the settings."""
    outcome = run("new", "clients/smith")
    assert outcome.exit_code == 0
    folder = desk / "clients" / "smith"
    assert (folder / "exercises.csv").read_text() == ",".join(Exercise.model_fields) + "\n"
    assert (folder / "sales.csv").read_text() == ",".join(Sale.model_fields) + "\n"
    assert (folder / "returns.csv").read_text() == ",".join(Return.model_fields) + "\n"
    assert (folder / "splits.csv").read_text() == ",".join(Split.model_fields) + "\n"
    for path in folder.rglob("*.*"):
        assert f"Made {path.relative_to(desk)}" in outcome.stdout


def test_new_says_what_each_column_is(desk: Path) -> None:
    """Every column of every table with its meaning, those that every row needs marked, and what to run next."""
    said = run("new", "smith").stdout
    assert f"What each column is: {Path('smith') / 'columns.txt'}." in said
    assert "Then: isobook check smith, and isobook build smith." in said
    lines = (desk / "smith" / "columns.txt").read_text().splitlines()
    for table in (EXERCISES, SALES, RETURNS, SPLITS):
        for each in table:
            assert any(line[2:].startswith(f"{each.name} ") and line.endswith(each.expected) for line in lines)
    assert any(re.match(r"\* fmv_exercise +the fair market value on the exercise day", line) for line in lines)


def test_the_example_of_new_builds(desk: Path) -> None:
    """2024: 160,000 + 60,000 - 85,700 = 134,300 at 26% is 34,918; regular tax of 145,400 is 27,939."""
    run("new", "smith")
    outcome = run("build", "smith/example")
    assert outcome.exit_code == 0
    assert "  AMT of $6,979 for 2024: tentative minimum tax of $34,918, regular tax of $27,939." in outcome.stdout
    assert (desk / "example.xlsx").is_file()


def test_the_remarks_of_client_toml_are_settings_that_work(desk: Path) -> None:
    """With the # taken away each line is taken."""
    run("new", "smith")
    file = desk / "smith" / "client.toml"
    file.write_text(re.sub(r"^# (?=\[|\S+ = |\")", "", file.read_text(), flags=re.MULTILINE))
    problems: list[Any] = []
    settings = read_settings(file, problems)
    assert problems == []
    assert (settings.name, settings.rounding, settings.tax_method) == ("Jordan Sample", "dollars", "table")
    assert settings.columns == {"costatexercise": "exercise_price"}


@pytest.mark.parametrize("name", ["exercises.csv", "Returns.CSV", "client.toml", "example"])
def test_new_refuses_a_folder_that_has_any_of_its_files(desk: Path, name: str) -> None:
    """Nothing is overwritten, and nothing is added."""
    (desk / name).write_text("kept")
    assert f"already has {name}" in wrong_use("new", ".")
    assert [path.name for path in desk.iterdir()] == [name]
    assert (desk / name).read_text() == "kept"


def test_new_keeps_to_other_files_of_a_folder(desk: Path) -> None:
    """A folder with the client's documents is fine."""
    (desk / "form-3921.pdf").touch()
    assert run("new", ".").exit_code == 0
    assert (desk / "exercises.csv").is_file()


def test_new_refuses_a_file_as_folder(desk: Path) -> None:
    """And leaves it."""
    (desk / "smith").write_text("kept")
    assert "is no folder" in wrong_use("new", "smith")


def test_new_that_fails_midway_leaves_no_file(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is told in words."""
    mkdir = Path.mkdir

    def full(path: Path, *arguments: Any, **options: Any) -> None:
        if path.name == "example":
            raise OSError(28, "No space left on device", str(path))
        mkdir(path, *arguments, **options)

    monkeypatch.setattr(Path, "mkdir", full)
    assert "No space left on device" in refused("new", "smith")
    assert [path for path in desk.rglob("*") if path.is_file()] == []
