"""The worksheet functions against independent engines, against whole projections, and row by row against themselves."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from addin import convention, figures, functions
from addin.functions import AMT, AMT_EXEMPTION, ISO_CROSSOVER, ISO_MAX_SHARES, REG_TAX, TMT
from engine import Projection, project
from engine.clients.partial import lines_for
from engine.federal.years import forms_of
from engine.filing import STATUSES, YEARS
from engine.language.nodes import Leaf, leaves
from engine.language.roles import Role
from engine.records import Client
from isobook.sources import read_source
from tests.addin.cases import cases, differences, in_cells
from tests.test_oracle import CASES as ORACLE

EXAMPLES = Path(__file__).parents[1] / "examples"
CLIENTS = ("four-years", "underwater", "mixed", "article-2025")
Table = list[list[Any]]


def column(rows: list[Any], *names: str) -> Table:
    """A column of a sheet."""
    values = []
    for row in rows:
        for name in names:
            row = row[name]
        values.append([row])
    return values


def called_on(rows: list[Any], method: str = "schedule") -> dict[str, Table]:
    """Each function once for all these cases of the oracle."""
    amti, status, year = column(rows, "expected", "amti"), column(rows, "status"), column(rows, "year")
    net, dividends = (column(rows, "inputs", name) for name in ("long_term_capital_gain", "qualified_dividends"))
    income = column(rows, "expected", "taxable_income")
    return {
        "exemption": AMT_EXEMPTION(amti, status, year),
        "tmt": TMT(amti, status, year, net, dividends, income),
        "regular_tax": REG_TAX(income, status, year, net, dividends, method),
        "amt": AMT(amti, income, status, year, net, dividends, None, method),
    }


def wrong(rows: list[Any], found: dict[str, Table], expected: str = "expected") -> list[str]:
    """The cases where a function gives another figure than the oracle, to the cent."""
    return [
        f"{row['id']} {name}: {result[0]} for {row[expected][name]}"
        for name, results in found.items()
        for row, result in zip(rows, results, strict=True)
        if name in row[expected] and result[0] != round(row[expected][name], 2)
    ]


def test_a_range_call_agrees_with_every_case_of_the_oracle() -> None:
    """TMT, REG_TAX, AMT_EXEMPTION and AMT of 1,195 returns, nine years and five statuses in four calls."""
    assert wrong(ORACLE, called_on(ORACLE)) == []


def test_a_range_call_agrees_with_the_tax_table_of_the_oracle() -> None:
    """Regular tax and AMT where an engine with the printed Tax Table confirmed them."""
    rows = [row for row in ORACLE if "expected_tax_table" in row]
    found = called_on(rows, "table")
    assert wrong(rows, {name: found[name] for name in ("regular_tax", "amt")}, "expected_tax_table") == []


def test_single_cells_agree_with_every_case_of_the_oracle() -> None:
    """The same, one exact call a cell."""
    found: dict[str, Table] = {}
    for row in ORACLE:
        year, status, given, expected = row["year"], row["status"], row["inputs"], row["expected"]
        amti, income = expected["amti"], expected["taxable_income"]
        gains = given["long_term_capital_gain"], given["qualified_dividends"]
        results = {
            "exemption": AMT_EXEMPTION(amti, status, year),
            "tmt": TMT(amti, status, year, *gains, income),
            "regular_tax": REG_TAX(income, status, year, *gains, "schedule"),
            "amt": AMT(amti, income, status, year, *gains, tax_method="schedule"),
        }
        for name, result in results.items():
            found.setdefault(name, []).append([result])
    assert wrong(ORACLE, found) == []


@pytest.fixture(params=CLIENTS)
def projection(request: pytest.FixtureRequest) -> Projection:
    """An example client, computed to the cent as the functions are."""
    client: Client = read_source(EXAMPLES / request.param, rounding="cents")
    return project(client)


def test_functions_of_a_year_agree_with_the_projection(projection: Projection) -> None:
    """Line 5, line 9, line 11 and the regular tax of every year of the examples, from its lines 1 to 4."""
    for year, result in projection.years.items():
        form, regular, status = result.form_6251, result.regular, result.figures["inputs.filing_status"]
        amti, income = form["4"], regular["taxable_income"]
        found = (
            AMT_EXEMPTION(amti, status, year),
            TMT(amti, status, year),
            AMT(amti, income, status, year),
            REG_TAX(income, status, year),
        )
        assert found == tuple(map(_float, (form["5"], form["9"], form["11"], regular["tax"])))


def test_functions_of_a_lot_agree_with_the_projection(projection: Projection) -> None:
    """Adjustment and both bases of every exercise of the examples."""
    for lot in projection.lots:
        given = lot["shares"], lot["price_paid"], lot["fmv_exercise"]
        found = functions.ISO_ADJ(*given), functions.AMT_BASIS(*given), functions.ISO_BASIS(*given[:2])
        assert found == tuple(map(_float, (lot["adjustment"], lot["amt_basis"], lot["regular_basis"])))


def test_functions_of_a_sale_agree_with_the_projection() -> None:
    """Ordinary income and both gains of sales of every kind, by the client's tables."""
    exercise = {"exercise_id": "E", "date_granted": "2021-05-03", "date_exercised": "2023-06-05"}
    prices = {"exercise_price": "10", "fmv_exercise": "40.25", "shares": "1000"}
    days, rules = ("2023-08-01", "2024-06-05", "2024-06-06", "2025-01-02"), ("", "wash_sale", "related_party")
    sold = [
        {
            "exercise_id": "E",
            "date_sold": day,
            "shares": "10",
            "price": price,
            "loss_rule": rule,
            "selling_costs": "7.5",
        }
        for day in days
        for price in ("5", "25.5", "60")
        for rule in rules
    ]
    result = project(Client(exercises=[exercise | prices], sales=sold))
    for sale, row in zip(result.sales, sold, strict=True):
        given = 10, 10, 40.25, row["price"], "2021-05-03", "2023-06-05", row["date_sold"], row["loss_rule"]
        found = (
            functions.ISO_INCOME(*given),
            functions.ISO_GAIN(*given, 7.5),
            functions.AMT_GAIN(*given, 7.5),
            functions.ISO_DISPOSITION(*given[4:7]),
        )
        assert found == (*(_float(sale[name]) for name in ("ordinary", "gain", "amt_gain")), sale["what"])


