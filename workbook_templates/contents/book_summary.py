"""The sentences, checks and sums over all years; a leaf of year Y is `last - Y` years ago, and -1 is the year after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from engine.columns.returns import stage_when_blank
from engine.federal.forms.ledger import LEDGER
from engine.federal.years import forms_ahead, forms_of
from engine.language.expressions import (
    Amount,
    dollars,
    join,
    not_below_zero,
    only_when,
    smaller_of,
    sum_of,
    text,
    when,
    years_ago,
)
from engine.language.form import Form
from engine.language.lines import ROUNDING, Line
from engine.language.nodes import Leaf
from engine.language.roles import Role
from engine.language.states import State
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import Figure, compile_lines

from ..drawing.layout import BOOK, Shape
from .checks import Check, declare_checks
from .credit_origins import declare_origins
from .lead.lead_lines import declare_lead
from .of_years import amount_after, amount_of, flag_of, word_of
from .records.grant_summary import declare_limit
from .records.record_sentences import declare_record_sentences
from .year_summary import compiled_year, form_line

KEPT: Final = 8  # spans of years whose lines are kept: clients come sorted by shape


def book_summary(shape: Shape) -> tuple[Form, tuple[Check, ...]]:
    """The book's form, and its checks in order."""
    return _declared(shape.span)


@lru_cache(maxsize=KEPT)
def _declared(shape: Shape) -> tuple[Form, tuple[Check, ...]]:
    form = Form(BOOK, "Book")
    _stages(form, shape)
    checks = declare_checks(form, shape)
    _credit(form, shape)
    declare_origins(form, shape)
    _sentences(form, shape)
    declare_record_sentences(form, shape)
    declare_lead(form, shape)
    if shape.grant_rows:
        declare_limit(form, shape)
    return form, checks


def stage_key(year: int) -> str:
    """The line that tells how far the return of a year is: filed, open or planned."""
    return f"stage {year}"


def _stages(form: Form, shape: Shape) -> None:
    for year in shape.years:
        entered = years_ago(forms_of(year).inputs.word("return_stage"), shape.last - year)
        taken = when(entered.equals(""), text(stage_when_blank(year, shape.last)), entered)
        form.words(stage_key(year), f"Return of {year}", taken)


def _credit(form: Form, shape: Shape) -> None:
    """The credit left at the end of each year: carried on, and made by its AMT on the form of the next year."""
    for year in shape.years:
        enough = flag_of(shape, year, Role.READY)
        ready = enough & flag_of(shape, year, Role.FINAL)
        carried, made = amount_of(shape, year, Role.CREDIT_CARRIED_OUT), amount_after(shape, year, Role.CREDIT_MADE)
        places = f"{form_line(year, Role.CREDIT_CARRIED_OUT)} of {year}", forms_ahead(year).number(Role.CREDIT_MADE)
        label = f"{places[0]}, line {places[1]} of {year + 1}"
        with_new = form.line(f"with new {year}", label, carried + made)
        form.line(f"still {year}", f"Credit left, end of {year}", only_when(ready, not_below_zero(with_new)))
        needs = join(f"{State.NEEDS} ", word_of(shape, year, Role.STILL_NEEDED))
        waiting = when(enough, text(f"{State.NEEDS} {year - 1}"), needs)
        mixed = when(ready, form[f"still {year}"], Amount(waiting.node))
        shown_as = Leaf(BOOK, f"still shown {year}", settled=True)
        form.add(Line(shown_as, f"Credit left, end of {year}", expression=mixed.node))
        owed = form.line(f"amt {year}", f"AMT of {year}", only_when(ready, amount_of(shape, year, Role.MINIMUM_TAX)))
        # Computed alone, the exclusion items may owe more than the year did: the rest lowers the credit, on line 18.
        excluded = smaller_of(owed, amount_after(shape, year, Role.EXCLUSION_PART))
        form.line(f"excluded {year}", f"AMT of {year} on exclusion items", only_when(ready, excluded))
        form.line(f"used {year}", f"Credit used in {year}", only_when(ready, amount_of(shape, year, Role.CREDIT_USED)))


def _sentences(form: Form, shape: Shape) -> None:
    """The conclusions of the sheets that speak of all years."""
    form.line("amt all", "AMT, all years", sum_of(*(form[f"amt {year}"] for year in shape.years)))
    used = form.line("used all", "Credit used, all years", sum_of(*(form[f"used {year}"] for year in shape.years)))
    still = form[f"still {shape.last}"]
    made = join("Credit left at the end of ", str(shape.last), ": ", dollars(still, ROUNDING))
    form.words("ledger", LEDGER.title, join(made, "  ·  used so far: ", dollars(used, ROUNDING)))


def compiled_book(shape: Shape) -> Figure:
    """Compute the book's summary from the figures of all years, the last year first, then the year after the last."""
    return _compiled(shape.span)


@lru_cache(maxsize=KEPT)
def _compiled(shape: Shape) -> Figure:
    return compile_lines(book_summary(shape)[0].lines, AMOUNTS)


def summarize(
    shape: Shape, years: Mapping[int, Mapping[str, Any]], following: Mapping[str, Any], counted: Mapping[str, Any]
) -> dict[str, Mapping[str, Any]]:
    """All values by block: one block for each year ("2025"), and the book's.

    `counted` are the rows of the tables, and the columns of words that only the sheets have.
    """
    known = {year: {**years[year], **compiled_year(year)(years[year]), **counted} for year in shape.years}
    last_first: Sequence[Mapping[str, Any]] = [known[year] for year in reversed(shape.years)]
    book = compiled_book(shape)(*last_first, following)
    return {
        **{str(year): values for year, values in known.items()},
        str(shape.last + 1): following,
        BOOK: {**counted, **book},
    }
