"""Every kind of input that a user types into a workbook, drawn at random for a client."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, reduce
from random import Random

from engine import Client, project
from engine.columns import OVERRIDES
from engine.filing import STATUSES
from tests.spreadsheets.typed_input import Typed
from tests.workbook_typing import Row, Typing, shown


class Before:
    """A client whose workbook is typed into."""

    def __init__(self, client: Client) -> None:
        """Take the client as it is."""
        self.client = client

    @cached_property
    def years(self) -> Sequence[int]:
        """The tax years of the book."""
        return list(project(self.client).years)

    @cached_property
    def tables(self) -> dict[str, list[Row]]:
        """The records as the workbook shows them."""
        return shown(self.client)

    @cached_property
    def held(self) -> list[tuple[int, Decimal]]:
        """The positions of exercises of which shares are left, and how many."""
        lots = project(self.client).lots
        return [(place, lot["shares_left"]) for place, lot in enumerate(lots) if lot["shares_left"] > 0]


Kind = Callable[[Before, Random], Typing]
Draw = Callable[[Random], Typed]


def _entries(**columns: Typed) -> Kind:
    """The same columns typed into any one year."""

    def typing(before: Before, random: Random) -> Typing:
        year = random.choice(before.years)
        return Typing(returns={(year, column): value for column, value in columns.items()})

    return typing


def _filing_status(before: Before, random: Random) -> Typing:
    status = random.choice(list(STATUSES))
    return Typing(returns={(year, "filing_status"): status for year in before.years})


def _what_is_needed(before: Before, random: Random) -> Typing:
    """Status, wages and deduction, whether or not they were there."""
    year = random.choice(before.years)
    row: Row = {"filing_status": random.choice(list(STATUSES)), "wages": _money(random, 400_000)}
    row |= {"deduction": "standard", "taxable_income": None}
    return Typing(returns={(year, column): value for column, value in row.items()})


def _wages(before: Before, random: Random) -> Typing:
    return Typing(returns={(year, "wages"): _money(random, 600_000) for year in before.years})


def _carried_in(before: Before, random: Random) -> Typing:
    """With cents, whatever the rounding."""
    year = random.choice(before.years)
    return Typing(returns={(year, column): _money(random, 50_000) for column in OVERRIDES})


def _row(table: str, place: int, columns: Row) -> Typing:
    return Typing(records={(table, place, column): value for column, value in columns.items()})


def _exercise_in_spare_row(before: Before, random: Random) -> Typing:
    row: Row = {
        "exercise_id": "typed-1",
        "kind": random.choice(("ISO", "ISO", "NSO")),
        "date_granted": date(before.years[0] - 2, 2, 28),
        "date_exercised": _day(before, random),
        "exercise_price": _money(random, 20),
        "fmv_exercise": _money(random, 90),
        "shares": Decimal(random.randint(1, 5_000)),
    }
    return _row("exercises", len(before.tables["exercises"]), row)


def _delivery_in_spare_row(before: Before, random: Random) -> Typing:
    """An RSU has neither grant nor price."""
    row: Row = {"exercise_id": "typed-2", "kind": "RSU", "date_exercised": _day(before, random)}
    row |= {"fmv_exercise": _money(random, 90), "shares": Decimal(random.randint(1, 5_000))}
    return _row("exercises", len(before.tables["exercises"]), row)


def _purchase_in_spare_row(before: Before, random: Random) -> Typing:
    """A purchase under a plan, half of it sold at the end of the last year, after both holding periods or not."""
    row: Row = {
        "exercise_id": "typed-3",
        "kind": "ESPP",
        "date_granted": date(before.years[0] - 1, 12, 31),
        "date_exercised": _day(before, random),
        "exercise_price": _money(random, 20),
        "fmv_exercise": _money(random, 60),
        "shares": Decimal(random.randint(1, 5_000)),
        "fmv_grant": _money(random, 50),
        "price_at_grant": random.choice((None, _money(random, 20))),
    }
    sale: Row = {"exercise_id": "typed-3", "date_sold": date(before.years[-1], 12, 31), "shares": row["shares"] / 2}
    sale |= {"price": _money(random, 90)}
    bought = _row("exercises", len(before.tables["exercises"]), row)
    return bought | _row("sales", len(before.tables["sales"]), sale)


OPTIONS = ("ISO", "NSO")


def _options(before: Before) -> list[int]:
    """The positions of exercises of options."""
    return [place for place, lot in enumerate(before.tables["exercises"]) if lot["kind"] in OPTIONS]


def _exercise(**columns: Draw) -> Kind:
    """Columns typed over in any one exercise of an option; in a spare row where the client has none."""

    def typing(before: Before, random: Random) -> Typing:
        lots = _options(before)
        if not lots:
            return _exercise_in_spare_row(before, random)
        return _row("exercises", random.choice(lots), {name: draw(random) for name, draw in columns.items()})

    return typing


def _more_shares(before: Before, random: Random) -> Typing:
    """Never fewer: some may be sold."""
    lots = before.tables["exercises"]
    if not lots:
        return _exercise_in_spare_row(before, random)
    place = random.randrange(len(lots))
    return _row("exercises", place, {"shares": lots[place]["shares"] + Decimal(random.randint(1, 8_000)) / 8})


def _other_kind(before: Before, random: Random) -> Typing:
    lots, options = before.tables["exercises"], _options(before)
    if not options:
        return _exercise_in_spare_row(before, random)
    place = random.choice(options)
    return _row("exercises", place, {"kind": "ISO" if lots[place]["kind"] == "NSO" else "NSO"})


def _vesting(before: Before, random: Random) -> Typing:
    """A lot that turns out to have been unvested, measured in a year of the book."""
    lots, options = before.tables["exercises"], _options(before)
    if not options:
        return _exercise_in_spare_row(before, random)
    place = random.choice(options)
    row: Row = {"vest_date": max(lots[place]["date_exercised"], _day(before, random)), "fmv_vest": _money(random, 120)}
    return _row("exercises", place, row | {"election_83b": random.choice(("yes", "no", None))})


def _sale_in_spare_row(before: Before, random: Random) -> Typing:
    """Half of what is left of a lot; of a new lot where nothing is left."""
    place = len(before.tables["sales"])
    lot, left, first = Typing(), Decimal(2), date(before.years[-1], 12, 31)
    if before.held:
        number, left = random.choice(before.held)
        sold_from = before.tables["exercises"][number]
        name, first = sold_from["exercise_id"], max(sold_from["date_exercised"], _day(before, random))
    else:
        lot, name = _exercise_in_spare_row(before, random), "typed-1"
    row: Row = {"exercise_id": name, "date_sold": first, "shares": left / 2, "price": _money(random, 150)}
    return lot | _row("sales", place, row)


def _sale(**columns: Draw) -> Kind:
    """Columns typed over in any one sale for a price; in a spare row where the client has none."""

    def typing(before: Before, random: Random) -> Typing:
        sold = [place for place, sale in enumerate(before.tables["sales"]) if not sale["disposition"]]
        if not sold:
            return _sale_in_spare_row(before, random)
        return _row("sales", random.choice(sold), {name: draw(random) for name, draw in columns.items()})

    return typing


def _grant_in_spare_row(before: Before, random: Random) -> Typing:
    """The oldest grant stands last: it takes its part of the limit before the rows above; none without the sheet."""
    rows = before.tables["grants"]
    if not rows:
        return Typing()
    row: Row = {
        "grant_id": "typed-G",
        "employer": rows[0]["employer"],
        "corporate_group": rows[0]["corporate_group"],
        "date_granted": min(each["date_granted"] for each in rows) - timedelta(days=1),
        "fmv_grant": Decimal(random.randint(1, 9_000)) / 100,
        "shares": Decimal(random.randint(1, 40_000)),
        "date_exercisable": random.choice([each["date_exercisable"] for each in rows]),
    }
    if row["date_exercisable"] is None:
        row["date_exercisable"] = rows[0]["date_granted"]
    return _row("grants", len(rows), row)


def _grant(before: Before, random: Random) -> Typing:
    """More shares of a tranche."""
    rows = before.tables["grants"]
    if not rows:
        return Typing()
    place = random.randrange(len(rows))
    return _row("grants", place, {"shares": rows[place]["shares"] + random.randint(1, 4_000)})


def _rounding(before: Before, _random: Random) -> Typing:
    return Typing(options={"rounding": "dollars" if before.client.rounding == "cents" else "cents"})


def _tax_method(before: Before, _random: Random) -> Typing:
    return Typing(options={"tax_method": "table" if before.client.tax_method == "schedule" else "schedule"})


def _money(random: Random, limit: int) -> Decimal:
    return Decimal(random.randint(0, limit * 100)) / 100


def _day(before: Before, random: Random) -> date:
    first, last = date(before.years[0], 1, 1), date(before.years[-1], 12, 31)
    return first + timedelta(days=random.randint(0, (last - first).days))


KINDS: dict[str, Kind] = {
    "wages": _wages,
    "filing status": _filing_status,
    "itemized deductions": _entries(
        deduction="itemized", itemized_deductions=Decimal("31234.56"), taxes_deducted=9_999
    ),
    "standard deduction as filed": _entries(deduction="standard", standard_deduction=17_550),
    "value at exercise": _exercise(fmv_exercise=lambda random: _money(random, 200)),
    "exercise price": _exercise(exercise_price=lambda random: _money(random, 99), price_exact=lambda _: None),
    "shares exercised": _more_shares,
    "kind": _other_kind,
    "exercise in a spare row": _exercise_in_spare_row,
    "delivery in a spare row": _delivery_in_spare_row,
    "purchase in a spare row": _purchase_in_spare_row,
    "rounding": _rounding,
    "tax method": _tax_method,
    "taxable income as filed": _entries(taxable_income=Decimal("187654.50")),
    "regular tax as filed": _entries(regular_tax=Decimal("41234.49")),
    "carried in": _carried_in,
    "vesting": _vesting,
    "wages cleared": _entries(wages=None, taxable_income=None),
    "what is needed": _what_is_needed,
    "gains": _entries(long_term_gain=180_000, short_term_gain=-4_000, unrecaptured_1250_gain=30_000),
    "credits": _entries(
        foreign_tax_credit=Decimal("812.50"), amt_foreign_tax_credit=900, general_business_credit="yes"
    ),
    "other lines": _entries(line_2b=-1_250, line_2g=Decimal("4000.50"), line_3=-90_000, other_line_2k=-2_500),
    "sale in a spare row": _sale_in_spare_row,
    "grant in a spare row": _grant_in_spare_row,
    "shares of a grant": _grant,
    "sale price": _sale(price=lambda random: _money(random, 160)),
    "loss rule": _sale(loss_rule=lambda _: "wash_sale", price=lambda _: Decimal("0.01")),
    "costs and wages of a sale": _sale(
        selling_costs=lambda random: _money(random, 90), w2_income=lambda random: _money(random, 9_000)
    ),
}


ALONE = ("delivery in a spare row", "purchase in a spare row")  # another kind in the same spare row would mix with them


def some_typing(seed: int, client: Client) -> Typing:
    """Three kinds at once, one of them in its turn."""
    random, names = Random(seed), [name for name in KINDS if name not in ALONE]
    chosen = [names[seed % len(names)], *random.sample(names, 2)]
    return reduce(Typing.__or__, (KINDS[name](Before(client), random) for name in chosen))
