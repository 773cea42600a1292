"""What clients ask, answered with their own numbers; a question that does not arise is not there."""

from __future__ import annotations

from engine.federal.tax_year import law_of, tax_year
from engine.language.expressions import Flag, Text, join, text, when

from .writing import Writer, counted, if_so, money, say


def write_answers(memo: Writer) -> None:
    """Question by question."""
    memo.head("Questions and answers")
    _what_it_is(memo)
    _underwater(memo)
    _basis(memo)
    _holding(memo)
    _history(memo)
    _kinds(memo)
    _purchase_plan(memo)
    _twice(memo)
    _filing(memo)


def _has(memo: Writer, key: str) -> Flag:
    return memo.form[key] > 0


def _options(memo: Writer) -> Flag:
    """Some incentive stock options are on record."""
    return _has(memo, "incentive")


def _others(memo: Writer) -> Flag:
    """Some shares on record came without an incentive stock option."""
    return _has(memo, "nonqualified") | _has(memo, "units") | _has(memo, "plan")


def _what_it_is(memo: Writer) -> None:
    def shield(year: int) -> Text:
        tentative, regular = memo.of(year, "f6251", "9"), memo.of(year, "f6251", "10")
        room, owed = memo.form[f"{year} room"], memo.of(year, "f6251", "11")
        law, rate = law_of(memo.shape.last - year), tax_year(year).of("phaseout_rate", "single")
        return say(
            f" For {year} the exemption is ",
            money(law.exemption),
            ", and it shrinks once AMT income passes ",
            money(law.phaseout_start),
            f", by {rate * 100:.0f} cents on the dollar. The tax of that year is ",
            money(tentative),
            " by the AMT rules and ",
            money(regular),
            " by the regular ones",
            when(
                owed > 0,
                text(", so the AMT has reached you."),
                join("; the first would have to rise by more than ", money(room), " before any AMT is due."),
            ),
        )

    answer = say(
        "The alternative minimum tax (AMT) is a second way to figure the tax of the same year. It allows fewer "
        "deductions and counts the gain of incentive stock options at exercise, but it leaves a large exemption free "
        "and has only two rates, 26% and 28%. If it comes out higher than the regular tax, you pay the difference on "
        "top. A large exercise kept past the end of the year is the usual cause.",
        memo.latest(shield),
    )
    memo.ask("what it is", "What is the AMT, and when does it reach me?", answer)


def _underwater(memo: Writer) -> None:
    has, form = _has(memo, "shares under"), memo.form
    line_2i_all = memo.book["2i"]
    shares, paid, value = (form[f"{what} under"] for what in ("shares", "paid", "value"))
    answer = say(
        "No. Line 2i takes the excess of value over price, if any, and here there is none: you paid ",
        money(paid),
        " for ",
        counted(shares, "share"),
        " worth ",
        money(value),
        ". These shares are left off Form 6251, and they do not make that form due by themselves. Whether it is due "
        "for another reason is said under each year.",
    )
    memo.ask("report", "Do I report anything for shares that were worth less than I paid?", answer, has)
    answer = say(
        "Keep it with your tax papers until at least three years after the return on which you report the sale of the "
        "shares; do not attach it. It proves the price you paid (box 3), the value that day (box 4) and both dates, "
        "from which basis and holding periods follow. There is one for each exercise of incentive stock options."
    )
    memo.ask("form 3921", "I received a Form 3921. Where does it go?", answer, _options(memo))
    answer = say(
        "No. Each exercise stands alone, also within one company and one grant. Line 2i counts ",
        money(line_2i_all),
        " for your other exercises, all years together, and the ",
        money(-form["spread under"]),
        " by which these cost more than their value takes nothing off it. That shortfall matters only when you sell.",
    )
    netting = "May I set the shares that were worth less than I paid off against the others?"
    memo.ask("netting", netting, answer, has & (line_2i_all > 0))
    answer = say(
        "No. The AMT looks at the value once, on the day of exercise, for shares that were yours to keep from that "
        "day. What they gain later counts only when you sell, in both systems.",
        if_so(
            _has(memo, "at vest"),
            " Shares that vested only after exercise are looked at on the day they vest: that is where ",
            money(form["at vest"]),
            " of line 2i in this file comes from.",
        ),
    )
    memo.ask("recovery", "If the shares recover while I hold them, is AMT due after all?", answer, has)
    answer = say(
        "Form 3921, which tells the price (box 3) and the value on the day of exercise (box 4), proof that you paid ",
        money(paid),
        " for these ",
        counted(shares, "share"),
        ", and the sheet Exercises, whose column Why gives the reason for each exercise. The rule is section "
        "56(b)(3) of the Internal Revenue Code and line 2i in the instructions for Form 6251: the excess, if any, of "
        "value over price.",
    )
    memo.ask("proof", "What do I show if the IRS asks why there was no adjustment?", answer, has)


def _basis(memo: Writer) -> None:
    form = memo.form
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
        "For shares that line 2i has counted there are two: what you paid for regular tax, and for the AMT what you "
        "paid plus what line 2i counted. Keep both until you sell. ",
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
        when(_has(memo, "shares under"), under, text("")),
        when(memo.book["2i"] > 0, others, text("")),
        when(_has(memo, "left"), left, text("")),
    )
    memo.ask("basis", "What is my basis?", answer)


