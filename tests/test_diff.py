"""`isobook diff`: two sources side by side, what matters first, nothing for equal things."""

import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from engine import Client, project
from isobook.comparison import compare
from isobook.words.comparison import Side, comparison_json, show_comparison
from isobook.words.terminal import TableSection, show
from tests.command import EXAMPLES, FOUR_YEARS, HEADER, RETURNS, ROW, client, refused, run, wrong_use
from tests.workbook_facts import Facts, generated_client

SIX_YEARS = EXAMPLES / "six-years"
LOT = dict(zip(HEADER.split(","), ROW.split(","), strict=True))
YEAR = {"tax_year": 2025, "filing_status": "single", "wages": 150_000, "deduction": "standard"}


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edited(file: str, old: str, new: str, example: Path = SIX_YEARS) -> str:
    """Copy an example to the folder `other`, with one change in a file of it."""
    shutil.copytree(example, "other")
    text = (Path("other") / file).read_text(encoding="utf-8")
    assert old in text
    (Path("other") / file).write_text(text.replace(old, new), encoding="utf-8")
    return "other"


def said(*arguments: str) -> str:
    """What `isobook diff` prints, its spaces made single."""
    outcome = run("diff", *arguments)
    assert outcome.exit_code == 0, outcome.stderr
    return "\n".join(" ".join(line.split()) for line in outcome.stdout.splitlines())


def data(*arguments: str) -> dict[str, Any]:
    """What `isobook diff --json` prints."""
    outcome = run("diff", *arguments, "--json")
    assert outcome.exit_code == 0, outcome.stderr
    found: dict[str, Any] = json.loads(outcome.stdout)
    return found


def records(a: dict[str, Any], b: dict[str, Any]) -> list[tuple[str, str, str, list[str]]]:
    """The rows that differ between two clients: table, row, change, columns."""
    changes = compare(project(Client(**a)), project(Client(**b))).records
    return [(each.table, each.row, each.change, [value.column for value in each.values]) for each in changes]


# --- equal -----------------------------------------------------------------------------------------------


def test_a_source_does_not_differ_from_itself() -> None:
    """One sentence that says how much was compared; done, exit code 0."""
    lines = said(str(SIX_YEARS), str(SIX_YEARS)).splitlines()
    assert lines[0].endswith("six-years: Robin Example (invented), 2020 to 2025")
    assert lines[2:] == ["No difference: 1,586 lines of the forms compared, and everything that was typed."]


def test_json_of_equal_sources_has_empty_lists() -> None:
    """A program asks `same`."""
    found = data(FOUR_YEARS, FOUR_YEARS)
    assert found["same"] is True
    assert found["compared"] > 500
    assert [found[name] for name in ("settings", "years", "records", "figures", "lots")] == [[]] * 5


def test_spelling_is_no_difference() -> None:
    """Order of rows, $ and commas, a header of another name: the same client."""
    client(exercises=f"{HEADER}\n{ROW}\nE2,2022-01-03,2025-04-01,1,2,30\n")
    header = HEADER.replace("exercise_price", "Box 3")
    client("other", exercises=f"{header}\nE2,01/03/2022,04/01/2025,1.00,2,30\n{ROW.replace('1000', '1000.0')}\n")
    assert "No difference" in said("smith", "other")


def test_a_reference_changes_no_figure() -> None:
    """What was typed differs, and no figure does: both are said."""
    words = said(str(SIX_YEARS), edited("exercises.csv", "3921 Acorn 2020", "3921 Acorn"))
    assert "No figure differs: 1,586 lines of the forms compared. What was typed, set or is ready differs." in words
    assert words.endswith("Typed: exercises\nA-1 doc_ref 3921 Acorn 2020 3921 Acorn")


# --- what was typed --------------------------------------------------------------------------------------


def test_a_changed_wage_comes_first_and_then_what_a_reviewer_asks_for() -> None:
    """Wages, then line 2i, AMT and credit of all years, then the lines by year and form, worksheets last."""
    words = said(str(SIX_YEARS), edited("returns.csv", "2021,S,230000", "2021,S,250000"))
    parts = [
        "83 lines differ: 1,586 lines of the forms compared.",
        "A B B less A",
        "Typed: returns\n2021 wages 230,000 250,000 20,000",
        "Results\n2021 8801 25 Credit used 18,686 20,428 1,742\n2021 8801 26 Credit carried forward 62,248",
        "Form 6251, 2021\n1 Taxable income, below zero if so 262,255 282,255 20,000",
        "Form 8801, 2026\n19 Credit carried in 18,396 16,654 (1,742)",
        "Qualified Dividends and Capital Gain Tax Worksheet, 2021",
    ]
    places = [words.index(part) for part in parts]
    assert places == sorted(places)


