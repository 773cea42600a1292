"""`isobook explain` and `isobook plan`: what they say, what they give programs, what they refuse."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.command import EXAMPLES, FOUR_YEARS, client, refused, run, wrong_use

MIXED = str(EXAMPLES / "mixed")
SIX_YEARS = str(EXAMPLES / "six-years")
NO_EXERCISE = "exercise_id,date_granted,date_exercised,exercise_price,fmv_exercise,shares\n"
UNTOLD = str(EXAMPLES / "from-csv-alone" / "exercises.csv")


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)


def said(*arguments: str) -> str:
    """What a command prints, its spaces made single."""
    outcome = run(*arguments)
    assert outcome.exit_code == 0, outcome.stderr
    return " ".join(outcome.stdout.split())


def data(*arguments: str) -> dict[str, Any]:
    """What `isobook plan --json` prints."""
    outcome = run("plan", *arguments, "--json")
    assert outcome.exit_code == 0, outcome.stderr
    found: dict[str, Any] = json.loads(outcome.stdout)
    return found


# --- explain ---------------------------------------------------------------------------------------------


def test_explain_gives_the_rule_its_numbers_and_its_authority() -> None:
    """Line 11 of 2023: 112,822 less 38,400."""
    words = said("explain", FOUR_YEARS, "2023", "6251", "11", "--depth", "0")
    assert words.startswith("Form 6251 line 11")
    assert "112,822 − 38,400, not below zero = 74,422" in words
    assert "IRC 55(a)" in words


def test_explain_goes_down_to_the_records() -> None:
    """Line 2i names the exercises of its year with the reason of each, and no others."""
    words = said("explain", FOUR_YEARS, "2023", "6251", "2i")
    assert "E-1: 300,000" in words
    assert "E-2" not in words


def test_explain_names_only_the_sales_that_a_total_takes() -> None:
    """In 2022 a share sold within a year is a short-term sale: it stands under line 1b and not under line 8b."""
    assert "C-1: " in said("explain", SIX_YEARS, "2022", "D", "1b", "--depth", "0")
    assert "C-1: " not in said("explain", SIX_YEARS, "2022", "D", "8b", "--depth", "0")


def test_explain_goes_as_deep_as_asked() -> None:
    """Each level shows the lines behind the one above."""
    flat = run("explain", FOUR_YEARS, "2023", "6251", "11", "--depth", "0").stdout
    deep = run("explain", FOUR_YEARS, "2023", "6251", "11", "--depth", "12").stdout
    assert len(flat.splitlines()) < len(deep.splitlines())
    assert "Form W-2 box 1" in deep
    assert "typed by the preparer" in deep


def test_explain_tells_what_the_first_year_carries_in() -> None:
    """The loss of the first row of returns.csv stands as last year's figure."""
    returns = "tax_year,filing_status,wages,deduction,amt_long_term_carryover_in\n2025,single,90000,standard,5000\n"
    words = said("explain", client(returns=returns), "2025", "AMT-D", "14", "--depth", "0")
    assert "minus 5,000 = (5,000)" in words


def test_explain_says_that_a_year_is_not_ready() -> None:
    """The figures below count what is missing as 0."""
    words = said("explain", UNTOLD, "2024", "6251", "2i")
    assert words.startswith("2024 is not ready: needs filing_status, wages, deduction in returns.csv.")
    assert "13,500" in words


@pytest.mark.parametrize(
    ("arguments", "there_are"),
    [
        (("2019", "6251", "11"), "There are: 2023, 2024, 2025, 2026; and Form 8801 of 2027."),
        (("2023", "1041", "11"), "1041 is no form here. There are: 6251, 8801, 1040, D, AMT-D,"),
        (
            ("2023", "6251", "99"),
            "Form 6251 of 2023 has no line 99. It has: 1, 2a, 2b, 2c, 2d, 2e, 2f, 2g, 2h, 2i, 2j, 2k, 2l,",
        ),
        (("2023", "attach", "99"), "It has: test 1 (line 7 is more than line 10), test 2 (general"),
    ],
)
def test_explain_says_which_years_forms_and_lines_there_are(arguments: tuple[str, ...], there_are: str) -> None:
    """Wrong use, and no figure."""
    assert there_are in wrong_use("explain", FOUR_YEARS, *arguments).replace("│ ", "")


@pytest.mark.parametrize("spelled", [("Form 6251", "line 2i"), ("form 6251", "2I"), ("6251", " Line 2i")])
def test_explain_takes_a_form_and_a_line_as_they_are_said(spelled: tuple[str, str]) -> None:
    """With the words Form and line before them, in any case."""
    assert said("explain", FOUR_YEARS, "2023", *spelled) == said("explain", FOUR_YEARS, "2023", "6251", "2i")


