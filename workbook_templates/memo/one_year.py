"""One tax year: what happened, what goes on which line of which form and why, what goes on to the next year."""

from __future__ import annotations

from engine.federal.tax_year import law_of, tax_year
from engine.language.expressions import Amount, Text, join, text, when

from .carried_on import write_credit_made, write_credit_used, write_losses
from .one_year_records import write_exercises, write_sales
from .other_pay import write_other_pay, write_other_sales
from .writing import Writer, if_so, money, say, signed


def write_year(memo: Writer, year: int) -> None:
    """The section of a year; while it is not ready, only what the records alone tell."""
    memo.head(f"Tax year {year}")
    waits = say(
        f"The figures of {year} are not ready; still to be typed on Inputs: ",
        memo.word(year, "year", "missing"),
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
    ordinary, capital = memo.of(year, "f6251", "2k ordinary"), memo.of(year, "f6251", "2k capital")
    other, line_2k = memo.of(year, "f6251", "2k other"), memo.of(year, "f6251", "2k")
    regular, amt = memo.of(year, "schedule_d", "21"), memo.of(year, "amt_schedule_d", "21")
    alone = ordinary.equals(0) & other.equals(0)
    income = say(
        "Ordinary income: ",
        money(memo.of(year, "f6251", "2k AMT ordinary")),
        " less ",
        money(memo.of(year, "f6251", "2k regular ordinary")),
        ", which is ",
        signed(ordinary),
        ". ",
    )
    words = say(
        "Form 6251, line 2k, takes property sold at what it counts for the AMT less what it counts for regular tax. ",
        when(ordinary.equals(0), text(""), income),
        "Capital gains and losses, after the yearly limit on losses: ",
        signed(amt),
        " less ",
        signed(regular),
        when(alone, text(". "), join(", which is ", signed(capital), ". ")),
        if_so(~other.equals(0), "Other property: ", signed(other), ". "),
        "Line 2k is ",
        signed(line_2k),
        ".",
    )
    something = ~(ordinary.equals(0) & capital.equals(0) & other.equals(0))
    memo.tell(f"{year} 2k", words, memo.ready(year) & something)


def _income(memo: Writer, year: int) -> None:
    """Lines 1 to 6 in words: AMT income, and how far the exemption shields it."""
    first = "1" if year < 2025 else "1b"
    line_1, line_2a, line_2i, line_2k = (memo.of(year, "f6251", line) for line in (first, "2a", "2i", "2k"))
    line_4, exemption = memo.of(year, "f6251", "4"), memo.of(year, "f6251", "5")
    rest = memo.line(
        f"{year} other items", f"Other lines up to 4, {year}", line_4 - line_1 - line_2a - line_2i - line_2k
    )
    law = law_of(memo.shape.last - year)
    rate = f"{tax_year(year).of('phaseout_rate', 'single') * 100:.0f} cents"
    added = when(
        memo.test(year, "regular", "itemizing"),
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
        " is left (line 5).",
    )
    whole = say(
        "The exemption shields the first ",
        money(exemption),
        " of it (line 5); it would shrink only above ",
        money(law.phaseout_start),
        f" of AMT income, by {rate} for each dollar above.",
    )
    covered = join("The exemption of ", money(exemption), " (line 5) covers it: nothing is left to be taxed (line 6).")
    taxed = memo.of(year, "f6251", "6")
    left = join(" ", money(taxed), " is left to be taxed (line 6).")
    shielded = when(memo.of(year, "f6251", "5 lost") > 0, shrunk, whole)
    words = say(
        "Form 6251 begins with your income after deductions, ",
        signed(line_1),
        f" (line {first}).",
        if_so(line_2a > 0, added, money(line_2a), " (line 2a)."),
        if_so(line_2i > 0, " The options add ", money(line_2i), " (line 2i)."),
        _adds(line_2k, " The sales", " (line 2k)."),
        _adds(rest, " Other items", ", as the form shows."),
        " That makes AMT income of ",
        signed(line_4),
        " (line 4). ",
        when(taxed > 0, join(shielded, left), covered),
    )
    memo.tell(f"{year} income", words, memo.ready(year))


def _adds(amount: Amount, who: str, where: str) -> Text:
    more = join(f"{who} add ", money(amount), where)
    less = join(f"{who} take off ", money(-amount), where)
    return when(amount > 0, more, when(amount < 0, less, text("")))


def _tax(memo: Writer, year: int) -> None:
    """Lines 7 to 11 in words, and what Part III does."""
    line_7, line_8, line_9, line_10, owed, plain, lower = (
        memo.of(year, "f6251", line) for line in ("7", "8", "9", "10", "11", "39", "40")
    )
    saved = memo.line(f"{year} Part III saves", f"Line 39 less line 40, {year}", plain - lower)
    room = memo.line(f"{year} room", f"Line 10 less line 9, {year}", line_10 - line_9)
    part_iii = say(
        "Part III of the form keeps the lower rates for your long-term gains and qualified dividends. The tax is ",
        money(lower),
        " (line 40)",
        if_so(saved > 0, ", which is ", money(saved), " less than without it"),
        ". ",
    )
    without = text(
        "Part III of the form, which keeps the lower rates of long-term gains and qualified dividends, is not needed: "
        "there are none that count for the AMT. "
    )
    step = law_of(memo.shape.last - year).amt_breakpoint
    above = join("rates of 26% up to ", money(step), " and 28% above that")
    at_rates = when(memo.of(year, "f6251", "6") > step, above, text("rate of 26%"))
    rates = join("At the AMT ", at_rates, " the tax is ", money(line_7), " (line 7). ")
    enough = when(
        room > 0,
        join(" That is ", money(room), " more, so there is no AMT: line 11 is 0."),
        text(" That is the same, so there is no AMT: line 11 is 0."),
    )
    due = join(" The difference is the AMT: ", money(owed), f" (line 11; to {tax_year(year).found_on.amt}).")
    words = say(
        when(memo.test(year, "f6251", "part III"), part_iii, join(rates, without)),
        if_so(line_8 > 0, "The foreign tax credit for AMT takes off ", money(line_8), " (line 8). "),
        "The tentative minimum tax, as the result is called, is ",
        money(line_9),
        " (line 9). Your regular tax to compare it with is ",
        money(line_10),
        " (line 10).",
        when(owed > 0, due, enough),
    )
    memo.tell(f"{year} tax", words, memo.ready(year))


def _attach(memo: Writer, year: int) -> None:
    keep = text(" Keep it with your records: it shows that there was no AMT to pay.")
    verdict = when(memo.test(year, "attach", "attach"), text(" Attach it."), keep)
    words = say(
        "Must Form 6251 go with the return, by the four tests of its instructions? ",
        memo.word(year, "attach", "reason"),
        verdict,
    )
    memo.tell(f"{year} attach", words, memo.ready(year))
