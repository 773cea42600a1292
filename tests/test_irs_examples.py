"""The figures that the IRS itself works out: every example of the collection is tested here, or listed with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine import Client, project
from engine.money import rounded
from engine.tax_year import Status, tax_year
from tests.returns import exercise, figured, lines, working

Example = dict[str, Any]
EXAMPLES: dict[str, Example] = {
    example["id"]: example
    for example in json.loads((Path(__file__).parent / "cases" / "irs-examples.json").read_text("utf-8"))["examples"]
}
STATUSES: dict[str, tuple[Status, ...]] = {
    "single": ("single",),
    "single_hoh": ("single", "head_of_household"),
    "mfj": ("married_joint",),
    "mfj_qss": ("married_joint", "surviving_spouse"),
    "mfs": ("married_separate",),
    "hoh": ("head_of_household",),
}
SALES, ESPP, SWAP = "sales are not figured yet", "employee stock purchase plans are not figured", "swaps are not figured"
NOT_FIGURED = {
    "i6251-2k-2024": SALES,
    "p525-ex8": SALES,
    "p525-ex9": ESPP,
    "p525-ex10": ESPP,
    "p525-ex11": ESPP,
    "reg1422-1-ex1": SALES,
    "reg1422-1-ex2": SALES,
    "reg1422-1-ex3ii": SALES,
    "reg1422-1-ex3iii": SALES,
    "reg1422-1-ex3iv": SALES,
    "reg1422-5-ex1": SWAP,
    "reg1422-5-ex2": SWAP,
    "reg1422-5-ex3": SWAP,
    "reg1422-5-ex4": SWAP,
    "reg1422-5-ex5": SWAP,
    "i8801-line4-mfs-2016": "law of 2015, before the first year with parameters",
    "i8801-line4-mfs-2013": "law of 2012, before the first year with parameters",
    "pekar-exemption": "law of a year before the first one with parameters",
}
TESTED: set[str] = set()


def of(*ids: str) -> Callable[[Callable[[Example], None]], Any]:
    """Run a test on these examples, and remember that they are tested."""
    TESTED.update(ids)
    return pytest.mark.parametrize("example", [EXAMPLES[each] for each in ids], ids=ids)


@of("i6251-2i")
def test_line_2i_is_value_less_price(example: Example) -> None:
    """100 shares at 10 with a value of 25: 1,500, and an AMT basis of the whole value."""
    form = example["inputs"]["form3921"]
    row = exercise(
        exercise_price=form["box3_exercise_price"], fmv_exercise=form["box4_fmv"], shares=form["box5_shares"]
    )
    projection = project(Client(exercises=[row], returns=[]))
    assert projection.years[2025].form_6251["2i"] == example["expected"]["line_2i"]
    assert projection.lots[0]["price_of_lot"] == example["expected"]["total_paid"]
    assert projection.lots[0]["amt_basis"] == example["expected"]["total_fmv"]


@of("i6251-2k")
def test_the_exercise_of_the_line_2k_example_gives_its_line_2i_and_bases(example: Example) -> None:
    """180,000 on line 2i of 2024; basis 20,000 for regular tax and 200,000 for AMT. Its sales are not figured yet."""
    given, expected = example["inputs"], example["expected"]
    row = exercise(
        date_granted=given["grant"],
        date_exercised=given["exercise"],
        exercise_price=given["total_paid"] // given["shares"],
        fmv_exercise=given["total_fmv"] // given["shares"],
        shares=given["shares"],
    )
    projection = project(Client(exercises=[row], returns=[]))
    assert projection.years[2024].form_6251["2i"] == expected["line_2i_2024"]
    assert projection.lots[0]["regular_basis"] == expected["regular_basis_end_2024"]
    assert projection.lots[0]["amt_basis"] == expected["amt_basis_end_2024"]


@of("i6251-2k")
def test_the_amt_loss_of_the_line_2k_example_is_limited_and_carried_by_its_term(example: Example) -> None:
    """Losses of 25,000 and 40,000: 3,000 allowed, 22,000 and 40,000 carried to 2026, and 3,000 again on its line 2k."""
    expected = example["expected"]
    losses = {
        "amt_short_term_carryover_in": expected["sale1"]["amt_short_term_loss"],
        "amt_long_term_carryover_in": expected["sale2"]["amt_long_term_loss"],
    }
    common = {"filing_status": "single", "wages": 200_000, "deduction": "standard"}
    years = project(
        Client(returns=[{"tax_year": 2025, **common, **losses}, {"tax_year": 2026, **common}])
    ).years
    carried = expected["amt_carryover_to_2026"]
    assert years[2025].form_6251["2k"] == -expected["amt_loss_allowed_2025"]
    assert years[2025].carryover_out["amt_short_term"] == carried["short_term"]
    assert years[2025].carryover_out["amt_long_term"] == carried["long_term"]
    assert years[2026].form_6251["2k"] == expected["line_2k_2026_if_no_other_sales"]


@of("i6251-line4-mfs-2025", "i6251-line4-mfs-2024")
def test_line_4_grows_by_the_married_separate_addition(example: Example) -> None:
    """Nothing at the start, a quarter of the excess above it, the whole exemption at the end, and no more."""
    year, expected = int(example["id"][-4:]), example["expected"]

    def line_4(before: Decimal) -> Decimal:
        result = figured(year, "married_separate", wages=before)
        assert working(result, "f6251", "4 before addition") == before
        line = result.form_6251["4"]
        assert line is not None
        return line

    start, end = Decimal(expected["starts_over"]), Decimal(expected["full_addition_at_or_above"])
    assert line_4(Decimal(example["inputs"]["line4_before"])) == expected["line4"]
    assert line_4(start) == start
    assert line_4(end - 4) == end - 4 + expected["full_addition"] - 1
    assert [line_4(at) - at for at in (end, end + 100_000)] == [expected["full_addition"]] * 2


@of("i6251-exemption-zero-2025", "i6251-exemption-zero-2024")
def test_the_exemption_is_gone_where_the_worksheet_says(example: Example) -> None:
    """A dollar below, a quarter is left; at the printed amount, nothing."""
    year = example["inputs"]["year"]
    for group, zero in example["expected"].items():
        for status in STATUSES[group]:
            below, at = (figured(year, status, wages=amti) for amti in (zero - 1, zero))
            assert lines(below, "4", "5") == [zero - 1, Decimal("0.25")]
            assert lines(at, "4", "5") == [zero, 0]


@of("p525-ex7")
def test_stock_that_is_not_transferable_yet_is_measured_when_it_is(example: Example) -> None:
    """14 on the exercise day, 16 on the first transferable day, price 9: 100 shares add 700."""
    given = example["inputs"]
    row = exercise(
        date_granted=given["grant"],
        date_exercised=given["exercise"],
        vest_date=given["first_transferable"],
        fmv_vest=given["fmv_transferable"],
        exercise_price=given["price"],
        fmv_exercise=given["fmv_exercise"],
        shares=given["shares"],
    )
    year = project(Client(exercises=[row])).years[2025]
    assert year.form_6251["2i"] == example["expected"]["line_2i"]


@of("i1040-table-2025", "i1040-table-2024")
def test_the_tax_table_gives_the_sample_of_the_instructions(example: Example) -> None:
    """Joint filers with 25,300: the printed tax."""
    given = example["inputs"]
    status = STATUSES[given["filing_status"]][0]
    result = figured(given["year"], status, taxable_income=given["taxable_income"], tax_method="table")
    assert result.regular["tax"] == example["expected"]["tax"]


@of("i1040-table-2025-single")
def test_the_tax_table_rounds_half_a_dollar_up(example: Example) -> None:
    """The row of 25,200 to 25,250 comes to 2,788.50 and prints 2,789; the next one prints 2,795."""
    rows = [each.replace(",", "").split("-") for each in example["inputs"]["taxable_income_bins"]]
    for (first, beyond), tax in zip(rows, example["expected"]["tax"], strict=True):
        for income in (Decimal(first), Decimal(beyond) - Decimal("0.01")):
            assert figured(2025, taxable_income=income, tax_method="table").regular["tax"] == tax


@of("i1040-round")
def test_fifty_cents_go_up(example: Example) -> None:
    """1.39 becomes 1 and 2.50 becomes 3."""
    amounts = [rounded(Decimal(str(amount))) for amount in example["inputs"]["amounts"]]
    assert amounts == example["expected"]["rounded"]


@of("i1040-tcw-2025", "i1040-tcw-2024")
def test_the_rate_schedules_give_the_tax_computation_worksheet(example: Example) -> None:
    """Rate times income less the printed subtraction amount, at the end of each bracket and in the last one."""
    year = example["inputs"]["year"]
    for group, subtractions in example["expected"].items():
        for status in STATUSES[group]:
            ends = [*tax_year(year).bracket_starts.of(status)[1:], Decimal(2_000_000)]
            end_of = dict(zip(tax_year(year).rates.all, ends, strict=True))
            for percentage, subtraction in subtractions.items():
                rate = Decimal(percentage) / 100
                tax = rate * end_of[rate] - Decimal(str(subtraction))
                assert figured(year, status, taxable_income=end_of[rate]).regular["tax"] == tax


def test_every_example_is_tested_or_listed() -> None:
    """An example that is added to the collection cannot be forgotten, nor a listed one be tested in silence."""
    assert TESTED | NOT_FIGURED.keys() == EXAMPLES.keys()
    assert TESTED & NOT_FIGURED.keys() == set()
