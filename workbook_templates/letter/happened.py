"""Why there was AMT, what came back and what is left: the sentences that Summary and Letter share."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Final

from engine.federal.stock import exercises, line_2i
from engine.language.expressions import Amount, Count, Day, Flag, Text, join, text, when
from engine.language.nodes import Column, Kind, Leaf, Op, Operation
from engine.language.roles import Role

from ..contents.records.record_words import WAITING
from .writing import NOTHING, Writer, YearsTold, counted, if_so, money, spaced

LED: Final = ("led", "leads")  # in a filed year, and in one that is not
NEXT_YEAR: Final = "next_year_begins"  # the day after the last year of the file
COMPANIES: Final = "companies_held"  # whose shares are left: " of Acorn Inc", " of three companies"
SETTLE: Final = " is left; whose it is after a death or a change of filing status must be settled before anyone uses it"


def owed_in(letter: Writer, year: int) -> Amount:
    """The AMT of a year, 0 while it is not computed."""
    return letter.book[f"amt {year}"]


def used_in(letter: Writer, year: int) -> Amount:
    """The credit used in a year, 0 while it is not computed."""
    return letter.book[f"used {year}"]


def years_with_amt(letter: Writer) -> YearsTold:
    """The years in which AMT is due."""
    return letter.years_told("AMT", {year: owed_in(letter, year) > 0 for year in letter.shape.years})


def write_verdict(letter: Writer) -> None:
    """The one sentence under the client's name: AMT of the last year, and what goes on."""
    last, still = letter.shape.last, letter.book[f"still {letter.shape.last}"]
    owed = owed_in(letter, last)
    some = letter.by_stage(
        last,
        join("AMT of ", money(owed), f" was due for {last}"),
        join("AMT of ", money(owed), f" is expected for {last}"),
        join("AMT of ", money(owed), f" would be due for {last}"),
    )
    none = letter.by_stage(
        last, f"No AMT was due for {last}", f"No AMT is expected for {last}", f"No AMT would be due for {last}"
    )
    goes_on = when(
        letter.still_in_question(),
        join(", and ", money(still), SETTLE, "."),
        join(", and ", money(still), f" of credit carries to {last + 1}."),
    )
    nothing = when(letter.book["used all"] > 0, text(", and no credit is left."), text("."))
    computed = join(when(owed > 0, some, none), when(still > 0, goes_on, nothing))
    letter.part("verdict", when(letter.known(last), computed, _not_yet(letter, last)))


def _not_yet(letter: Writer, last: int) -> Text:
    needed = letter.word(last, Role.STILL_NEEDED)
    missing = when(
        needed.equals("wages"),
        text("wages are missing (Form W-2 box 1)."),
        when(
            needed.equals("deduction"),
            text("the deduction is missing (Form 1040 line 12)."),
            text("the filing status is missing (Form 1040, page 1)."),
        ),
    )
    waits = text(f"{last} is not complete yet: a year before it is not computed.")
    return when(letter.test(last, Role.READY), waits, join(f"{last} is not computed yet: ", missing))


def write_why(letter: Writer) -> None:
    """Why there was AMT: of one year in full, of several with their amounts."""
    told = years_with_amt(letter)
    for year in letter.shape.years:
        letter.part(f"{year} cause", _cause(letter, year), owed_in(letter, year) > 0)
        letter.part(f"{year} cost", _cost(letter, year), owed_in(letter, year) > 0)
    alone = [join(letter.form.word(f"{year} cause"), letter.form.word(f"{year} cost")) for year in letter.shape.years]
    nothing = when(letter.all_known() & (letter.form["incentive"] > 0), _led_to_none(letter), NOTHING)
    letter.part("why label", when(told.how_many > 0, join("Why there ", was(letter), " AMT"), why_none(letter)))
    letter.part("why", when(told.how_many.equals(1), join(*alone), when(told.how_many > 1, _several(letter), nothing)))


def estimate(letter: Writer, year: int) -> Text:
    """What stands behind an amount of a year whose return is not filed."""
    return letter.by_stage(year, "", " (an estimate)", " (planned)")


def was(letter: Writer) -> Text:
    """'was' where AMT of a filed year is told, 'is' where it is all of years that are not filed."""
    filed = [(owed_in(letter, year) > 0) & letter.is_filed(year) for year in letter.shape.years]
    return when(reduce(or_, filed), text("was"), text("is"))