def _holding(memo: Writer) -> None:
    answer = say(
        "Longer than two years from the grant and longer than one year from the exercise; the later day decides, and "
        "the sheet Exercises shows the first good day for each (First day to qualify). From then on the whole "
        "gain is long-term capital gain. If you sell sooner, the gain up to the value at exercise",
        if_so(_has(memo, "later vest"), " (at vest, for shares that vested later)"),
        " is ordinary income, taxed like wages though nothing is withheld, and only the rest is capital gain. If you "
        "sell in the very year of exercise, nothing goes on line 2i for those shares.",
        if_so(
            _has(memo, "shares under"),
            " For shares worth less than you paid the same periods run, but there is no gain at exercise that could "
            "turn into ordinary income: whenever you sell, the result is capital, and long-term after more than one "
            "year.",
        ),
        if_so(_others(memo), " All this is for incentive stock options; other shares follow rules of their own."),
        if_so(_has(memo, "left"), " You still hold ", counted(memo.form["left"], "share"), "."),
    )
    memo.ask("holding", "How long must I hold, and what if I sell too early?", answer, _options(memo))


def _history(memo: Writer) -> None:
    """Which exercises made AMT, and what of the credit is left."""

    def of_year(year: int) -> Text:
        line_2i_of_year, owed = memo.of(year, "f6251", "2i"), memo.of(year, "f6251", "11")
        told = join(f"{year}: line 2i ", money(line_2i_of_year), ", AMT ", money(owed), ". ")
        return when(memo.ready(year) & ((line_2i_of_year > 0) | (owed > 0)), told, text(""))

    used, still, nothing = memo.book["used all"], memo.form["still now"], memo.book["nothing"]
    answer = say(
        *memo.by_year(of_year),
        if_so(
            nothing > 0,
            counted(nothing, "exercise"),
            " on record added nothing to line 2i; the column Why on Exercises says which and why. ",
        ),
        "Used as a credit so far: ",
        money(used),
        ". Still to use: ",
        money(still),
        ". It comes back on Form 8801 in every later year in which your regular tax is above the tentative minimum "
        "tax, by the difference. You need not sell anything for that, and it never lapses.",
    )
    question = "Which exercises made AMT, and when does it come back?"
    memo.ask("history", question, answer, (memo.book["amt all"] > 0) | (used > 0) | (still > 0))


def _kinds(memo: Writer) -> None:
    answer = say(
        "Only incentive stock options go on Form 6251, line 2i. Of nonqualified options the value above the price is "
        "wages in the year of exercise (",
        counted(memo.form["nonqualified"], "share"),
        " in this file). Of restricted stock units the value is wages when the shares arrive",
        _here(memo, "units"),
        ". Shares of an employee stock purchase plan are taxed when sold",
        _here(memo, "plan"),
        ". None of these three has a line on Form 6251; their sales go on Form 8949 and Schedule D, with what was "
        "wages as part of the basis.",
    )
    memo.ask("kinds", "I hold several kinds of company stock. What goes where?", answer, _others(memo))


def _here(memo: Writer, kind: str) -> Text:
    return if_so(_has(memo, kind), " (", counted(memo.form[kind], "share"), " in this file)")


def _purchase_plan(memo: Writer) -> None:
    answer = say(
        "Keep it with your tax papers; it is not filed. It tells the value on the day of the grant, as a rule the "
        "first of the offering (box 3), the value on the day of purchase (box 4), the price (box 5) and the price as "
        "if you had bought on the day of the grant (box 8; blank if it was fixed then). They are needed when you "
        "sell. Longer than two years from the grant and one year from the purchase: the discount on the day of the "
        "grant, or the rise in value if that is less, is ordinary income, and the rest is long-term. Sold sooner: the "
        "value on the day of purchase less the price is ordinary income, even if you sell at a loss. The AMT counts "
        "the same, and nothing goes on Form 6251."
    )
    memo.ask("form 3922", "I received a Form 3922. Where does it go?", answer, _has(memo, "plan"))


def _twice(memo: Writer) -> None:
    used, still = memo.book["used all"], memo.form["still now"]

    def trapped(year: int) -> Text:
        loss = memo.form[f"{year} AMT loss"]
        return if_so(
            loss > memo.form[f"{year} regular loss"],
            " Where the AMT basis is above the sale price, the AMT sees a loss that counts only up to ",
            money(law_of(memo.shape.last - year).loss_limit),
            " a year beyond gains: ",
            money(loss),
            f" is still waiting after {year}. The credit does not wait for it.",
        )

    answer = say(
        "No, though it takes time. When you sell, the AMT counts a smaller gain than regular tax, because its basis is "
        "higher; the difference goes on Form 6251, line 2k. And the AMT that came from timing returns as a credit on "
        "Form 8801, sale or no sale: ",
        money(used),
        " so far, with ",
        money(still),
        " to come.",
        memo.latest(trapped),
    )
    memo.ask(
        "twice", "If I sell later, am I taxed twice?", answer, (memo.book["amt all"] > 0) | (used > 0) | (still > 0)
    )


def _filing(memo: Writer) -> None:
    answer = say(
        "With Form 1040, by its due date: April 15 of the next year, or October 15 if you ask for an extension, which "
        "extends the filing but not the payment. AMT is not withheld from wages, so a large exercise may call for an "
        "estimated payment. A late return costs 5% of the unpaid tax for each month begun, up to 25%; late payment "
        "costs 0.5% a month, up to 25%, which is taken off the 5% where both run; a return more than 60 days late "
        "has a least penalty, and interest runs on top. This is told, not figured, in this file.",
    )
    memo.ask("filing", "When and how are the forms filed, and what does lateness cost?", answer)
