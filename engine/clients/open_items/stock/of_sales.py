"""What is doubtful in a sale that is in order: the lot, the income in wages, the box of Form 8949, a transfer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from ....columns import EXERCISES, SALES, Ask, ItemKind, Why
from ....federal.stock.record_doubts import doubts_of, sale_doubts, wash_sale_window
from ....language.money import ZERO, rounded
from ....records import Sale
from ....records.identity import employer_key
from ....records.lots import ResolvedSale
from ...in_sentences import in_words, shares_in_words
from ..computed import ComputedClient
from ..item import Finding, Reversal
from .wash_sales import used_up

OF_NONQUALIFIED: Final = (
    ". Nonqualified stock sold before vest makes the proceeds less the price wages of that day (Reg. 1.83-1(b)), but "
    "the figures take the value at vest: give those shares a row of their own, with day and price of the sale in "
    f"{EXERCISES['vest_date'].as_cell} and {EXERCISES['fmv_vest'].as_cell}"
)

IN_WAGES: Final = SALES["w2_income"].as_cell
BASIS: Final = SALES["broker_basis"].as_cell
BOX: Final = SALES["box_8949"].as_cell
ENTER_WASH_SALE: Final = f"; if that is a wash sale (IRC 1091), enter wash_sale in {SALES['loss_rule'].as_cell}"
ADD_CODE_T: Final = "; where Form 1099-B itself shows the other term, add code T in column (f)"
LEAVE_OUT: Final = ": leave the row out and enter the later sale"
DISPOSED: Final = {"": "Sale", "gift": "Gift", "spouse": "Transfer to a spouse", "death": "Transfer at death"}


@dataclass(frozen=True)
class SoldRow:
    """A row of sales.csv with the lots that it took: their columns and doubts."""

    row: int
    sale: Sale
    pieces: Sequence[ResolvedSale]
    columns: Sequence[Mapping[str, Any]]
    doubts: Sequence[Mapping[str, Any]]

    @property
    def called(self) -> str:
        """The sale in a sentence."""
        word = DISPOSED[self.sale.disposition or ""]
        of = self.pieces[0].exercise_id if self.sale.exercise_id else self.sale.employer
        return f"{word} of {shares_in_words(self.sale.shares)} of {of} on {in_words(self.sale.date_sold)}"

    def any(self, doubt: str) -> bool:
        """Whether a lot of it has the doubt."""
        return any(each[doubt] for each in self.doubts)

    def sum(self, column: str) -> Decimal:
        """A column over its lots, in dollars and cents."""
        return rounded(sum((each[f"sales.{column}"] for each in self.columns), ZERO), 2)


def sold_rows(computed: ComputedClient) -> Iterator[SoldRow]:
    """The sales of a client, one per row of the file."""
    doubts = doubts_of(sale_doubts, computed.records)
    found = zip(computed.client.resolved.sales, computed.sold, doubts, strict=True)
    for row, group in groupby(found, key=lambda each: each[0].row):
        pieces, columns, doubted = zip(*group, strict=True)
        yield SoldRow(row, computed.client.sales[row - 1], pieces, columns, doubted)


def sale_rules(computed: ComputedClient) -> Iterator[Finding]:
    """The doubts about each sale."""
    used = used_up(computed)
    for each in sold_rows(computed):
        yield from _of_lot(computed, each)
        yield from _of_wages(each)
        yield from _of_form_8949(each)
        yield from _of_days(computed, each)
        yield from _of_transfer(computed, each)
        yield from _wash_sale_hint(computed, each, used)


def _finding(
    each: SoldRow, rule: str, column: str, why: Why, what: str, speaks_of: Sequence[object] = (), **more: Any
) -> Finding:
    return Finding(
        rule=rule,
        why=why,
        what=f"{each.called}: {what}.",
        table=SALES.name,
        row=each.row,
        column=column,
        record=each.pieces[0].exercise_id,
        year=each.sale.date_sold.year,
        speaks_of=(each.sale.disposition or "", *speaks_of),
        **({"kind": ItemKind.CONFIRM, "ask": Ask.CLIENT} | more),
    )


def _of_lot(computed: ComputedClient, each: SoldRow) -> Iterator[Finding]:
    if each.sale.exercise_id is None:
        lots = ", ".join(f"{piece.shares:,} of {piece.exercise_id}" for piece in each.pieces)
        yield _finding(
            each,
            "first-in-first-out",
            "exercise_id",
            Why.ASSUMED,
            f"no lot is named, so first in, first out is taken: {lots} (Reg. 1.1012-1(c))",
            taken=lots,
            reads=(f"{SALES.sheet}.lot",),
            years=computed.years_from(each.sale.date_sold.year),  # another lot left is another line 2i
            ask=Ask.BROKER,
            document="the broker's confirmation of the sale, with the lot identified by then",
        )
    employer = computed.client.exercises[each.pieces[0].lot - 1].employer
    if each.sale.employer and employer and employer_key(each.sale.employer) != employer_key(employer):
        yield _finding(
            each,
            "employer-of-lot",
            "employer",
            Why.CONFLICT,
            f"its employer is {each.sale.employer}, that of the lot {employer}; the lot is taken",
            taken=employer,
            speaks_of=(employer_key(each.sale.employer),),
            ask=Ask.BROKER,
            document="Form 1099-B box 1a",
        )


def _of_wages(each: SoldRow) -> Iterator[Finding]:
    if each.sale.w2_income is None and (income := each.sum("ordinary")) > 0:
        yield _finding(
            each,
            "income-not-in-wages",
            "w2_income",
            Why.ASSUMED,
            f"{IN_WAGES} is blank, so its ordinary income of ${income:,.2f} is added to wages; if Form W-2 box 1 holds "
            "it already, it counts twice",
            taken="0.00",
            ask=Ask.EMPLOYER,
            document="Form W-2 box 1 and box 14",
            reversal=Reversal("With it in wages already", {"w2_income": income}),
        )
    if not each.any("wages_differ") or each.sale.w2_income is None:
        return
    computed, typed = each.sum("ordinary"), each.sale.w2_income
    by_order = (
        f" Another lot may have been sold: name it in {SALES['exercise_id'].as_cell}"
        if each.sale.exercise_id is None
        else ""
    )
    yield _finding(
        each,
        "income-in-wages",
        "w2_income",
        Why.CONFLICT,
        f"{IN_WAGES} is ${typed:,.2f}, but its ordinary income is computed as ${computed:,.2f}; what is short is added "
        f"to wages, what is beyond stays in them.{by_order}".rstrip("."),
        taken=f"{typed:,.2f}",
        ask=Ask.EMPLOYER,
        document="Form W-2 box 1 and box 14; the employer's notice of the disqualifying disposition",
        reversal=Reversal("With the computed income in wages", {"w2_income": computed}),
    )


def _of_form_8949(each: SoldRow) -> Iterator[Finding]:
    document = "Form 1099-B, boxes 1e, 2, 5 and 12"
    if each.any("box_against_term"):
        columns = next(c for c, d in zip(each.columns, each.doubts, strict=True) if d["box_against_term"])
        term, box, typed = columns["sales.term"], columns["sales.box"], each.sale.box_8949
        yield _finding(
            each,
            "box-against-term",
            "box_8949",
            Why.CONFLICT,
            f"box {typed} of Form 8949 does not fit a {term}-term sale, so box {box} is taken{ADD_CODE_T}",
            entering=ADD_CODE_T,
            taken=box,
            speaks_of=(typed, term),
            ask=Ask.BROKER,
            document=document,
        )
    if each.any("box_unknown"):
        yield _finding(
            each,
            "form-1099-b",
            "box_8949",
            Why.BLANK,
            f"neither {BASIS} nor {BOX} is entered, so the box of Form 8949 is blank and the computed basis "
            "stands in column (e)",
            kind=ItemKind.OPTIONAL,
            ask=Ask.BROKER,
            document=document,
        )


def _of_days(computed: ComputedClient, each: SoldRow) -> Iterator[Finding]:
    for piece, doubts in zip(each.pieces, each.doubts, strict=True):
        lot = computed.client.exercises[piece.lot - 1]
        if doubts["on_vest_day"] or doubts["ahead_of_vest"]:
            how = "on the very day" if doubts["on_vest_day"] else "before the day"
            nonqualified = lot.kind == "NSO" and doubts["ahead_of_vest"]
            yield _finding(
                each,
                "sold-by-vest",
                "date_sold",
                Why.DOUBTFUL,
                f"it is dated {how} on which {lot.exercise_id} vests, {in_words(lot.vest_date)}; check both dates"
                + (OF_NONQUALIFIED if nonqualified else ""),
                speaks_of=(lot.exercise_id,),
                document="the broker's confirmation; the vesting schedule",
                ask=Ask.BROKER,
            )
        if doubts["for_nothing"]:
            yield _finding(
                each,
                "sold-for-nothing",
                "price",
                Why.DOUBTFUL,
                "the price is $0, as for worthless stock; name a gift or a transfer to a spouse in "
                f"{SALES['disposition'].as_cell}",
                document="the broker's confirmation",
            )


def _of_transfer(computed: ComputedClient, each: SoldRow) -> Iterator[Finding]:
    """On a joint return the shares stay with the same taxpayers."""
    row = computed.returns.get(each.sale.date_sold.year)
    if each.sale.disposition == "spouse" and row and row.filing_status == "married_joint":
        yield _finding(
            each,
            "transfer-to-spouse",
            "disposition",
            Why.CONFLICT,
            f"the return of the year is joint, so the shares stay on it{LEAVE_OUT}",
            entering=LEAVE_OUT,
            document="the divorce decree or the record of the transfer; how the year is filed",
        )


def _wash_sale_hint(computed: ComputedClient, each: SoldRow, used: set[int]) -> Iterator[Finding]:
    """A loss in either system beside another exercise, vest or purchase of the same stock (IRC 1091)."""
    if each.sale.loss_rule or each.sale.disposition or not each.any("at_a_loss"):
        return
    first, last = wash_sale_window(each.sale.date_sold)
    own = {piece.lot for piece in each.pieces} | used
    employer = employer_key(computed.client.exercises[each.pieces[0].lot - 1].employer)
    days = computed.acquired.get(employer, [])
    near = days[bisect_left(days, (first, 0)) : bisect_right(days, (last, len(computed.lots)))]
    others = list(dict.fromkeys(computed.client.exercises[at - 1].exercise_id for _, at in near if at not in own))
    if others:
        below = " or ".join(dict.fromkeys(doubts["below_what"] for doubts in each.doubts if doubts["at_a_loss"]))
        named = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        yield _finding(
            each,
            "wash-sale-hint",
            "loss_rule",
            Why.DOUBTFUL,
            f"sold below {below}, and {named} exercised, vested or bought within 30 days{ENTER_WASH_SALE}",
            entering=ENTER_WASH_SALE,
            speaks_of=(each.sum("gain") < 0, each.sum("amt_gain") < 0, *sorted(others)),
            ask=Ask.BROKER,
            document="Form 1099-B box 1g",
            reversal=Reversal("As a wash sale", {"loss_rule": "wash_sale"}),
        )