def why_none(letter: Writer) -> Text:
    """The heading where there is no AMT: an estimate is not past."""
    words = [text(f"Why there {verb} no AMT") for verb in ("was", "is")]
    return when(letter.is_filed(letter.shape.last), *words)


def _several(letter: Writer) -> Text:
    """AMT of several years with their amounts; in some years it may come from no option at all."""
    owed = {year: owed_in(letter, year) > 0 for year in letter.shape.years}
    of_options = reduce(or_, (flag & (letter.of(year, Role.EXERCISES) > 0) for year, flag in owed.items()))
    each = [
        if_so(flag, f" {year}: ", money(owed_in(letter, year)), estimate(letter, year), ".")
        for year, flag in owed.items()
    ]
    options = text("The AMT counts the gain of options before you sell, and there is AMT in more than one year.")
    others = text("Other items than options led to AMT in more than one year (see Form 6251).")
    return join(when(of_options, options, others), *each)


def _led_to_none(letter: Writer) -> Text:
    """That no exercise led to AMT; the last year may be an estimate."""
    if letter.shape.first == letter.shape.last:
        led, leads = (f"None of your exercises {verb} to AMT: your regular tax of {letter.span} " for verb in LED)
        return letter.by_stage(letter.shape.last, led + "was not lower.", *(leads + "is not lower.",) * 2)
    led, leads = (f"None of your exercises of {letter.span} {verb} to AMT: your regular tax " for verb in LED)
    return letter.by_stage(
        letter.shape.last, led + "was not lower in any year.", *(leads + "is not lower in any year.",) * 2
    )


def _cause(letter: Writer, year: int) -> Text:
    """What was exercised and kept, or vested, and its gain."""
    form = letter.form
    kept, vested = form[f"{year} kept"], form[f"{year} vested"]
    by_exercise, by_vest = form[f"{year} by exercise"], form[f"{year} by vest"]
    options = counted(kept, "option", letter.whose(f"whose_{year}_kept"))
    bought = letter.by_stage(
        year,
        join(f"In {year} you exercised ", options, " and kept the shares. They were worth "),
        join(f"In {year} you exercised ", options, " and kept the shares. They were worth "),
        join(f"In {year} you would exercise ", options, " and keep the shares. They would be worth "),
    )
    at_exercise = join(bought, money(by_exercise), " more than you paid, and the AMT counts that gain at exercise")
    shares = counted(vested, "share", letter.whose(f"whose_{year}_vested"))
    at_vest = join(
        f"In {year} ",
        shares,
        " that you had bought before they were yours to keep vested. They were worth ",
        money(by_vest),
        " more than you paid, and the AMT counts that gain at vesting",
    )
    both = join(at_exercise, "; ", shares, " that vested that year added ", money(by_vest))
    others = text(f"In {year} other items than options led to AMT (see Form 6251)")
    one = when(by_exercise > 0, at_exercise, when(by_vest > 0, at_vest, others))
    return when((by_exercise > 0) & (by_vest > 0), both, one)


def _cost(letter: Writer, year: int) -> Text:
    owed = money(owed_in(letter, year))
    return letter.by_stage(
        year,
        join(": it cost ", owed, f" on your {year} return."),
        join(": it is expected to cost ", owed, f" on your {year} return."),
        join(": it would cost ", owed, f" on your {year} return."),
    )


def write_came_back(letter: Writer) -> None:
    """What came back as a credit, and what is left."""
    used, still, owed = letter.book["used all"], letter.form["still now"], letter.book["amt all"]
    begin = when((owed > 0) & _of_these_years(letter), text("Since then "), NOTHING)
    back = join(begin, money(used), " has come back as a credit, without any sale being needed.")
    rest = when(
        letter.still_in_question(),
        join(" ", money(still), SETTLE, "."),
        join(" ", letter.part("goes on", _goes_on(letter))),
    )
    nothing_yet = join("Nothing has come back yet.", rest)
    some = join(back, when(still > 0, rest, text(" No credit is left.")))
    letter.part("came back", when(used > 0, some, when(still > 0, nothing_yet, NOTHING)))


