"""Forms W-2 of w2.csv against the return and the records: wages, code V, and the income of options and stock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ....columns import RETURNS, W2, Ask, ItemKind, Why
from ....federal.wages.form_w2 import ties_of
from ....records.forms_w2 import forms_w2_entries, incomes_by_employer
from ....records.identity import employer_key
from ..computed import ComputedClient
from ..item import Finding

FORM: Final = "Form W-2 of the year"
ENTER_ALL: Final = "; enter every Form W-2 of the return, or correct one of the two."


def wages_rules(computed: ComputedClient) -> Iterator[Finding]:
    """What does not tie: once a year for wages, once a year and employer for the rest."""
    if not computed.client.w2:
        return
    told: set[object] = set()
    yield from _without_form(computed)
    for row, each in enumerate(_forms(computed), 1):
        year, place = int(each["tax_year"]), (int(each["tax_year"]), each["key"])
        if each["wages_differ"] and year not in told and year in computed.rows:
            told.add(year)
            yield _of_return(computed, year, each)
        if place in told:
            continue
        told.add(place)
        if each["code_v_differs"]:
            yield _of_form(
                row,
                each,
                "code-v",
                "code_v",
                f"box 12 code V is ${each['all_code_v']:,.2f}, but the spread of nonqualified options on record is "
                f"${each['nso_spread']:,.2f}",
                taken=f"{each['nso_spread']:,.2f}",
            )
        if each["short_of_income"]:
            yield _of_form(
                row,
                each,
                "stock-income",
                "box_1",
                f"box 1 is ${each['of_employer']:,.2f}, less than the income of options and stock on record, "
                f"${each['stock_income']:,.2f}, which is part of it",
                taken=f"{each['of_employer']:,.2f}",
            )


def _without_form(computed: ComputedClient) -> Iterator[Finding]:
    """Income of options and stock from an employer without a Form W-2 on record, in a year with others."""
    given = {(form.tax_year, employer_key(form.employer)) for form in computed.client.w2}
    years = {year for year, _ in given}
    _, stock = incomes_by_employer(computed.records)
    names = {employer_key(lot.employer): lot.employer for lot in computed.client.exercises}
    for (year, key), income in sorted(stock.items()):
        if income > 0 and year in years and (year, key) not in given:
            yield Finding(
                rule="no-w2",
                kind=ItemKind.CONFIRM,
                why=Why.CONFLICT,
                what=(
                    f"{year}: the records have ${income:,.2f} of wages from options and stock of "
                    f"{names[key] or 'an employer without a name'}, from whom no Form W-2 is on record. Add it, or "
                    "spell employer alike in both."
                ),
                table=W2.name,
                column="employer",
                year=year,
                speaks_of=(key,),
                ask=Ask.CLIENT,
                document=f"all Forms W-2 of {year}",
            )


def _forms(computed: ComputedClient) -> Iterator[dict[str, Any]]:
    """Each Form W-2 with every column of its table, an employer being one in whatever case and spaces."""
    columns = ties_of(forms_w2_entries(computed.client, computed.records))
    for row in zip(*columns.values(), strict=True):
        yield dict(zip((key.removeprefix("w2.") for key in columns), row, strict=True))


def _of_return(computed: ComputedClient, year: int, each: Mapping[str, Any]) -> Finding:
    return Finding(
        rule="wages-of-w2",
        kind=ItemKind.CONFIRM,
        why=Why.CONFLICT,
        what=(
            f"{year}: wages are ${each['wages']:,.2f}, but box 1 of the Forms W-2 on record comes to "
            f"${each['all_box_1']:,.2f}{ENTER_ALL}"
        ),
        entering=ENTER_ALL,
        table=RETURNS.name,
        row=computed.rows[year],
        column="wages",
        year=year,
        taken=f"{each['wages']:,.2f}",
        ask=Ask.CLIENT,
        document=f"all Forms W-2 of {year}",
    )


def _of_form(row: int, each: Mapping[str, Any], rule: str, column: str, what: str, taken: str) -> Finding:
    return Finding(
        rule=rule,
        kind=ItemKind.CONFIRM,
        why=Why.CONFLICT,
        what=f"Form W-2 of {each['employer']} for {int(each['tax_year'])}: {what}.",
        table=W2.name,
        row=row,
        column=column,
        year=int(each["tax_year"]),
        taken=taken,
        speaks_of=(each["key"],),
        ask=Ask.EMPLOYER,
        document=FORM,
    )
