"""`isobook check` and `forms --json` tell the same open items, each at its place in the client's files."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook

from tests.command import run

RETURNS = "tax_year,filing_status,wages,deduction\n\n2024,single,150000,standard\n"
EXERCISES = (
    "exercise_id,kind,date_granted,date_exercised,exercise_price,fmv_exercise,shares\n"
    "E-1,ISO,2019-01-02,2020-06-01,1.00,51.00,10000\n"
)


def folder(tmp_path: Path, **files: str) -> Path:
    """A client's folder: an exercise of 2020 and a return of 2024, or what is given instead."""
    for name, text in ({"returns": RETURNS, "exercises": EXERCISES} | files).items():
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def test_an_item_stands_at_its_row_of_the_file(tmp_path: Path) -> None:
    """A blank line is counted, as a spreadsheet counts it."""
    found = json.loads(run("forms", str(folder(tmp_path)), "--json").stdout)
    item = next(each for each in found["open_items"] if each["column"] == "mtc_carryforward_in")
    assert (item["where"], item["row"], item["kind"]) == ("returns.csv", 3, "missing")
    assert found["state"] == "needs entries"


def test_an_item_of_a_record_stands_at_its_cell_of_the_workbook(tmp_path: Path) -> None:
    """On the sheet that a person sees, not on the hidden one: E-1 is the first row of Exercises."""
    late = EXERCISES.replace("2019-01-02", "2010-01-04")  # exercised more than ten years after the grant
    book = tmp_path / "client.xlsx"
    assert run("build", str(folder(tmp_path, exercises=late)), "-o", str(book)).exit_code == 0
    found = json.loads(run("forms", str(book), "--json").stdout)
    item = next(each for each in found["open_items"] if each["column"] == "date_exercised")
    first = load_workbook(book).defined_names["exercises_date_exercised"].attr_text.replace("$", "").split(":")[0]
    assert (item["where"], item["row"]) == ("client.xlsx", None)
    assert f"'{item['sheet']}'!{item['cell']}" == first


def test_strict_tells_open_items_by_the_exit_code(tmp_path: Path) -> None:
    """Without it an open item changes no exit code."""
    source = str(folder(tmp_path))
    assert run("check", source).exit_code == 0
    strict = run("check", source, "--strict")
    assert strict.exit_code == 1
    assert "Missing:" in strict.stdout
    assert "(returns.csv, row 3)" in strict.stdout


def test_answers_settle_items_and_are_told_where_they_no_longer_fit(tmp_path: Path) -> None:
    """Each missing item is answered; then the shares change, and the answer is told to be of other figures."""
    source = folder(tmp_path)
    found = json.loads(run("forms", str(source), "--json").stdout)
    open_ = [each["id"] for each in found["open_items"] if each["kind"] in ("missing", "confirm")]
    lines = [f"{name},seen in the 2023 return,2026-02-01,JD" for name in open_]
    folder(tmp_path, answers="\n".join(["item_id,answer,date,by", *lines]) + "\n")
    assert run("check", str(source), "--strict").exit_code == 0
    folder(
        tmp_path, answers="\n".join(["item_id,answer,date,by", *lines]), exercises=EXERCISES.replace("10000", "9000")
    )
    again = run("check", str(source), "--strict")
    assert again.exit_code == 1
    assert "An answer was given to other figures: seen in the 2023 return" in again.stdout
