import pickle
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.columns import OVERRIDES
from engine.errors import InputError, Problem
from engine.filing import STATUSES, YEARS
from engine.records import Client, Exercise, Return
from engine.records.identity import excel_key
from tests.client_notes import record_notes

EXERCISE = {
    "exercise_id": "E1",
    "date_granted": "2022-01-03",
    "date_exercised": "03/14/2025",
    "exercise_price": "$12.50",
    "fmv_exercise": "40.25",
    "shares": "1,000",
}
RETURN = {"tax_year": "2025", "filing_status": "S", "wages": "150,000", "deduction": "standard"}
MAY_BE_NEGATIVE = "mtc_line_18_in"  # Form 8801 line 18
VEST = {"vest_date": "2025-06-01", "fmv_vest": "50"}


def exercise(**cells: object) -> dict[str, object]:
    """A row of exercises.csv that is in order, with some cells replaced."""
    return {**EXERCISE, **cells}


def year(tax_year: int, **cells: object) -> dict[str, object]:
    """A row of returns.csv that is in order, with some cells replaced."""
    return {**RETURN, "tax_year": tax_year, **cells}


def problems_of(**rows: Any) -> tuple[Problem, ...]:
    """The problems of a client that must be refused."""
    with pytest.raises(InputError) as refused:
        Client(**rows)
    return refused.value.problems


def only_problem(**rows: Any) -> Problem:
    """The one problem of a client that must be refused for it alone."""
    problems = problems_of(**rows)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


# --- typed records ---------------------------------------------------------------------------------------


def test_csv_text_becomes_exact_values() -> None:
    """Dates in both spellings, money with its marks and blank cells are read as what they mean."""
    read = Exercise(**exercise(election_83b="Yes", **VEST, employer="  ", kind=""))
    assert (read.date_granted, read.date_exercised) == (date(2022, 1, 3), date(2025, 3, 14))
    assert (read.exercise_price, read.shares) == (Decimal("12.50"), Decimal(1000))
    assert (read.kind, read.election_83b, read.employer) == ("ISO", True, None)


def test_exact_values_are_taken_as_they_are() -> None:
    """Programs may give dates, Decimals and ints in place of CSV text, and midnight of a day as spreadsheets do."""
    values = exercise(
        date_granted=date(2022, 1, 3), date_exercised=datetime(2025, 3, 14), exercise_price=Decimal("12.5")
    )
    assert Exercise(**values, vest_date=None) == Exercise(**EXERCISE)
    assert Exercise(**exercise(shares=1000)) == Exercise(**EXERCISE)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("S", "single"),
        ("mfj", "married_joint"),
        ("Married filing jointly", "married_joint"),
        ("MFS", "married_separate"),
        ("Married filing separately", "married_separate"),
        ("hoh", "head_of_household"),
        ("Head of Household", "head_of_household"),
        ("QSS", "surviving_spouse"),
        *((status, status) for status in STATUSES),
    ],
)
def test_filing_status_is_understood_as_people_write_it(text: str, status: str) -> None:
    """The names of the statuses, the letters of preparers and the words of the form all count."""
    assert Return(tax_year=2025, filing_status=text).filing_status == status


def test_every_column_of_returns_is_there() -> None:
    """A line of Form 6251 has its column under its own letter, except those that are computed."""
    lines = {name for name in Return.model_fields if name.startswith("line_")}
    assert lines == {f"line_2{letter}" for letter in "bcdefghjlmnopqrst"} | {"line_3"}


