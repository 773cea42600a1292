"""What clients ask of the shares themselves: worth less than their price, basis, how long to hold."""

from __future__ import annotations

from engine.language.expressions import Flag, join, text, when

from ..writing import Writer, counted, if_so, money, say


def has(letter: Writer, key: str) -> Flag:
    """Tell whether a sum is above zero."""
    return letter.form[key] > 0


def has_iso(letter: Writer) -> Flag:
    """Tell whether an incentive stock option is on record."""
    return has(letter, "incentive")


def has_others(letter: Writer) -> Flag:
    """Tell whether some shares on record came without an incentive stock option."""
    return has(letter, "nonqualified") | has(letter, "units") | has(letter, "plan")


def ask_on_underwater(letter: Writer) -> None:
    """Shares worth less than their price."""
    under, form = has(letter, "shares under"), letter.form
    line_2i_all = letter.book["2i"]
    shares, paid, value = (form[f"{what} under"] for what in ("shares", "paid", "value"))
    answer = say(
        f"No. {letter.iso_line().capitalize()} takes the excess of value over price, if any, and here there is none: "
        "you paid ",
        money(paid),
        " for ",
        counted(shares, "share"),
        " worth ",
        money(value),
        ". These shares are left off Form 6251, and they do not make that form due by themselves. Whether it is due "
        "for another reason is answered by year below.",
    )
    letter.ask("report", "Do I report anything for shares that were worth less than I paid?", answer, under)
    answer = say(
        "Keep it with your tax papers until at least three years after the return on which you report the sale of the "
        "shares; do not attach it. It proves the price you paid (box 3), the value that day (box 4) and both dates, "
        "from which basis and holding periods follow. There is one for each exercise of incentive stock options."
    )
    letter.ask("form 3921", "I received a Form 3921. Where does it go?", answer, has_iso(letter))
    answer = say(
        "No. Each exercise stands alone, also within one company and one grant. "
        f"{letter.iso_line().capitalize()} counts ",
        money(line_2i_all),
        " for your other exercises, all years together, and the ",
        money(-form["spread under"]),
        " by which these cost more than their value takes nothing off it. That shortfall matters only when you sell.",
    )
    netting = "May I set the shares that were worth less than I paid off against the others?"
    letter.ask("netting", netting, answer, under & (line_2i_all > 0))
    answer = say(
        "No. The AMT takes the value once, on the day of exercise, for shares that were yours to keep from that "
        "day. What they gain later counts only when you sell, in both systems.",
        if_so(
            has(letter, "at vest"),
            " Shares that vested only after exercise count on the day they vest: that is where ",
            money(form["at vest"]),
            f" of {letter.iso_line()} in this file comes from.",
        ),
    )
    letter.ask("recovery", "If the shares recover while I hold them, is AMT due after all?", answer, under)
    answer = say(
        "Form 3921, which tells the price (box 3) and the value on the day of exercise (box 4), proof that you paid ",
        money(paid),
        " for these ",
        counted(shares, "share"),
        ", and the sheet Exercises, whose column Why gives the reason for each exercise. The rule is section "
        f"56(b)(3) of the Internal Revenue Code and {letter.iso_line()} in the instructions for Form 6251: the "
        "excess, if any, of value over price.",
    )
    letter.ask("proof", "What do I show if the IRS asks why there was no adjustment?", answer, under)


def ask_on_basis(letter: Writer) -> None:
    """What the shares cost in each system."""
    form = letter.form
    paid, value = form["paid under"], form["value under"]
    under = say(
        "For the ",
        counted(form["shares under"], "share"),
        " bought above their value it is what you paid, ",
        money(paid),
        ", for regular tax and for the AMT; the lower value of ",
        money(value),
        " counts nowhere. A sale between the two, or lower, makes a capital loss: at ",
        money(value),
        " it would be ",
        money(paid - value),
        ". ",
    )
    others = say(
        f"For shares that {letter.iso_line()} has counted there are two: what you paid for regular tax, and for the "
        f"AMT what you paid plus what {letter.iso_line()} counted. Keep both until you sell. ",
    )
    left = say(
        "The ",
        counted(form["left"], "share"),
        " still in your hands have a basis of ",
        money(form["regular left"]),
        " for regular tax and ",
        money(form["AMT left"]),
        " for the AMT.",
    )
    answer = join(
        when(has(letter, "shares under"), under, text("")),
        when(letter.book["2i"] > 0, others, text("")),
        when(has(letter, "left"), left, text("")),
    )
    letter.ask("basis", "What is my basis?", answer)


def ask_on_holding(letter: Writer) -> None:
    """Both holding periods, and what a sale before their end means."""
    answer = say(
        "Longer than two years from the grant and longer than one year from the exercise; the later day decides, and "
        "the sheet Exercises shows the first qualifying day for each. From then on the whole "
        "gain is long-term capital gain. If you sell sooner, the gain up to the value at exercise",
        if_so(has(letter, "later vest"), " (at vest, for shares that vested later)"),
        " is ordinary income, taxed like wages though nothing is withheld, and only the rest is capital gain. If you "
        f"sell in the very year of exercise, nothing goes on {letter.iso_line()} for those shares.",
        if_so(
            has(letter, "shares under"),
            " For shares worth less than you paid the same periods run, but there is no gain at exercise that could "
            "turn into ordinary income: whenever you sell, the result is capital, and long-term after more than one "
            "year.",
        ),
        if_so(has_others(letter), " All this is for incentive stock options; other shares follow rules of their own."),
        if_so(has(letter, "left"), " You still hold ", counted(letter.form["left"], "share"), "."),
    )
    letter.ask("holding", "How long must I hold, and what if I sell too early?", answer, has_iso(letter))
