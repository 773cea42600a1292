"""What Letter, Summary and Lead sheet say of returns that are filed, open or planned, and of years that wait."""

from __future__ import annotations

from typing import Any

import pytest

from engine import Client, project
from workbook_templates.contents.binding import why_hidden
from workbook_templates.drawing.layout import BOOK
from workbook_templates.fill import shape_of, values_of

RSU = {"kind": "RSU", "date_granted": None, "exercise_price": None}
ESPP = {"kind": "ESPP", "fmv_grant": 50}


def _return(year: int, **columns: object) -> dict[str, object]:
    return {"tax_year": year, "filing_status": "single", "wages": 210_000, "deduction": "standard"} | columns


def _exercise(year: int, shares: int, **columns: object) -> dict[str, object]:
    """Options at $2 while a share was worth $52: $50 per share on line 2i."""
    usual = {"date_granted": f"{year - 2}-01-15", "date_exercised": f"{year}-06-01", "exercise_price": 2}
    return {"exercise_id": f"E-{year}", "employer": "Acorn Inc", "fmv_exercise": 52, "shares": shares} | usual | columns


def _told(client: Client) -> dict[str, Any]:
    """The sentences of Letter and Summary by their keys, and the conclusion of the lead sheet."""
    projection = project(client)
    blocks = values_of(projection, shape_of(projection))
    letter = {key.removeprefix("letter."): value for key, value in blocks["letter"].items()}
    return letter | {"conclusion": blocks[BOOK]["book.conclusion"]}


def test_amt_of_a_filed_an_open_and_a_planned_year_is_told_as_what_it_is() -> None:
    """9,000 x $50 in each year: $119,483 as filed; $118,239 and $137,948 are estimates, together $256,187."""
    returns = [_return(2024), _return(2025, return_stage="open"), _return(2026, return_stage="planned")]
    told = _told(Client([_exercise(year, 9_000) for year in (2024, 2025, 2026)], returns))
    assert "AMT of $375,670 in total was due for 2024 to 2026, $256,187 of it an estimate." in told["in short"]
    assert told["why"].endswith(" 2024: $119,483. 2025: $118,239 (an estimate). 2026: $137,948 (planned).")
    assert "With your 2025 return, file Form 8801" in told["to file"]
    assert "2026" not in told["to file"], "nothing is filed yet for a planned year"
    assert told["held"].startswith("At the end of 2026 you would hold 27,000 shares")
    assert "The tax of that year would be $177,082 under the AMT rules" in told["what it is"]


def test_no_amt_of_an_open_year_is_an_estimate_and_of_a_filed_one_past() -> None:
    """100 x $50 adds $5,000 to AMT income: the regular tax of $39,467 and of $40,215 is above the other."""
    still_open = _told(Client([_exercise(2024, 100)], [_return(2024), _return(2025)]))
    assert still_open["why label"] == "Why there is no AMT"
    assert still_open["why"].endswith("leads to AMT: your regular tax is not lower in any year.")
    assert "For 2025 your tax is expected to be $39,467" in still_open["no AMT"]
    filed = _told(Client([_exercise(2024, 100)], [_return(2024), _return(2025, return_stage="filed")]))
    assert filed["why label"] == "Why there was no AMT"
    assert filed["why"].endswith("led to AMT: your regular tax was not lower in any year.")
    assert "For 2025 your tax was $39,467" in filed["no AMT"]
    assert "The regular tax was not lower, so no AMT was due." in filed["no AMT"]


def test_nothing_is_concluded_of_a_year_after_one_that_waits() -> None:
    """2023 cost $4,862; 2024 lacks its wages, so 2025 is not computed: neither is called free of AMT."""
    returns = [_return(2022), _return(2023), _return(2024, wages=None), _return(2025)]
    told = _told(Client([_exercise(2023, 1_000), _exercise(2025, 1_000)], returns))
    assert "AMT of $4,862 was due for 2023." in told["in short"]
    assert told["conclusion"].startswith("2025 needs 2024; AMT of $4,862 for 2023; 2024 needs wages.")
    assert told["before year-end"] == "", "what more shares cost rests on the year before"
    without = _told(Client([], [_return(2023), _return(2024, wages=None), _return(2025)]))
    assert " No AMT was due for 2023. 2025 is not complete yet" in without["in short"]


def test_credit_that_was_brought_in_is_not_said_to_come_of_later_amt() -> None:
    """$5,000 of before 2024 came back in 2024; the AMT of 2025, $118,239, is another credit."""
    returns = [_return(2024, mtc_carryforward_in=5_000), _return(2025)]
    told = _told(Client([_exercise(2025, 9_000)], returns))
    assert told["came back"].startswith("$5,000 has come back as a credit")
    assert " $118,239 carries to 2026." in told["came back"]
    assert "The other" not in told["came back"]
    assert "AMT of $118,239 is expected for 2025 and for no other year." in told["in short"]


