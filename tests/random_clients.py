"""Random clients for the tests: up to five years, twelve exercises and their sales, entries around the thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import cast

from engine import Client
from engine.columns import OVERRIDES
from engine.federal.forms.inputs import SIGNED_LINES
from engine.federal.tax_year import tax_year
from engine.filing import STATUSES, YEARS, Status
from engine.language.money import rounded

CENT = Decimal("0.01")
THRESHOLDS = ("phaseout_start", "addition_start", "amt_breakpoint", "zero_rate_top", "fifteen_rate_top", "top_of_24")
BESIDE = (0, CENT, -CENT, Decimal("0.49"), Decimal("0.5"), 1, -1, 25, -25, 50)
MONTH_ENDS = ((2, 28), (2, 29), (12, 31), (1, 1), (3, 1))
EMPLOYERS = ("Northwind, Inc.", "=Acme & Söhne", "")
DAYS_HELD = (0, 1, 40, 200, 364, 365, 366, 367, 500, 731)
LAST_DAY = date(YEARS[-1], 12, 31)
CARRIED_IN = (*(name for name in OVERRIDES if name != "mtc_line_18_in"), "mtc_line_18_in")
Row = dict[str, object]


def random_client(random: Random, first: int | None = None) -> Client:
    """Draw one client, of any first year or of the one given; the same state of `random` gives the same client."""
    first = first or random.choice(YEARS)
    years = range(first, min(first + random.randint(1, 5), YEARS[-1] + 1))
    status = random.choice(list(STATUSES))
    returns = [_return(random, year, _status(random, status), first=year == first) for year in years]
    exercises = [_exercise(random, number, years) for number in range(random.choice((0, 1, 2, 3, 5, 12)))]
    return Client(
        exercises=exercises,
        returns=returns if random.random() < 0.97 else [],
        sales=[sale for employer in EMPLOYERS for sale in _sales(random, exercises, employer)],
        name=f"Client {random.randint(1, 9999)}",
        rounding=random.choice(("dollars", "cents")),
        tax_method=random.choice(("table", "schedule")),
    )


def random_clients(count: int, seed: int = 6251) -> list[Client]:
    """Draw so many clients, the same ones each time."""
    random = Random(seed)
    return [random_client(random) for _ in range(count)]


def random_grants(random: Random, year: int) -> list[Row]:
    """Draw the tranches of up to six grants, first exercisable around a year and often around 100,000 of it."""
    groups = {employer: random.choice(("", "", "=Acme Group")) if employer else "" for employer in EMPLOYERS}
    return [row for number in range(random.randint(1, 6)) for row in _tranches(random, number, year, groups)]


def _tranches(random: Random, number: int, year: int, groups: dict[str, str]) -> list[Row]:
    employer = random.choice(EMPLOYERS)
    granted = _day(random, year - random.randint(0, 2))
    value = Decimal(random.randint(1, 900_000)) / random.choice((100, 10_000))
    grant: Row = {"grant_id": f"G-{number + 1}", "employer": employer, "corporate_group": groups[employer]}
    grant |= {"date_granted": granted, "fmv_grant": value}
    days = sorted(random.sample(range(1, 1_200), random.randint(0, 3)))
    rows = [{**grant, "shares": _shares_worth(random, value), "date_exercisable": granted + timedelta(days=day)}
            for day in days] or [{**grant, "shares": _shares_worth(random, value)}]  # fmt: skip
    if days and random.random() < 0.3:
        rows[-1]["date_accelerated"] = granted + timedelta(days=random.randint(0, days[-1] - 1))
    return rows


def _shares_worth(random: Random, value: Decimal) -> Decimal:
    """Shares of some part of 100,000, of all of it, or a share more."""
    whole = Decimal(100_000) * random.choice((1, 1, 2, 3, 5, 9)) / random.choice((1, 2, 4, 10)) / value
    return max(Decimal(1), rounded(whole, random.choice((0, 0, 0, 3))) + random.choice((0, 0, 1, -1)))


def _status(random: Random, usual: Status) -> Status:
    return usual if random.random() < 0.9 else random.choice(list(STATUSES))


def _return(random: Random, year: int, status: Status, *, first: bool) -> Row:
    row: Row = {"tax_year": year, "filing_status": status, **_income(random, year, status), **_deductions(random, year)}
    row |= _as_filed(random, year, status) | _amt_items(random)
    if first:
        row |= {name: _some(random, 90_000) for name in CARRIED_IN}
    else:
        row |= _overridden(Random(f"{year} {row['wages']}"))
    if random.random() < 0.05:  # a year that is not ready
        for column in random.sample(("filing_status", "wages", "deduction", "taxable_income"), 2):
            row.pop(column, None)
    return row


def _overridden(random: Random) -> Row:
    """What is typed now and then in place of what a later year carries in; no other draw changes by it."""
    if random.random() > 0.15:
        return {}
    return {name: _some(random, 90_000) for name in CARRIED_IN if random.random() < 0.5} | {
        "override_reason": "divorce"
    }


def _income(random: Random, year: int, status: Status) -> Row:
    at_threshold = _near(random, year, status) + cast(Decimal, tax_year(year).figure("standard_deduction", status))
    return {
        "wages": at_threshold
        if random.random() < 0.5
        else _money(random, random.choice((900, 20_000, 150_000, 900_000))),
        "other_income": _some(random, 50_000, signed=True),
        "qualified_dividends": _some(random, 80_000),
        "short_term_gain": _some(random, 40_000, signed=True),
        "long_term_gain": _some(random, 300_000, share=0.5, signed=True),
        "unrecaptured_1250_gain": _some(random, 60_000),
        "collectibles_gain": _some(random, 60_000, signed=True),
    }


def _deductions(random: Random, year: int) -> Row:
    senior = random.choice((0, 0, 0, 6_000)) if year >= 2025 else 0
    row: Row = {"other_deductions": senior + _money(random, 9_000) if random.random() < 0.3 else senior}
    row["senior_deduction"] = senior
    if random.random() < 0.6:
        row["deduction"] = "standard"
        if random.random() < 0.2:
            row["standard_deduction"] = _money(random, 30_000)
    else:
        row |= {"deduction": random.choice(("itemized", "")), "taxes_deducted": Decimal(10_000)}
        row["itemized_deductions"] = 10_000 + _money(random, 40_000)
    return row


def _as_filed(random: Random, year: int, status: Status) -> Row:
    row: Row = {"general_business_credit": random.choice(("", "yes", "no"))}
    row["form_8834_8911"] = random.choice(("", "yes", "no"))
    if random.random() < 0.1:
        row["taxable_income"] = random.choice((Decimal(0), max(Decimal(0), _near(random, year, status))))
    if random.random() < 0.1:
        row["regular_tax"] = _money(random, 200_000)
    row["foreign_tax_credit"] = _some(random, 20_000, share=0.2)
    if random.random() < 0.2:
        row["amt_foreign_tax_credit"] = _money(random, random.choice((2_000, 200_000)))
        row["exclusion_foreign_tax_credit"] = _money(random, 2_000)
    row["nonrefundable_credits"] = _some(random, 4_000)
    return row


def _amt_items(random: Random) -> Row:
    row: Row = {f"line_2{letter}": _some(random, 9_000, share=0.15, signed=True) for letter in SIGNED_LINES}
    for letter in "bfs":  # printed in parentheses
        row[f"line_2{letter}"] = -abs(cast(Decimal, row[f"line_2{letter}"]))
    return row | {
        "line_3": _some(random, random.choice((5_000, 400_000)), signed=True),
        "other_line_2k": _some(random, 90_000, signed=True),
    }


def _exercise(random: Random, number: int, years: range) -> Row:
    exercised = _day(random, random.randint(max(years[0] - 1, YEARS[0]), years[-1]))
    price = Decimal(random.randint(0, 400_000)) / 10_000
    value = max(Decimal(0), price + random.choice((0, -1, 1, 1)) * Decimal(random.randint(0, 800_000)) / 10_000)
    row: Row = {
        "exercise_id": f"E{number + 1}",
        "employer": random.choice(EMPLOYERS),
        "grant_id": f"G-{random.randint(1, 4)}",
        "kind": random.choice(("ISO", "ISO", "ISO", "", "NSO", "RSU", "ESPP")),
        "date_granted": exercised - timedelta(days=random.choice((0, 1, 200, 366, 730, 1_500))),
        "date_exercised": exercised,
        "exercise_price": price,
        "fmv_exercise": value,
        "shares": Decimal(random.randint(1, 9_000)) / random.choice((1, 1, 1, 8)),
        "price_exact": price + Decimal("0.00004") if random.random() < 0.1 else None,
        "doc_ref": f"3921-{number + 1}.pdf",
    }
    row |= _beyond_the_purchase(Random(f"{number} {exercised} {price} {value}"), exercised, cast(str, row["kind"]))
    if row["kind"] == "RSU":
        row |= {"exercise_price": random.choice((0, None)), "price_exact": None}
        return row | ({"date_granted": None} if random.random() < 0.5 else {})
    if row["kind"] == "ESPP":
        return row | _purchase(random, exercised, price)
    if random.random() < 0.3:
        row |= _vest(random, exercised, value)
    return row


def _beyond_the_purchase(random: Random, exercised: date, kind: str) -> Row:
    """How some lots came in otherwise, and what a wash sale or an estate adds; drawn beside all that is drawn else."""
    row: Row = {}
    if random.random() < 0.12:
        row["acquired_by"] = random.choice(("spouse", "inheritance", "exercise"))
    if random.random() < 0.1:
        row["basis_adjustment"] = Decimal(random.randint(0, 500_000)) / 100
        row["amt_basis_adjustment"] = random.choice((None, Decimal(900))) if kind in ("", "ISO") else None
    if random.random() < 0.1:
        row["held_since"] = exercised - timedelta(days=random.choice((1, 30, 365, 366)))
    if random.random() < 0.1:
        row["employment_ended"] = exercised - timedelta(days=random.choice((0, 60, 120)))
    return row


def _purchase(random: Random, bought: date, price: Decimal) -> Row:
    """What Form 3922 adds: a price with or without a discount at grant, title on the day or a little later."""
    return {
        "date_granted": bought - timedelta(days=random.choice((181, 730, 731))),  # a year held is then enough, or not
        "fmv_grant": max(Decimal(0), price + Decimal(random.randint(-20_000, 90_000)) / 10_000),
        "price_at_grant": random.choice((None, None, price / 2)),
        "date_transferred": random.choice((None, min(bought + timedelta(days=2), LAST_DAY))),
    }


def _vest(random: Random, exercised: date, value: Decimal) -> Row:
    later = min(exercised + timedelta(days=random.choice((0, 30, 250, 700))), LAST_DAY)
    fmv_vest = value * random.choice((0, 1, 3)) / 2
    return {"vest_date": later, "fmv_vest": fmv_vest, "election_83b": random.choice(("yes", "no", ""))}


def _sales(random: Random, exercises: list[Row], employer: str) -> list[Row]:
    """Some of an employer's lots in pieces, or one sale first in, first out."""
    lots = [row for row in exercises if row["employer"] == employer]
    if employer and lots and random.random() < 0.3:
        last = max(cast(date, row["date_exercised"]) for row in lots)
        shares = rounded(
            sum((cast(Decimal, row["shares"]) for row in lots), Decimal(0)) * random.randint(1, 10) / 10, 3
        )
        terms = _terms(random, "ESPP" if any(row["kind"] == "ESPP" for row in lots) else "", of_one=False)
        return [{"employer": employer, "date_sold": _later(random, last), "shares": shares} | terms]
    sold = random.sample(lots, random.randint(0, len(lots)))
    return [_sale(random, lot, pieces) for lot in sold for pieces in range(1, random.randint(2, 4))]