# --- plan as data ----------------------------------------------------------------------------------------


def test_plan_gives_programs_both_turning_points_of_each_year() -> None:
    """Text in dollars and cents; the credit's is null where there is no credit."""
    years = data(FOUR_YEARS)["years"]
    assert years["2023"] == {"amt_crossover": "28992.32", "credit_crossover": None}
    assert years["2026"] == {"amt_crossover": "32807.71", "credit_crossover": "0.01"}


def test_plan_figures_in_cents_whatever_the_setting() -> None:
    """A turning point rounded to dollars would be none."""
    assert data(MIXED, "--rounding", "dollars")["years"] == data(MIXED, "--rounding", "cents")["years"]


def test_plan_gives_0_where_amt_is_due_without_any_exercise() -> None:
    """Private activity interest of 900,000 makes AMT by itself."""
    returns = "tax_year,filing_status,wages,deduction,line_2g\n2025,single,150000,standard,900000\n"
    assert data(client(returns=returns))["years"]["2025"]["amt_crossover"] == "0.00"


def test_plan_gives_nulls_for_a_year_that_is_not_ready() -> None:
    """And names what it needs."""
    found = data(UNTOLD)
    missing = ["filing_status", "wages", "deduction"]
    nothing = {"amt_crossover": None, "credit_crossover": None, "ready": False, "missing": missing}
    assert found["years"] == {"2024": nothing, "2025": nothing}
    assert (found["planned_year"], found["december"]) == (None, [])


def test_plan_gives_programs_the_decision_of_december() -> None:
    """Computed by hand in the tests of the engine."""
    (decision,) = data(MIXED)["december"]
    found = {name: decision[name] for name in ("exercise_id", "shares", "last_day", "amt_saved", "tax_difference")}
    assert found == {
        "exercise_id": "M-1",
        "shares": "4000",
        "last_day": "2025-12-31",
        "amt_saved": "6627.00",
        "tax_difference": "7773.00",
    }
    assert decision["keep"]["paid"].keys() == {"2025", "2026"}


def test_plan_gives_programs_shares_loss_and_credit() -> None:
    """81,458.05 of room in 2025 at a spread of 3.50 is 23,273 shares; 60,085 of AMT loss less 3,000 frees it.

    They put 81,455.50 on line 2i: 28 % of the 2.55 that is left saves 0.71 of the credit of 21,538.25.
    """
    found = data(SIX_YEARS, "--price", "2", "--fmv", "5.50", "--grant", "G-1,30000,2,5.50")
    assert found["more_shares"] == {"until_amt": 23_273, "until_credit_shrinks": 0}
    assert found["allocation"]["until_amt"] == {"G-1": 23_273}
    assert (found["trapped_loss"]["years"], found["trapped_loss"]["freeing_gain"]) == (21, "57085.00")
    assert found["credit_recovery"]["left"] == "18396.75"
    assert found["says"].startswith("Up to 23,273 more shares keep the AMT at $0, but they raise the 2025 federal tax")
    assert found["added_federal_tax"] == "21537.54"


def test_plan_says_the_cost_in_federal_tax_and_not_the_amt_alone() -> None:
    """In dollars of spread, and in shares where a price and a value are given: all of the credit of 21,538.25."""
    words = said("plan", SIX_YEARS, "--price", "5", "--fmv", "14")
    lost = "because less credit is used. That credit is not lost: it carries to 2026."
    assert f"it raises the 2025 federal tax by up to $21,538.25, {lost}" in words
    assert (
        f"9,050 more shares keep the AMT at $0, but they raise the 2025 federal tax by up to $21,536.00, {lost}"
        in words
    )


# --- plan in words ---------------------------------------------------------------------------------------


def test_plan_says_where_amt_starts_and_how_far_away_that_is() -> None:
    """By year, with line 2i as recorded."""
    words = said("plan", MIXED)
    assert "2025 line 2i as recorded: $60,000.00 AMT starts above: $34,511.55" in words
    assert "$25,488.45 of spread is above that point and costs AMT." in words


def test_plan_begins_with_the_open_year_and_leaves_out_filed_ones() -> None:
    """2025 is the last of six years: blank stages make it open and 2020 to 2024 filed; --all puts these after it."""
    words = said("plan", SIX_YEARS)
    assert "kept. 2025 line 2i as recorded: $0.00 AMT starts above: $81,458.05" in words
    assert "2024 line 2i" not in words
    assert "2020 to 2024 are filed and left out; --all shows them." in words
    everything = said("plan", SIX_YEARS, "--all")
    assert "left out" not in everything
    years = re.findall(r"(20\d\d) line 2i", everything)
    assert years == ["2025", "2020", "2021", "2022", "2023", "2024"]


