"""What clients ask, answered with their own numbers; a question that does not arise is not there."""

from __future__ import annotations

from engine.federal.tax_year import law_of, tax_year
from engine.language.expressions import Text, join, text, when
from engine.language.roles import Role

from .answers_on_shares import ask_on_basis, ask_on_holding, ask_on_underwater, has, has_others
from .writing import Writer, counted, if_so, money, say


def write_answers(memo: Writer) -> None:
    """Question by question."""
    memo.head("Questions and answers")
    _what_it_is(memo)
    ask_on_underwater(memo)
    ask_on_basis(memo)
    ask_on_holding(memo)
    _history(memo)
    _kinds(memo)
    _purchase_plan(memo)
    _twice(memo)
    _filing(memo)


def _what_it_is(memo: Writer) -> None:
    def shield(year: int) -> Text:
        tentative, regular = memo.of(year, Role.TENTATIVE_MINIMUM_TAX), memo.of(year, Role.REGULAR_TAX)
        room, owed = memo.form[f"{year} room"], memo.of(year, Role.MINIMUM_TAX)
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
        "The alternative minimum tax (AMT) is a second way to compute the tax of the same year. It allows fewer "
        "deductions and counts the gain of incentive stock options at exercise, but it leaves a large exemption free "
        "and has only two rates, 26% and 28%. If it comes out higher than the regular tax, you pay the difference on "
        "top. A large exercise kept past the end of the year is the usual cause.",
        memo.latest(shield),
    )
    memo.ask("what it is", "What is the AMT, and when does it reach me?", answer)


def _history(memo: Writer) -> None:
    """Which exercises made AMT, and what of the credit is left."""

    def of_year(year: int) -> Text:
        line_2i_of_year, owed = memo.of(year, Role.EXERCISES), memo.of(year, Role.MINIMUM_TAX)
        told = join(f"{year}: {memo.iso_line(year)} ", money(line_2i_of_year), ", AMT ", money(owed), ". ")
        return when(memo.ready(year) & ((line_2i_of_year > 0) | (owed > 0)), told, text(""))

    used, still, nothing = memo.book["used all"], memo.form["still now"], memo.book["nothing"]
    answer = say(
        *memo.by_year(of_year),
        if_so(
            nothing > 0,
            counted(nothing, "exercise"),
            f" on record added nothing to {memo.iso_line()}; the column Why on Exercises says which and why. ",
        ),
        "Used as a credit so far: ",
        money(used),
        ". Credit left: ",
        money(still),
        when(
            memo.still_in_question(),
            say(". Whose it is after a death or a change of filing status must be settled before anyone uses it."),
            say(
                ". It comes back on Form 8801 in every later year in which your regular tax is above the tentative "
                "minimum tax, by the difference. You need not sell anything for that, and it never lapses."
            ),
        ),
    )
    question = "Which exercises made AMT, and when does it come back?"
    memo.ask("history", question, answer, (memo.book["amt all"] > 0) | (used > 0) | (still > 0))


def _kinds(memo: Writer) -> None:
    answer = say(
        f"Only incentive stock options go on Form 6251, {memo.iso_line()}. Of nonqualified options the value above "
        "the price is wages in the year of exercise (",
        counted(memo.form["nonqualified"], "share"),
        " in this file). Of restricted stock units the value is wages when the shares arrive",
        _here(memo, "units"),
        ". Shares of an employee stock purchase plan are taxed when sold",
        _here(memo, "plan"),
        ". None of these three has a line on Form 6251; their sales go on Form 8949 and Schedule D, with what was "
        "wages as part of the basis.",
    )
    memo.ask("kinds", "I hold several kinds of company stock. What goes where?", answer, has_others(memo))


def _here(memo: Writer, kind: str) -> Text:
    return if_so(has(memo, kind), " (", counted(memo.form[kind], "share"), " in this file)")


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
    memo.ask("form 3922", "I received a Form 3922. Where does it go?", answer, has(memo, "plan"))


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
        f"higher; the difference goes on Form 6251, {memo.sold_line()}. And the AMT that came from timing returns "
        "as a credit on Form 8801, sale or no sale: ",
        money(used),
        " so far, with ",
        money(still),
        when(memo.still_in_question(), text(" left, of which it must be settled whose it is."), text(" to come.")),
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
        "has a least penalty, and interest runs on top. This is told, not computed, in this file.",
    )
    memo.ask("filing", "When and how are the forms filed, and what does lateness cost?", answer)