def _sale(random: Random, lot: Row, piece: int) -> Row:
    """One piece of a lot: a half, a quarter, an eighth of it."""
    vested = lot.get("vest_date") if random.random() < 0.5 else None
    start = cast(date, vested or lot["date_exercised"])
    shares = cast(Decimal, lot["shares"]) / 2**piece
    terms = _terms(random, cast(str, lot["kind"]))
    return {"exercise_id": lot["exercise_id"], "date_sold": _later(random, start), "shares": shares} | terms


def _terms(random: Random, kind: str, *, of_one: bool = True) -> Row:
    """The price and what else a broker's form says; now and then no sale, whose value counts for a purchase plan."""
    if random.random() < (0.3 if kind == "ESPP" else 0.1) and (of_one or kind != "ESPP"):
        disposition = random.choice(("gift", "spouse", "death"))
        value = Decimal(random.randint(0, 900_000)) / 10_000 if kind == "ESPP" and disposition != "spouse" else None
        return {"disposition": disposition, "price": value}
    row: Row = {"price": Decimal(random.randint(0, 1_500_000)) / 10_000, "selling_costs": _some(random, 30)}
    if random.random() < 0.2:
        row["loss_rule"] = random.choice(("wash_sale", "related_party"))
    if random.random() < 0.2:
        row |= {"w2_income": _money(random, 90_000), "broker_basis": _money(random, 90_000)}
        row["box_8949"] = random.choice(("", *"ABDE"))
    return row