def _of_these_years(letter: Writer) -> Flag:
    """Whether all credit is of AMT of the years of the file: what was brought in is of AMT before them."""
    return letter.book["proof in"].equals(0)


def _goes_on(letter: Writer) -> Text:
    """Where the credit goes, and how much of it a year like the last one would use."""
    still, used = letter.form["still now"], letter.book["used all"]

    def of_year(year: int) -> Text:
        room = letter.of(year, Role.CREDIT_ROOM)
        whole = join(f" A year like {year} would use all of it.")
        part = join(f" A year like {year} would use ", money(room), " of it.")
        none = join(
            f" A year like {year} would use none of it: the regular tax is not above the tentative minimum tax."
        )
        pace = when(room >= still, whole, when(room > 0, part, none))
        other = when((used > 0) & _of_these_years(letter), text("The other "), NOTHING)
        return join(other, money(still), f" carries to {year + 1}.", pace)

    return letter.latest(of_year)


def write_held(letter: Writer) -> None:
    """What shares are left, and whether they are past their holding periods by the end of the last year."""
    left, last = letter.form["left"], letter.shape.last
    day = letter.made(NEXT_YEAR, Kind.DAY)
    waiting = letter.sum("waiting", f"Of these, ISO and ESPP shares not past them at the end of {last}", WAITING, ())
    underwater = (line_2i.why.gives(line_2i.UNDERWATER),)
    under = letter.sum("waiting under", "Of these, worth less than their price at exercise", WAITING, underwater)
    taxed = waiting - under  # only a gain at exercise turns into wages
    earlier = Operation(Op.TOTAL_BEFORE, (_column(line_2i.shares_left), _column(exercises.first_day), day))
    past = letter.form.working("left past", f"Of shares left, past their periods by the end of {last}", Amount(earlier))
    begin = letter.by_stage(last, *("You still hold ",) * 2, f"At the end of {last} you would hold ")
    held = join(begin, counted(left, "share"), Text(letter.made(COMPANIES)), ".")
    gain = when(
        letter.form["left plan"] > 0,
        text(", so a gain on their sale is long-term capital gain, less the discount of a purchase plan."),
        text(", so a gain on their sale is long-term capital gain."),
    )
    every = join(f" All are past their holding periods at the end of {last}", gain)
    sooner = when(
        taxed >= left - past,
        text("part of the gain is wages"),
        when(
            taxed > 0,
            text("the gain is short-term or partly wages"),
            when(under > 0, text("the gain can be short-term"), text("the gain is short-term")),
        ),
    )
    some = join(
        " ",
        counted(past, "share"),
        when(past.equals(1), text(" is past its"), text(" are past their")),
        f" holding periods at the end of {last}. Sell the others sooner, and ",
        sooner,
        " (Exercises has the day for each).",
    )
    none = join(
        f" None is past its holding periods at the end of {last}. Sell sooner, and ",
        sooner,
        " (Exercises has the day for each).",
    )
    letter.part("held", join(held, when(past >= left, every, when(past > 0, some, none))), left > 0)


def write_to_file(letter: Writer) -> None:
    """What goes with the returns that are not filed yet."""
    letter.part("to file", spaced(letter.by_year(lambda year: letter.part(f"{year} to file", _to_file(letter, year)))))


def _to_file(letter: Writer, year: int) -> Text:
    used, attach = used_in(letter, year), letter.test(year, Role.ATTACH)
    available, owed = letter.of(year, Role.CREDIT_AVAILABLE) > 0, owed_in(letter, year) > 0
    credit = when(
        used > 0,
        join("file Form 8801 to use ", money(used), " of credit"),
        text("file Form 8801 to carry the credit on"),
    )
    attached = when(
        owed,
        join("attach Form 6251 and pay AMT of ", money(owed_in(letter, year))),
        text("attach Form 6251 although no AMT is due"),
    )
    both = join(credit, ", and ", attached)
    one = when(attach, attached, text("keep Form 6251 with your records: it need not be attached"))
    what = when(available & attach, both, when(available, credit, one))
    return if_so(letter.is_open(year) & letter.known(year), f"With your {year} return, ", what, ".")


def _column(value: Count | Day) -> Column:
    assert isinstance(value.node, Leaf)
    return Column(value.node)