def test_plan_begins_with_a_year_that_is_typed_as_open() -> None:
    """2025 is typed as planned, 2024 as open: 2024 comes first, and is the year of the decisions."""
    returns = (
        "tax_year,filing_status,wages,deduction,return_stage\n2023,single,150000,standard,\n"
        "2024,single,150000,standard,open\n2025,single,150000,standard,planned\n"
    )
    folder = client(exercises=NO_EXERCISE, returns=returns)
    assert re.findall(r"(20\d\d) line 2i", said("plan", folder)) == ["2024", "2025"]
    assert data(folder)["planned_year"] == 2024
    assert data(folder)["stages"] == {"2023": "filed", "2024": "open", "2025": "planned"}


def test_plan_says_that_all_years_are_filed() -> None:
    """A year that is named is taken as if it were open."""
    returns = "tax_year,filing_status,wages,deduction,return_stage\n2024,single,150000,standard,filed\n"
    folder = client(exercises=NO_EXERCISE, returns=returns)
    words = said("plan", folder)
    assert "Every return of this file is filed, so nothing is left to decide. Add a row for 2025, or name a" in words
    assert "2024 is filed and left out; --all shows it." in words
    assert data(folder)["planned_year"] is None
    assert "2024 line 2i as recorded: $0.00 (filed)" in said("plan", folder, "--year", "2024")


def test_plan_says_in_words_that_the_credit_shrinks_at_once() -> None:
    """Not 'above 0.01', which only rounding makes."""
    assert "The credit used shrinks from the first dollar of spread." in said("plan", FOUR_YEARS)


def test_plan_says_shares_for_a_price_and_over_grants() -> None:
    """Whole shares, the smallest spread first."""
    grants = ("--grant", "high,5000,10,40", "--grant", "low,10000,2,5.50")
    words = said("plan", SIX_YEARS, "--price", "2", "--fmv", "5.50", *grants)
    assert "AMT stays $0: 23,273 more shares" in words
    assert "high: 1,548 of 5,000 shares low: 10,000 of 10,000 shares" in words


def test_plan_says_that_shares_without_spread_have_no_limit() -> None:
    """Underwater options add nothing."""
    assert "AMT stays $0: any number of shares: no spread" in said("plan", MIXED, "--price", "9", "--fmv", "8")


def test_plan_says_what_keeping_and_selling_lead_to() -> None:
    """Both courses, the comparison, and the price at which they are even."""
    words = said("plan", MIXED)
    assert "Sell all by 2025-12-31 at $25.00 per share, their value on Form 3921:" in words
    assert "AMT of 2025: $0.00 instead of $6,627.00; $6,627.00 of AMT saved" in words
    assert "Keep, and sell on 2026-02-19, the first day to qualify, at $25.00 per share:" in words
    assert "2026: the last return of the file is taken again." in words
    assert "keeping leaves $5,400.00 more than selling." in words
    assert "Break-even: sold at $26.90 per share or more" in words


def test_plan_takes_other_prices_and_another_year() -> None:
    """December 31, 2023 was a Sunday."""
    words = said("plan", FOUR_YEARS, "--year", "2023", "--sale-price", "12", "--later-price", "14")
    assert "Sell all by 2023-12-31 (a Sunday: trade before it) at $12.00 per share, the price asked about:" in words
    assert "the first day to qualify, at $14.00 per share: cash $140,000.00, regular gain $120,000.00" in words
    assert "AMT loss $180,000.00" in words


def test_plan_says_where_the_comparison_stops() -> None:
    """No tax year is invented."""
    exercises = (
        "exercise_id,date_granted,date_exercised,exercise_price,fmv_exercise,shares\nE1,2026-01-05,2026-03-02,1,9,9\n"
    )
    returns = "tax_year,filing_status,wages,deduction\n2026,single,150000,standard\n"
    words = said("plan", client(exercises=exercises, returns=returns))
    assert "The tax of the later sale is not compared: 2026 is the last year covered, and it falls in 2028." in words
    assert "Proceeds less the taxes of 2026, credit used deducted" in words


def test_plan_says_that_income_as_filed_gives_way() -> None:
    """Only where there is some."""
    returns = "tax_year,filing_status,wages,deduction,taxable_income\n2025,single,150000,standard,134250\n"
    notice = "Taxable income and tax as filed are not used from that year on: a sale changes both."
    assert notice in said("plan", client(returns=returns))
    assert notice not in said("plan", MIXED)