def test_credit_agrees_with_the_projection() -> None:
    """Form 8801 line 25 of each year of the four-year example."""
    for result in project(read_source(EXAMPLES / "four-years", rounding="cents")).years.values():
        form = result.form_8801
        assert functions.AMT_CREDIT(form["21"], form["22"], form["23"]) == form["25"]


def test_functions_agree_with_six_years_of_gains_sales_and_credit() -> None:
    """Each year with its gains in both systems, each lot and each sale that the functions' arguments can tell."""
    projection = project(read_source(EXAMPLES / "six-years", rounding="cents"))
    for year, result in projection.years.items():
        form, status, credit = result.form_6251, result.figures["inputs.filing_status"], result.form_8801
        gain, amt_gain = (result.figures[f"{each}.net gain"] for each in ("schedule_d", "amt_schedule_d"))
        income, dividends = result.regular["taxable_income"], result.regular["qualified_dividends"]
        found = (
            TMT(form["4"], status, year, amt_gain, dividends, income, gain),
            AMT(form["4"], income, status, year, amt_gain, dividends, gain),
            REG_TAX(income, status, year, gain, dividends),
            functions.AMT_CREDIT(credit["21"], credit["22"], credit["23"]),
        )
        assert found == tuple(map(_float, (form["9"], form["11"], result.regular["tax"], credit["25"]))), year
    plain = {lot["row"]: lot for lot in projection.lots if lot["is_iso"] and not lot["vest_date"]}
    for lot in plain.values():
        given = lot["held"], lot["price_paid"], lot["fmv_exercise"]
        assert functions.ISO_ADJ(*given) == float(lot["adjustment"])
    for sale in (each for each in projection.sales if each["lot"] in plain):
        lot = plain[sale["lot"]]
        days = lot["date_granted"], lot["date_exercised"], sale["date_sold"]
        told = sale["shares"], lot["price_paid"], lot["fmv_exercise"], sale["price"], *days, sale["loss_rule"]
        costs = sale["selling_costs"] or 0
        found_sale = functions.ISO_INCOME(*told), functions.ISO_GAIN(*told, costs), functions.AMT_GAIN(*told, costs)
        assert found_sale == tuple(_float(sale[name]) for name in ("ordinary", "gain", "amt_gain"))
        assert functions.ISO_DISPOSITION(*days) == sale["what"]


