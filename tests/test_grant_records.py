"""The rows of grants.csv: each refused with its cell and remedy, or taken whole, from a file or a dictionary."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine import Client, InputError, Problem
from engine.records import MOST_GRANTS
from isobook.sources import read_source
from tests.command import run
from tests.random_clients import Row

GRANT: Row = {
    "grant_id": "G-1",
    "employer": "Acme, Inc.",
    "date_granted": "2023-01-16",
    "fmv_grant": "10",
    "shares": "6000",
    "date_exercisable": "2024-01-16",
}
FILE = "Grant number,Company,Date of grant,Grant date FMV,Qty,First exercisable\n"


def problems_of(*rows: Row, **tables: Any) -> tuple[Problem, ...]:
    """All that is wrong with a client of these grants."""
    with pytest.raises(InputError) as refused:
        Client(grants=rows, **tables)
    return refused.value.problems


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"grant_id": ""}, "grant_id", "as in exercises.csv"),
        ({"shares": "0"}, "shares", "more than zero"),
        ({"fmv_grant": "-1"}, "fmv_grant", "more than zero"),
        ({"fmv_grant": "10 dollars"}, "fmv_grant", "such as 10.00"),
        ({"fmv_grant": "999999", "shares": "1001"}, "shares", "shares times fmv_grant"),
        ({"date_granted": "16.1.2023"}, "date_granted", "YYYY-MM-DD"),
        ({"date_exercisable": "2023-01-15"}, "date_exercisable", "on or after date_granted, 2023-01-16"),
        ({"date_accelerated": "2023-01-15"}, "date_accelerated", "on or after date_granted, 2023-01-16"),
        ({"date_accelerated": "2024-01-16"}, "date_accelerated", "before date_exercisable, 2024-01-16"),
        ({"date_accelerated": "2023-06-01", "date_exercisable": ""}, "date_accelerated", "which is blank"),
        ({"vest_date": "2024-01-16"}, "vest_date", "a known column"),
    ],
)
def test_a_cell_that_cannot_be_used_is_refused(cells: Row, column: str, words: str) -> None:
    """With its place, what was expected and what to do."""
    (problem,) = problems_of({**GRANT, **cells})
    assert (problem.file, problem.row, problem.column) == ("grants", 1, column)
    assert words in str(problem)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({}, "date_exercisable", "one row a day of G-1; row 1"),
        ({"grant_id": "g-1", "date_exercisable": "2025-01-16", "fmv_grant": "11"}, "fmv_grant", "10, as in row 1"),
        ({"date_exercisable": "2025-01-16", "date_granted": "2023-01-17"}, "date_granted", "2023-01-16, as in row 1"),
        ({"date_exercisable": "2025-01-16", "employer": ""}, "employer", "Acme, Inc., as in row 1"),
        ({"grant_id": "G-2", "corporate_group": "Acme Group"}, "corporate_group", "a blank cell, as in row 1"),
    ],
)
def test_rows_that_cannot_stand_together_are_refused(cells: Row, column: str, words: str) -> None:
    """A grant has one day, one value and one employer; an employer is of one group; a day of a grant has one row."""
    (problem,) = problems_of(GRANT, {**GRANT, **cells})
    assert (problem.row, problem.column) == (2, column)
    assert words in str(problem)


def test_all_problems_are_told_at_once_and_too_many_rows_as_one() -> None:
    """Two rows with two faults each; a row above the most is the whole table's problem."""
    wrong = {**GRANT, "shares": "x", "date_granted": "x"}
    assert len(problems_of(wrong, {**wrong, "grant_id": "G-2"})) == 4
    (problem,) = problems_of(*[GRANT] * (MOST_GRANTS + 1))
    assert str(problem).startswith("grants: found more than 1,000 rows")


