"""Every number of law, against the dossier of parameters that was collected apart from the engine's own files."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from engine.federal.tax_year import PARAMETERS, parameters, tax_year
from engine.filing import STATUSES, YEARS, Status
from engine.language.nodes import Kind
from engine.readings.amounts import bracket_tax
from tests.returns import computed

DOSSIER: dict[str, Any] = json.loads(
    (Path(__file__).parent / "cases" / "parameters.json").read_text("utf-8"), parse_float=Decimal
)
ABBREVIATIONS: dict[Status, str] = {
    "single": "single",
    "married_joint": "mfj",
    "married_separate": "mfs",
    "head_of_household": "hoh",
    "surviving_spouse": "qss",
}
EACH_YEAR = pytest.mark.parametrize("year", YEARS)
EACH_STATUS = pytest.mark.parametrize("status", STATUSES)


def expected(year: int, status: Status) -> dict[str, Any]:
    """One block of the dossier, by the names of our parameters."""
    book, short = DOSSIER["years"][str(year)], ABBREVIATIONS[status]
    amt, regular = book["amt"], book["regular"]
    brackets, separate = regular["brackets"][short], status == "married_separate"
    rates = [each["rate"] for each in brackets]
    addition = amt["mfs_line4_addback"]
    return {
        "exemption": amt["exemption"][short],
        "phaseout_start": amt["phaseout_threshold"][short],
        "phaseout_rate": amt["phaseout_rate"],
        "addition_start": addition["applies_if_line4_over"] if separate else 0,
        "addition_rate": addition["rate"],
        "addition_limit": addition["cap"] if separate else 0,
        "low_rate": amt["rate_low"],
        "high_rate": amt["rate_high"],
        "amt_breakpoint": amt["breakpoint"][short],
        "amt_subtraction": amt["subtract_when_28"]["mfs" if separate else "all_but_mfs"],
        "zero_rate_top": regular["ltcg_0_15_20"][short]["zero_rate_up_to"],
        "fifteen_rate_top": regular["ltcg_0_15_20"][short]["fifteen_rate_up_to"],
        "standard_deduction": regular["standard_deduction"][short],
        "loss_limit": book["capital_loss_limit"][short],
        "top_of_24": next(each["up_to"] for each in brackets if each["rate"] == Decimal("0.24")),
        "bracket_starts": [each["over"] for each in brackets],
        "bracket_steps": [high - low for low, high in zip([Decimal(0), *rates], rates, strict=False)],
    }


@EACH_YEAR
@EACH_STATUS
def test_every_figure_is_the_one_of_the_dossier(year: int, status: Status) -> None:
    """All parameters of the block, and none besides."""
    block = {name.removeprefix("law."): value for name, value in parameters(year, status).items()}
    assert block == expected(year, status)


@EACH_YEAR
@EACH_STATUS
def test_the_subtraction_amount_is_two_percent_of_the_breakpoint(year: int, status: Status) -> None:
    """So that 28% less the subtraction meets 26% at the breakpoint."""
    law = tax_year(year)
    assert law.of("amt_subtraction", status) == law.of("amt_breakpoint", status) * Decimal("0.02")


@EACH_YEAR
@EACH_STATUS
def test_the_brackets_give_the_subtraction_amounts_of_the_worksheet(year: int, status: Status) -> None:
    """Rate times income less tax is the worksheet's amount, at the end of each bracket and far into the last."""
    law = tax_year(year)
    starts, steps = law.figure("bracket_starts", status), law.figure("bracket_steps", status)
    ends = [*law.bracket_starts.of(status)[1:], Decimal(2_000_000)]
    subtractions = [
        rate * end - bracket_tax(end, cast(list[Decimal], starts), cast(list[Decimal], steps))
        for rate, end in zip(law.rates.all, ends, strict=True)
    ]
    worksheet = DOSSIER["years"][str(year)]["regular"]["tax_computation_worksheet_subtraction_by_rate"]
    assert subtractions == worksheet[ABBREVIATIONS[status]]


@EACH_YEAR
@EACH_STATUS
def test_the_exemption_is_gone_where_the_dossier_says(year: int, status: Status) -> None:
    """Exemption, threshold and rate of the phase-out together: a printed amount of each year."""
    law = tax_year(year)
    gone = law.of("phaseout_start", status) + law.of("exemption", status) / law.of("phaseout_rate", status)
    assert gone == DOSSIER["years"][str(year)]["amt"]["exemption_is_zero_at_or_above"][ABBREVIATIONS[status]]