def test_rows_are_added_and_removed_by_their_ids() -> None:
    """A removed exercise has its values on the side of A, an added one on that of B."""
    a = {"exercises": [LOT, LOT | {"exercise_id": "E2"}], "returns": [YEAR]}
    b = {"exercises": [LOT | {"exercise_id": "E3"}, LOT], "returns": [YEAR]}
    columns = [*HEADER.split(",")[:1], "kind", *HEADER.split(",")[1:]]
    assert records(a, b) == [("exercises", "E2", "removed", columns), ("exercises", "E3", "added", columns)]
    client(exercises=f"{HEADER}\n{ROW}\nE2,2022-01-03,2025-04-01,1,2,30\n")
    client("other")
    assert "E2 removed\nE2 exercise_id E2\nE2 kind ISO\nE2 date_granted 2022-01-03" in said("smith", "other")


def test_a_sale_is_found_again_though_its_price_changed() -> None:
    """Sales have no id: the same in all first, then lot and day, then lot and shares."""
    sale = {"exercise_id": "E1", "date_sold": "2025-06-02", "shares": 100, "price": 50}
    other_day, other_price = sale | {"date_sold": "2025-07-01"}, sale | {"price": 51}
    base = {"exercises": [LOT], "returns": [YEAR]}
    assert records(base | {"sales": [sale, other_price]}, base | {"sales": [other_price, sale]}) == []
    assert records(base | {"sales": [sale]}, base | {"sales": [other_price]}) == [
        ("sales", "E1 sold 2025-06-02", "changed", ["price"])
    ]
    assert records(base | {"sales": [sale]}, base | {"sales": [other_day]}) == [
        ("sales", "E1 sold 2025-07-01", "changed", ["date_sold"])
    ]


def test_a_split_is_listed_where_it_changes_the_lots() -> None:
    """Restated already, as in a workbook, the same lots are no difference."""
    lot, sold = LOT | {"employer": "Acorn"}, {"exercise_id": "E1", "date_sold": "2025-09-02"}
    split = {"employer": "Acorn", "effective_date": "2025-06-01", "ratio": 2}
    before = {"exercises": [lot], "returns": [YEAR], "sales": [sold | {"shares": 100, "price": 50}]}
    restated = before | {"exercises": [lot | {"shares": 2000, "exercise_price": "6.25", "fmv_exercise": "20.125"}]}
    assert records(before | {"splits": [split]}, restated) == []
    assert [row[:3] for row in records(before, before | {"splits": [split]})] == [
        ("splits", "Acorn 2025-06-01", "added"),
        ("exercises", "E1", "changed"),
    ]


def test_what_an_exercise_is_worth_shows_in_its_lot() -> None:
    """A value of 42.50 instead of 42: line 2i and the AMT basis of 8,000 shares, and the AMT gain of their sales."""
    words = said(str(SIX_YEARS), edited("exercises.csv", "2.00,42.00,8000", "2.00,42.50,8000"))
    assert "A-1 fmv_exercise 42 42.50 0.50" in words
    assert "2020 6251 2i Incentive stock options exercised 320,000 324,000 4,000" in words
    assert "Lots\nA-1 Line 2i adjustment 320,000 324,000 4,000\nA-1 Basis, AMT 336,000 340,000 4,000" in words
    assert "A-1 sold 2021-08-20 Gain or loss, AMT (66,045) (67,545) (1,500)" in words


# --- years and settings ----------------------------------------------------------------------------------


def test_a_year_of_one_source_alone_is_said() -> None:
    """Its row is listed, and its key lines that are not 0 have no figure on the other side."""
    words = said(FOUR_YEARS, edited("returns.csv", "2026,single,230000,standard\n", "", EXAMPLES / "four-years"))
    assert "Years\n2026 ready not in the file" in words
    assert "2026 removed\n2026 filing_status single\n2026 wages 230,000" in words
    assert "Results\n2026 8801 25 Credit used 8,530 –\n2026 8801 26 Credit carried forward 49,866 –" in words
    assert "2026 6251 11" not in words
    assert "Form 6251, 2026" not in words


def test_a_year_that_is_ready_in_one_source_alone_is_said() -> None:
    """With what the other still needs; Form 8801 of the years after rests on it."""
    words = said(FOUR_YEARS, edited("returns.csv", "2024,single,210000", "2024,single,", EXAMPLES / "four-years"))
    assert "Years\n2024 ready needs wages\n2025 ready ready, but a year before is not" in words
    assert "2025 8801 26 Credit carried forward" in words


def test_other_settings_are_said_first() -> None:
    """In whole dollars and in cents nearly every line differs; a flag figures both alike."""
    client(client_toml='name = "Smith"\n')
    client("other", client_toml='name = "Smith"\nrounding = "cents"\n')
    lines = said("smith", "other").splitlines()
    assert lines[3:5] == [
        "Settings differ: rounding is dollars in A and cents in B, so that lines differ for that alone.",
        "--rounding dollars figures both alike.",
    ]
    assert "No difference" in said("smith", "other", "--rounding", "dollars")


def test_the_attach_verdict_is_a_result() -> None:
    """Yes or no in words, true or false for programs."""
    client()
    client("other", returns=f"{RETURNS.splitlines()[0]},form_8834_8911\n2025,single,150000,standard,yes\n")
    found = next(each for each in data("smith", "other")["figures"] if each["form"] == "attach")
    assert (found["year"], found["a"], found["b"], found["difference"]) == (2025, False, True, None)
    assert "Results\n2025 6251 Attach Form 6251? no yes" in said("smith", "other")


