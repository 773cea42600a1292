"""The figures that the IRS itself works out: every example is tested here, or listed with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine import Client, project
from engine.federal.tax_year import tax_year
from engine.filing import Status
from engine.language.money import rounded
from tests.returns import computed, exercise, lines, working

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
SWAP = "exercises paid with stock are not computed"
BEFORE = "law of {}, before the first year with parameters"
NOT_FIGURED = {
    "reg1422-5-ex1": SWAP,
    "reg1422-5-ex2": SWAP,
    "reg1422-5-ex3": SWAP,
    "reg1422-5-ex4": SWAP,
    "reg1422-5-ex5": SWAP,
    "i8801-line4-mfs-2016": BEFORE.format(2015),
    "i8801-line4-mfs-2013": BEFORE.format(2012),
    "pekar-exemption": BEFORE.format("the case"),
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


def line_2k_client(example: Example) -> Client:
    """200 shares exercised, 100 sold within a year and 100 after it; the following year has no sale."""
    given = {**EXAMPLES["i6251-2k"]["inputs"], **example["inputs"]}
    row = exercise(
        date_granted=given["grant"],
        date_exercised=given["exercise"],
        exercise_price=given["total_paid"] // given["shares"],
        fmv_exercise=given["total_fmv"] // given["shares"],
        shares=given["shares"],
    )
    days = given.get("sales_dates") or [sale["date"] for sale in given["sales"]]
    sales = [
        {"exercise_id": "E1", "date_sold": day, "shares": sale["shares"], "price": sale["proceeds"] // sale["shares"]}
        for day, sale in zip(days, given["sales"], strict=True)
    ]
    first = int(given["exercise"][:4])
    common = {"filing_status": given["filing_status"], "wages": 200_000, "deduction": "standard"}
    returns = [{"tax_year": year, **common} for year in range(first, first + 3)]
    return Client(exercises=[row], sales=sales, returns=returns)


@of("i6251-2k")
def test_the_line_2k_example_has_its_line_2i_bases_and_gains(example: Example) -> None:
    """180,000 on line 2i; ordinary income 65,000; a gain of 50,000 that is an AMT loss of 40,000, and one of 25,000."""
    expected, projection = example["expected"], project(line_2k_client(example))
    lot, (first, second) = projection.lots[0], projection.sales
    assert projection.years[2024].form_6251["2i"] == expected["line_2i_2024"]
    assert lot["regular_basis"] == expected["regular_basis_end_2024"]
    assert lot["amt_basis"] == expected["amt_basis_end_2024"]
    sale = expected["sale1"]
    assert (first["disqualifying"], first["ordinary"], first["gain"]) == (True, sale["regular_ordinary"], 0)
    assert (first["amt_ordinary"], first["amt_gain"]) == (sale["amt_ordinary"], -sale["amt_short_term_loss"])
    sale = expected["sale2"]
    assert (second["disqualifying"], second["gain"]) == (False, sale["regular_long_term_gain"])
    assert (second["ordinary"], second["amt_gain"]) == (0, -sale["amt_long_term_loss"])
    assert [each["amt_term"] for each in projection.sales] == ["short", "long"]


@of("i6251-2k")
def test_the_line_2k_example_limits_its_amt_loss_and_carries_the_rest(example: Example) -> None:
    """-65,000 and -53,000 on line 2k; 22,000 and 40,000 carried; -3,000 in the next year without a sale."""
    expected, years = example["expected"], project(line_2k_client(example)).years
    parts, carried = expected["line_2k_parts"], expected["amt_carryover_to_2026"]
    assert working(years[2025], "f6251", "2k ordinary") == parts["ordinary_difference"]
    assert working(years[2025], "f6251", "2k capital") == parts["capital_difference"]
    assert years[2025].form_6251["2k"] == expected["line_2k_2025"]
    assert years[2025].carryover_out == {
        "short_term": 0,
        "long_term": 0,
        "amt_short_term": carried["short_term"],
        "amt_long_term": carried["long_term"],
    }
    assert years[2026].form_6251["2k"] == expected["line_2k_2026_if_no_other_sales"]


@of("i6251-2k-2024")
def test_the_line_2k_example_of_the_year_before_gives_the_same(example: Example) -> None:
    """The edition of 2024 has all dates a year earlier."""
    assert project(line_2k_client(example)).years[2024].form_6251["2k"] == example["expected"]["line_2k_2024"]


def sold(example: Example, **columns: object) -> dict[str, Any]:
    """What one sale of an example's exercise gives."""
    base = EXAMPLES[example["inputs"]["as"]]["inputs"] if "as" in example["inputs"] else {}
    given = {**base, **example["inputs"]}
    row = exercise(
        date_granted=given["grant"],
        date_exercised=given["exercise"],
        exercise_price=given["price"],
        fmv_exercise=given.get("fmv_exercise", given.get("fmv_transfer")),
        shares=given["shares"],
        vest_date=given.get("vest_date"),
        fmv_vest=given.get("fmv_vest"),
        election_83b=columns.pop("election_83b", None),
    )
    sale = {"exercise_id": "E1", "date_sold": given["sale"], "shares": given["shares"], "price": given["sale_price"]}
    projection = project(Client(exercises=[row], sales=[sale | columns]))
    return projection.lots[0] | projection.sales[0]


