"""Each example against figures derived by hand; the arithmetic stands beside them."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine import Client, Projection, project
from engine.clients.resting import rests_on
from isobook.sources import read_source
from workbook_templates.fill import workbook

EXAMPLES = Path(__file__).parents[1] / "examples"
SOURCES = (
    "four-years",
    "underwater",
    "mixed",
    "article-2025",
    "six-years",
    "grant-limit",
    "all-equity",
    "open-items",
    "from-csv-alone/exercises.csv",
)
KEY_LINES = ("4", "5", "6", "7", "10", "11")


def projected(source: str) -> Projection:
    """The projection of an example."""
    return project(read_source(EXAMPLES / source))


def key_lines(projection: Projection, year: int) -> list[int]:
    """Lines 4 to 7, 10 and 11 of Form 6251, which are whole dollars."""
    form = projection.years[year].form_6251
    return [int(amount) for line in KEY_LINES if (amount := form[line]) is not None]


def lot(projection: Projection, exercise_id: str) -> dict[str, Any]:
    """What follows from one exercise."""
    return next(each for each in projection.lots if each["exercise_id"] == exercise_id)


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, for an example that is changed."""
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize("source", SOURCES)
def test_every_example_makes_a_workbook(source: str) -> None:
    """Each one can be built as it is."""
    assert workbook(read_source(EXAMPLES / source)).startswith(b"PK")


def test_every_example_is_described_and_held_here() -> None:
    """A folder that examples/README.md does not tell of, or that no test holds, is found."""
    described = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    folders = {path.name for path in EXAMPLES.iterdir() if path.is_dir()}
    # held by test_addin_install.py, test_import_command.py and test_docs_site.py
    elsewhere = {"workpaper", "broker-files", "sample"}
    assert folders == {source.split("/")[0] for source in SOURCES} | elsewhere
    assert [source for source in SOURCES if f"`{source}`" not in described] == []


# --- four-years: 10,000 shares exercised in 2023 at 2, value 32; single, standard deduction ------------------


def test_four_years_2023_owes_amt() -> None:
    """Line 2i: 10,000 × (32 - 2) = 300,000. Wages 200,000 less 13,850 are line 1, 186,150; 2a adds 13,850 back."""
    projection = projected("four-years")
    assert projection.years[2023].form_6251["1"] == 186_150
    assert projection.years[2023].form_6251["2i"] == 300_000
    # 4: 186,150 + 13,850 + 300,000; 5: 81,300, as 4 is below 578,150; 7: 28% of 418,700 less 4,414 (2% of 220,700)
    # 10: 16,290 + 24% of (182,100 - 95,375) = 37,104; + 32% of (186,150 - 182,100) = 38,400
    assert key_lines(projection, 2023) == [500_000, 81_300, 418_700, 112_822, 38_400, 74_422]
    assert projection.years[2023].attach_reason.startswith("Yes, test 1: line 7 of $112,822")


def test_four_years_2024_owes_none() -> None:
    """AMT income 195,400 + 14,600; 26% of 124,300 = 32,318.

    Regular tax: 39,110.50 at 191,950 + 32% of 3,450 = 40,214.50, up to 40,215.
    """
    projection = projected("four-years")
    assert key_lines(projection, 2024) == [210_000, 85_700, 124_300, 32_318, 40_215, 0]


def test_four_years_2025_gains_nothing_from_the_underwater_exercise() -> None:
    """26% of (220,000 - 88,100) = 34,294; regular tax 40,199 at 197,300 + 32% of 6,950 = 42,423."""
    projection = projected("four-years")
    assert projection.years[2025].form_6251["1b"] == 204_250  # 220,000 - 15,750
    assert projection.years[2025].form_6251["2i"] == 0
    assert key_lines(projection, 2025) == [220_000, 88_100, 131_900, 34_294, 42_423, 0]
    assert lot(projection, "E-2")["why"] == "Underwater: value below price. Counts as zero, offsets nothing."


def test_four_years_2026_owes_none() -> None:
    """26% of (230,000 - 90,100) = 36,374; regular tax of 230,000 - 16,100 = 213,900 is 44,904."""
    projection = projected("four-years")
    assert key_lines(projection, 2026) == [230_000, 90_100, 139_900, 36_374, 44_904, 0]


