"""What Letter, Summary and Lead sheet say of returns that are filed, open or planned, and of years that wait."""

from __future__ import annotations

from typing import Any

from engine import Client, project
from workbook_templates.contents.binding import why_hidden
from workbook_templates.drawing.layout import BOOK
from workbook_templates.fill import shape_of, values_of

RSU = {"kind": "RSU", "date_granted": None, "exercise_price": None}


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


def test_shares_without_an_option_have_no_wages_left_to_come() -> None:
    """The value of restricted stock was wages at vest: sold within a year, the rest is a short-term gain."""
    told = _told(Client([_exercise(2025, 100, **RSU)], [_return(2025)]))
    assert "Sell sooner, and the gain is short-term (" in told["held"]
    mixed = _told(Client([_exercise(2025, 100, **RSU), _exercise(2024, 10)], [_return(2024), _return(2025)]))
    assert " 10 shares are past their holding periods at the end of 2025." in mixed["held"]
    assert "Sell the others sooner, and the gain is short-term (" in mixed["held"]
    waiting = _told(Client([_exercise(2025, 100, **RSU), _exercise(2025, 10, exercise_id="A")], [_return(2025)]))
    assert "the gain is short-term or partly wages" in waiting["held"]


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
