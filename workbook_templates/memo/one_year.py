"""One tax year: what happened, what goes on which line of which form and why, what goes on to the next year."""

from __future__ import annotations

from engine.expressions import join, text, when, years_ago
from engine.lines import line_of
from engine.tax_year import law_of, tax_year

from .one_year_records import write_exercises, write_sales
from .writing import Writer, if_so, money, say, signed


def write_year(memo: Writer, year: int) -> None:
    """The section of a year; while it is not ready, only what the records alone tell."""
    memo.head(f"Tax year {year}")
    waits = say(
        f"The figures of {year} are not ready: the ",
        memo.word(year, "year", "missing"),
        " is still missing. What follows comes from your option records alone.",
    )
    memo.tell(f"{year} waits", waits, ~memo.ready(year))
    write_exercises(memo, year)
    write_sales(memo, year)
    _line_2k(memo, year)
    _income(memo, year)
    _tax(memo, year)
    _attach(memo, year)
    _credit_used(memo, year)
    _credit_made(memo, year)
    _losses(memo, year)
    if notes := tax_year(year).provisional:
        memo.tell(f"{year} provisional", say("Provisional: ", " ".join(notes)))


def _line_2k(memo: Writer, year: int) -> None:
    """The two parts, each AMT less regular, and what other property adds."""
    ordinary, capital = memo.of(year, "f6251", "2k ordinary"), memo.of(year, "f6251", "2k capital")
    other, line_2k = memo.of(year, "f6251", "2k other"), memo.of(year, "f6251", "2k")
    regular, amt = memo.of(year, "schedule_d", "21"), memo.of(year, "amt_schedule_d", "21")
    no_income = ordinary.equals(0)
    words = say(
        "Form 6251, line 2k, is what these results count for the AMT less what they count for regular tax. ",
        when(
            no_income,
            text("It is "),
            say(
                "Ordinary income: ",
                money(memo.of(year, "f6251", "2k AMT ordinary")),
                " less ",
                money(memo.of(year, "f6251", "2k regular ordinary")),
                ", which is ",
                signed(ordinary),
                ". Capital gains and losses, after the yearly limit on losses: ",
            ),
        ),
        signed(amt),
        " less ",
        signed(regular),
        when(no_income, text(" (capital gains and losses, after the yearly limit on losses)"), text("")),
        ", which is ",
        signed(capital),
        if_so(~other.equals(0), ". Other property: ", signed(other)),
        ". Line 2k is ",
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
    rate = f"{tax_year(year).phaseout_rate.all * 100:.0f} cents"
    added = when(
        memo.test(year, "regular", "itemizing"),
        text("the state and local taxes you deducted"),
        text("the standard deduction"),
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
    words = say(
        "Form 6251 starts from your income after deductions, ",
        signed(line_1),
        f" (line {first})",
        if_so(line_2a > 0, ", adds back ", added, ", ", money(line_2a), " (line 2a)"),
        if_so(line_2i > 0, ", adds ", money(line_2i), " for the options (line 2i)"),
        when(
            line_2k > 0,
            join(", adds ", money(line_2k), " for the sales (line 2k)"),
            if_so(line_2k < 0, ", takes off ", money(-line_2k), " for the sales (line 2k)"),
        ),
        if_so(~rest.equals(0), ", and counts ", signed(rest), " for other items (see the form)"),
        ". AMT income is ",
        signed(line_4),
        " (line 4). ",
        when(memo.of(year, "f6251", "5 lost") > 0, shrunk, whole),
        " ",
        signed(memo.of(year, "f6251", "6")),
        " is left to be taxed (line 6).",
    )
    memo.tell(f"{year} income", words, memo.ready(year))


def _tax(memo: Writer, year: int) -> None:
    """Lines 7 to 11 in words, and what Part III does."""
    line_7, line_8, line_9, line_10, owed, plain, lower = (
        memo.of(year, "f6251", line) for line in ("7", "8", "9", "10", "11", "39", "40")
    )
    saved = memo.line(f"{year} Part III saves", f"Line 39 less line 40, {year}", plain - lower)
    room = memo.line(f"{year} room", f"Line 10 less line 9, {year}", line_10 - line_9)
    part_iii = say(
        "Part III of the form keeps the lower rates for your long-term gains and qualified dividends: ",
        money(lower),
        " (line 40) in place of ",
        money(plain),
        ", ",
        money(saved),
        " less. ",
    )
    without = text(
        "Part III is not needed: there is no long-term gain and no qualified dividend to keep lower rates for. "
    )
    breakpoint = law_of(memo.shape.last - year).amt_breakpoint
    above = join(" (26% up to ", money(breakpoint), ", 28% above)")
    at_rates = when(memo.of(year, "f6251", "6") > breakpoint, above, text(" (26%)"))
    rates = join("At the AMT rates that is a tax of ", money(line_7), at_rates, ", line 7. ")
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
    words = say("Must Form 6251 go with the return? ", memo.word(year, "attach", "reason"), verdict)
    memo.tell(f"{year} attach", words, memo.ready(year))


def _credit_used(memo: Writer, year: int) -> None:
    """Form 8801 lines 21 to 26: what was there, what the room was, what is left."""
    available, room, used, left = (memo.of(year, "f8801", line) for line in ("21", "24", "25", "26"))
    credit_line = tax_year(year).found_on.credit
    some = say(
        "Regular tax was above the tentative minimum tax by ",
        money(room),
        " (line 24), so ",
        when(left > 0, text("that much"), text("all of it")),
        " comes back: ",
        money(used),
        f" (line 25; to {credit_line}). ",
        money(left),
        f" goes on to {year + 1} (line 26).",
    )
    none = say(
        "Regular tax, after other credits, was not above the tentative minimum tax, so none of it can be used this year. ",
        money(left),
        f" goes on to {year + 1} (line 26).",
    )
    words = say(
        "Credit for AMT of earlier years (Form 8801, to be filed with the return): ",
        money(available),
        " was available (line 21). ",
        when(used > 0, some, none),
    )
    memo.tell(f"{year} credit", words, memo.ready(year) & (available > 0))


def _credit_made(memo: Writer, year: int) -> None:
    """What this year's AMT gives on next year's line 18, and what of it never comes back."""
    owed, back = memo.of(year, "f6251", "11"), memo.shape.last - year - 1
    made, excluded = (years_ago(line_of("f8801", line), back) for line in ("18", "17"))
    by_form = join(f" (Form 8801 for {year + 1}, line 18)")
    lasting = say(
        money(excluded),
        " of it would be due without any timing difference, because of items such as the standard deduction or taxes "
        "deducted, and makes no credit (line 17).",
    )
    words = say(
        "The AMT of ",
        money(owed),
        " makes a credit of ",
        money(made),
        by_form,
        f", first usable in {year + 1}. ",
        when(
            excluded > 0,
            lasting,
            text("All of it comes from timing: the options count earlier for the AMT than for regular tax."),
        ),
    )
    taken = say(
        "Items that make no credit, such as the standard deduction, would alone have made AMT of ",
        money(excluded),
        ", more than the ",
        money(owed),
        " of this year. The difference of ",
        money(-made),
        " is taken off your credit",
        by_form,
        ".",
    )
    nothing = say(
        "None of the AMT of ", money(owed), " makes a credit: it comes from items such as the standard deduction."
    )
    some = when(made > 0, words, when(made < 0, taken, nothing))
    memo.tell(f"{year} made", some, memo.ready(year) & ((owed > 0) | ~made.equals(0)))


def _losses(memo: Writer, year: int) -> None:
    """Capital losses carried out, in both systems."""
    regular = memo.line(
        f"{year} regular loss",
        f"Regular capital loss carried out of {year}",
        memo.of(year, "carryover", "8") + memo.of(year, "carryover", "13"),
    )
    amt = memo.line(
        f"{year} AMT loss",
        f"AMT capital loss carried out of {year}",
        memo.of(year, "amt_carryover", "8") + memo.of(year, "amt_carryover", "13"),
    )
    limit = law_of(memo.shape.last - year).loss_limit
    words = say(
        "Capital losses above gains count only up to ",
        money(limit),
        f" a year, in each system for itself. To {year + 1} go on ",
        money(regular),
        " for regular tax and ",
        money(amt),
        " for the AMT.",
    )
    memo.tell(f"{year} losses", words, memo.ready(year) & ((regular > 0) | (amt > 0)))