def test_four_years_win_back_part_of_the_amt_as_credit() -> None:
    """Regular less tentative minimum tax: 40,215 - 32,318; 42,423 - 34,294; 44,904 - 36,374. 74,422 less these is left.

    The credit of Form 8801 is a reason to attach Form 6251 (test 3), though there is no AMT.
    """
    years = projected("four-years").years
    assert [years[year].form_8801["25"] for year in (2024, 2025, 2026)] == [7_897, 8_129, 8_530]
    assert years[2026].form_8801["26"] == 74_422 - 7_897 - 8_129 - 8_530
    assert years[2024].attach_reason.startswith("Yes, test 3")


def test_four_years_has_two_bases_for_the_lot_that_made_amt() -> None:
    """Regular: 10,000 × 2 = 20,000; AMT: 10,000 × 32. Underwater: 500 × 12 = 6,000 in both."""
    projection = projected("four-years")
    bases = {each["exercise_id"]: (each["regular_basis"], each["amt_basis"]) for each in projection.lots}
    assert bases == {"E-1": (20_000, 320_000), "E-2": (6_000, 6_000)}


# --- underwater: 1,200 shares at 14.20, value 9.85, in 2024 --------------------------------------------------


def test_underwater_shares_add_nothing_to_line_2i() -> None:
    """The excess, if any, of value over price: there is none. Form 3921 contributes nothing, and the reason is told."""
    projection = projected("underwater")
    assert projection.years[2024].form_6251["2i"] == 0
    assert lot(projection, "3921-A")["why"] == "Underwater: value below price. Counts as zero, offsets nothing."


def test_underwater_shares_have_the_price_paid_as_basis() -> None:
    """1,200 × 14.20 = 17,040 in both systems, not 1,200 × 9.85."""
    found = lot(projected("underwater"), "3921-A")
    assert (found["regular_basis"], found["amt_basis"]) == (17_040, 17_040)


def test_underwater_shares_alone_need_no_form_6251() -> None:
    """26% of (140,000 - 85,700) = 14,118; regular tax of 125,400: 17,168.50 + 24% of 24,875 = 23,138.50."""
    projection = projected("underwater")
    year = projection.years[2024]
    assert key_lines(projection, 2024) == [140_000, 85_700, 54_300, 14_118, 23_139, 0]
    assert year.attach_6251 is False
    assert year.attach_reason == "No: line 7 of $14,118 is not more than line 10 of $23,139, and no other test is met."


# --- mixed: one exercise over the price, one below it, the same employer and year ----------------------------


def test_mixed_exercises_are_not_netted() -> None:
    """4,000 × (25 - 10) = 60,000 alone; 1,500 × (8 - 20) = -18,000 takes nothing away."""
    projection = projected("mixed")
    assert projection.years[2025].form_6251["2i"] == 60_000
    assert {each["exercise_id"]: each["why"] for each in projection.lots} == {
        "M-1": "Value over price: the whole spread counts.",
        "M-2": "Underwater: value below price. Counts as zero, offsets nothing.",
    }


def test_mixed_exercises_make_amt_that_netting_would_hide() -> None:
    """134,250 + 15,750 + 60,000 = 210,000; 26% of 121,900 = 31,694; less 25,067. Netting hides 26% of 18,000 = 4,680.

    Regular tax of 134,250: 17,651 + 24% of (134,250 - 103,350) = 25,067.
    """
    projection = projected("mixed")
    assert key_lines(projection, 2025) == [210_000, 88_100, 121_900, 31_694, 25_067, 6_627]
    assert 6_627 - 4_680 == 1_947  # what examples/README.md says
    assert projection.years[2025].attach_6251 is True


# --- article-2025: the figures of an article, and what the law makes of them ---------------------------------


def test_article_has_its_amt_income_and_tentative_minimum_tax() -> None:
    """150,000 + 10,000 of taxes + 1,000 × (50 - 10) = 200,000; less 88,100; 26% of 111,900 = 29,094."""
    projection = projected("article-2025")
    form = projection.years[2025].form_6251
    assert [form[line] for line in ("1b", "2a", "2i")] == [150_000, 10_000, 40_000]
    # Regular tax of 150,000: 17,651 + 24% of (150,000 - 103,350 = 46,650) = 28,847, not 26,000
    assert key_lines(projection, 2025) == [200_000, 88_100, 111_900, 29_094, 28_847, 247]
    assert projection.years[2025].attach_reason.startswith(
        "Yes, test 1: line 7 of $29,094 is more than line 10 of $28,847"
    )


