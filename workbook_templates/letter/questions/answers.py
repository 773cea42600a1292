"""What clients ask, answered with their own numbers; a question that does not arise is not there."""

from __future__ import annotations

from typing import Final

from engine.federal.tax_year import law_of, tax_year
from engine.federal.years import forms_of
from engine.language.expressions import Text, join, text, when
from engine.language.roles import Role

from ..writing import Writer, counted, if_so, money, say
from .answers_on_shares import ask_on_basis, ask_on_holding, ask_on_underwater, has, has_others

LATER: Final = (
    ". It comes back on Form 8801 in every later year in which your regular tax is above the tentative minimum tax, by "
    "the difference. You need not sell anything for that, and it does not expire."
)


def write_answers(letter: Writer) -> None:
    """Question by question."""
    _what_it_is(letter)
    ask_on_underwater(letter)
    ask_on_basis(letter)
    ask_on_holding(letter)
    _history(letter)
    _kinds(letter)
    _purchase_plan(letter)
    _twice(letter)
    _part_iii(letter)
    _attach(letter)
    _filing(letter)


def _what_it_is(letter: Writer) -> None:
    def shield(year: int) -> Text:
        tentative, regular = letter.of(year, Role.TENTATIVE_MINIMUM_TAX), letter.of(year, Role.REGULAR_TAX)
        room, owed = letter.form[f"{year} room"], letter.of(year, Role.MINIMUM_TAX)
        law, rate = law_of(letter.shape.last - year), tax_year(year).of("phaseout_rate", "single")
        exemption, lost = letter.of(year, Role.EXEMPTION), letter.of(year, Role.EXEMPTION_LOST)
        addition = letter.of(year, Role.SEPARATE_ADDITION)
        left = join(", of which ", money(exemption), " is left")
        return say(
            f" For {year} the exemption is ",
            money(law.exemption),
            when(lost > 0, left, text("")),
            ". It shrinks once AMT income passes ",
            money(law.phaseout_start),
            f", by {rate * 100:.0f} cents on the dollar.",
            if_so(addition > 0, " Married filing separately, ", money(addition), " is added to it (IRC 55(d)(2))."),
            letter.by_stage(
                year,
                " The tax of that year was ",
                " The tax of that year is expected to be ",
                " The tax of that year would be ",
            ),
            money(tentative),
            " under the AMT rules and ",
            money(regular),
            " under the regular rules",
            when(
                owed > 0,
                join("; the AMT is the difference of ", money(owed), "."),
                join(". AMT starts where the first is more than ", money(room), " higher."),
            ),
        )

    answer = say(
        "The alternative minimum tax (AMT) is a second way to compute the tax of the same year. It allows fewer "
        "deductions and counts the gain of incentive stock options at exercise, but it leaves a large exemption free "
        "and has only two rates, 26% and 28%. If it is higher than the regular tax, you pay the difference on "
        "top. A large exercise kept past the end of the year is the usual cause.",
        letter.latest(lambda year: letter.part(f"{year} shield", shield(year))),
    )
    letter.ask("what it is", "What is the AMT, and when is it due?", answer)


def _history(letter: Writer) -> None:
    """Which exercises made AMT, what came back by which line, and what of the credit is left."""

    def of_year(year: int) -> Text:
        added, owed, used = (letter.of(year, role) for role in (Role.EXERCISES, Role.MINIMUM_TAX, Role.CREDIT_USED))
        told = join(f"{year}: {letter.iso_line(year)} ", money(added), ", AMT ", money(owed))
        line = forms_of(year).called(Role.CREDIT_USED)
        back = if_so(used > 0, ", credit used ", money(used), f" (Form 8801 {line})")
        return when(letter.known(year) & ((added > 0) | (owed > 0) | (used > 0)), join(told, back, ". "), text(""))

    used, still, nothing = letter.book["used all"], letter.form["still now"], letter.book["nothing"]
    never = letter.form["never"]
    answer = say(
        *letter.by_year(of_year),
        if_so(
            nothing > 0,
            counted(nothing, "exercise"),
            f" on record added nothing to {letter.iso_line()}; the column Why on Exercises says which and why. ",
        ),
        if_so(
            never > 0, money(never), " of the AMT comes from items such as the standard deduction: it makes no credit. "
        ),
        "Credit used so far: ",
        money(used),
        ". Credit left: ",
        money(still),
        when(
            letter.still_in_question(),
            say(". Whose it is after a death or a change of filing status must be settled before anyone uses it."),
            when(still > 0, say(LATER), text(".")),
        ),
    )
    question = "Which exercises made AMT, and when does it come back?"
    letter.ask("history", question, answer, (letter.book["amt all"] > 0) | (used > 0) | (still > 0))