def test_a_split_of_an_employer_with_grants_alone_is_known() -> None:
    """Exercises of another employer do not make it a misspelling."""
    lot: Row = {"exercise_id": "E1", "employer": "Beta", "date_granted": "2023-01-16", "date_exercised": "2024-01-16"}
    lot |= {"exercise_price": "1", "fmv_exercise": "2", "shares": "1"}
    split: Row = {"employer": "acme, inc.", "effective_date": "2024-06-03", "ratio": "2"}
    assert Client(grants=[GRANT], exercises=[lot], splits=[split]).grants[0].shares == 6_000
    assert "splits" in {
        problem.file for problem in problems_of({**GRANT, "employer": "Ace"}, exercises=[lot], splits=[split])
    }


def test_grants_of_a_file_are_read_under_many_headers(tmp_path: Path) -> None:
    """The names that brokers and people use; a vest date is not taken for the day on which an option can be used."""
    (tmp_path / "grants.csv").write_text(f'{FILE}G-1,Acme,01/16/2023,$10.00,"6,000",2024-01-16\n', encoding="utf-8")
    (grant,) = read_source(tmp_path).grants
    assert (grant.grant_id, grant.employer, str(grant.date_exercisable)) == ("G-1", "Acme", "2024-01-16")
    assert (grant.fmv_grant, grant.shares) == (Decimal(10), Decimal(6_000))
    (tmp_path / "grants.csv").write_text("grant_id,date_granted,fmv_grant,shares,Vest date\n", encoding="utf-8")
    with pytest.raises(InputError, match="Vest date"):
        read_source(tmp_path)


def test_a_file_of_grants_by_itself_is_told_its_name(tmp_path: Path) -> None:
    """One CSV alone holds exercises."""
    (tmp_path / "mine.csv").write_text("grant_id,date_granted,fmv_grant,shares,date_exercisable\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"Name the file grants\.csv"):
        read_source(tmp_path / "mine.csv")


EXAMPLE = str(Path(__file__).parents[1] / "examples" / "grant-limit")


@pytest.mark.parametrize("command", ["check", "forms"])
def test_the_command_says_what_is_within_the_limit(command: str) -> None:
    """A line per year and employer, with the grants of which a part is nonqualified."""
    lines = run(command, EXAMPLE).stdout.splitlines()
    start = lines.index("The $100,000 limit, by the year in which options are first exercisable:")
    assert lines[start + 1 : start + 4] == [
        "  2024  Acme Robotics Inc: 100,000 of 130,000 as ISO; nonqualified shares: 3,000 of G-2",
        "  2024  Beta Software LLC: 99,999 of 150,000 as ISO; nonqualified shares: 33,334 of B-1",
        "  2025  Acme Robotics Inc: 100,000 of 140,000 as ISO; nonqualified shares: 2,000 of G-3",
    ]


def test_a_client_without_grants_hears_nothing_of_the_limit() -> None:
    """Neither in check nor in forms."""
    other = str(Path(EXAMPLE).parent / "mixed")
    assert "limit" not in run("check", other).stdout + run("forms", other).stdout


def test_batch_takes_grants_from_a_table_of_many_clients(tmp_path: Path) -> None:
    """Each client has the own rows; what the limit says of them stands among the notes of the index."""
    source, out = tmp_path / "firm", tmp_path / "out"
    source.mkdir()
    returns = "".join(f"{client},2024,single,150000,standard\n" for client in ("ada", "bob"))
    (source / "returns.csv").write_text(f"client_id,tax_year,filing_status,wages,deduction\n{returns}")
    grants = "ada,G-1,2023-01-16,10,10001\nbob,G-1,2023-01-16,10,10000\n"
    (source / "grants.csv").write_text(f"client_id,grant_id,date_granted,fmv_grant,shares\n{grants}")
    assert run("batch", str(source), "-o", str(out), "--jobs", "1").exit_code == 0
    index = (out / "index.csv").read_text(encoding="utf-8-sig")
    assert index.count("above the $100,000 limit") == 1
    assert "1 of G-1 (2023)" in index
