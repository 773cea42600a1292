"""Worksheet functions of one exercise and of one sale: line 2i, both bases, ordinary income, both gains."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from engine.language.money import ZERO
from engine.records.cells import CellError

from ..convention import worksheet
from ..figures import lot, to_cents
from ..terms import (
    DaySold,
    Exercised,
    Fmv,
    GivenLossRule,
    Granted,
    OrdinaryIncome,
    Price,
    PriceSold,
    SellingCosts,
    Shares,
)

NOT_SOLD: Final = date(2018, 1, 2)  # stands for a day of exercise that no figure depends on


def _in_order(exercised: Any, sold: Any, granted: Any = None) -> None:
    if sold is not None and exercised is None:
        raise CellError("date_sold is given without date_exercised: give both.")
    if exercised is not None and sold is not None and sold < exercised:
        raise CellError(f"date_sold, {sold}, is before date_exercised, {exercised}.")
    if granted is not None and exercised < granted:
        raise CellError(f"date_exercised, {exercised}, is before date_granted, {granted}.")


def _kept(_shares: Any, _price: Any, _fmv: Any, exercised: Any, sold: Any) -> None:
    _in_order(exercised, sold)


def _held(granted: Any, exercised: Any, sold: Any) -> None:
    _in_order(exercised, sold, granted)


def _sale(*row: Any) -> None:
    granted, exercised, sold = row[4:7]
    _in_order(exercised, sold, granted)


def _exercise(shares: Any, price: Any, fmv: Any = ZERO, exercised: Any = None, granted: Any = None) -> dict[str, Any]:
    day = NOT_SOLD if exercised is None else exercised
    return {
        "exercises.kind": "ISO",
        "exercises.shares": shares,
        "exercises.exercise_price": price,
        "exercises.fmv_exercise": fmv,
        "exercises.date_exercised": day,
        "exercises.date_granted": day if granted is None else granted,
    }


def _kept_lot(wanted: str, shares: Any, price: Any, fmv: Any, exercised: Any, sold: Any) -> Any:
    sale = {"sales.shares": shares, "sales.price": ZERO, "sales.date_sold": sold}
    return to_cents(lot(wanted, _exercise(shares, price, fmv, exercised), sale))


@worksheet(check=_kept)
def ISO_ADJ(
    shares: Shares, exercise_price: Price, fmv: Fmv, date_exercised: Exercised = None, date_sold: DaySold = None
) -> Any:
    """AMT adjustment of one exercise, never below zero (Form 6251 line 2i). Sold in the year of exercise: 0."""
    return _kept_lot("exercises.adjustment", shares, exercise_price, fmv, date_exercised, date_sold)


@worksheet()
def ISO_BASIS(shares: Shares, exercise_price: Price, ordinary_income: OrdinaryIncome = ZERO) -> Any:
    """Basis for regular tax: the price paid, and the ordinary income of a disqualifying sale."""
    sale = {"sales.shares": shares, "sales.date_sold": NOT_SOLD}
    known = {"sales.ordinary": ordinary_income}
    return to_cents(lot("sales.regular_basis", _exercise(shares, exercise_price), sale, known))


@worksheet(check=_kept)
def AMT_BASIS(
    shares: Shares, exercise_price: Price, fmv: Fmv, date_exercised: Exercised = None, date_sold: DaySold = None
) -> Any:
    """Basis for AMT: the price paid and the adjustment on line 2i. Sold in the year of exercise: as ISO_BASIS."""
    return _kept_lot("exercises.amt_basis", shares, exercise_price, fmv, date_exercised, date_sold)


@worksheet(check=_held)
def ISO_DISPOSITION(date_granted: Granted, date_exercised: Exercised, date_sold: DaySold) -> Any:
    """Is a sale qualifying or disqualifying? Two years from grant and one from exercise must have passed."""
    sale = {"sales.shares": date_sold, "sales.date_sold": date_sold}
    return lot("sales.what", _exercise(ZERO, ZERO, ZERO, date_exercised, date_granted), sale)


def _sold_lot(
    wanted: str,
    shares: Any,
    price: Any,
    fmv: Any,
    price_sold: Any,
    granted: Any,
    exercised: Any,
    sold: Any,
    loss_rule: Any,
    costs: Any = ZERO,
) -> Any:
    sale = {
        "sales.shares": shares,
        "sales.price": price_sold,
        "sales.date_sold": sold,
        "sales.loss_rule": loss_rule,
        "sales.selling_costs": costs,
    }
    return to_cents(lot(wanted, _exercise(shares, price, fmv, exercised, granted), sale))


@worksheet(check=_sale)
def ISO_INCOME(
    shares: Shares,
    exercise_price: Price,
    fmv: Fmv,
    price_sold: PriceSold,
    date_granted: Granted,
    date_exercised: Exercised,
    date_sold: DaySold,
    loss_rule: GivenLossRule = "",
) -> Any:
    """Ordinary income of a sale, part of wages: 0 if qualifying, else the spread up to the gain (IRC 422(c)(2))."""
    dates = date_granted, date_exercised, date_sold
    return _sold_lot("sales.ordinary", shares, exercise_price, fmv, price_sold, *dates, loss_rule)


@worksheet(check=_sale)
def ISO_GAIN(
    shares: Shares,
    exercise_price: Price,
    fmv: Fmv,
    price_sold: PriceSold,
    date_granted: Granted,
    date_exercised: Exercised,
    date_sold: DaySold,
    loss_rule: GivenLossRule = "",
    selling_costs: SellingCosts = ZERO,
) -> Any:
    """Capital gain of a sale for regular tax; a loss is negative."""
    dates = date_granted, date_exercised, date_sold
    return _sold_lot("sales.gain", shares, exercise_price, fmv, price_sold, *dates, loss_rule, selling_costs)


@worksheet(check=_sale)
def AMT_GAIN(
    shares: Shares,
    exercise_price: Price,
    fmv: Fmv,
    price_sold: PriceSold,
    date_granted: Granted,
    date_exercised: Exercised,
    date_sold: DaySold,
    loss_rule: GivenLossRule = "",
    selling_costs: SellingCosts = ZERO,
) -> Any:
    """Capital gain of a sale for AMT, on the AMT basis; a loss is negative. Less ISO_GAIN: toward line 2k."""
    dates = date_granted, date_exercised, date_sold
    return _sold_lot("sales.amt_gain", shares, exercise_price, fmv, price_sold, *dates, loss_rule, selling_costs)