def test_amt_of_other_items_than_options_is_not_laid_to_options() -> None:
    """Line 2d of $900,000 in both years: no exercise is on record, no credit comes of it, and no Form 3921 was used."""
    told = _told(Client([], [_return(year, line_2d=900_000) for year in (2024, 2025)]))
    assert told["why"].startswith("Other items than options led to AMT in more than one year (see Form 6251).")
    assert told["years head"] == "Year by year"
    assert told["pace"].startswith("$532,484 of the AMT never comes back")
    assert told["relied"].startswith("We used the income figures that you gave us")


@pytest.mark.parametrize(
    ("cells", "used", "asked"),
    [
        ({}, "the Forms 3921, the income", "W-2, 1099-B, 1099-DIV and 3921 when"),
        (ESPP, "the Forms 3922, the income", "W-2, 1099-B, 1099-DIV and 3922 when"),
        (RSU, "the confirmations of shares that vested, the income", "W-2, 1099-B and 1099-DIV when"),
    ],
)
def test_the_documents_are_those_that_the_shares_come_with(cells: dict[str, Any], used: str, asked: str) -> None:
    """Form 3921 tells of incentive options and Form 3922 of a purchase plan; restricted stock has neither."""
    told = _told(Client([_exercise(2025, 10, **cells)], [_return(2025)]))
    assert told["relied"].startswith(f"We used {used} figures that you gave us, and the tax law in force")
    assert told["do send"].startswith(f"1.  Send us the 2025 Forms {asked} they arrive.")


def test_several_documents_are_listed_with_one_and() -> None:
    """An incentive option, shares of a purchase plan and a sale: three forms."""
    shares = [_exercise(2024, 10), _exercise(2024, 10, exercise_id="P", **ESPP)]
    sale = {"exercise_id": "P", "date_sold": "2025-08-01", "shares": 5, "price": 60}
    told = _told(Client(shares, [_return(2024), _return(2025)], [sale]))
    assert told["relied"].startswith("We used the Forms 3921, 3922 and 1099-B, the income figures that you gave us")


def test_shares_without_an_option_have_no_wages_left_to_come() -> None:
    """The value of restricted stock was wages at vest: sold within a year, the rest is a short-term gain."""
    told = _told(Client([_exercise(2025, 100, **RSU)], [_return(2025)]))
    assert "Sell sooner, and the gain is short-term (" in told["held"]
    mixed = _told(Client([_exercise(2025, 100, **RSU), _exercise(2024, 10)], [_return(2024), _return(2025)]))
    assert " 10 shares are past their holding periods at the end of 2025." in mixed["held"]
    assert "Sell the others sooner, and the gain is short-term (" in mixed["held"]
    waiting = _told(Client([_exercise(2025, 100, **RSU), _exercise(2025, 10, exercise_id="A")], [_return(2025)]))
    assert "the gain is short-term or partly wages" in waiting["held"]


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        ("filed", "was not on your Form W-2 and went on Schedule 1 line 8k."),
        ("open", "is not on your Form W-2 and goes on Schedule 1 line 8k."),
        ("planned", "would not be on your Form W-2 and would go on Schedule 1 line 8k."),
    ],
)
def test_income_that_no_form_w2_has_is_told_as_its_return_stands(stage: str, told: str) -> None:
    """100 x (52 - 2) = $5,000 of a purchase that is sold within the year."""
    bought = _exercise(2025, 100, exercise_id="P", **ESPP)
    sale = {"exercise_id": "P", "date_sold": "2025-08-01", "shares": 100, "price": 60}
    client = Client([bought], [_return(2025, return_stage=stage)], [sale])
    assert _told(client)["not in wages"] == f"$5,000 of the ordinary income of 2025 {told}"


def test_one_share_is_told_in_the_singular() -> None:
    """1 share at $60: the gain is $60 - $52 = $8, the $50 up to the value at exercise is ordinary income."""
    sale = {"exercise_id": "E-2024", "date_sold": "2025-02-01", "shares": 1, "price": 60}
    told = _told(Client([_exercise(2024, 1)], [_return(2024), _return(2025)], [sale]))
    assert "1 share was sold too early" in told["sold all"]
    assert "Sale of 1 share of E-2024" in told["do settle"]


def test_nothing_is_planned_on_a_year_that_waits_for_the_one_before() -> None:
    """2024 lacks its wages: what credit 2025 can use is not known, and the sheet Plan is hidden with the reason."""
    returns = [_return(2023), _return(2024, wages=None), _return(2025)]
    hidden = why_hidden(project(Client([_exercise(2023, 1_000)], returns)), ["Plan"])
    assert hidden["Plan"].startswith("2025 cannot be computed yet. It comes to life when the entry that is missing")


