"""A trial of the house: tax year 2027 is 2026's parameters copied and one more year in YEARS, and nothing else."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.filing import YEARS

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "workbook_templates", "addin", "papers", "isobook", "law_book")
NEXT = YEARS[-1] + 1
HEADER = "exercise_id,date_granted,date_exercised,exercise_price,fmv_exercise,shares"
EXERCISES = HEADER + "\nE-1,2024-01-05,{year}-03-01,10,60,4000\n"
RETURNS = "tax_year,filing_status,wages,deduction\n{before},single,180000,standard\n{year},single,180000,standard\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of the checkout with a year more, and a client who exercises in it."""
    home = tmp_path_factory.mktemp("next-year")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, home / package, ignore=shutil.ignore_patterns("__pycache__"))
    parameters = home / "engine" / "federal" / "parameters"
    last = (parameters / f"{YEARS[-1]}.toml").read_text("utf-8")
    added, count = re.subn(rf"^year = {YEARS[-1]}$", f"year = {NEXT}", last, flags=re.MULTILINE)
    assert count == 1
    (parameters / f"{NEXT}.toml").write_text(added, "utf-8")
    filing = home / "engine" / "filing.py"
    years, count = re.subn(rf"range\({YEARS[0]}, {NEXT}\)", f"range({YEARS[0]}, {NEXT + 1})", filing.read_text("utf-8"))
    assert count == 1
    filing.write_text(years, "utf-8")
    client = home / "client"
    client.mkdir()
    (client / "exercises.csv").write_text(EXERCISES.format(year=NEXT))
    (client / "returns.csv").write_text(RETURNS.format(before=NEXT - 1, year=NEXT))
    return home


def run(home: Path, *words: str) -> str:
    """What a command of the copy prints; it must end well."""
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_forms_know_the_year(copy: Path) -> None:
    """4,000 shares at 60 less 10: AMT of that year, and the year after takes what is carried on."""
    said = run(copy, "-m", "isobook", "forms", "client")
    assert f"for {NEXT}: tentative minimum tax of" in said
    assert f"Capital losses carried to {NEXT + 1}: none" in said


def test_a_line_of_the_year_is_explained(copy: Path) -> None:
    """Line 2i is the exercise: 4,000 times 50."""
    assert "Incentive stock options exercised: 200,000" in run(
        copy, "-m", "isobook", "explain", "client", str(NEXT), "6251", "2i"
    )


def test_the_workbook_has_the_year(copy: Path) -> None:
    """Built, with the form of the year after, and read back without a difference."""
    assert f"{NEXT - 1} to {NEXT}" in run(copy, "-m", "isobook", "build", "client", "-o", "client.xlsx")
    assert "No difference" in run(copy, "-m", "isobook", "diff", "client", "client.xlsx")


def test_the_law_book_has_the_year(copy: Path) -> None:
    """A page of its own, on which nothing but the figures changed."""
    page = run(copy, "-c", f"from law_book.pages import year_page; print(year_page({NEXT}))")
    assert f"# The law book: {NEXT}" in page
    assert f"rules, labels and places are those of {NEXT - 1}" in page


def test_a_worksheet_function_takes_the_year(copy: Path) -> None:
    """The exemption of the year is found by its number."""
    said = run(copy, "-c", f"from addin.functions import AMT_PARAM; print(AMT_PARAM('exemption', 'single', {NEXT}))")
    assert float(said) > 0