@of("p525-ex8", "reg1422-1-ex1", "reg1422-1-ex3ii", "reg1422-1-ex3iv")
def test_a_disqualifying_sale_is_wages_up_to_the_gain_and_capital_beyond(example: Example) -> None:
    """The lesser of spread and gain is ordinary income, the rest a capital gain; a loss is capital altogether."""
    expected, sale = example["expected"], sold(example)
    assert sale["disqualifying"]
    assert sale["ordinary"] == expected.get("wages", expected.get("compensation"))
    assert sale["gain"] == expected.get("capital_gain", -expected.get("capital_loss", 0))
    if "basis" in expected:
        assert sale["regular_basis"] == expected["basis"]


@of("reg1422-1-ex2")
def test_unvested_stock_sold_early_is_measured_at_vest(example: Example) -> None:
    """125 of ordinary income, election or not; for AMT the election moves the measure to the exercise day."""
    expected = example["expected"]
    for election, included in (("no", 125), ("yes", 100)):
        sale = sold(example, election_83b=election)
        assert (sale["ordinary"], sale["regular_basis"]) == (expected["compensation"], expected["basis"])
        assert sale["gain"] == expected["capital_gain"]
        assert str(sale["held_from"]) == example["inputs"]["vest_date"]
        assert sale["bargain"] == included


@of("reg1422-1-ex3iii")
def test_a_wash_sale_switches_the_lesser_of_rule_off(example: Example) -> None:
    """The whole spread of 100 is ordinary income, and the loss of 50 does not count."""
    expected, sale = example["expected"], sold(example, loss_rule="wash_sale")
    assert sale["ordinary"] == expected["compensation"]
    assert sale["gain"] == expected["capital_gain_recognised"]


@of("p525-ex9")
def test_shares_of_a_purchase_plan_have_what_was_paid_as_their_basis(example: Example) -> None:
    """240 withheld at 20 per share buys 12 shares with a basis of 20 each, for AMT too."""
    given, expected = example["inputs"], example["expected"]
    row = exercise(
        kind="ESPP",
        exercise_price=given["price"],
        fmv_exercise=given["fmv_exercise"],
        fmv_grant=given["fmv_grant"],
        shares=given["payroll_total"] // given["price"],
    )
    lot = project(Client(exercises=[row])).lots[0]
    assert lot["shares"] == expected["shares"]
    assert lot["regular_basis"] == lot["amt_basis"] == expected["shares"] * expected["basis_per_share"]


@of("p525-ex10", "p525-ex11")
def test_a_sale_of_purchase_plan_shares_is_wages_and_capital_gain(example: Example) -> None:
    """After both periods the discount at grant, too early that at purchase; the AMT counts the same."""
    given = {**EXAMPLES["p525-ex10"]["inputs"], **example["inputs"]}
    months = given["months_grant_to_exercise"], given["months_exercise_to_sale"]
    row = exercise(
        kind="ESPP",
        date_granted=months_on(0),
        date_exercised=months_on(months[0]),
        exercise_price=given["price"],
        fmv_exercise=given["fmv_exercise"],
        fmv_grant=given["fmv_grant"],
        shares=given["shares"],
    )
    sale = {"exercise_id": "E1", "date_sold": months_on(sum(months)), "shares": 100, "price": given["sale_price"]}
    projection = project(Client(exercises=[row], sales=[sale]))
    result, expected = projection.sales[0], example["expected"]
    assert (result["ordinary"], result["gain"]) == (expected["wages"], expected["capital_gain"])
    assert (result["amt_ordinary"], result["amt_gain"]) == (expected["wages"], expected["capital_gain"])
    assert projection.lots[0]["adjustment"] == 0


def months_on(months: int) -> str:
    """The fifth day of a month, so many months after January 2022."""
    return f"{2022 + months // 12}-{months % 12 + 1:02}-05"


@of("i6251-line4-mfs-2025", "i6251-line4-mfs-2024")
def test_line_4_grows_by_the_married_separate_addition(example: Example) -> None:
    """Nothing at the start, a quarter of the excess above it, the whole exemption at the end, and no more."""
    year, expected = int(example["id"][-4:]), example["expected"]

    def line_4(before: Decimal) -> Decimal:
        result = computed(year, "married_separate", wages=before)
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
            below, at = (computed(year, status, wages=amti) for amti in (zero - 1, zero))
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
    result = computed(given["year"], status, taxable_income=given["taxable_income"], tax_method="table")
    assert result.regular["tax"] == example["expected"]["tax"]


@of("i1040-table-2025-single")
def test_the_tax_table_rounds_half_a_dollar_up(example: Example) -> None:
    """The row of 25,200 to 25,250 comes to 2,788.50 and prints 2,789; the next one prints 2,795."""
    rows = [each.replace(",", "").split("-") for each in example["inputs"]["taxable_income_bins"]]
    for (first, beyond), tax in zip(rows, example["expected"]["tax"], strict=True):
        for income in (Decimal(first), Decimal(beyond) - Decimal("0.01")):
            assert computed(2025, taxable_income=income, tax_method="table").regular["tax"] == tax


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
                assert computed(year, status, taxable_income=end_of[rate]).regular["tax"] == tax


def test_every_example_is_tested_or_listed() -> None:
    """An example that is added to the collection cannot be forgotten, nor a listed one be tested in silence."""
    assert TESTED | NOT_FIGURED.keys() == EXAMPLES.keys()
    assert TESTED & NOT_FIGURED.keys() == set()
