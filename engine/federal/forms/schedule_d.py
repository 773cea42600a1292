"""Schedule D and the Capital Loss Carryover Worksheet: declared once, used for regular tax and for AMT."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ...language.expressions import (
    Amount,
    Flag,
    given,
    larger_of,
    last_year,
    not_below_zero,
    number,
    only_when,
    smaller_of,
    sum_of,
    total,
    when,
)
from ...language.form import Form, FormCard, Part, Standing, printed_first
from ...language.lines import NO_EARLIER_YEAR, line_of
from ...language.nodes import Kind, Leaf
from ...language.roles import Role
from ...systems import AMT, SYSTEMS, System
from ..stock import sales
from ..stock.sale_gains import sale_figures
from ..tax_year import LAW
from ..year_forms import YearForms

ZERO = number("0")


NOTHING_WITHOUT: Final = (
    *(Role.SHORT_TERM_STOCK, Role.SHORT_TERM_OTHER, Role.SHORT_TERM_CARRIED_IN, Role.SHORT_TERM_CARRIED_ON),
    *(Role.LONG_TERM_STOCK, Role.LONG_TERM_OTHER, Role.LONG_TERM_CARRIED_IN, Role.LONG_TERM_CARRIED_ON),
    *(Role.GAIN_AT_28_RATE, Role.SECTION_1250_GAIN),
)
SCHEDULE_D: Final = {
    system: FormCard(
        system.named("schedule_d"),
        system.titled("Schedule D"),
        Standing.RETURN,
        short=system.short("D"),
        page="Gains {year}",
        reference="" if system is AMT else "E",
        answers="" if system is AMT else "Gains and loss carryovers of {year}, regular beside AMT",
        about="Schedule D computed again with AMT basis and AMT carryovers." if system is AMT else "",
        nothing_without=NOTHING_WITHOUT,
        system=system,
    )
    for system in SYSTEMS
}
CARRYOVER: Final = {
    system: FormCard(
        system.named("carryover"),
        f"{system.titled('Schedule D')}, Capital Loss Carryover Worksheet",
        Standing.WORKSHEET,
        short=system.short("carryover"),
        page="Gains {year}",
        from_year_before=True,
        system=system,
    )
    for system in SYSTEMS
}


def schedule_d(of: YearForms, system: System) -> Form:
    """Compute one Schedule D: stock in Sales, other assets, losses carried in."""
    form, inputs, of_sale = of.begin(SCHEDULE_D[system]), of.inputs, sale_figures(system)
    in_year = sales.year_sold.equals(of.year)
    short_stock = total(of_sale.gain, in_year, of_sale.term.equals(sales.SHORT))
    short = form.line("1b", "Short-term, stock in Sales", short_stock, "Form 8949, Part I", "Sales")
    other_short = form.line("5", "Short-term, other assets", inputs["short_term_gain"], "IRC 1222(5), (6)", "Inputs")
    short_in = _carried_in(form, of, system, SHORT_TERM)
    line_7 = form.line("7", "Net short-term gain or loss", sum_of(short, other_short, short_in), "IRC 1222(5), (6)")
    long_stock = total(of_sale.gain, in_year, of_sale.term.equals(sales.LONG))
    long = form.line("8b", "Long-term, stock in Sales", long_stock, "Form 8949, Part II", "Sales")
    other_long = form.line("12", "Long-term, other assets", inputs["long_term_gain"], "IRC 1222(7), (8)", "Inputs")
    long_in = _carried_in(form, of, system, LONG_TERM)
    _unsettled(form, of)
    line_15 = form.line("15", "Net long-term gain or loss", sum_of(long, other_long, long_in), "IRC 1222(7), (8)")
    line_16 = form.line("16", "Net gain or loss", line_7 + line_15, "IRC 1222(9), (10)")
    both = form.flag("both gains", "Gain on both lines 15 and 16?", (line_15 > 0) & (line_16 > 0), "IRC 1222(11)")
    form.line("net gain", "Net capital gain", only_when(both, smaller_of(line_15, line_16)), "IRC 1222(11)")
    _special_gains(form, inputs, long_in, line_7)
    form.line(
        "21", "Gain, or the loss allowed", larger_of(line_16, -LAW.loss_limit), "IRC 1211(b)", "a loss up to the limit"
    )
    for role, line in ROLES.items():
        form.play(role, line)
    form.parts = [Part("Schedule D", printed_first)]
    return form


@dataclass(frozen=True)
class CarriedLoss:
    """A loss of one term that is carried in: its line, its entry, and the line of last year's worksheet."""

    line: str
    term: str
    entry: str
    carried_out: str


SHORT_TERM: Final = CarriedLoss("6", "Short-term", "short_term_carryover_in", "8")
LONG_TERM: Final = CarriedLoss("14", "Long-term", "long_term_carryover_in", "13")