@pytest.mark.parametrize("status", STATUSES)
def test_at_the_crossover_there_is_no_amt_and_a_cent_above_there_is(status: str) -> None:
    """The largest line 2i without AMT, in the year of each status and with gains; the addition is put on line 4."""
    for net in (0, 30_000):
        most = ISO_CROSSOVER(150_000, 140_000, status, 2025, net)
        assert most > 0
        assert AMT(150_000 + most, 140_000, status, 2025, net) == 0
        assert AMT(150_000 + most + 0.02, 140_000, status, 2025, net) > 0


def test_the_most_shares_stay_within_the_crossover() -> None:
    """One share more is above it."""
    given = 160_000, 150_000, "single", 2025
    shares, most = ISO_MAX_SHARES(3.1, 7.35, *given), ISO_CROSSOVER(*given)
    assert functions.ISO_ADJ(shares, 3.1, 7.35) <= most < functions.ISO_ADJ(shares + 1, 3.1, 7.35)


def test_form_and_explanation_show_the_figure_of_amt() -> None:
    """Line 11 of the table, and the end of the sentence."""
    given = 300_000, 250_000, "single", 2025, 50_000, 20_000
    form = {row[0]: row[2] for row in functions.AMT_FORM(*given)[1:]}
    assert form["11"] == AMT(*given)
    assert functions.AMT_EXPLAIN(11, *given).endswith(f"= {form['11']:,.0f}")
    assert set(form) == set(map(str, range(4, 41)))


def test_without_numpy_a_range_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a browser, where there is none: row by row, exactly."""
    for module in (convention, figures):
        monkeypatch.setattr(module, "ARRAYS", None)
    table = [case for case in cases() if any(isinstance(cell, list) for cell in case.cells)]
    found = [getattr(functions, case.function)(*map(in_cells, case.cells)) for case in table]
    assert len(table) > 30
    assert differences(found, table) == []


def test_a_range_of_thousands_is_what_each_row_alone_is() -> None:
    """Random rows of all sizes, kinds and years; blanks, errors and wrong cells among them."""
    made = random.Random(20251121)  # the same rows in each run

    def rows(*choices: Any) -> Table:
        return [[made.choice(choices)] for _ in range(300)]

    amounts = [round(made.uniform(-10_000, 2_000_000), 2) for _ in range(100)]
    tables = (
        rows(*amounts, "1,000.55", "x", "#REF!", None),
        rows(*map(abs, amounts), None),
        rows(*STATUSES, "MFJ", "nobody"),
        rows(*range(2018, 2027), 2031, "2025"),
        rows(0.0, 5_000.0, None, -1),
    )
    found = AMT(*tables)
    assert found == [[AMT(*(cell for (cell,) in row))] for row in zip(*tables, strict=True)]
    assert [key for key, _ in groupby(sorted(str(type(cell)) for (cell,) in found))] == [str(float), str(str)]


def test_every_argument_can_be_named() -> None:
    """In Python, as the reference calls them."""
    assert TMT(300_000, "single", 2025, taxable_income=250_000, net_capital_gain=50_000) == 49_594


def test_too_many_cells_are_refused_in_python() -> None:
    """A spreadsheet refuses them itself."""
    with pytest.raises(TypeError, match=r"AMT_EXEMPTION\(amti, status, year\)"):
        AMT_EXEMPTION(1, "single", 2025, 4)


def _float(amount: Decimal | None) -> float:
    assert amount is not None
    return float(amount)


def test_the_credit_is_figured_alike_in_every_year() -> None:
    """AMT_CREDIT asks for no year: from its three lines on Form 8801 takes no figure of one, and no line differs."""
    given = (Role.CREDIT_AVAILABLE, Role.TAX_AFTER_CREDITS, Role.CREDIT_TENTATIVE_TAX)
    leading = [
        [(line.key, line.expression) for line in lines_for(year, [of.key(Role.CREDIT_USED)], map(of.key, given))]
        for year, of in ((year, forms_of(year)) for year in YEARS)
    ]
    assert all(lines == leading[0] for lines in leading)
    taken = [leaf for _, rule in leading[0] if rule for leaf in leaves(rule)]
    assert {leaf.sheet for leaf in taken if isinstance(leaf, Leaf)} == {"f8801", "options"}