# --- workbooks -------------------------------------------------------------------------------------------


def test_a_workbook_does_not_differ_from_its_folder() -> None:
    """It holds all that was typed."""
    assert run("build", str(SIX_YEARS), "-o", "six.xlsx").exit_code == 0
    assert "No difference: 1,586 lines" in said(str(SIX_YEARS), "six.xlsx")


def test_what_was_typed_over_a_formula_is_said_though_no_figure_differs() -> None:
    """The figures of a workbook are not those that stand in its cells, but what its inputs come to."""
    client()
    assert run("build", "smith", "-o", "smith.xlsx").exit_code == 0
    book = load_workbook("smith.xlsx")
    place = Facts("smith.xlsx").places["f6251_2025_11"]
    book[place.sheet][place.cell] = 5
    book.save("typed.xlsx")
    words = said("smith.xlsx", "typed.xlsx")
    told = (
        f"'{place.sheet}'!{place.cell} (11 Alternative minimum tax) holds 5, typed over the formula. It was not used."
    )
    assert told in words
    assert "No difference" in words
    (note,) = data("smith.xlsx", "typed.xlsx")["b"]["notes"]
    assert note == told


# --- any two clients -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(0, 12, 2))
def test_any_two_clients_can_be_compared(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Each equals itself; of the two, what is listed differs, and turned round it is listed with the sides changed."""
    a, b = (project(generated_client(each)) for each in (seed, seed + 1))
    assert compare(a, a).same
    assert compare(b, b).same
    there, back = compare(a, b), compare(b, a)
    assert all(figure.a != figure.b for figure in there.figures)
    assert all(value.a != value.b for row in there.records for value in row.values)
    assert sorted(there.figures) == sorted(figure._replace(a=figure.b, b=figure.a) for figure in back.figures)
    sides = [Side("a", a, []), Side("b", b, [])]
    show_comparison(there, sides)
    assert len(capsys.readouterr().out.splitlines()) > len(there.figures)
    assert len(json.loads(comparison_json(there, sides))["figures"]) == len(there.figures)


def test_a_terminal_gets_a_drawn_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the heads of the columns; elsewhere the lines are plain."""
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdout", screen)
    show([TableSection("Results", [("11", "AMT", "1", "2", "1")])], ("A", "B", "B less A"))
    drawn = screen.getvalue()
    assert "─" in drawn
    assert re.search(r"A\W+B\W+B less A", re.sub(r"\x1b\[\d*m", "", drawn))


# --- for programs ----------------------------------------------------------------------------------------


def test_json_has_what_differs_with_exact_amounts() -> None:
    """Names of forms are those of `isobook forms --json`; the difference is B less A."""
    found = data(str(SIX_YEARS), edited("returns.csv", "2021,S,230000", "2021,S,250000"))
    assert found["a"] == {
        "source": str(SIX_YEARS),
        "name": "Robin Example (invented)",
        "years": [2020, 2021, 2022, 2023, 2024, 2025],
        "rounding": "dollars",
        "tax_method": "table",
        "notes": [],
    }
    wages = {"wages": {"a": "230000", "b": "250000"}}
    assert found["records"] == [{"table": "returns", "row": "2021", "change": "changed", "columns": wages}]
    assert found["figures"][0] == {
        "year": 2021,
        "form": "form_8801",
        "line": "25",
        "label": "Credit used",
        "a": "18686",
        "b": "20428",
        "difference": "1742",
    }
    assert len(found["figures"]) == 83


def test_json_is_the_same_again_and_turned_round_its_opposite() -> None:
    """Every difference changes its sign."""
    other = edited("returns.csv", "2021,S,230000", "2021,S,250000")
    there, back = data(str(SIX_YEARS), other), data(other, str(SIX_YEARS))
    assert data(str(SIX_YEARS), other) == there
    assert [(each["a"], each["b"]) for each in there["figures"]] == [(each["b"], each["a"]) for each in back["figures"]]


# --- what is refused -------------------------------------------------------------------------------------


def test_the_problems_of_both_sources_are_listed_with_their_sources() -> None:
    """Two files of the same name are told apart."""
    client(returns=RETURNS.replace("single", "alone"))
    client("other", exercises=f"{HEADER}\n{ROW.replace('12.50', 'x')}\n")
    words = refused("diff", "smith", "other")
    assert "2 problems" in words
    assert str(Path("smith", "returns.csv")) in words
    assert str(Path("other", "exercises.csv")) in words


def test_a_source_that_is_not_there_is_refused() -> None:
    """Input, not use, is wrong."""
    assert "nowhere" in refused("diff", FOUR_YEARS, "nowhere")


def test_one_source_is_too_few() -> None:
    """Two are compared."""
    assert "Missing argument" in wrong_use("diff", FOUR_YEARS)
