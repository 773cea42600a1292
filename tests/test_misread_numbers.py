"""Between semicolons a comma may be a decimal comma and a point a mark of thousands: what is two numbers is refused."""

from pathlib import Path

import pytest

from engine.errors import InputError, Problem
from isobook.sources import read_source
from tests.importing import changed, problems_of

HEADER = "exercise_id;date_granted;date_exercised;exercise_price;fmv_exercise;shares"


def exercises(tmp_path: Path, price: str = "12.50", value: str = "40.25", shares: str = "1000") -> Path:
    """One exercise between semicolons."""
    path = tmp_path / "exercises.csv"
    path.write_text(f"{HEADER}\nE1;2022-01-03;2024-03-14;{price};{value};{shares}\n", "utf-8")
    return path


def refusals(path: Path) -> list[Problem]:
    """The problems of a source that is refused."""
    with pytest.raises(InputError) as caught:
        read_source(path)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("shares", "remedy"),
    [
        ("1.234", "Write 1234 for 1,234, or 1.2340 if the point is a decimal point."),
        ("1,234", "Write 1234 for 1,234, or 1.2340 if the comma is a decimal comma."),
        ("12.500", "Write 12500 for 12,500, or 12.5000 if the point is a decimal point."),
        ("1,234,567", "Write 1234567."),
    ],
)
def test_shares_that_are_two_numbers_are_refused_with_both(tmp_path: Path, shares: str, remedy: str) -> None:
    """The cell, and how to write either; the rest of the file does not decide how shares are written."""
    (problem,) = refusals(exercises(tmp_path, shares=shares))
    assert (problem.row, problem.column, problem.value, problem.remedy) == (2, "shares", shares, remedy)


@pytest.mark.parametrize(
    ("written", "read"), [("1234", "1234"), ("1.2340", "1.2340"), ("0.125", "0.125"), ("1.5", "1.5"), (".250", "0.250")]
)
def test_what_the_remedy_says_is_read(tmp_path: Path, written: str, read: str) -> None:
    """Four digits after the point, or a zero before it, are no thousands."""
    (lot,) = read_source(exercises(tmp_path, shares=written)).exercises
    assert f"{lot.shares:f}" == read


def test_dollars_that_are_two_numbers_are_refused(tmp_path: Path) -> None:
    """Wages of 50.000 are fifty thousand to one reader and fifty to another."""
    exercises(tmp_path)
    returns = "tax_year;filing_status;wages;deduction;line_2f\n2024;single;50.000;standard;(1.250)\n"
    (tmp_path / "returns.csv").write_text(returns, "utf-8")
    wages, loss = refusals(tmp_path)
    assert wages.remedy == "Write 50000 for 50,000, or 50.00 if the point is a decimal point."
    assert loss.remedy == "Write (1250) for (1,250), or (1.25) if the point is a decimal point."


def test_a_price_of_three_decimals_is_taken_where_the_file_shows_its_point(tmp_path: Path) -> None:
    """Beside 40.25 the point of 1.234 is a decimal one; prices a share have three decimals as a rule."""
    (lot,) = read_source(exercises(tmp_path, price="1.234")).exercises
    assert f"{lot.exercise_price:f}" == "1.234"


def test_a_price_is_refused_where_nothing_shows_its_point(tmp_path: Path) -> None:
    """1.234 and 2.345 alone may be 1,234 and 2,345 dollars per share."""
    price, value = refusals(exercises(tmp_path, price="1.234", value="2.345"))
    assert (price.column, value.column) == ("exercise_price", "fmv_exercise")
    assert price.remedy == "Write 1234 for 1,234, or 1.2340 if the point is a decimal point."


@pytest.mark.parametrize("separator", [",", "\t"])
def test_other_separators_leave_points_alone(tmp_path: Path, separator: str) -> None:
    """Between commas a point is a decimal point, also in 1.234 shares."""
    path = exercises(tmp_path, shares="1.234")
    path.write_text(path.read_text("utf-8").replace(";", separator), "utf-8")
    (lot,) = read_source(path).exercises
    assert f"{lot.shares:f}" == "1.234"


def test_texts_days_and_ids_are_no_numbers(tmp_path: Path) -> None:
    """An account number 1.234 is an id."""
    path = exercises(tmp_path)
    path.write_text(path.read_text("utf-8").replace("E1;", "1.234;"), "utf-8")
    assert read_source(path).exercises[0].exercise_id == "1.234"


def test_an_import_refuses_them_too(tmp_path: Path) -> None:
    """Forms 3921 by their boxes, one row per form or one column per form."""
    boxes = tmp_path / "boxes.csv"
    boxes.write_text("Box 1;Box 2;Box 3;Box 4;Box 5\n2021-05-01;2023-06-15;1.25;31.10;1.234\n", "utf-8")
    standing = tmp_path / "standing.csv"
    labels = [
        "1 Date option granted;2021-05-01",
        "2 Date option exercised;2023-06-15",
        "3 Exercise price per share;1.25",
    ]
    labels += ["4 Fair market value per share on exercise date;31.10", "5 No. of shares transferred;1.234"]
    standing.write_text("Form 3921;First\n" + "\n".join(labels) + "\n", "utf-8")
    for path in (boxes, standing):
        assert [problem.value for problem in problems_of(path)] == ["1.234"]


def test_a_download_between_semicolons_is_refused_too(tmp_path: Path) -> None:
    """E*TRADE's file saved again by a program that writes decimal commas: 1.300 shares are 1,300 or 1.3."""
    text = "\n".join(";".join(row) for row in changed("Quantity", 3, "1.300")[:3:2])
    path = tmp_path / "gains.csv"
    path.write_text(text.replace("3,750", "3750").replace("12,825", "12825").replace("16,575", "16575"), "utf-8")
    assert ("Quantity", "1.300") in [(each.column, each.value) for each in problems_of(path)]
