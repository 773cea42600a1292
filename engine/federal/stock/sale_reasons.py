"""Sales, continued: what each disposition is, and why its figures are what they are, in words."""

from __future__ import annotations

from ...language.expressions import text, when
from ...language.nodes import Kind
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
    is_iso,
    is_rsu,
    passes_espp,
    qualifying,
    sales,
)

what = sales.column(
    "what",
    "Disposition",
    when(
        ~counts,
        disposition,
        when(
            is_espp,
            when(is_gift, text("ESPP gift"), when(qualifying, text("ESPP qualifying"), text("ESPP disqualifying"))),
            when(
                is_iso,
                when(qualifying, text("qualifying"), text("disqualifying")),
                when(is_rsu, text("RSU"), text("nonqualified")),
            ),
        ),
    ),
    Kind.TEXT,
    "IRC 83, 421, 422, 423",
)
_of_espp = when(
    unvalued > 0,
    text("DIFFERS: a gift or death of ESPP stock needs the value that day in price."),
    when(
        disposition.equals("death"),
        text("ESPP at death: the discount, up to the rise, is income of that year."),
        when(
            disqualifying,
            when(
                ordinary > 0,
                text("ESPP, too early: value less price at purchase is ordinary, loss or not."),
                text("ESPP, too early: no spread at purchase, no ordinary income."),
            ),
            when(
                ordinary > 0,
                text("ESPP, both periods over: the discount, up to the rise, is ordinary."),
                text("ESPP, both periods over: no discount or no rise, all is capital."),
            ),
        ),
    ),
)
_not_a_sale = when(
    disposition.equals("spouse"),
    text("To a spouse: no disposition; price, dates and AMT basis go along."),
    text("Death: no disposition; the basis becomes the value, in both systems."),
)
_of_gift = when(
    ~is_iso,
    when(
        is_rsu,
        text("Gift of RSU stock: no income; the value was wages."),
        text("Gift of nonqualified stock: no income; the spread was wages."),
    ),
    when(
        disqualifying,
        when(
            ordinary > 0,
            text("Gift within a holding period: the whole spread is ordinary income."),
            text("Gift within a holding period: no spread yet, no ordinary income."),
        ),
        text("Gift after both holding periods: no income."),
    ),
)
_of_disqualifying = when(
    before_vest,
    text("Sold before vest: proceeds over the price are ordinary income."),
    when(
        ~capped,
        text("Disqualifying, a loss would not count: the whole spread is ordinary."),
        when(
            ordinary <= 0,
            text("Disqualifying, no spread or no gain: no ordinary income."),
            when(
                before_inclusion,
                text("Disqualifying in the year of line 2i: both systems agree."),
                text("Disqualifying: the spread, up to the gain, is ordinary income."),
            ),
        ),
    ),
)
_of_sale = when(
    ~is_iso,
    when(
        is_rsu,
        text("RSU: the value was wages and is the basis in both systems."),
        text("Nonqualified: the spread was wages and is part of both bases."),
    ),
    when(
        disqualifying,
        _of_disqualifying,
        when(
            in_year_of_vest,
            text("Qualifying, in the year of vest: line 2i takes spread up to gain."),
            text("Qualifying: both periods are over, all gain is capital."),
        ),
    ),
)
why = sales.column(
    "why",
    "Why",
    when(
        passes_espp,
        _of_espp,
        when(~counts, _not_a_sale, when(is_gift, _of_gift, _of_sale)),
    ),
    Kind.TEXT,
    "IRC 83, 421, 422, 423, 56(b)(3)",
)
