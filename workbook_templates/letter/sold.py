"""What was sold, all years together: by kind of sale, what was wages, what the AMT sees otherwise."""

from __future__ import annotations

from typing import Final

from engine.federal.stock import boxes_of_8949, form_8949, sale_gains, sale_reasons, sales
from engine.federal.tax_year import law_of, tax_year
from engine.language.expressions import Amount, Flag, Text, join, text, when
from engine.language.reasons import Reason

from .sums import Ways
from .writing import Writer, counted, if_so, money, result, say, spaced

PASSED_ON: Final = (
    sale_reasons.TO_SPOUSE,
    sale_reasons.AT_DEATH,
    sale_reasons.GIFT_EARLY,
    sale_reasons.GIFT_LATE,
    sale_reasons.ESPP_AT_DEATH,
)
KINDS: Final = ("qualifying", "early", "nonqualified", "units", "plan late", "plan early")  # of sentences, in order


def write_sold(letter: Writer) -> None:
    """The heading and a sentence a kind; what was not in wages; AMT against regular, and losses that wait."""
    one_sale = boxes_of_8949.is_one_sale.equals(1)
    shares = letter.sum("sold", "Shares sold", sales.shares, *_in_years(letter, one_sale))
    passed = letter.sum("passed on", "Shares passed on", sales.shares, *_passed_on(letter))
    _sentences(letter)
    letter.head_if("sold head", "What you sold", (shares > 0) | (passed > 0))
    in_year = {
        year: letter.sum(f"{year} sold", f"Shares sold in {year}", sales.shares, (one_sale, _in(year))) > 0
        for year in letter.shape.years
    }
    years = letter.years_told("sold in", in_year)
    first = join("You sold ", counted(shares, "share"), " in ", years.words, ".")
    letter.tell("sold all", join(first, *(letter.form.word(f"sold {kind}") for kind in KINDS)), shares > 0)
    unpaid = [letter.part(f"{year} not in wages", _unpaid(letter, year)) for year in letter.shape.years]
    letter.tell("not in wages", spaced(unpaid))
    letter.tell("sold for AMT", _for_amt(letter))
    _write_passed_on(letter, passed)


def _were(shares: Amount) -> Text:
    return when(shares.equals(1), text(" was"), text(" were"))


def _in(year: int) -> Flag:
    return sales.year_sold.equals(year)


def _in_years(letter: Writer, *tests: Flag) -> Ways:
    """The rows of a kind in the years of the file."""
    return [(*tests, _in(year)) for year in letter.shape.years]


def _of_kind(letter: Writer, kind: Reason) -> tuple[Amount, Amount, Amount, Amount]:
    """Shares of one kind of sale, their ordinary income, and their results for regular tax and for the AMT."""
    what, ways = kind.text, _in_years(letter, sale_reasons.what.gives(kind), boxes_of_8949.is_one_sale.equals(1))
    return (
        letter.sum(f"shares {what}", f"Shares sold, {what}", sales.shares, *ways),
        letter.sum(f"ordinary {what}", f"Ordinary income, {what}", sale_gains.ordinary, *ways),
        letter.sum(f"gain {what}", f"Their gain, regular, {what}", sale_gains.gain, *ways),
        letter.sum(f"AMT gain {what}", f"Their gain, AMT, {what}", sale_gains.amt_gain, *ways),
    )


def _both(gain: Amount, for_amt: Amount) -> Text:
    """A result for regular tax and for the AMT."""
    apart = join(result(gain), " for regular tax, and ", result(for_amt), " for the AMT")
    return when(gain.equals(for_amt), join(result(gain), " in both systems"), apart)


def _sentences(letter: Writer) -> None:
    _iso(letter)
    for key, kind, whose in (
        ("nonqualified", sale_reasons.NONQUALIFIED, "from nonqualified options"),
        ("units", sale_reasons.UNITS, "from restricted stock units"),
    ):
        shares, _, gain, for_amt = _of_kind(letter, kind)
        words = join(" ", counted(shares, "share"), f" came {whose}: ", _both(gain, for_amt), ".")
        letter.part(f"sold {key}", words, shares > 0)
    late, early = (
        "the discount on the day of the grant, up to the rise",
        "the value on the day of purchase less the price",
    )
    _plan(letter, "plan late", sale_reasons.ESPP_QUALIFYING, "after both", late)
    _plan(letter, "plan early", sale_reasons.ESPP_DISQUALIFYING, "before both", early)