def test_records_cannot_be_changed() -> None:
    """A record that was checked stays as it was checked."""
    with pytest.raises(ValueError, match="frozen"):
        Exercise(**EXERCISE).shares = Decimal(1)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"exercise_price": "12,x"}, "exercise_price", "box 3"),
        ({"exercise_price": 12.5}, "exercise_price", "float"),
        ({"exercise_price": "-1"}, "exercise_price", "sign"),
        ({"exercise_price": "nan"}, "exercise_price", "dollars"),
        ({"fmv_exercise": "inf"}, "fmv_exercise", "box 4"),
        ({"fmv_exercise": "1e400"}, "fmv_exercise", "box 4"),
        ({"fmv_exercise": "1,000,000,000"}, "fmv_exercise", "999,999,999.99"),
        ({"fmv_exercise": ""}, "fmv_exercise", "Form 3921 box 4"),
        ({"exercise_id": " "}, "exercise_id", "letters"),
        ({"exercise_id": "E 1"}, "exercise_id", "letters"),
        ({"exercise_id": "=1+1"}, "exercise_id", "letters"),
        ({"shares": "0"}, "shares", "more than zero"),
        ({"shares": "-5"}, "shares", "more than zero"),
        ({"shares": "900000000"}, "shares", "decimal point"),
        ({"kind": "bonus"}, "kind", "ISO, NSO, RSU or ESPP"),
        ({"date_granted": "1/2/25"}, "date_granted", "four digits"),
        ({"date_granted": "2025-02-30"}, "date_granted", "calendar"),
        ({"date_granted": "14/03/2020"}, "date_granted", "calendar"),
        ({"date_granted": "1969-12-31"}, "date_granted", "1970"),
        ({"date_granted": "March 3, 2020"}, "date_granted", "YYYY-MM-DD"),
        ({"date_granted": datetime(2020, 1, 1, 9)}, "date_granted", "YYYY-MM-DD"),
        ({"date_granted": "2025-03-15"}, "date_exercised", "date_granted, 2025-03-15"),
        ({"vest_date": "2025-06-01"}, "fmv_vest", "vest_date"),
        ({"fmv_vest": "50"}, "fmv_vest", "vest_date"),
        ({**VEST, "vest_date": "2025-03-13"}, "vest_date", "date_exercised, 2025-03-14"),
        ({**VEST, "fmv_vest": "999,999,999"}, "fmv_vest", "shares times fmv_vest"),
        ({"election_83b": "maybe"}, "election_83b", "yes or no"),
        ({"employer": "x" * 201}, "employer", "200"),
        ({"employer": "\ud800"}, "employer", "half a character"),
        ({"color": "blue"}, "color", "known column"),
    ],
)
def test_a_wrong_cell_of_an_exercise_is_refused_by_name(cells: Mapping[str, object], column: str, words: str) -> None:
    """The one problem names table, row and column, quotes the value and says what was expected."""
    problem = only_problem(exercises=[exercise(**cells)])
    assert (problem.file, problem.row, problem.column) == ("exercises", 1, column)
    assert words in str(problem)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"filing_status": "widowed"}, "filing_status", "MFJ"),
        ({"tax_year": "25"}, "tax_year", "2025"),
        ({"tax_year": 2025.0}, "tax_year", "2025"),
        ({"tax_year": "2017"}, "tax_year", f"{YEARS[0]} to {YEARS[-1]}"),
        ({"tax_year": "2027"}, "tax_year", f"{YEARS[0]} to {YEARS[-1]}"),
        ({"wages": "-1"}, "wages", "sign"),
        ({"qualified_dividends": "-1"}, "qualified_dividends", "sign"),
        ({"taxable_income": "-1"}, "taxable_income", "prints 0"),
        ({"line_2b": "500"}, "line_2b", "Enter -500."),
        ({"line_2f": "1,500"}, "line_2f", "parentheses"),
        ({"line_2s": "500"}, "line_2s", "line 4 adds"),
        ({"other_deductions": "5", "senior_deduction": "6"}, "senior_deduction", "other_deductions, 5"),
        ({"senior_deduction": "6"}, "senior_deduction", "both columns"),
        ({"itemized_deductions": "5", "taxes_deducted": "6"}, "taxes_deducted", "itemized_deductions, 5"),
        ({"deduction": "both"}, "deduction", "standard or itemized"),
        ({"form_8834_8911": "2"}, "form_8834_8911", "yes or no"),
        *(({name: "-1"}, name, "sign") for name in OVERRIDES if name != MAY_BE_NEGATIVE),
    ],
)
def test_a_wrong_cell_of_a_return_is_refused_by_name(cells: Mapping[str, object], column: str, words: str) -> None:
    """The one problem names table, row and column, quotes the value and says what was expected."""
    problem = only_problem(returns=[{**RETURN, **cells}])
    assert (problem.file, problem.row, problem.column) == ("returns", 1, column)
    assert words in str(problem)