def _carried_in(form: Form, of: YearForms, system: System, loss: CarriedLoss) -> Amount:
    """What last year carries out, or what is typed in its place; the first year of a file has no year before it."""
    label, cite = f"{loss.term} loss carried in", "IRC 1212(b)"
    out = ZERO if of.first else last_year(line_of(CARRYOVER[system].name, loss.carried_out))
    found = NO_EARLIER_YEAR if of.first else "carryover of last year"
    carried_on = form.line(f"{loss.line} computed", f"{label}, as computed", -out, cite, found)
    entry = of.inputs[system.named(loss.entry)]
    typed, is_typed = only_when(given(entry), entry), given(entry)
    if system is AMT:  # blank, it may stand for the regular one
        regular, alike = of.inputs[loss.entry], of.readiness.test(Role.CARRYOVERS_ALIKE)
        typed = when(given(entry), entry, only_when(alike & given(regular), regular))
        is_typed = given(entry) | alike
    taken = form.line(f"{loss.line} typed", f"{label}, as typed", typed, cite, "Inputs")
    form.flag(f"{loss.line} open", f"{label}: not typed?", ~is_typed & ~carried_on.equals(0))
    return form.line(loss.line, label, when(is_typed, -taken, carried_on), cite, "carryover of last year, or Inputs")


def _unsettled(form: Form, of: YearForms) -> None:
    """Losses carried in of whom it is not settled whose they are, this year or before."""
    still = form.test(f"{SHORT_TERM.line} open") | form.test(f"{LONG_TERM.line} open")
    before = Flag(Leaf(form.sheet, "unsettled", kind=Kind.FLAG))
    since = of.readiness.test(Role.HOLDER_CHANGED)
    whose = still & (since if of.first else since | last_year(before))
    form.flag("unsettled", "Whose the losses carried in are not settled?", whose, role=Role.LOSSES_UNSETTLED)


ROLES: Final = {
    Role.SHORT_TERM_STOCK: "1b",
    Role.SHORT_TERM_OTHER: "5",
    Role.SHORT_TERM_CARRIED_IN: "6",
    Role.SHORT_TERM_CARRIED_ON: "6 computed",
    Role.LONG_TERM_STOCK: "8b",
    Role.LONG_TERM_OTHER: "12",
    Role.LONG_TERM_CARRIED_IN: "14",
    Role.LONG_TERM_CARRIED_ON: "14 computed",
    Role.BOTH_GAINS: "both gains",
    Role.NET_CAPITAL_GAIN: "net gain",
    Role.GAIN_AT_28_RATE: "18",
    Role.SECTION_1250_GAIN: "19",
    Role.GAIN_OR_LOSS_ALLOWED: "21",
}


def _special_gains(form: Form, inputs: Form, long_in: Amount, line_7: Amount) -> None:
    """28% gain after losses; what it cannot absorb of them reduces the section 1250 gain (IRC 1(h)(4), (6))."""
    collectibles = form.line("18 gain", "Collectibles gain", inputs["collectibles_gain"], "IRC 1(h)(5)")
    net_28 = form.line(
        "18 net", "Collectibles gain less losses", sum_of(collectibles, long_in, smaller_of(line_7, ZERO))
    )
    both = form.test("both gains")
    form.line("18", "28% rate gain", only_when(both, not_below_zero(net_28)), "IRC 1(h)(4)", "28% Rate Gain Worksheet")
    gain_1250 = form.line("19 gain", "Section 1250 gain", inputs["unrecaptured_1250_gain"], "IRC 1(h)(6)")
    left = form.line("19 loss", "Loss left over from 28% gain", smaller_of(net_28, ZERO))
    form.line(
        "19",
        "Unrecaptured section 1250 gain",
        only_when(both, not_below_zero(gain_1250 + left)),
        "IRC 1(h)(6)",
        "Unrecaptured Section 1250 Gain Worksheet",
    )


def carryover(of: YearForms, system: System, income: Amount) -> Form:
    """Figure the losses carried out, in dollars; `income` may be below zero (Schedule D instructions)."""
    form, schedule_d = of.begin(CARRYOVER[system]), of.schedule_d(system)
    line_7, line_15 = schedule_d["7"], schedule_d["15"]
    line_1 = form.line("1", "Income, below zero if so", income)
    line_2 = form.line("2", "Loss allowed", not_below_zero(-schedule_d[Role.GAIN_OR_LOSS_ALLOWED]), "IRC 1211(b)")
    line_3 = form.line("3", "Lines 1 and 2, combined", not_below_zero(line_1 + line_2))
    line_4 = form.line("4", "Smaller of lines 2 and 3", smaller_of(line_2, line_3))
    line_5 = form.line("5", "Net short-term loss", not_below_zero(-line_7))
    line_6 = form.line("6", "Net long-term gain", not_below_zero(line_15))
    absorbed = form.line("7", "Line 4 plus line 6", line_4 + line_6)
    unused = not_below_zero(line_5 - absorbed)
    role = Role.SHORT_TERM_CARRIED_OUT
    short = form.line("8", "Short-term loss carried out", unused, "IRC 1212(b)", role=role)
    line_9 = form.line("9", "Net long-term loss", not_below_zero(-line_15))
    line_10 = form.line("10", "Net short-term gain", not_below_zero(line_7))
    line_11 = form.line("11", "Line 4 less line 5", not_below_zero(line_4 - line_5))
    line_12 = form.line("12", "Line 10 plus line 11", line_10 + line_11)
    unused = not_below_zero(line_9 - line_12)
    long = form.line("13", "Long-term loss carried out", unused, "IRC 1212(b)", role=Role.LONG_TERM_CARRIED_OUT)
    form.line("out", "Loss carried out, total", short + long, "IRC 1212(b)", role=Role.LOSS_CARRIED_OUT)
    form.parts = [Part("Capital Loss Carryover Worksheet", printed_first)]
    return form
