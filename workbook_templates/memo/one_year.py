"""One tax year: what happened, what goes on which line of which form and why, what goes on to the next year."""

from __future__ import annotations

from typing import Final

from engine.federal.tax_year import law_of, tax_year
from engine.federal.years import forms_of
from engine.language.expressions import Amount, Text, join, text, when
from engine.language.roles import Role
from engine.systems import AMT, REGULAR

from .carried_on import write_credit_made, write_credit_used, write_losses
from .one_year_records import write_exercises
from .one_year_sales import write_sales
from .other_pay import write_other_pay, write_other_sales
from .writing import Writer, if_so, money, say, signed

PART_II: Final = (
    *(Role.TAX_AT_ALL_RATES, Role.AMT_FOREIGN_TAX_CREDIT),
    *(Role.TENTATIVE_MINIMUM_TAX, Role.REGULAR_TAX, Role.MINIMUM_TAX),
)


def write_year(memo: Writer, year: int) -> None:
    """The section of a year; while it is not ready, only what the records alone tell."""
    memo.head(f"Tax year {year}")
    waits = say(
        f"The figures of {year} are not ready; still to be typed on Inputs: ",
        memo.word(year, Role.STILL_NEEDED),
        ". What follows comes from your option records alone.",
    )
    memo.tell(f"{year} waits", waits, ~memo.ready(year))
    write_exercises(memo, year)
    write_other_pay(memo, year)
    write_sales(memo, year)
    write_other_sales(memo, year)
    _line_2k(memo, year)
    _income(memo, year)
    _tax(memo, year)
    _attach(memo, year)
    write_credit_used(memo, year)
    write_credit_made(memo, year)
    write_losses(memo, year)
    if notes := tax_year(year).provisional:
        memo.tell(f"{year} provisional", say("Provisional: ", " ".join(notes)))


def _line_2k(memo: Writer, year: int) -> None:
    """The two parts, each AMT less regular, and what other property adds."""
    ordinary, capital = memo.of(year, Role.DISPOSITIONS_ORDINARY), memo.of(year, Role.DISPOSITIONS_CAPITAL)
    other, line_2k = memo.of(year, Role.DISPOSITIONS_OTHER), memo.of(year, Role.DISPOSITIONS)
    regular, amt = (memo.of(year, Role.GAIN_OR_LOSS_ALLOWED, system) for system in (REGULAR, AMT))
    alone = ordinary.equals(0) & other.equals(0)
    income = say(
        "Ordinary income: ",
        money(memo.of(year, Role.DISPOSITIONS_ORDINARY_AMT)),
        " less ",
        money(memo.of(year, Role.DISPOSITIONS_ORDINARY_REGULAR)),
        ", which is ",
        signed(ordinary),
        ". ",
    )
    words = say(
        f"Form 6251, {memo.sold_line(year)}, takes property sold at what it counts for the AMT less what it counts for "
        "regular tax. ",
        when(ordinary.equals(0), text(""), income),
        "Capital gains and losses, after the yearly limit on losses: ",
        signed(amt),
        " less ",
        signed(regular),
        when(alone, text(". "), join(", which is ", signed(capital), ". ")),
        if_so(~other.equals(0), "Other property: ", signed(other), ". "),
        f"{memo.sold_line(year).capitalize()} is ",
        signed(line_2k),
        ".",
    )
    something = ~(ordinary.equals(0) & capital.equals(0) & other.equals(0))
    memo.tell(f"{year} 2k", words, memo.ready(year) & something)


