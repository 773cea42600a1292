"""`isobook explain` beyond a year's forms: lots, sales, the next year's Form 8801, labels, and all of it as JSON."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from engine import Client, Projection, project
from engine.federal.catalogue import FEDERAL
from engine.federal.stock.record_tables import exercises, sales
from engine.federal.years import forms_ahead, forms_of
from isobook.sources import read_source
from isobook.words.explanations import lines, records
from isobook.words.explanations.explained import UnknownLineError, as_text
from isobook.words.explanations.records import RecordKind
from tests.command import EXAMPLES, FOUR_YEARS, client, run, wrong_use

SIX_YEARS = str(EXAMPLES / "six-years")
KEYS = ["title", "line", "label", "amount", "rule", "worked", "cite", "source", "from"]
# Exercised in 2023 at 12.50, value 40.25; in 2024 400 shares are sold at 55.00 and 100 at 60.00: all qualify.
LOTS = (
    "exercise_id,kind,date_granted,date_exercised,exercise_price,fmv_exercise,shares\n"
    "E-3,ISO,2021-05-03,2023-03-14,12.50,40.25,1000\n"
    "E-4,ISO,2021-05-03,2024-03-14,12.50,40.25,10\n"
)
SALES = "exercise_id,date_sold,shares,price\nE-3,2024-09-02,400,55\nE-3,2024-10-02,100,60\n"
RETURNS = "tax_year,filing_status,wages,deduction\n2023,single,200000,standard\n2024,single,200000,standard\n"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)


def smith() -> str:
    """A folder with two lots and two sales."""
    return client(exercises=LOTS, sales=SALES, returns=RETURNS)


def said(*arguments: str) -> str:
    """What the command prints."""
    outcome = run("explain", *arguments)
    assert outcome.exit_code == 0, outcome.stderr
    return outcome.stdout


def data(*arguments: str) -> dict[str, Any]:
    """What it gives programs."""
    found: dict[str, Any] = json.loads(said(*arguments, "--json"))
    return found


def column(found: dict[str, Any], name: str) -> dict[str, Any]:
    """A column of a record."""
    wanted: dict[str, Any] = next(each for each in found["from"] if each["line"] == name)
    return wanted


def test_a_lot_says_each_column_with_rule_figures_and_authority() -> None:
    """1,000 shares of 40.25 less 12.50 are 27,750."""
    words = said(smith(), "2023", "lot", "E-3")
    assert words.startswith("Lot E-3: Value over price: the whole spread counts.\n")
    assert "40.25 − 12.5 = 27.75\n      IRC 56(b)(3)\n" in words
    assert "1,000 × 27.75 = 27,750\n" in words
    assert "Price box 3: 12.5  (Form 3921 box 3; Form 3922 box 5)" in words


def test_a_lot_says_which_line_takes_it_in_that_year() -> None:
    """Line 2i of 2023; in 2024 nothing, and it is said where it went."""
    folder = smith()
    assert "goes into Form 6251 line 2i of 2023, Incentive stock options exercised: 27,750" in said(
        folder, "2023", "lot", "e-3"
    )
    later = said(folder, "2024", "lot", "E-3")
    assert later.startswith("No line of 2024 takes anything of it; it goes into lines of 2023.\nLot E-3")
    assert "goes into Form" not in later


def test_a_sale_says_all_sales_of_its_lot_in_that_year() -> None:
    """400 shares at 55.00 gain 17,000, and 5,900 for AMT; 100 shares at 60.00 gain 4,750, and 1,975 for AMT."""
    found = data(smith(), "2024", "sale", "E-3")
    assert found["label"] == "2 sales in 2024"
    added = [[(each["title"], each["line"], each["amount"]) for each in sale["adds"]] for sale in found["from"]]
    assert added == [
        [("Schedule D", "8b", "17000.00"), ("AMT Schedule D", "8b", "5900.00")],
        [("Schedule D", "8b", "4750.00"), ("AMT Schedule D", "8b", "1975.00")],
    ]
    assert column(found["from"][0], "amt_basis")["worked"].endswith("5,000 + 11,100 = 16,100")


def test_the_additions_of_all_records_are_the_line() -> None:
    """Line 2i of 2020 of six-years is the sum of what its lots say that they add."""
    projection = project(read_source(Path(SIX_YEARS)))
    lots = [row["exercise_id"] for row in projection.lots]
    adds = [each for lot in lots for each in data(SIX_YEARS, "2020", "lot", lot)["adds"] if each["line"] == "2i"]
    assert sum(float(each["amount"]) for each in adds) == projection.years[2020].form_6251["2i"] == 320_000


@pytest.mark.parametrize(("kind", "year", "table"), [("lot", "2023", exercises), ("sale", "2024", sales)])
def test_json_has_every_computed_column_with_these_keys(kind: str, year: str, table: Any) -> None:
    """Computed columns have a rule; what was typed says where it is found; the reason is the label."""
    found = data(smith(), year, kind, "E-3")
    record = found if kind == "lot" else found["from"][0]
    assert list(record) == [*KEYS, "adds"]
    assert {tuple(each) for each in record["from"]} == {tuple(KEYS)}
    assert {tuple(each) for each in record["adds"]} == {("year", "title", "line", "label", "amount")}
    computed = [line.leaf.line for line in table.columns if line.expression is not None and line.leaf.line != "why"]
    assert [each["line"] for each in record["from"] if each["rule"]] == computed
    typed = [each for each in record["from"] if not each["rule"]]
    assert all(each["source"] and each["amount"] is not None for each in typed)


def test_json_of_a_line_has_lines_and_records_behind_it() -> None:
    """Line 11 of 2023: 112,822 less 38,400; line 2i behind its exercise."""
    found = data(FOUR_YEARS, "2023", "6251", "11")
    assert list(found) == KEYS
    assert (found["title"], found["line"], found["amount"], found["cite"]) == ("Form 6251", "11", "74422", "IRC 55(a)")
    assert found["worked"] == f"{found['rule']}: 112,822 − 38,400, not below zero = 74,422"
    assert [(each["line"], each["amount"]) for each in found["from"]] == [("9", "112822"), ("10", "38400")]
    (record,) = data(FOUR_YEARS, "2023", "6251", "2i", "--depth", "0")["from"]
    assert (record["title"], record["line"], record["amount"]) == ("Exercise", "E-1", "300000.00")


def test_json_of_a_year_that_is_not_ready_is_null_and_says_so() -> None:
    """Never a figure that counts a blank as 0, but line 2i, which the records alone give."""
    folder = client(exercises=LOTS, returns="tax_year,wages\n2023,\n")
    found = data(folder, "2023", "6251", "11")
    assert (found["amount"], found["note"].partition(":")[0]) == (None, "2023 is not ready")
    assert data(folder, "2023", "6251", "2i")["amount"] == "27750"


def test_the_next_years_form_8801_is_explained() -> None:
    """The credit of four-years after 2026 is that of the sheet: line 18 plus line 19."""
    projection = project(read_source(Path(FOUR_YEARS)))
    ahead = projection.following_8801
    found = data(FOUR_YEARS, "2027", "8801", "21")
    assert found["amount"] == f"{ahead['21']:f}"
    assert [each["line"] for each in found["from"]] == ["18", "19"]
    assert "last year’s line 26" in said(FOUR_YEARS, "2027", "8801", "19")


def test_every_line_ahead_can_be_asked_for() -> None:
    """Printed lines and workings, each with its rule, and no name of ours in it."""
    projection = project(read_source(Path(SIX_YEARS)))
    for line in forms_ahead(2025).forms["f8801"].lines:
        words = "\n".join(as_text(lines.explained(projection, 2026, "8801", line.leaf.line, 1)))
        assert not re.search(r"\bNone\b|Decimal|f8801\.|f6251\.", words), line.key


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("2027", "6251", "11"), "Form 6251 of 2027 is not prepared: 2027 is the year after the last. Form 8801 is."),
        (("2028", "8801", "21"), "2028 is no year of this client. There are: 2023, 2024, 2025, 2026; and Form 8801 of"),
        (("2023", "lot", "E1"), "E1 is no exercise_id of this client. There are: E-1, E-2"),
        (("2023", "sale", "E-1"), "E-1 has no sale in 2023. No share of it was sold or given away."),
        (("2031", "lot", "E-1"), "2031 is no year of this client. There are: 2023, 2024, 2025, 2026."),
    ],
)
def test_what_is_not_there_is_told_with_what_is(arguments: tuple[str, ...], words: str) -> None:
    """Wrong use, and no figure."""
    assert words in wrong_use("explain", FOUR_YEARS, *arguments).replace("│ ", "")


def test_the_next_year_rests_on_the_year_that_is_not_ready() -> None:
    """Its figures are not known, and it is said which entries they wait for."""
    folder = client(exercises=LOTS, returns="tax_year,wages\n2023,\n")
    found = data(folder, "2025", "8801", "21")
    assert found["amount"] is None
    assert found["note"].startswith("2025 rests on 2023. 2023 is not ready: needs filing_status")


def test_what_can_be_asked_is_listed_in_words_and_can_be_asked() -> None:
    """Of a form without numbers the names and labels of its own lines, not the sixty that are computed again there."""
    told = wrong_use("explain", FOUR_YEARS, "2024", "attach", "99").replace("│ ", "")
    assert "test 1 (line 7 is more than line 10)" in told
    assert "AMT gains 13" not in told
    assert len(told) < 900
    projection = project(read_source(Path(FOUR_YEARS)))
    for short, card in FEDERAL.by_short().items():
        form = forms_of(2024).forms[card.name]
        for line in () if form.printed() else form.lines:
            asked = line.leaf.line.replace("_", " ")
            assert lines.explained(projection, 2024, short, asked, 0).label == line.label
    assert said(FOUR_YEARS, "2024", "1040", "Adjusted gross income") == said(FOUR_YEARS, "2024", "1040", "agi")


def test_a_label_that_two_lines_have_asks_for_neither() -> None:
    """“Amount to be taxed” is refigured there three times."""
    assert "has no line Amount to be taxed" in wrong_use("explain", FOUR_YEARS, "2024", "attach", "Amount to be taxed")


def test_a_thousand_lots_are_not_all_named() -> None:
    """A message stays readable: twenty, and how many more."""
    lot = {"date_granted": "2021-05-03", "date_exercised": "2023-03-14", "exercise_price": 1, "fmv_exercise": 2}
    rows = [lot | {"exercise_id": f"L{number}", "shares": 1} for number in range(1000)]
    projection: Projection = project(Client(exercises=rows))
    with pytest.raises(UnknownLineError, match=r"L19 and 980 more; the nearest is"):
        records.explained(projection, 2023, RecordKind.LOT, "L-999")


@pytest.mark.parametrize("example", ["six-years", "mixed", "all-equity", "underwater"])
def test_every_record_of_the_examples_is_explained(example: str) -> None:
    """Whatever its kind: each column in words, without a name of ours in them."""
    projection = project(read_source(EXAMPLES / example))
    inner = re.compile(r"\bNone\b|Decimal|\b(?:exercises|sales|options|law)\.[a-z]|Leaf\(")
    asked = [(RecordKind.LOT, year, row["exercise_id"]) for year in projection.years for row in projection.lots]
    asked += [(RecordKind.SALE, int(row["year_sold"]), row["exercise_id"]) for row in projection.sales]
    for kind, year, lot in asked:
        words = "\n".join(as_text(records.explained(projection, year, kind, lot)))
        assert not inner.search(words), (kind, year, lot)
