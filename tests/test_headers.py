import pytest

from engine.columns import EXERCISES, RETURNS, TABLES, RecordTable
from isobook.sources.headers import known_headers, meaning


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Exercise Price", "exercise_price"),
        ("EXERCISE-PRICE", "exercise_price"),
        ("Box 3", "exercise_price"),
        ("box3", "exercise_price"),
        ("3921 box 3", "exercise_price"),
        ("Form 3921, Box 3", "exercise_price"),
        ("Box 3 Exercise price per share", "exercise_price"),
        ("Exercise price per share (box 3)", "exercise_price"),
        ("3 Exercise price per share", "exercise_price"),
        ("1 Date option granted", "date_granted"),
        ("2. Date option exercised", "date_exercised"),
        ("4 Fair market value per share on exercise date", "fmv_exercise"),
        ("5 No. of shares transferred", "shares"),
        ("Strike", "exercise_price"),
        ("FMV", "fmv_exercise"),
        ("Fair market value per share", "fmv_exercise"),
        ("Grant date", "date_granted"),
        ("Qty.", "shares"),
        ("83(b) Election", "election_83b"),
        ("Exercise Date FMV", "fmv_exercise"),
        ("accountNumber", "exercise_id"),
        ("optionGrantDate", "date_granted"),
        ("optionExerciseDate", "date_exercised"),
        ("exercisePrice", "exercise_price"),
        ("exerciseMarketValue", "fmv_exercise"),
        ("numberOfShares", "shares"),
        ("3922 box 3", "fmv_grant"),
        ("Form 3922, box 5", "exercise_price"),
        ("Box 3 FMV per share on grant date", "fmv_grant"),
        ("5 Exercise price paid per share", "exercise_price"),
        ("6. No. of shares transferred", "shares"),
        ("7 Date legal title transferred", "date_transferred"),
        (
            "8 Exercise price per share determined as if the option was exercised on the date shown in box 1",
            "price_at_grant",
        ),
        ("Box 8", "price_at_grant"),
        ("grantMarketValue", "fmv_grant"),
        ("3921 box 8", None),
        ("Box 5 FMV per share on grant date", None),
        ("Box 4 Exercise price per share", None),
        ("3", None),
        ("price", None),
    ],
)
def test_headers_of_exercises_have_many_spellings(header: str, column: str | None) -> None:
    """Boxes of Form 3921, FDX names and plain words are matched whatever their case and marks; a doubt is not."""
    assert meaning(header, known_headers(EXERCISES)) == column


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Year", "tax_year"),
        ("Tax Year", "tax_year"),
        ("Status", "filing_status"),
        ("Wages", "wages"),
        ("2b", "line_2b"),
        ("Line 2b", "line_2b"),
        ("Form 6251, line 2b", "line_2b"),
        ("6251 line 3", "line_3"),
        ("line 2i", None),
    ],
)
def test_headers_of_returns_have_many_spellings(header: str, column: str | None) -> None:
    """Lines of Form 6251 and plain words are matched whatever their case and marks."""
    assert meaning(header, known_headers(RETURNS)) == column


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_no_spelling_means_two_columns(table: RecordTable) -> None:
    """Each spelling is of one column only."""
    known = known_headers(table)
    for column in table:
        assert {meaning(spelling, known) for spelling in [column.name, *column.headers]} == {column.name}
