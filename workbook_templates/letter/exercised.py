"""The exercises beyond those that led to AMT: one paragraph a year, each group of shares in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from engine.federal.stock import exercises, line_2i
from engine.language.expressions import Amount, Text, join, text, when
from engine.language.reasons import Reason
from engine.language.roles import Role

from .happened import owed_in
from .sums import KEPT, because_in
from .writing import Writer, counted, if_so, money, say, spaced

GROUPS: Final[dict[str, Sequence[Reason]]] = {  # groups of shares whose company is named where it is one
    "kept": KEPT,
    "vested": (line_2i.UNVESTED,),
    "under": (line_2i.UNDERWATER,),
    "equal": (line_2i.WORTH_THE_PRICE,),
    "NSO": (line_2i.NONQUALIFIED,),
    "units": (line_2i.UNITS,),
    "plan": (line_2i.PURCHASE_PLAN,),
}
PARTS: Final = (
    "2i",
    "vest",
    "election",
    "vest and sale",
    "underwater",
    "equal",
    "at once",
    "nonqualified",
    "units",
    "plan",
)


def write_exercises(letter: Writer) -> None:
    """The heading, a paragraph for each year with exercises, and that these did not lead to AMT."""
    for year in letter.shape.years:
        _incentive(letter, year)
        _without_spread(letter, year)
        _other_pay(letter, year)
    owed = letter.book["amt all"] > 0
    paragraphs = {year: join(*(letter.form.word(f"{year} {part}") for part in PARTS)) for year in letter.shape.years}
    told = {year: letter.part(f"{year} exercises", words) for year, words in paragraphs.items()}
    there = ~join(*told.values()).equals("")
    letter.head_if("exercises head", when(owed, text("The other exercises"), text("Your exercises")), there)
    for year, words in told.items():
        letter.tell(f"{year} exercised", join(f"{year}:", words), ~words.equals(""))
    only = text(
        "Where these added to AMT income and no AMT was due, your regular tax was not lower. At most they reduced the "
        "credit that you could use."
    )
    quiet = [
        if_so((letter.of(year, Role.EXERCISES) > 0) & owed_in(letter, year).equals(0) & letter.known(year), "x")
        for year in letter.shape.years
    ]
    letter.tell("no AMT from these", only, ~join(*quiet).equals("") & owed)


def write_short(letter: Writer) -> None:
    """In place of these paragraphs, where the letter would be too long."""
    words = "The other exercises are on the sheet Exercises, each with the reason why it counts or does not."
    letter.tell("exercises in short", text(words))


def _incentive(letter: Writer, year: int) -> None:
    """Shares kept, and those measured at vest; in a year with AMT the letter has told of them already."""
    form, line, told = letter.form, letter.iso_line(year), owed_in(letter, year) > 0
    by_exercise, by_vest = form[f"{year} by exercise"], form[f"{year} by vest"]
    kept = counted(form[f"{year} kept"], "share", letter.whose(f"whose_{year}_kept"))
    words = join(
        " You exercised options and kept ", kept, ": that added ", money(by_exercise), f" to Form 6251, {line}."
    )
    letter.part(f"{year} 2i", words, (by_exercise > 0) & ~told)
    vested = counted(form[f"{year} vested"], "share", letter.whose(f"whose_{year}_vested"))
    words = join(
        " ",
        vested,
        f" bought before the day of vesting vested in {year}. The AMT counts them then: ",
        money(by_vest),
        f" on {line}.",
    )
    letter.part(f"{year} vest", words, (by_vest > 0) & ~told)
    in_year = exercises.year_included.equals(year)
    filed = exercises.election_83b.equals("yes")
    elected = letter.sum(
        f"{year} elected", f"Shares with an 83(b) election, {year}", exercises.shares, (filed, in_year)
    )
    words = join(
        " For ",
        counted(elected, "share"),
        " you filed an election under section 83(b), so they count at exercise and not at vesting.",
    )
    letter.part(f"{year} election", words, elected > 0)
    sold = form[f"{year} by sold"]
    words = say(
        " ",
        money(sold),
        f" of {line} is for shares that vested and were sold in {year}, after both holding periods. The "
        "law does not settle this case in so many words, so the figure is provisional.",
    )
    letter.part(f"{year} vest and sale", words, sold > 0)


def _without_spread(letter: Writer, year: int) -> None:
    """Shares that add nothing: worth less than the price, worth the price, sold by the end of the year."""
    line, under = letter.iso_line(year), because_in(year, line_2i.UNDERWATER)
    shares = letter.sum(f"{year} shares under", f"Shares below the price, {year}", exercises.shares, *under)
    paid = letter.sum(f"{year} paid under", f"Price paid for these, {year}", exercises.price_of_lot, *under)
    spread = letter.sum(f"{year} spread under", f"Value less price of these, {year}", exercises.bargain_element, *under)
    value = letter.line(f"{year} value under", f"Value of these, {year}", paid + spread)
    others = letter.of(year, Role.EXERCISES)
    words = say(
        " You paid ",
        money(paid),
        " for ",
        counted(shares, "share", letter.whose(f"whose_{year}_under")),
        " worth ",
        money(value),
        ". That adds nothing to the AMT",
        when(
            others > 0,
            join(", and the ", money(-spread), " does not come off the ", money(others), " of your other exercises"),
            text(", and it takes nothing off other exercises either"),
        ),
        ". Your basis is what you paid.",
    )
    letter.part(f"{year} underwater", words, shares > 0)
    equal = because_in(year, line_2i.WORTH_THE_PRICE)
    same = letter.sum(f"{year} shares equal", f"Shares worth the price, {year}", exercises.shares, *equal)
    whose = letter.whose(f"whose_{year}_equal")
    words = join(" You exercised ", counted(same, "share", whose), " at their value, so nothing was counted.")
    letter.part(f"{year} equal", words, same > 0)
    in_year = exercises.year_included.equals(year)
    out = letter.sum(f"{year} shares out", f"Shares sold before {line} of {year}", line_2i.shares_out, (in_year,))
    words = join(
        " ",
        counted(out, "share"),
        f" had been sold by the end of {year}: both systems count the sale, and nothing goes on {line}.",
    )
    letter.part(f"{year} at once", words, out > 0)


def _other_pay(letter: Writer, year: int) -> None:
    """Shares without an AMT adjustment: nonqualified options, restricted stock units, a purchase plan."""
    nonqualified, units = because_in(year, line_2i.NONQUALIFIED), because_in(year, line_2i.UNITS)
    shares = letter.sum(f"{year} shares NSO", f"Nonqualified shares, {year}", exercises.shares, *nonqualified)
    wages = letter.sum(f"{year} wages NSO", f"Their spread, in wages, {year}", exercises.wage_income, *nonqualified)
    words = join(
        " ",
        counted(shares, "share", letter.whose(f"whose_{year}_NSO")),
        " came from nonqualified options. Their value above the price, ",
        money(wages),
        ", belongs in your wages (Form W-2 box 1) and in your basis.",
    )
    letter.part(f"{year} nonqualified", words, shares > 0)
    shares = letter.sum(f"{year} shares units", f"Shares of restricted stock units, {year}", exercises.shares, *units)
    wages = letter.sum(f"{year} wages units", f"Their value, in wages, {year}", exercises.wage_income, *units)
    words = join(
        " ",
        counted(shares, "share", letter.whose(f"whose_{year}_units")),
        " came from restricted stock units. Their value that day, ",
        money(wages),
        ", belongs in your wages (Form W-2 box 1) and is your basis in both systems.",
    )
    letter.part(f"{year} units", words, shares > 0)
    plan = because_in(year, line_2i.PURCHASE_PLAN)
    shares = letter.sum(f"{year} shares plan", f"Shares of a purchase plan, {year}", exercises.shares, *plan)
    paid = letter.sum(f"{year} paid plan", f"Price paid for these, {year}", exercises.price_of_lot, *plan)
    words = join(
        " You bought ",
        counted(shares, "share", letter.whose(f"whose_{year}_plan")),
        " under an employee stock purchase plan and paid ",
        money(paid),
        ". None of that is income while you hold the shares, and nothing goes on Form 6251.",
    )
    letter.part(f"{year} plan", words, shares > 0)


def write_exact_prices(letter: Writer) -> None:
    """What prices rounded to cents on Forms 3921 would have made of line 2i, as a question."""
    for year in letter.shape.years:
        in_year = exercises.year_included.equals(year)
        price = letter.sum(f"{year} rounding", f"Exact prices less box 3, {year}", line_2i.rounding, (in_year,))
        label = f"Of {letter.iso_line(year)}, by exact prices, {year}"
        on_2i = letter.sum(f"{year} rounding 2i", label, line_2i.rounding_2i, (in_year,))
        words = join(
            f"{year}: you paid ",
            _more_or_less(price),
            f" than by the rounded prices, and {letter.iso_line(year)} is ",
            _more_or_less(on_2i),
            " for it.",
        )
        letter.part(f"{year} exact prices", words, ~(price.equals(0) & on_2i.equals(0)))
    parts = [letter.form.word(f"{year} exact prices") for year in letter.shape.years]
    answer = join(
        "Forms 3921 and 3922 round the price per share to cents; this file uses the exact prices. ", spaced(parts)
    )
    asked = "Why do the figures differ from the prices on Form 3921?"
    letter.ask("exact prices", asked, answer, ~join(*parts).equals(""))


def _more_or_less(amount: Amount) -> Text:
    return when(amount < 0, join(money(-amount), " less"), join(money(amount), " more"))