def test_article_names_a_wrong_threshold() -> None:
    """26% ends at 239,100 in 2025, not at 120,600; the article's 111,900 is below both."""
    assert projected("article-2025").years[2025].figures["law.amt_breakpoint"] == 239_100


def test_article_with_its_salary_takes_the_standard_deduction() -> None:
    """Wages of 150,000: 134,250 + 15,750 + 40,000 = 190,000; 26% of 101,900 = 26,494; less 25,067 is 1,427."""
    exercises = rows(EXAMPLES / "article-2025" / "exercises.csv")
    salary = {"tax_year": "2025", "filing_status": "single", "wages": "150000", "deduction": "standard"}
    projection = project(Client(exercises=exercises, returns=[salary]))
    assert key_lines(projection, 2025) == [190_000, 88_100, 101_900, 26_494, 25_067, 1_427]


# --- grant-limit: what is first exercisable in 2024 and 2025, against 100,000 a year and employer ---------------


def test_grant_limit_divides_the_grant_that_crosses_it() -> None:
    """6,000 × 10 leave 40,000 of 2024: 4,000 shares. 66,666 × 1.50 = 99,999. 2025: 60,000 + 30,000 leave 500 at 20."""
    found = projected("grant-limit").grants
    kinds = [(row["grant_id"], row["year"], row["iso_shares"], row["nso_shares"]) for row in found]
    assert kinds == [
        ("G-1", 2024, 6_000, 0),
        ("G-1", 2025, 6_000, 0),
        ("G-2", 2024, 4_000, 3_000),
        ("G-2", 2025, 3_000, 0),
        ("G-3", 2025, 500, 2_000),
        ("B-1", 2024, 66_666, 33_334),
    ]


def test_grant_limit_keeps_the_nonqualified_spread_out_of_line_2i() -> None:
    """4,000 × 20 = 80,000 on line 2i; 3,000 × 20 = 60,000 in wages of 210,000. 26% of 204,300 = 53,118 less 40,215.

    Regular tax of 210,000 - 14,600 = 195,400: 39,110.50 + 32% of 3,450 = 40,214.50. 2025: 25,067 less 16,094 = 8,973.
    """
    projection = projected("grant-limit")
    assert projection.years[2024].form_6251["2i"] == 80_000
    assert lot(projection, "E-2")["wage_income"] == 60_000
    assert key_lines(projection, 2024) == [290_000, 85_700, 204_300, 53_118, 40_215, 12_903]
    assert projection.years[2025].form_8801["25"] == 8_973


# --- all-equity: ISO, NSO, RSU and ESPP of one employer, with prices rounded on Form 3921 ---------------------


def test_all_equity_has_line_2i_from_its_incentive_options_alone() -> None:
    """1,500 × (21 - 3.3333) = 26,500.05 and 600 × (23 - 5.6667) = 10,399.98; by the rounded prices 36,903."""
    projection = projected("all-equity")
    assert {year: result.form_6251["2i"] for year, result in projection.years.items()} == {2024: 36_900, 2025: 0}
    assert sum(each["rounding_2i"] for each in projection.lots) == Decimal("-2.97")  # -1,500 × .0033 + 600 × .0033
    # 4: 190,000 - 14,600 + 14,600 + 36,900; 7: 26% of 141,200; 10: 17,168.50 + 24% of (175,400 - 100,525)
    assert key_lines(projection, 2024) == [226_900, 85_700, 141_200, 36_712, 35_139, 1_573]


def test_all_equity_has_one_basis_for_what_is_no_incentive_option() -> None:
    """N-1: 500 × 20; R-1: 300 × 18; R-2: 300 × 24; P-1: 200 × 11.90; P-2: 150 × 17, until they are sold."""
    lots = {each["exercise_id"]: (each["regular_basis"], each["amt_basis"]) for each in projected("all-equity").lots}
    assert lots["I-1"] == (Decimal("4999.95"), 31_500)
    others = {name: bases for name, bases in lots.items() if not name.startswith("I")}
    assert {name: basis for name, (basis, _) in others.items()} == {
        "N-1": 10_000, "R-1": 5_400, "R-2": 7_200, "P-1": 2_380, "P-2": 2_550
    }  # fmt: skip
    assert all(regular == amt for regular, amt in others.values())