def test_plan_says_what_the_decision_needs() -> None:
    """Taxable income as filed does not tell what a sale makes of it."""
    returns = "tax_year,filing_status,taxable_income\n2025,single,134250\n"
    assert "Needs wages, deduction for 2025" in said("plan", client(returns=returns))


def test_plan_says_how_loss_and_credit_come_back() -> None:
    """Years at the limit, the gain that frees the loss, the room for the credit."""
    words = said("plan", SIX_YEARS)
    assert "AMT capital loss carried out of 2025: $60,085.00, for regular tax $0.00" in words
    assert "it takes 21 years to use up. An AMT gain of $57,085.00 in one year frees all of it, $3,000 on top." in words
    assert "Minimum tax credit left after 2025: $18,396.75" in words
    assert "up to $15,744.10 comes back a year: 2 years." in words


def test_plan_says_that_the_loss_limit_alone_uses_up_a_small_loss() -> None:
    """An AMT loss of 5,254 in 2025: 3,000 are allowed that year, and the 2,254 left are below the limit of the next."""
    returns = "tax_year,filing_status,wages,deduction,amt_long_term_carryover_in,long_term_carryover_in\n"
    words = said("plan", client(exercises=NO_EXERCISE, returns=f"{returns}2025,single,90000,standard,5254,0\n"))
    assert "AMT capital loss carried out of 2025: $2,254.00, for regular tax $0.00" in words
    assert "The loss limit of $3,000 a year alone uses up all of it in the next year, without a gain." in words
    assert "$0.00 in one year frees" not in words


@pytest.mark.parametrize(
    ("loss", "said_of_it"), [(6000, "limit of $3,000 a year alone"), (6001, "gain of $1.00 in one")]
)
def test_plan_takes_the_limit_itself_for_small(loss: int, said_of_it: str) -> None:
    """3,000 left are used up by the limit of 3,000; of 3,001 one dollar needs a gain."""
    returns = "tax_year,filing_status,wages,deduction,amt_long_term_carryover_in,long_term_carryover_in\n"
    folder = client(exercises=NO_EXERCISE, returns=f"{returns}2025,single,90000,standard,{loss},0\n")
    assert said_of_it in said("plan", folder)


def test_plan_says_that_a_grant_is_underwater() -> None:
    """500 options at 9.00 for stock of 8.00 add no spread, and lose a dollar per share."""
    words = said("plan", MIXED, "--grant", "low,500,9,8", "--grant", "even,100,9,9")
    told = (
        "low: 500 of 500 shares. Underwater: the value, $8, is below the price, $9; an exercise pays $1 per share more"
    )
    assert f"{told} than it is worth" in words
    assert words.count("Underwater") == words.count("low: 500")
    assert data(MIXED, "--grant", "low,500,9,8", "--grant", "even,100,9,9")["underwater"] == ["low"]
    assert "no spread. Underwater: the value, $8," in said("plan", MIXED, "--price", "9", "--fmv", "8")


def test_plan_says_what_years_need() -> None:
    """A client of exercises alone has no turning point yet."""
    assert "2024 not ready: needs filing_status, wages, deduction in returns.csv" in said("plan", UNTOLD)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--year", "2019"), "2019 is no year of this client. There are: 2025."),
        (("--price", "10"), "give both: the price and the value per share."),
        (("--price", "ten", "--fmv", "5"), "ten is no amount in dollars per share, such as 12.50."),
        (("--sale-price", "-1"), "-1 is no amount in dollars per share"),
        (("--grant", "G-1,1000"), "is no grant: write NAME,SHARES,PRICE,VALUE, such as G-1,1000,2.50,40"),
        (("--grant", "G-1,1,1,2", "--grant", "G-1,2,1,2"), "G-1 is given twice: name each grant once."),
    ],
)
def test_plan_refuses_wrong_use(options: tuple[str, ...], expected: str) -> None:
    """With what was expected."""
    assert expected in wrong_use("plan", MIXED, *options).replace("│ ", "")


def test_plan_refuses_a_year_that_is_not_ready() -> None:
    """It says what the year needs."""
    message = wrong_use("plan", UNTOLD, "--year", "2024")
    assert "2024 is not ready: it needs filing_status, wages, deduction in returns.csv." in message


def test_plan_lists_problems_of_the_input() -> None:
    """As every command does."""
    assert "exercises.csv" in refused("plan", client(exercises="exercise_id\nE1\n"))