def test_the_chart_has_no_bar_of_a_year_that_waits() -> None:
    """AMT of 2023 is credit for 2024: 2024 is computed and has its bar; 2025 lacks its wages, and 2026 waits for it."""
    returns = [_return(2023), _return(2024), _return(2025, wages=None), _return(2026)]
    projection = project(Client([_exercise(2023, 2_000)], returns))
    blocks = values_of(projection, shape_of(projection))
    used = projection.ledger[1]["used"]
    assert used > 0
    assert [blocks["letter"][f"letter.{year} to date"] for year in range(2023, 2027)] == [0, used, 0, 0]
    assert [blocks[BOOK][f"book.still {year}"] for year in (2025, 2026)] == [0, 0]


def test_where_every_return_is_filed_the_plan_is_hidden_and_no_item_asks_of_it() -> None:
    """The price of the last exercise is an estimate of a plan alone; with 2025 open both are there."""
    for stage, planned in (("filed", False), ("open", True)):
        client = Client([_exercise(2024, 100)], [_return(2024), _return(2025, return_stage=stage)])
        projection = project(client)
        assert ("Plan" in why_hidden(projection, ["Plan"])) is not planned
        assert any(item.finding.rule == "plan-price" for item in projection.open_items) is planned
        if not planned:
            assert why_hidden(projection, ["Plan"])["Plan"] == "every return is filed. Add 2026 to plan it."


def test_credit_that_is_taken_away_is_told_and_not_only_left_out() -> None:
    """$74,422 came in; 2024 uses $373, and line 18 of 2025 is $31,753 below zero: $42,296 is left to use.

    See `test_a_negative_line_18_takes_from_the_credit`; in whole dollars 41,687 - 41,314 = 373.
    """
    items = {"line_2g": 150_000, "other_line_2k": -120_000, "mtc_carryforward_in": 74_422}
    returns = [_return(2024, wages=214_600, **items), _return(2025, wages=40_000)]
    told = _told(Client([], returns, tax_method="schedule"))
    assert " $31,753 of the credit is taken away and does not come back. By themselves, items such" in told["pace"]
    assert "so line 18 of Form 8801 is below zero." in told["pace"]


def test_a_smaller_credit_that_is_typed_is_told_as_typed() -> None:
    """Of the $5,000 that 2024 carries on, $3,000 is typed on Inputs for 2025: $2,000 is gone."""
    returns = [
        _return(2024, wages=30_000, line_2g=200_000, mtc_carryforward_in=5_000),
        _return(2025, wages=30_000, line_2g=200_000, mtc_carryforward_in=3_000),
    ]
    told = _told(Client([], returns))
    assert "$2,000 of the credit was not carried on: a smaller one is typed on Inputs." in told["pace"]


@pytest.mark.parametrize(("last", "span"), [(2024, "2024"), (2025, "2024 and 2025"), (2026, "2024 to 2026")])
def test_years_are_told_as_a_person_says_them(last: int, span: str) -> None:
    """Never '2024 to 2025', which is a journey and no span."""
    client = Client([_exercise(2024, 100)], [_return(year) for year in range(2024, last + 1)])
    assert f"(ISOs) for {span}." in _told(client)["in short"]


@pytest.mark.parametrize(
    ("stage", "head"),
    [("open", "What you still hold"), ("planned", "What you would hold at the end of 2025")],
)
def test_shares_of_a_planned_year_are_not_held_yet(stage: str, head: str) -> None:
    """The table has what will be left if the plan is carried out."""
    assert _told(Client([_exercise(2025, 100)], [_return(2025, return_stage=stage)]))["held head"] == head


def test_a_letter_on_years_that_wait_claims_no_computation() -> None:
    """Neither is the next form, which rests on such a year, told to have no credit, nor is an estimate spoken of."""
    client = Client([_exercise(2025, 100)], [_return(2025, filing_status=None, wages=None)])
    told = _told(client)
    assert told["in short"].startswith("This letter is about the alternative minimum tax")
    assert told["in short"].endswith(
        "The AMT cannot be computed for any year yet. For 2025 we need your filing status."
    )
    assert told["do send"].endswith("when they arrive.")
    assert told["do settle"] == (
        "2.  Give us the two entries that are missing. The sheet Open items lists them, and where each stands."
    )
    following = project(client).following
    assert following is not None
    assert following["f8801.conclusion"] == "Not known yet: 2025 is not computed, and this form rests on it."


def test_a_bar_that_is_too_short_to_be_seen_has_no_figure() -> None:
    """Of $500,000 brought in, $7,897 came back by 2024, less than a fiftieth, and $7,773 more by 2025."""
    told = _told(Client([], [_return(2024, mtc_carryforward_in=500_000), _return(2025)]))
    assert [told[f"{year} to date"] for year in (2024, 2025)] == [7_897, 7_897 + 7_773]
    assert [told[f"{year} bar back"] for year in (2024, 2025)] == [0, 15_670]
    assert told["2024 bar left"] == 500_000 - 7_897