def test_taxes_may_be_known_without_the_itemized_total() -> None:
    """Where taxable income is taken as filed, line 2a still needs the taxes."""
    assert Return(tax_year=2025, taxable_income=90_000, deduction="itemized", taxes_deducted=10_000).wages is None


def test_a_problem_reads_as_one_sentence_after_another() -> None:
    """Where, what was found, what was expected, what to do."""
    problem = Problem("exercises.csv", 3, "shares", "ten", "a number", "Correct the cell.")
    assert str(problem) == 'exercises.csv, row 3, shares: found "ten", expected a number. Correct the cell.'


def test_a_problem_stays_on_one_short_line() -> None:
    """A whole file pasted into a cell does not flood the message."""
    assert str(Problem("f", 1, "c", "a\n" * 500, "b", "d.")).count("\n") == 0
    assert len(str(Problem("f", 1, "c", "a\n" * 500, "b", "d."))) < 120


def test_an_error_without_problems_is_a_mistake_of_the_program() -> None:
    """Nobody can act on a refusal that gives no reason."""
    with pytest.raises(ValueError, match="at least one"):
        InputError([])


def test_an_error_crosses_to_another_process_whole() -> None:
    """A batch worker hands its problems to the process that prints them."""
    error = InputError([Problem("f", 1, "c", "v", "e", "r.")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_a_client_crosses_to_another_process_whole() -> None:
    """A client that was read in one process is computed in another."""
    client = Client(exercises=[EXERCISE], returns=[RETURN], name="Ada")
    assert pickle.loads(pickle.dumps(client)) == client


# --- a client --------------------------------------------------------------------------------------------


def test_all_problems_of_all_rows_come_at_once() -> None:
    """A preparer corrects a file once, not once a mistake."""
    problems = problems_of(
        exercises=[
            exercise(exercise_id="01", exercise_price="12,x", fmv_exercise=None, date_exercised="2021-01-01"),
            exercise(exercise_id="1", shares="none"),
        ],
        returns=[year(2017), year(2023, wages="much"), year(2025)],
        sales=[{"exercise_id": "1", "date_sold": "2025-06-02", "shares": "ten"}, {"shares": "1", "price": "0"}],
        splits=[{"employer": "Acme", "ratio": "two"}],
        rounding="pennies",
    )
    assert [(problem.file, problem.row, problem.column) for problem in problems] == [
        ("client", None, "rounding"),
        ("exercises", 1, "date_exercised"),
        ("exercises", 1, "exercise_price"),
        ("exercises", 1, "fmv_exercise"),
        ("exercises", 2, "shares"),
        ("exercises", 2, "exercise_id"),
        ("returns", 1, "tax_year"),
        ("returns", 2, "wages"),
        ("returns", 3, "tax_year"),
        ("sales", 1, "shares"),
        ("sales", 1, "price"),
        ("sales", 2, "date_sold"),
        ("sales", 2, "employer"),
        ("splits", 1, "effective_date"),
        ("splits", 1, "ratio"),
    ]


def test_rows_may_be_records_or_mappings() -> None:
    """Programs that hold records give them as they are."""
    client = Client(exercises=[Exercise(**EXERCISE)], returns=[Return(**RETURN)])
    assert client == Client(exercises=[EXERCISE], returns=[RETURN])


def test_a_wrong_record_is_refused_when_it_is_made() -> None:
    """A record made by hand tells its problems in the same words as a row of a file."""
    with pytest.raises(InputError, match="box 3"):
        Exercise(**exercise(exercise_price="12,x"))


def test_returns_are_kept_in_the_order_of_years() -> None:
    """The order of rows in a file does not matter."""
    assert [each.tax_year for each in Client(returns=[year(2025), year(2023), year(2024)]).returns] == [
        2023,
        2024,
        2025,
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("01", "1"), ("1.0", "1"), ("e1", "E1"), ("1E5", "100000"), ("1e5", "1E+5".replace("+", "")), ("-0", "0"),
        ("1234567890123456", "1234567890123457"), ("1-2", "1/2"), ("1/2/2025", "2025-01-02"), ("1/2/25", "01-02-2025"),
    ],
)  # fmt: skip
def test_ids_that_excel_holds_equal_are_refused(one: str, other: str) -> None:
    """Excel makes numbers and dates of such ids, and sees no letter case."""
    problem = only_problem(exercises=[exercise(exercise_id=one), exercise(exercise_id=other)])
    assert (problem.row, problem.column, problem.value) == (2, "exercise_id", other)
    assert one in problem.expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("1", "10"), ("E1", "E01"), ("1.5", "15"), ("1E5", "1E50"), ("1-2", "2-1"), ("0.1", "0.01"), ("-1", "1")],
)
def test_ids_that_excel_tells_apart_are_taken(one: str, other: str) -> None:
    """Digits that matter and letters keep ids apart."""
    assert len(Client(exercises=[exercise(exercise_id=one), exercise(exercise_id=other)]).exercises) == 2