def test_all_equity_sales_differ_between_the_systems_for_the_incentive_option_alone() -> None:
    """Ordinary income and gain of each.

    P-1, after both periods: 200 × (14 - 11.90) = 420, and 5,000 - 2,380 - 420. P-2, too early: 150 × (22 - 17) = 750,
    and 2,400 - 2,550 - 750. R-1: 100 × (25 - 18). N-1: 200 × (25 - 20). I-1: 400 × (26 - 3.3333), AMT 400 × (26 - 21).
    """
    sales = projected("all-equity").sales
    assert [(each["exercise_id"], each["ordinary"], each["gain"]) for each in sales] == [
        ("P-1", 420, 2_200), ("P-2", 750, -900), ("R-1", 0, 700), ("N-1", 0, 1_000), ("I-1", 0, Decimal("9066.68"))
    ]  # fmt: skip
    assert [each["difference"] for each in sales] == [0, 0, 0, 0, 2_000 - Decimal("9066.68")]
    assert [each["code_8949"] for each in sales] == ["B", "B", "B", "B", ""]


def test_all_equity_2025_takes_the_difference_off_on_line_2k() -> None:
    """Income: 200,000 + 420 that W-2 leaves out + 12,067 of gains; 2k: 5,000 of AMT gains less 12,067."""
    year = projected("all-equity").years[2025]
    assert (year.regular["option_income"], year.form_6251["2k"]) == (Decimal(420), Decimal(-7_067))
    assert year.form_6251["1b"] == 200_000 + 420 + 12_067 - 15_750
    assert year.form_8801["25"] == 1_573


# --- from-csv-alone: a broker's table, no returns ------------------------------------------------------------


def test_a_csv_alone_gives_line_2i_of_each_year() -> None:
    """2024: 1,000 × (18.75 - 5.25), the underwater lot and the NSO add 0; 2025, at vest: 2,000 × (11 - 1)."""
    projection = projected("from-csv-alone/exercises.csv")
    assert {year: result.form_6251["2i"] for year, result in projection.years.items()} == {2024: 13_500, 2025: 20_000}


def test_a_csv_alone_is_not_ready_and_says_what_it_needs() -> None:
    """No figure that rests on a return is shown as 0."""
    for result in projected("from-csv-alone/exercises.csv").years.values():
        assert (result.ready, result.attach_6251, result.form_6251["11"]) == (False, None, None)
        assert result.missing == ["filing_status", "wages", "deduction"]


def test_a_csv_alone_tells_why_each_exercise_counts_or_not() -> None:
    """The NSO's basis holds its spread: 500 × 4.90 = 2,450; the lot measured at vest has 2,000 × 11 for AMT."""
    projection = projected("from-csv-alone/exercises.csv")
    assert [each["why"].split(":")[0] for each in projection.lots] == [
        "Value over price",
        "Underwater",
        "Nonqualified",
        "Unvested at exercise",
    ]
    bases = [(each["regular_basis"], each["amt_basis"]) for each in projection.lots]
    assert bases == [(5_250, 18_750), (2_100, 2_100), (2_450, 2_450), (2_000, 22_000)]


# --- open-items: what a preparer has to ask before Dana's returns are final ----------------------------------------

OPEN_ITEMS = {
    "missing": ["opening-mtc_carryforward_in"],
    "confirm": [
        *("elected", "twice", "twice", "price_at_grant", "opening", "income-in-wages", "after-ten-years"),
        *("after-employment", "amt_foreign_tax_credit", "exclusion-credit", "joined", "deferral-items"),
        *("taxes_deducted", "first-in-first-out", "box-against-term", "income-not-in-wages"),
    ],
    "estimate": ["plan-price", "return-stage"],
}


def test_open_items_shows_a_dozen_and_more() -> None:
    """By kind, in the order in which they are told; the optional comparisons follow."""
    items = projected("open-items").open_items
    assert {
        kind: [each.finding.rule for each in items if each.finding.kind == kind] for kind in OPEN_ITEMS
    } == OPEN_ITEMS


def test_open_items_says_what_rests_on_the_election() -> None:
    """Without it 10,000 shares count at vest: 6.00 less 0.40 is 56,000 more on line 2i, 82,500 instead of 26,500."""
    projection = projected("open-items")
    item = next(each for each in projection.open_items if each.finding.rule == "elected")
    assert "line 2i of 2024 would be $82,500 instead of $26,500" in rests_on(projection)[item.id]


def test_open_items_asks_for_the_credit_of_2021() -> None:
    """F-1: 4,000 shares at 32.00 less 2.00 were 120,000 on line 2i of 2021, before the first return."""
    item = projected("open-items").open_items[0].finding
    assert "the exercises of F-1 put $120,000 on line 2i of earlier years" in item.what
