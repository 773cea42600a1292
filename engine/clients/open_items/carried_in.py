"""What is carried into a year and may not be this client's, and AMT carryovers that are left blank."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ...columns import OVERRIDES, RETURNS, Ask, ItemKind, Why
from ...filing import STATUSES
from ...language.money import in_sentences
from ...language.roles import Role
from ...systems import AMT, REGULAR
from ..year_result import YearResult
from .computed import ComputedClient
from .item import ZERO_ANSWERS, Finding, Reversal

ENTER_THIS: Final = f" Enter what is this client's, with the reason{ZERO_ANSWERS}"
ENTER_BOTH: Final = f" Enter what both carry in, each amount{ZERO_ANSWERS}"
TWINS: Final = {  # the regular column of each AMT carryover
    name: next(other for other, place in OVERRIDES.items() if place == (role, REGULAR))
    for name, (role, system) in OVERRIDES.items()
    if system is AMT
}


def carried_in_rules(computed: ComputedClient) -> Iterator[Finding]:
    """Year by year: whose the figures carried in are, and what blank AMT carryovers are taken for."""
    for year, result in computed.years.items():
        if result.first:
            yield from _blank_for_amt(computed, result)
            yield from _amt_alone(computed, result)
        if result.figure(Role.HOLDER_CHANGED):
            yield from _whose(computed, result)
        elif year - 1 in computed.years:
            yield from _joined(computed, result)
        if not result.first:
            yield from _without_reason(computed, result)
    if computed.years:
        yield from _after_the_last(computed, computed.years[max(computed.years)])


# --- a death, a divorce, a marriage ----------------------------------------------------------------------
def _whose(computed: ComputedClient, result: YearResult) -> Iterator[Finding]:
    """Each figure that is carried on though it is not settled whose it is; 0 is an answer."""
    year, before = result.year, computed.years[result.year - 1]
    statuses: tuple[str, ...] = ()
    if before.figure(Role.DEATH):
        why, whose = f"a holder died in {year - 1}", DECEDENT
    else:
        statuses = old, new = _status(before), _status(result)
        why, whose = f"the filing status changed from {old} to {new}", SPOUSES
    for name, carried in result.carried_on.items():
        if carried and result.figures[f"{RETURNS.sheet}.{name}"] is None:
            column = RETURNS[name]
            yield Finding(
                rule=f"whose-{name}",
                kind=ItemKind.MISSING,
                why=Why.BLANK,
                what=(
                    f"{year}: {column.in_sentences} of ${carried:,.2f} is carried in as computed, though {why}. "
                    f"{whose}{ENTER_THIS}"
                ),
                entering=ENTER_THIS,
                table=RETURNS.name,
                row=computed.rows.get(year),
                column=name,
                year=year,
                taken=f"{carried:,.2f}",
                speaks_of=statuses,
                ask=Ask.CLIENT,
                document=f"the agreement on the {year - 1} return, or the records of each spouse",
                reversal=Reversal("With none of it", {name: 0}),
            )


DECEDENT: Final = (
    "A decedent's unused credit and carryovers end with the last return; the survivor carries on no more than the "
    "survivor's own share."
)
SPOUSES: Final = "The credit and the losses are those of each spouse, which must be settled between the two."


def _after_the_last(computed: ComputedClient, result: YearResult) -> Iterator[Finding]:
    """A death in the last year: what goes on has no row yet."""
    left = [amount for amount in _carried_out(result) if amount]
    if result.figure(Role.DEATH) and left:
        yield Finding(
            rule="whose-next",
            kind=ItemKind.CONFIRM,
            why=Why.DOUBTFUL,
            what=(
                f"{result.year}: a holder died in the year, and a credit or losses are left after it. {DECEDENT} The "
                f"row of {result.year + 1} must say what goes on."
            ),
            table=RETURNS.name,
            row=computed.rows.get(result.year),
            year=result.year,
            speaks_of=tuple(left),
            ask=Ask.CLIENT,
            document="the date of death, and the records of each spouse",
        )


def _carried_out(result: YearResult) -> list[Decimal]:
    roles = (Role.SHORT_TERM_CARRIED_OUT, Role.LONG_TERM_CARRIED_OUT)
    losses = [result.figure(role, system) for role in roles for system in (REGULAR, AMT)]
    return [result.figure(Role.CREDIT_CARRIED_OUT), result.figure(Role.MINIMUM_TAX), *losses]


def _joined(computed: ComputedClient, result: YearResult) -> Iterator[Finding]:
    """A joint return after separate ones: what the spouse carries in is in no file."""
    old, new = (_status(each) for each in (computed.years[result.year - 1], result))
    if not old or old == new or new != STATUSES["married_joint"].lower():
        return
    blank = [name for name in OVERRIDES if result.figures[f"{RETURNS.sheet}.{name}"] is None]
    if not blank:
        return  # all of it is typed for both
    yield Finding(
        rule="joined",
        kind=ItemKind.CONFIRM,
        why=Why.ASSUMED,
        what=(
            f"{result.year}: the filing status changed from {old} to {new}, and what the spouse carries in, credit and "
            f"capital losses, is taken for none.{ENTER_BOTH}"
        ),
        entering=ENTER_BOTH,
        table=RETURNS.name,
        row=computed.rows.get(result.year),
        column="filing_status",
        year=result.year,
        taken="none",
        reads=tuple(f"{RETURNS.sheet}.{name}" for name in blank),
        speaks_of=(old, new),
        ask=Ask.CLIENT,
        document=f"the spouse's {result.year - 1} return: Forms 6251 and 8801, Schedule D",
    )


def _status(result: YearResult) -> str:
    status = result.figures[f"{RETURNS.sheet}.filing_status"]
    return STATUSES[status].lower() if status else ""


def _without_reason(computed: ComputedClient, result: YearResult) -> Iterator[Finding]:
    """Figures typed in place of others that the file computes, and nothing says why."""
    row = computed.returns.get(result.year)
    other = [each for each in result.overrides if each.entered != each.computed]
    if row is None or row.override_reason or not other or not (result.ready and result.final):
        return
    told = " and ".join(
        f"{RETURNS[each.column].as_cell} {in_sentences(each.entered)} in place of {in_sentences(each.computed)}"
        for each in other
    )
    yield Finding(
        rule="override-reason",
        kind=ItemKind.CONFIRM,
        why=Why.CONFLICT,
        what=f"{result.year}: {told} is taken, and {RETURNS['override_reason'].as_cell} does not say why.",
        table=RETURNS.name,
        row=computed.rows.get(result.year),
        column=other[0].column,
        year=result.year,
        taken=f"{other[0].entered:,.2f}",
        reads=tuple(f"{RETURNS.sheet}.{each.column}" for each in other),
        speaks_of=tuple(each.column for each in other),
        ask=Ask.PREPARER,
        document="the return as filed, the decree or the agreement",
        reversal=Reversal("As computed", {each.column: None for each in other}),
    )


def _amt_alone(computed: ComputedClient, result: YearResult) -> Iterator[Finding]:
    """An AMT carryover is entered and its regular twin is blank; after earlier records `opening` asks for it."""
    measured = [each["exercises.year_included"] for each in computed.lots]
    if min((*measured, *(each["sales.year_sold"] for each in computed.sold)), default=result.year) < result.year:
        return
    for name, twin in TWINS.items():
        entered, regular = (result.figures[f"{RETURNS.sheet}.{each}"] for each in (name, twin))
        if entered and regular is None:
            yield Finding(
                rule="regular-carryover" if twin.startswith("long") else "regular-short-carryover",
                kind=ItemKind.CONFIRM,
                why=Why.ASSUMED,
                what=(
                    f"{result.year}: {RETURNS[twin].in_sentences} carried in is blank beside "
                    f"{RETURNS[name].in_sentences} of ${entered:,.2f}, so none is taken{ZERO_ANSWERS}"
                ),
                entering=ZERO_ANSWERS,
                table=RETURNS.name,
                row=computed.rows.get(result.year),
                column=twin,
                year=result.year,
                taken="none",
                ask=Ask.CLIENT,
                document=f"Schedule D of {result.year - 1} and its carryover worksheet",
                reversal=Reversal("With the same amount", {twin: entered}),
            )


# --- AMT carryovers left blank in the first year ---------------------------------------------------------
def _blank_for_amt(computed: ComputedClient, result: YearResult) -> Iterator[Finding]:
    """Taken as the regular ones where both are blank; else none is taken, and the figure is missing."""
    typed = {name: result.figures[f"{RETURNS.sheet}.{name}"] for name in OVERRIDES}
    alike, some = result.figure(Role.CARRYOVERS_ALIKE), any(typed[name] is not None for name in TWINS)
    for name, twin in TWINS.items():
        regular = typed[twin] or Decimal(0)
        if typed[name] is not None or not (regular or some):
            continue
        column, other = RETURNS[name], RETURNS[twin].in_sentences
        if alike:
            what = f"is blank, so {other}, ${regular:,.2f}, is taken."
        elif some:
            what = "is blank beside another AMT carryover that is entered, so none is taken" + ZERO_ANSWERS
        else:
            what = (
                f"is blank, and sales before {result.year} whose gains differ for AMT speak against taking {other}, "
                f"${regular:,.2f}: none is taken{ZERO_ANSWERS}"
            )
        yield Finding(
            rule="amt-carryover" if name.endswith("long_term_carryover_in") else "amt-short-carryover",
            kind=ItemKind.CONFIRM if alike else ItemKind.MISSING,
            why=Why.ASSUMED if alike else Why.BLANK,
            what=f"{result.year}: {column.in_sentences} carried in {what}",
            entering="" if alike else ZERO_ANSWERS,
            table=RETURNS.name,
            row=computed.rows.get(result.year),
            column=name,
            year=result.year,
            taken=f"{regular:,.2f}" if alike else "none",
            ask=Ask.CLIENT,
            document=f"the AMT Schedule D of {result.year - 1}",
            reversal=Reversal("With an AMT carryover of $0", {name: 0}) if alike else None,
        )
