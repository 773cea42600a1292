"""Sales, continued: what each disposition is, and why its figures are what they are: a reason each, with its words."""

from __future__ import annotations

from typing import Final

from ...language.reasons import AsTyped, Reason, Under, reason_column
from .form_8949 import unvalued
from .sale_gains import capped, ordinary
from .sales import (
    before_inclusion,
    before_vest,
    counts,
    disposition,
    disqualifying,
    in_year_of_vest,
    is_espp,
    is_gift,
    is_inherited,
    is_iso,
    is_rsu,
    passes_espp,
    qualifying,
    sales,
)

# --- what it is ------------------------------------------------------------------------------------------
ESPP_GIFT: Final = Reason("espp gift", "ESPP gift", is_gift)
ESPP_QUALIFYING: Final = Reason("espp qualifying", "ESPP qualifying", qualifying)
ESPP_DISQUALIFYING: Final = Reason("espp disqualifying", "ESPP disqualifying")
INHERITED: Final = Reason("inherited", "inherited", is_inherited)
QUALIFYING: Final = Reason("qualifying", "qualifying", qualifying)
DISQUALIFYING: Final = Reason("disqualifying", "disqualifying")
UNITS: Final = Reason("units", "RSU", is_rsu)
NONQUALIFIED: Final = Reason("nonqualified", "nonqualified")
what = reason_column(
    sales,
    "what",
    "Disposition",
    [
        AsTyped(~counts, disposition),
        INHERITED,
        Under(is_espp, (ESPP_GIFT, ESPP_QUALIFYING, ESPP_DISQUALIFYING)),
        Under(is_iso, (QUALIFYING, DISQUALIFYING)),
        UNITS,
        NONQUALIFIED,
    ],
    "IRC 83, 421, 422, 423",
)

# --- why: of a purchase plan -----------------------------------------------------------------------------
ESPP_WITHOUT_VALUE: Final = Reason(
    "espp without value", "DIFFERS: a gift or death of ESPP stock needs the value that day in price.", unvalued > 0
)
ESPP_AT_DEATH: Final = Reason(
    "espp at death",
    "ESPP at death: the discount, up to the rise, is income of that year.",
    disposition.equals("death"),
)
ESPP_EARLY: Final = Reason(
    "espp early", "ESPP, too early: value less price at purchase is ordinary, loss or not.", ordinary > 0
)
ESPP_EARLY_WITHOUT_SPREAD: Final = Reason(
    "espp early without spread", "ESPP, too early: no spread at purchase, no ordinary income."
)
ESPP_LATE: Final = Reason(
    "espp late", "ESPP, both periods over: the discount, up to the rise, is ordinary.", ordinary > 0
)
ESPP_LATE_WITHOUT_RISE: Final = Reason(
    "espp late without rise", "ESPP, both periods over: no discount or no rise, all is capital."
)
_OF_ESPP: Final = Under(
    passes_espp,
    (
        ESPP_WITHOUT_VALUE,
        ESPP_AT_DEATH,
        Under(disqualifying, (ESPP_EARLY, ESPP_EARLY_WITHOUT_SPREAD)),
        ESPP_LATE,
        ESPP_LATE_WITHOUT_RISE,
    ),
)

# --- why: passed on --------------------------------------------------------------------------------------
TO_SPOUSE: Final = Reason(
    "to spouse",
    "To a spouse: no disposition; price, dates and AMT basis go along.",
    disposition.equals("spouse"),
)
AT_DEATH: Final = Reason("at death", "Death: no disposition; the basis becomes the value, in both systems.")
INHERITED_STOCK: Final = Reason("inherited stock", "Inherited: no ordinary income; long-term, from the basis at death.")
GIFT_OF_UNITS: Final = Reason("gift of units", "Gift of RSU stock: no income; the value was wages.", is_rsu)
GIFT_OF_NONQUALIFIED: Final = Reason(
    "gift of nonqualified", "Gift of nonqualified stock: no income; the spread was wages."
)
GIFT_EARLY: Final = Reason(
    "gift early", "Gift within a holding period: the whole spread is ordinary income.", ordinary > 0
)
GIFT_EARLY_WITHOUT_SPREAD: Final = Reason(
    "gift early without spread", "Gift within a holding period: no spread yet, no ordinary income."
)
GIFT_LATE: Final = Reason("gift late", "Gift after both holding periods: no income.")
_OF_GIFT: Final = Under(
    is_gift,
    (
        Under(~is_iso, (GIFT_OF_UNITS, GIFT_OF_NONQUALIFIED)),
        Under(disqualifying, (GIFT_EARLY, GIFT_EARLY_WITHOUT_SPREAD)),
        GIFT_LATE,
    ),
)

# --- why: sold -------------------------------------------------------------------------------------------
SOLD_UNITS: Final = Reason("sold units", "RSU: the value was wages and is the basis in both systems.", is_rsu)
SOLD_NONQUALIFIED: Final = Reason("sold nonqualified", "Nonqualified: the spread was wages and is part of both bases.")
SOLD_BEFORE_VEST: Final = Reason(
    "sold before vest", "Sold before vest: proceeds over the price are ordinary income.", before_vest
)
EARLY_WITHOUT_LIMIT: Final = Reason(
    "early without limit", "Disqualifying, a loss would not count: the whole spread is ordinary.", ~capped
)
EARLY_WITHOUT_INCOME: Final = Reason(
    "early without income", "Disqualifying, no spread or no gain: no ordinary income.", ordinary <= 0
)
EARLY_IN_YEAR_OF_LINE_2I: Final = Reason(
    "early in year of line 2i", "Disqualifying in the year of line 2i: both systems agree.", before_inclusion
)
EARLY: Final = Reason("early", "Disqualifying: the spread, up to the gain, is ordinary income.")
LATE_IN_YEAR_OF_VEST: Final = Reason(
    "late in year of vest", "Qualifying, in the year of vest: line 2i takes spread up to gain.", in_year_of_vest
)
LATE: Final = Reason("late", "Qualifying: both periods are over, all gain is capital.")
TOO_EARLY: Final = (
    SOLD_BEFORE_VEST,
    EARLY_WITHOUT_LIMIT,
    EARLY_WITHOUT_INCOME,
    EARLY_IN_YEAR_OF_LINE_2I,
    EARLY,
)
why = reason_column(
    sales,
    "why",
    "Why",
    [
        _OF_ESPP,
        Under(~counts, (TO_SPOUSE, AT_DEATH)),
        Under(is_inherited, (INHERITED_STOCK,)),
        _OF_GIFT,
        Under(~is_iso, (SOLD_UNITS, SOLD_NONQUALIFIED)),
        Under(disqualifying, TOO_EARLY),
        LATE_IN_YEAR_OF_VEST,
        LATE,
    ],
    "IRC 83, 421, 422, 423, 56(b)(3)",
)
