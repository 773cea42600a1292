"""Sales, continued: income and basis, gain and term of each sale, for regular tax and for AMT."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ...language.expressions import (
    Amount,
    Day,
    Text,
    count,
    larger_of,
    not_below_zero,
    only_when,
    smaller_of,
    sum_of,
    when,
)
from ...language.nodes import Kind
from ...systems import AMT, REGULAR, System
from .exercises import more_than_months, or_zero
from .sales import (
    LONG,
    SHORT,
    adjusted,
    amt_adjusted,
    before_inclusion,
    before_vest,
    date_sold,
    disqualifying,
    exercised,
    grant_discount,
    in_year_of_vest,
    included,
    is_espp,
    is_inherited,
    is_iso,
    is_sale,
    is_statutory,
    loss_rule,
    passes_espp,
    price,
    price_paid,
    qualifying,
    regular_spread,
    sales,
    selling_costs,
    shares,
    spread,
    term_from,
    term_is_moved,
    vested,
)


def _profit(system: System, adjustment: Amount) -> Amount:
    """What came in beyond the adjusted basis of a system: it limits the ordinary income (IRC 422(c)(2))."""
    over = sales.amount(
        system.named("over_price"), f"Proceeds less adjusted basis, {system.name}", proceeds - price_paid - adjustment
    )
    return sales.amount(system.named("profit"), "The same, not below zero", not_below_zero(over))


def _of_iso(system: System, profit: Amount) -> Amount:
    """The ordinary income of an ISO sold too early, limited by the gain over the adjusted basis of a system."""
    return sales.amount(
        system.named("of_iso"),
        f"ISO: spread, or gain if less, {system.name}",
        only_when(
            is_iso & disqualifying,
            when(before_vest, profit, when(capped, smaller_of(regular_spread, profit), regular_spread)),
        ),
        "IRC 421(b), 422(c)(2): the limit is off where a loss would not count",
    )


def _gain(system: System, label: str, basis: Amount, cite: str) -> tuple[Amount, Amount]:
    """The gain of a system before and after its loss rule: a wash sale or a related party lets no loss count."""
    before = sales.amount(system.named("result"), label, only_when(is_sale, net_proceeds - basis))
    counted = when(loss_rule.equals(""), before, not_below_zero(before))
    alone = f"Gain or loss, {system.name}"
    gain = sales.amount(system.named("gain"), "Gain\n(loss)", counted, cite, alone=alone)
    sales.amount(
        system.named("moved"),
        f"Loss that a wash sale moves into the replacement, {system.name}",
        only_when(loss_rule.equals("wash_sale"), gain - before),
        "IRC 1091(d)",
    )
    return before, gain


def _term(system: System, label: str, start: Day, cite: str) -> tuple[Day, Text]:
    """From when the shares were held in a system, and whether that is long enough."""
    held = sales.column(system.named("held_from"), label, when(term_is_moved, term_from, start), Kind.DAY, cite)
    long = when(is_inherited | (date_sold >= more_than_months(held, 12)), LONG, SHORT)
    alone = f"Term, {system.name}"
    return held, sales.column(system.named("term"), "Term", long, Kind.TEXT, "IRC 1222, 1223(9)", alone=alone)


# --- regular tax -----------------------------------------------------------------------------------------
proceeds = sales.amount("proceeds", "Proceeds", only_when(is_sale, shares * price))
of_espp_value = sales.amount(
    "of_espp_value", "ESPP: value that day less price paid", only_when(is_espp, shares * price - price_paid)
)
# Also at death, whenever it comes (IRC 423(c)); the price of a gift or at death is the value that day.
of_discount = sales.amount(
    "of_discount",
    "ESPP: lesser of discount and rise",
    only_when(passes_espp, not_below_zero(smaller_of(grant_discount, of_espp_value))),
    "IRC 423(c): selling costs do not lower it",
)
profit = _profit(REGULAR, adjusted)
capped = sales.column(
    "capped", "Limited to the gain?", is_sale & loss_rule.equals(""), Kind.FLAG, "IRC 422(c)(2); Reg. 1.422-1(b)(2)"
)
of_iso = _of_iso(REGULAR, profit)
ordinary = sales.amount(
    "ordinary",
    "Ordinary\nincome",
    when(is_espp, when(disqualifying, regular_spread, of_discount), of_iso),
    "IRC 421(b), 422(c)(2); ESPP: IRC 423(c), and without a limit if too early",
)
taxed_income = sales.amount("taxed_income", "Income that is in the basis", when(is_statutory, ordinary, spread))
regular_basis = sales.amount(
    "regular_basis",
    "Basis",
    sum_of(price_paid, taxed_income, adjusted),
    "IRC 1012, 1016; Pub. 525: price plus what was income",
    alone="Basis, regular",
)
net_proceeds = sales.amount("net_proceeds", "Proceeds less selling costs", proceeds - or_zero(selling_costs))
result, gain = _gain(REGULAR, "Gain before a loss rule", regular_basis, "IRC 1001, 1091, 267")
held_from, term = _term(
    REGULAR, "Held from", when(is_iso & qualifying, exercised, vested), "IRC 1223; Reg. 1.422-1(b)(3) Example 2"
)

# --- AMT -------------------------------------------------------------------------------------------------
amt_profit = _profit(AMT, amt_adjusted)
amt_of_iso = _of_iso(AMT, amt_profit)
amt_ordinary = sales.amount(
    "amt_ordinary",
    "Ordinary income, AMT",
    when(is_espp, ordinary, only_when(before_inclusion, amt_of_iso)),
    "IRC 56(b)(3): 422(c)(2) applies then; it has no rule for ESPP stock",
)
included_in_year = sales.amount(
    "included_in_year",
    "Line 2i, sold in the year of vest",
    only_when(in_year_of_vest, when(capped, smaller_of(spread, amt_profit), spread)),
    "provisional: follows from IRC 56(b)(3)",
)
amt_income = sales.amount(
    "amt_income",
    "Taxed for AMT before the gain",
    when(before_inclusion, amt_ordinary + included_in_year, when(is_iso, spread, taxed_income)),
    "IRC 56(b)(3), last sentence",
)
amt_basis = sales.amount(
    "amt_basis",
    "Basis",
    sum_of(price_paid, amt_income, amt_adjusted),
    "IRC 56(b)(3), last sentence; 1016",
    alone="Basis, AMT",
)
amt_result, amt_gain = _gain(AMT, "AMT gain before a loss rule", amt_basis, "IRC 56(b)(3)")
amt_held_from, amt_term = _term(
    AMT, "Held from, AMT", when(before_inclusion & ~in_year_of_vest, held_from, included), "IRC 83(f)"
)
shares_out = sales.column(
    "shares_out", "Shares not on line 2i", when(before_inclusion, shares, count(0)), Kind.SHARES, "IRC 56(b)(3)"
)
difference = sales.amount("difference", "AMT less\nregular", amt_gain - gain, "Form 6251, line 2k, before limits")
apart = sales.amount("apart", "AMT and regular gain, apart by", larger_of(difference, -difference))


@dataclass(frozen=True)
class SaleFigures:
    """What a sale is in one system: ordinary income, basis and gain in dollars, and the term."""

    ordinary: Amount
    basis: Amount
    gain: Amount
    term: Text


_FIGURES: Final = {
    REGULAR: SaleFigures(ordinary, regular_basis, gain, term),
    AMT: SaleFigures(amt_ordinary, amt_basis, amt_gain, amt_term),
}


def sale_figures(system: System) -> SaleFigures:
    """The columns of a sale in a system."""
    return _FIGURES[system]