@EACH_YEAR
def test_the_separate_addition_starts_where_the_exemption_is_gone(year: int) -> None:
    """The printed start follows from exemption, threshold and rate; the addition then takes the exemption once more."""
    law = tax_year(year)
    exemption = law.of("exemption", "married_separate")
    gone = law.of("phaseout_start", "married_separate") + exemption / law.of("phaseout_rate", "single")
    assert law.of("addition_start", "married_separate") == gone
    assert law.of("addition_limit", "married_separate") == exemption
    full = gone + exemption / law.of("addition_rate", "single")
    assert full == DOSSIER["years"][str(year)]["amt"]["mfs_line4_addback"]["cap_reached_at"]


@pytest.mark.parametrize(
    ("year", "status", "name", "right", "wrong"),
    [
        (2018, "single", "amt_breakpoint", 191_100, [191_500]),
        (2018, "married_separate", "amt_breakpoint", 95_550, [95_750]),
        (2023, "married_separate", "bracket_starts", 346_875, [578_125]),
        (2024, "head_of_household", "top_of_24", 191_950, [191_150]),
        (2024, "married_joint", "bracket_starts", 731_200, [731_201]),
        (2026, "married_separate", "addition_start", 640_200, [639_200]),
        (2025, "married_separate", "fifteen_rate_top", 300_000, [300_025]),
        (2025, "single", "amt_breakpoint", 239_100, [232_600, 120_600]),
        (2025, "married_separate", "amt_breakpoint", 119_550, [116_300]),
        (2025, "single", "standard_deduction", 15_750, [15_000]),
        (2020, "head_of_household", "zero_rate_top", 53_600, [536_000]),
        (2026, "married_separate", "addition_rate", Decimal("0.5"), [Decimal("0.25")]),
    ],
)
def test_disputed_figures_are_the_right_ones(
    year: int, status: Status, name: str, right: Decimal, wrong: list[Decimal]
) -> None:
    """Where published tables disagree, the printed form decides; the other figures appear nowhere in the block."""
    figure = tax_year(year).figure(name, status)
    known = figure if isinstance(figure, list) else [figure]
    assert right in known
    assert not set(known) & set(wrong)


def test_every_dispute_of_the_dossier_is_tested() -> None:
    """A dispute that is added to the dossier needs its line above (child exemptions have no figure of ours)."""
    disputed = {(each["year"], str(each["right"])) for each in DOSSIER["disputes"]}
    marks = test_disputed_figures_are_the_right_ones.pytestmark  # type: ignore[attr-defined]
    tested = {(case[0], str(case[3])) for case in marks[0].args[1]}
    assert disputed - tested == {("2018-2026", "switched off")}


@EACH_YEAR
def test_every_figure_names_its_source(year: int) -> None:
    """The revenue procedure, the printed form or the section of the Code that fixes it."""
    sources = {each.name: tax_year(year).source(each.name) for each in PARAMETERS}
    assert all(any(word in source for word in ("IRC", "P.L.", "Rev. Proc.", "Form")) for source in sources.values())


@EACH_YEAR
def test_only_a_year_without_final_forms_is_provisional(year: int) -> None:
    """The draft of 2026, and the addition's rate of that year, are marked; settled years carry no mark."""
    assert bool(tax_year(year).all_provisional) == (year == 2026)


@pytest.mark.parametrize("year", [2017, 2027])
def test_a_year_without_parameters_is_refused(year: int) -> None:
    """No year borrows the figures of another."""
    with pytest.raises(ValueError, match=f"no parameters for tax year {year}; there are those of 2018 to 2026"):
        tax_year(year)


@EACH_YEAR
@EACH_STATUS
def test_the_usual_standard_deduction_is_taken(year: int, status: Status) -> None:
    """Where none is typed, the deduction of the year and status reduces income and comes back on line 2a."""
    result = computed(year, status, wages=100_000)
    usual = DOSSIER["years"][str(year)]["regular"]["standard_deduction"][ABBREVIATIONS[status]]
    assert result.regular["standard_deduction"] == result.form_6251["2a"] == usual
    assert result.form_6251["4"] == 100_000


def test_labels_and_kinds_fit_the_figures() -> None:
    """A part of one is a rate, everything else is money."""
    figures = parameters(2025, "married_separate")
    for each in PARAMETERS:
        values = figures[f"law.{each.name}"]
        largest = max(values) if each.series else values
        assert each.label
        assert (largest < 1) == (each.kind is Kind.RATE)