def _income(memo: Writer, year: int) -> None:
    """From income to the amount to be taxed in words: AMT income, and how far the exemption shields it."""
    number = forms_of(year).number
    begin, deductions, exercises, sold = (
        memo.of(year, role) for role in (Role.INCOME, Role.DEDUCTIONS_ADDED_BACK, Role.EXERCISES, Role.DISPOSITIONS)
    )
    amti, exemption = memo.of(year, Role.AMTI), memo.of(year, Role.EXEMPTION)
    label = f"Other lines up to {number(Role.AMTI)}, {year}"
    addition = memo.of(year, Role.SEPARATE_ADDITION)
    rest = memo.line(f"{year} other items", label, amti - begin - deductions - exercises - sold - addition)
    law = law_of(memo.shape.last - year)
    rate = f"{tax_year(year).of('phaseout_rate', 'single') * 100:.0f} cents"
    added = when(
        memo.test(year, Role.ITEMIZING),
        text(" The state and local taxes you deducted are added back: "),
        text(" The standard deduction is added back: "),
    )
    shrunk = say(
        "Your exemption of ",
        money(law.exemption),
        " shrinks, as AMT income is above ",
        money(law.phaseout_start),
        f", by {rate} for each dollar above; ",
        money(exemption),
        f" is left (line {number(Role.EXEMPTION)}).",
    )
    whole = say(
        "The exemption shields the first ",
        money(exemption),
        f" of it (line {number(Role.EXEMPTION)}); it would shrink only above ",
        money(law.phaseout_start),
        f" of AMT income, by {rate} for each dollar above.",
    )
    taxed, to_tax = memo.of(year, Role.BASE), f"left to be taxed (line {number(Role.BASE)})."
    covers = f" (line {number(Role.EXEMPTION)}) covers it: nothing is {to_tax}"
    covered = join("The exemption of ", money(exemption), covers)
    left = join(" ", money(taxed), f" is {to_tax}")
    shielded = when(memo.of(year, Role.EXEMPTION_LOST) > 0, shrunk, whole)
    words = say(
        "Form 6251 begins with your income after deductions, ",
        signed(begin),
        f" (line {number(Role.INCOME)}).",
        if_so(deductions > 0, added, money(deductions), f" (line {number(Role.DEDUCTIONS_ADDED_BACK)})."),
        if_so(exercises > 0, " The options add ", money(exercises), f" (line {number(Role.EXERCISES)})."),
        _adds(sold, " The sales", f" (line {number(Role.DISPOSITIONS)})."),
        _adds(rest, " Other items", ", as the form shows."),
        if_so(addition > 0, " Married and filing separately, you add ", money(addition), " to it (IRC 55(d)(2))."),
        " That makes AMT income of ",
        signed(amti),
        f" (line {number(Role.AMTI)}). ",
        when(taxed > 0, join(shielded, left), covered),
    )
    memo.tell(f"{year} income", words, memo.ready(year))


def _adds(amount: Amount, who: str, where: str) -> Text:
    more = join(f"{who} add ", money(amount), where)
    less = join(f"{who} take off ", money(-amount), where)
    return when(amount > 0, more, when(amount < 0, less, text("")))


def _tax(memo: Writer, year: int) -> None:
    """From the AMT rates to the tax that is due in words, and what Part III does."""
    number = forms_of(year).number
    tax, credit, tentative, regular, owed = (memo.of(year, role) for role in PART_II)
    plain, lower = memo.of(year, Role.TAX_AT_FLAT_RATES), memo.of(year, Role.SMALLER_TAX)
    label = f"Line {number(Role.TAX_AT_FLAT_RATES)} less line {number(Role.SMALLER_TAX)}, {year}"
    saved = memo.line(f"{year} Part III saves", label, plain - lower)
    label = f"Line {number(Role.REGULAR_TAX)} less line {number(Role.TENTATIVE_MINIMUM_TAX)}, {year}"
    room = memo.line(f"{year} room", label, regular - tentative)
    part_iii = say(
        "Part III of the form keeps the lower rates for your long-term gains and qualified dividends. The tax is ",
        money(lower),
        f" (line {number(Role.SMALLER_TAX)})",
        if_so(saved > 0, ", which is ", money(saved), " less than without it"),
        ". ",
    )
    without = text(
        "Part III of the form, which keeps the lower rates of long-term gains and qualified dividends, is not needed: "
        "there are none that count for the AMT. "
    )
    step = law_of(memo.shape.last - year).amt_breakpoint
    above = join("rates of 26% up to ", money(step), " and 28% above that")
    at_rates = when(memo.of(year, Role.BASE) > step, above, text("rate of 26%"))
    rates = join("At the AMT ", at_rates, " the tax is ", money(tax), f" (line {number(Role.TAX_AT_ALL_RATES)}). ")
    minimum = f"line {number(Role.MINIMUM_TAX)}"
    no_amt = f"so there is no AMT: {minimum} is 0."
    more, same = join(" That is ", money(room), f" more, {no_amt}"), text(f" That is the same, {no_amt}")
    enough = when(room > 0, more, same)
    due = join(" The difference is the AMT: ", money(owed), f" ({minimum}; to {tax_year(year).found_on.amt}).")
    words = say(
        when(memo.test(year, Role.GAIN_RATES_APPLY), part_iii, join(rates, without)),
        if_so(
            credit > 0,
            "The foreign tax credit for AMT takes off ",
            money(credit),
            f" (line {number(Role.AMT_FOREIGN_TAX_CREDIT)}). ",
        ),
        "The tentative minimum tax, as the result is called, is ",
        money(tentative),
        f" (line {number(Role.TENTATIVE_MINIMUM_TAX)}). Your regular tax to compare it with is ",
        money(regular),
        f" (line {number(Role.REGULAR_TAX)}).",
        when(owed > 0, due, enough),
    )
    memo.tell(f"{year} tax", words, memo.ready(year))


def _attach(memo: Writer, year: int) -> None:
    keep = text(" Keep it with your records: it shows that there was no AMT to pay.")
    verdict = when(memo.test(year, Role.ATTACH), text(" Attach it."), keep)
    words = say(
        "Must Form 6251 go with the return, by the four tests of its instructions? ",
        memo.word(year, Role.ATTACH_REASON),
        verdict,
    )
    memo.tell(f"{year} attach", words, memo.ready(year))