def _iso(letter: Writer) -> None:
    """Sales after both holding periods, and those that came too early."""
    shares, _, gain, for_amt = _of_kind(letter, sale_reasons.QUALIFYING)
    basis = join(" Your AMT basis was higher by what ", letter.iso_line(), " had counted.")
    words = join(
        " ",
        counted(shares, "share"),
        _were(shares),
        " sold after both holding periods, so the whole result is capital: ",
        _both(gain, for_amt),
        ".",
        when(gain.equals(for_amt), text(""), basis),
    )
    letter.part("sold qualifying", words, shares > 0)
    shares, ordinary, gain, for_amt = _of_kind(letter, sale_reasons.DISQUALIFYING)
    taxed = join(", so ", money(ordinary), " of what you made is ordinary income, taxed like wages. The rest is ")
    words = join(
        " ",
        counted(shares, "share"),
        _were(shares),
        " sold too early, before both holding periods were over",
        when(ordinary > 0, taxed, text(". None of it is ordinary income; the result is ")),
        _both(gain, for_amt),
        ".",
    )
    letter.part("sold early", words, shares > 0)


def _plan(letter: Writer, key: str, kind: Reason, when_sold: str, why: str) -> None:
    shares, ordinary, gain, for_amt = _of_kind(letter, kind)
    taxed = join(money(ordinary), f", {why}, is ordinary income. The rest is ")
    words = join(
        " ",
        counted(shares, "share"),
        " of the purchase plan",
        _were(shares),
        f" sold {when_sold} holding periods were over. ",
        when(ordinary > 0, taxed, text("None of it is ordinary income; the result is ")),
        _both(gain, for_amt),
        ".",
    )
    letter.part(f"sold {key}", words, shares > 0)


def _unpaid(letter: Writer, year: int) -> Text:
    """Ordinary income of sales that is not on a Form W-2, and where it goes."""
    unpaid = letter.sum(f"{year} unpaid", f"Income of sales not in wages, {year}", form_8949.not_in_wages, (_in(year),))
    goes = tax_year(year).found_on.option_income
    return if_so(
        unpaid > 0, money(unpaid), f" of the ordinary income of {year} is not on your Form W-2 and goes on {goes}."
    )


def _for_amt(letter: Writer) -> Text:
    """Capital losses that wait, in each system."""

    def of_year(year: int) -> Text:
        regular, amt = letter.form[f"{year} regular loss"], letter.form[f"{year} AMT loss"]
        limit = money(law_of(letter.shape.last - year).loss_limit)
        told = say(
            "Capital losses above gains count only up to ",
            limit,
            f" a year, in each system for itself. Left after {year}: ",
            when(regular > 0, money(regular), text("nothing")),
            " for regular tax, ",
            when(amt > 0, money(amt), text("nothing")),
            " for the AMT",
            when(
                letter.in_question(year),
                join(f"; whose they are after a death or a change of filing status must be settled for {year + 1}."),
                text("."),
            ),
        )
        return when((regular > 0) | (amt > 0), told, text(""))

    return letter.latest(of_year)


def _passed_on(letter: Writer) -> Ways:
    ways = [way for each in PASSED_ON for way in _in_years(letter, sale_reasons.why.gives(each))]
    return [*ways, *_in_years(letter, sale_reasons.what.gives(sale_reasons.ESPP_GIFT))]


def _write_passed_on(letter: Writer, shares: Amount) -> None:
    at_death = sale_reasons.why.gives(sale_reasons.ESPP_AT_DEATH)
    ways = [*_in_years(letter, sale_reasons.what.gives(sale_reasons.ESPP_GIFT)), *_in_years(letter, at_death)]
    ordinary = letter.sum("ordinary passed on", "Ordinary income of shares passed on", sale_gains.ordinary, *ways)
    words = join(
        counted(shares, "share"),
        _were(shares),
        " passed on as a gift, to a spouse or at death. The column Why on Sales says what follows for each.",
        if_so(ordinary > 0, " ", money(ordinary), " of ordinary income comes from shares of the purchase plan."),
    )
    letter.tell("given", words, shares > 0)