@given(st.text("0123456789eE.-/_", min_size=1, max_size=25))
def test_every_id_has_a_key(identifier: str) -> None:
    """No spelling of numbers or dates breaks the comparison, and case never matters."""
    assert excel_key(identifier) == excel_key(identifier.lower())


def test_a_tax_year_stands_in_one_row() -> None:
    """Two returns of one year are refused."""
    assert only_problem(returns=[year(2025), year(2025)]).row == 2


def test_a_year_left_out_is_refused() -> None:
    """Credit and losses cannot be carried through a year that is not there; a wrong row still counts as there."""
    assert "2024" in str(only_problem(returns=[year(2023), year(2025)]))
    assert [each.column for each in problems_of(returns=[year(2023), year(2024, wages="x"), year(2025)])] == ["wages"]


@pytest.mark.parametrize("column", OVERRIDES)
def test_what_is_carried_in_may_be_typed_in_any_year(column: str) -> None:
    """In a later year it stands in place of what is carried; no note is needed."""
    client = Client(returns=[year(2025, **{column: "5"}, override_reason="divorce"), year(2024, **{column: "7"})])
    assert [getattr(row, column) for row in client.returns] == [7, 5]
    assert record_notes(client) == []


def test_at_most_a_thousand_exercises() -> None:
    """One problem says so, whatever else is wrong with them."""
    assert len(Client(exercises=[exercise(exercise_id=f"E{n}") for n in range(1000)]).exercises) == 1000
    assert "at most 1,000 exercises" in str(only_problem(exercises=[{}] * 1001))


@pytest.mark.parametrize(("setting", "word"), [("rounding", "cents"), ("tax_method", "schedule")])
def test_settings_are_words_of_their_own(setting: str, word: str) -> None:
    """An unknown setting is refused with the known ones."""
    assert getattr(Client(**{setting: word}), setting) == word  # type: ignore[arg-type]
    assert word in str(only_problem(**{setting: "other"}))


# --- notes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"fmv_exercise": "9"}, "Exercise E1: the value per share, $9, is below the price, $12.50; it adds nothing"),
        ({**VEST, "fmv_vest": "9"}, "the value per share, $9, is below"),
        ({"price_exact": "12.4956"}, "rounded to cents; over its shares the price paid is $4.40 less"),
    ],
)
def test_an_unusual_exercise_is_noted(cells: Mapping[str, object], words: str) -> None:
    """A note names the exercise and the consequence, and refuses nothing."""
    (note,) = record_notes(Client(exercises=[exercise(**cells)]))
    assert words in note


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"taxes_deducted": "500"}, "(taxes_deducted) is given but the deduction is standard"),
        ({"itemized_deductions": "500"}, "(itemized_deductions) is given but the deduction is standard"),
        (
            {"deduction": "itemized", "standard_deduction": "9"},
            '"Standard deduction as filed" (standard_deduction) is given but',
        ),
    ],
)
def test_an_unusual_return_is_noted(cells: Mapping[str, object], words: str) -> None:
    """A note names the year and the consequence, and refuses nothing."""
    (note,) = record_notes(Client(returns=[{**RETURN, **cells}]))
    assert words in note


def test_records_in_order_have_no_notes() -> None:
    """A note means something."""
    assert record_notes(Client(exercises=[EXERCISE], returns=[year(2024), year(2025, foreign_tax_credit="0")])) == []
