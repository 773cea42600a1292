import re
from pathlib import Path

import pytest

from tests.command import FOUR_YEARS, HEADER, ROW, client, refused, run, wrong_use


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- what is wrong in the input --------------------------------------------------------------------------

BAD_EXERCISES = """exercise_id,date_granted,date_exercised,exercise_price,fmv_exercise,shares,color
01,2022-01-03,2025-03-14,12.5O,40.25,1000,
1,2022-01-03,2021-03-14,12.50,40.25,1000,
E3,2022-01-03,2025-03-14,12.50,,1000,
"""
BAD_RETURNS = "tax_year,filing_status,wages,deduction\n2017,single,1,standard\n"


@pytest.mark.parametrize("command", ["build", "forms", "check"])
def test_all_problems_come_in_one_message(command: str) -> None:
    """Each with file, row, column, value, what was expected and the remedy."""
    message = refused(command, client(exercises=BAD_EXERCISES, returns=BAD_RETURNS))
    lines = message.splitlines()
    assert lines[0] == ("6 problems, and nothing was written:" if command == "build" else "6 problems:")
    expected = [
        r"exercises\.csv, row 1, color: found \"color\", expected a known column.* Rename it, .*",
        r"exercises\.csv, row 2, exercise_price: found \"12\.5O\", expected the exercise price .* Correct the cell\.",
        r"exercises\.csv, row 3, date_exercised: found \"2021-03-14\", expected a day on or after date_granted, .*",
        r"exercises\.csv, row 3, exercise_id: found \"1\", expected an id that Excel can tell from 01 .* Give each .*",
        r"exercises\.csv, row 4, fmv_exercise: found nothing, expected the fair market value .* Fill in the cell\.",
        r"returns\.csv, row 2, tax_year: found \"2017\", expected a tax year from 2018 to \d{4}\. Correct the year, .*",
    ]
    assert len(lines) == 7
    for pattern in expected:
        assert [line for line in lines if re.fullmatch(f"  {pattern}", line)], pattern


@pytest.mark.parametrize(
    ("exercises", "message"),
    [
        ("", "exercises.csv: found nothing, expected a header row. Give the file a header row, or remove it."),
        (
            f"{HEADER},employer\n{ROW},Café\n".encode("latin-1"),
            'exercises.csv, row 2, employer: found "byte 0xE9", expected text in UTF-8. Save it again',
        ),
        (
            f"{HEADER}\n{ROW}\n" + "".join(f"E{number},2022-01-03,2025-03-14,1,2,3\n" for number in range(2, 200_001)),
            "exercises.csv: found more than 1,000 rows, expected at most 1,000 rows per client. Give each client",
        ),
        (b"\x00\x01", "expected text in UTF-8"),
    ],
    ids=["an empty file", "latin-1", "200,000 rows", "no text"],
)
def test_a_file_that_cannot_be_read_is_refused_beside_other_problems(exercises: str | bytes, message: str) -> None:
    """The problems of the other file are told with it."""
    told = refused("build", client(exercises=exercises, returns=BAD_RETURNS))
    assert message in told
    assert "returns.csv, row 2, tax_year" in told
    assert "2 problems" in told


def test_a_kind_that_is_not_known_is_one_problem() -> None:
    """Whether an RSU has a grant day and a price cannot be told; nothing is said of them."""
    message = refused("check", client(exercises=f"{HEADER},kind\nE1,,2025-03-14,,40.25,1000,RSX\n"))
    assert message.startswith('1 problem:\n  exercises.csv, row 2, kind: found "RSX", expected ISO, NSO, RSU or ESPP')


def test_a_choice_that_is_none_is_told_in_words() -> None:
    """Without the words of the library that found it."""
    assert "for '--rounding': 'cent' is not one of 'dollars', 'cents'" in wrong_use(
        "build", client(), "--rounding", "cent"
    )


def test_a_name_that_the_window_divided_is_told_to_be_quoted() -> None:
    """Kim Lee.xlsx without quotation marks are two arguments."""
    assert 'A name with a space in it is typed in quotation marks: "Kim Lee.xlsx".' in wrong_use(
        "check", "Kim", "Lee.xlsx"
    )


def test_a_command_that_is_advised_has_its_path_in_quotation_marks_where_it_needs_them() -> None:
    """What is told can be typed as it is told."""
    told = run("new", "Kim Lee.xlsx").stdout
    assert told.endswith('Then: isobook check "Kim Lee.xlsx", and isobook build "Kim Lee.xlsx".\n')
    assert run("new", "kim").stdout.endswith("Then: isobook check kim, and isobook build kim.\n")


def test_a_source_that_is_not_there_is_refused() -> None:
    """The message names the path."""
    told = refused("build", "nobody")
    assert "nobody: found no such file or folder" in told
    assert told.endswith("Check its name, and that the command window is in its folder.\n")
    assert "File name too long" in refused("forms", "n" * 5_000)


def test_a_workbook_without_its_ending_is_named_in_full() -> None:
    """Windows hides .xlsx, so that smith.xlsx is called smith."""
    run("new", "smith.xlsx")
    assert run("check", "smith").stderr.endswith("Name it in full: smith.xlsx.\n")


def test_a_folder_without_tables_is_refused(desk: Path) -> None:
    """The message names what was looked for."""
    (desk / "empty").mkdir()
    assert "expected a folder with one or more of exercises.csv, returns.csv" in refused("check", "empty")


def test_a_folder_that_may_not_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing permission is told in words, wherever it shows."""
    client()

    def no_access(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", no_access)
    assert refused("check", "smith") == "smith: Permission denied. Check the path and its permissions.\n"


def test_client_text_cannot_steer_the_terminal() -> None:
    """Control characters are shown as spaces, on both streams."""
    name = client(client_toml='name = "Ada\\u001b[31m\\nLovelace"\n')
    assert run("check", name).stdout.startswith("Ada [31m Lovelace: no problems.\n")
    bad = client("bad", exercises=f"{HEADER},a\x1b[2Jb\n{ROW},\n")
    assert "\x1b" not in refused("check", bad)


# --- wrong use -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [(), ("biuld",), ("build",), ("build", "a", "b"), ("build", FOUR_YEARS, "--rounding", "pennies"), ("new",)],
)
def test_wrong_use_has_its_own_exit_code(arguments: tuple[str, ...]) -> None:
    """Exit code 2, and how the command is used."""
    assert "Usage: " in wrong_use(*arguments)