def _later(random: Random, start: date) -> date:
    return min(start + timedelta(days=random.choice(DAYS_HELD)), max(LAST_DAY, start))


def _day(random: Random, year: int) -> date:
    """Any day, the awkward ones more often."""
    month, day = random.choice(MONTH_ENDS)
    if random.random() < 0.3 and (month, day) != (2, 29):
        return date(year, month, day)
    return date(year, 1, 1) + timedelta(days=random.randint(0, 364))


def _near(random: Random, year: int, status: Status) -> Decimal:
    """An amount at a threshold of the year, or just beside it."""
    law = tax_year(year)
    thresholds: Iterable[object] = [law.figure(name, status) for name in THRESHOLDS]
    starts = law.bracket_starts.of(status)
    chosen = cast(Decimal, random.choice([*thresholds, *starts, Decimal(100_000), Decimal(3_000)]))
    return chosen + random.choice(BESIDE) if chosen > 50 else chosen


def _some(random: Random, limit: int, *, share: float = 0.3, signed: bool = False) -> Decimal:
    """Mostly nothing, else an amount up to the limit."""
    amount = _money(random, limit) if random.random() < share else Decimal(0)
    return -amount if signed and random.random() < 0.5 else amount


def _money(random: Random, limit: int) -> Decimal:
    return Decimal(random.randint(0, limit * 100)) / 100