def _kinds(letter: Writer) -> None:
    answer = say(
        f"Only incentive stock options go on Form 6251, {letter.iso_line()}. Of nonqualified options the value above "
        "the price is wages in the year of exercise, in Form W-2 box 1 and in box 12 with code V (",
        counted(letter.form["nonqualified"], "share"),
        " in this file). Of restricted stock units the value is wages when the shares arrive",
        _here(letter, "units"),
        ". Shares of an employee stock purchase plan are taxed when sold",
        _here(letter, "plan"),
        ". None of these three has a line on Form 6251. Their sales go on Form 8949 and Schedule D, with what was "
        "wages as part of the basis.",
    )
    letter.ask("kinds", "I hold several kinds of company stock. What goes where?", answer, has_others(letter))


def _here(letter: Writer, kind: str) -> Text:
    return if_so(has(letter, kind), " (", counted(letter.form[kind], "share"), " in this file)")


def _purchase_plan(letter: Writer) -> None:
    answer = say(
        "Keep it with your tax papers; it is not filed. It shows the value on the day of the grant, usually the "
        "first of the offering (box 3), the value on the day of purchase (box 4), the price (box 5) and the price as "
        "if you had bought on the day of the grant (box 8; blank if it was fixed then). They are needed when you "
        "sell. More than two years from the grant and one year from the purchase: the discount on the day of the "
        "grant, or the rise in value if that is less, is ordinary income, and the rest is long-term. Sold sooner: the "
        "value on the day of purchase less the price is ordinary income, even if you sell at a loss. The AMT counts "
        "the same, and nothing goes on Form 6251."
    )
    letter.ask("form 3922", "I received a Form 3922. Where does it go?", answer, has(letter, "plan"))


def _twice(letter: Writer) -> None:
    used, still = letter.book["used all"], letter.form["still now"]

    def trapped(year: int) -> Text:
        loss = letter.form[f"{year} AMT loss"]
        return if_so(
            loss > letter.form[f"{year} regular loss"],
            " Where the AMT basis is above the sale price, the AMT sees a loss that counts only up to ",
            money(law_of(letter.shape.last - year).loss_limit),
            " a year beyond gains: ",
            money(loss),
            f" is left after {year}. The credit does not wait for it.",
        )

    answer = say(
        "No, though it takes time. When you sell, the AMT counts a smaller gain than regular tax, because its basis is "
        f"higher; the difference goes on Form 6251, {letter.sold_line()}. And the AMT that came from timing comes back "
        "as a credit on Form 8801, sale or no sale: ",
        money(used),
        " so far, with ",
        money(still),
        when(letter.still_in_question(), text(" left, of which it must be settled whose it is."), text(" to come.")),
        letter.latest(trapped),
    )
    question = "If I sell later, am I taxed twice?"
    letter.ask("twice", question, answer, (letter.book["amt all"] > 0) | (used > 0) | (still > 0))


def _part_iii(letter: Writer) -> None:
    """What the rates of long-term gains save, by year."""

    def of_year(year: int) -> Text:
        plain, lower = letter.of(year, Role.TAX_AT_FLAT_RATES), letter.of(year, Role.SMALLER_TAX)
        saved = letter.line(f"{year} Part III saves", f"Tax at flat rates less with Part III, {year}", plain - lower)
        less = join(money(saved), " less than without it")
        told = join(
            f" {year}: the tax is ", money(lower), ", ", when(saved > 0, less, text("the same as without it")), "."
        )
        return when(letter.known(year) & letter.test(year, Role.GAIN_RATES_APPLY), told, text(""))

    years = join(*letter.by_year(of_year))
    used = say("It keeps the lower rates for your long-term gains and qualified dividends.", years)
    unused = text("It is not needed: there are no long-term gains or qualified dividends that count for the AMT.")
    answer = when(years.equals(""), unused, used)
    letter.ask("part iii", "What does Part III of Form 6251 do for me?", answer, letter.any_known())


def _attach(letter: Writer) -> None:
    """The tests of the instructions, by year."""
    rule = text("The instructions have four tests; each year below passes or fails them.")
    letter.ask("attach", "Must Form 6251 go with the return?", rule, letter.any_known())
    for year in letter.shape.years:
        keep = text(" Keep it with your records: it shows that there was no AMT to pay.")
        verdict = when(
            letter.test(year, Role.ATTACH),
            letter.by_stage(year, " It was to be attached.", " Attach it.", " It would be attached."),
            keep,
        )
        letter.tell(
            f"{year} attach", join(f"{year}: ", letter.word(year, Role.ATTACH_REASON), verdict), letter.known(year)
        )


def _filing(letter: Writer) -> None:
    answer = say(
        "With Form 1040, by its due date: April 15 of the next year, or October 15 if you ask for an extension, which "
        "extends the filing but not the payment. AMT is not withheld from wages, so a large exercise may call for an "
        "estimated payment. A late return costs 5% of the unpaid tax for each month begun, up to 25%. Late payment "
        "costs 0.5% a month, up to 25%, which is taken off the 5% where both run. A return more than 60 days late "
        "has a minimum penalty, and interest runs on top. These are not computed in this file.",
    )
    letter.ask("filing", "When and how are the forms filed, and what does lateness cost?", answer)
