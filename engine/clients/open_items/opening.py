"""What the years before the first return carried in: records make it likely, and name the years to add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from ...columns import OVERRIDES, RETURNS, Ask, ItemKind, Why
from ...federal.stock.sale_gains import sale_figures
from ...filing import YEARS
from ...language.money import ZERO
from ...language.nodes import Leaf
from ...language.roles import Role
from ...systems import AMT, REGULAR, SYSTEMS, System
from .computed import ComputedClient
from .item import ZERO_ANSWERS, Finding

CREDIT: Final = "mtc_carryforward_in"
LAST_CREDIT: Final = "mtc_line_18_in"
OF_TERM: Final = {"short": Role.SHORT_TERM_CARRIED_IN, "long": Role.LONG_TERM_CARRIED_IN}
LOSSES: Final[Mapping[System, Mapping[str, str]]] = {  # the column of each term
    system: {
        term: next(name for name, replaced in OVERRIDES.items() if replaced == (role, system))
        for term, role in OF_TERM.items()
    }
    for system in SYSTEMS
}
LINES_OF_LOSS: Final = {"short": 8, "long": 13}  # of the Capital Loss Carryover Worksheet
ENTERED: Final[Mapping[str, str]] = {
    CREDIT: "the minimum tax credit carried in",
    LAST_CREDIT: "the credit made by the AMT of the year before",
    **{
        column: f"the {term}-term capital loss carried in, {'AMT' if system is AMT else 'regular'}"
        for system, columns in LOSSES.items()
        for term, column in columns.items()
    },
}
DOCUMENTS: Final[Mapping[str, str]] = {
    CREDIT: "Form 8801 line 26",
    **{
        column: f"Capital Loss Carryover Worksheet line {LINES_OF_LOSS[term]}{', with AMT figures' * (system is AMT)}"
        for system, columns in LOSSES.items()
        for term, column in columns.items()
    },
}
CARRIED: Final = (CREDIT, LAST_CREDIT, *(column for terms in LOSSES.values() for column in terms.values()))


def _gain_and_term(system: System) -> tuple[str, str]:
    """The columns of a sale's gain and of its term in a system, as keys."""
    figures = sale_figures(system)
    gain, term = (cast(Leaf, each.node) for each in (figures.gain, figures.term))
    return f"{gain.sheet}.{gain.line}", f"{term.sheet}.{term.line}"


@dataclass(frozen=True)
class _Earlier:
    """The records of the years before the first return."""

    first: int  # the first return's year
    lots: Sequence[Mapping[str, Any]]  # measured before
    sales: Sequence[Mapping[str, Any]]

    @property
    def years(self) -> list[int]:
        """The years of the records."""
        of_lots = (int(each["exercises.year_included"]) for each in self.lots)
        return sorted({*of_lots, *(int(each["sales.year_sold"]) for each in self.sales)})

    @property
    def to_add(self) -> str:
        """'returns for 2020 through 2023', as far as isobook goes back."""
        first = max(self.years[0], YEARS[0])
        if first >= self.first:
            return ""
        last = self.first - 1
        return f"a return for {first}" if first == last else f"returns for {first} through {last}"

    @property
    def added(self) -> list[Mapping[str, Any]]:
        """The lots that are on line 2i of an earlier year."""
        return [each for each in self.lots if each["exercises.adjustment"] > 0]

    def likely(self) -> Iterator[tuple[str, str]]:
        """What the records make likely: the column, and why."""
        added = self.added
        total = sum((each["exercises.adjustment"] for each in added), ZERO)
        names = ", ".join(each["exercises.exercise_id"] for each in added[:5])
        if added:
            yield CREDIT, f"the exercises of {names} put ${total:,.0f} on line 2i of earlier years"
        last = [each for each in added if each["exercises.year_included"] == self.first - 1]
        if last:
            yield LAST_CREDIT, f"exercises of {self.first - 1} are on line 2i of that year"
        for system, columns in LOSSES.items():
            gain, held = _gain_and_term(system)
            for term, column in columns.items():
                lost = [each[gain] for each in self.sales if each[held] == term and each[gain] < 0]
                amount = -sum(lost, ZERO)
                if amount:
                    yield column, f"sales of earlier years lost ${amount:,.0f}"


def opening_balances(computed: ComputedClient) -> Iterator[Finding]:
    """What is carried into the first year, where records of earlier years exist and nothing is entered."""
    earlier = _earlier(computed)
    if earlier is None:
        return
    row = computed.returns[earlier.first]
    alike = LOSSES[AMT].values() if computed.years[earlier.first].figure(Role.CARRYOVERS_ALIKE) else ()
    regular = any(getattr(row, name) for name in LOSSES[REGULAR].values())
    told = alike if regular else ()  # taken as the regular ones, which another rule tells
    blank = [name for name in CARRIED if getattr(row, name) is None and name not in told]
    likely = dict(earlier.likely())
    for name in blank:
        if name in likely:
            yield _finding(computed, earlier, name, likely[name])
    rest = tuple(name for name in blank if name not in likely)
    if rest:
        yield _possible(computed, earlier, rest)
    yield _first_8801(earlier)


def _earlier(computed: ComputedClient) -> _Earlier | None:
    """The records before the first return; None without any, or without a return."""
    if not computed.returns:
        return None
    first = min(computed.returns)
    lots = [each for each in computed.lots if each["exercises.year_included"] < first]
    sales = [each for each in computed.sold if each["sales.year_sold"] < first]
    return _Earlier(first, lots, sales) if lots or sales else None


def _finding(computed: ComputedClient, earlier: _Earlier, name: str, because: str) -> Finding:
    add = f" Add {earlier.to_add}, or enter it{ZERO_ANSWERS}" if earlier.to_add else f" Enter it{ZERO_ANSWERS}"
    return Finding(
        rule=f"opening-{name}",
        kind=ItemKind.MISSING,
        why=Why.BLANK,
        what=f"{earlier.first}: nothing is entered for {ENTERED[name]}, though {because}.{add}",
        entering=add,
        table=RETURNS.name,
        row=computed.rows[earlier.first],
        column=name,
        year=earlier.first,
        taken="none",
        speaks_of=(*earlier.years, *sorted(each["exercises.exercise_id"] for each in earlier.added)),
        ask=Ask.CLIENT,
        document=_document(earlier, name),
    )


def _document(earlier: _Earlier, name: str) -> str:
    """Lines 18 and 19 are on the Form 8801 of the first return; losses and line 26 on the return before."""
    if name == LAST_CREDIT:
        return f"Form 8801 of the {earlier.first} return, line 18; or the {earlier.first - 1} return, Form 6251"
    return f"the {earlier.first - 1} return: {DOCUMENTS[name]}"


def _possible(computed: ComputedClient, earlier: _Earlier, names: tuple[str, ...]) -> Finding:
    """All that is blank and no record makes likely, as one item."""
    listed = ", ".join(RETURNS[name].in_sentences for name in names)
    add = f" Add {earlier.to_add}, or enter what they carried{ZERO_ANSWERS}" if earlier.to_add else ""
    return Finding(
        rule="opening",
        kind=ItemKind.CONFIRM,
        why=Why.ASSUMED,
        what=(
            f"{earlier.first}: records of {_years(earlier.years)} stand before the first return, and nothing is "
            f"entered for what was carried in, so none is taken: {listed}.{add}"
        ),
        entering=add,
        table=RETURNS.name,
        row=computed.rows[earlier.first],
        column=names[0],
        year=earlier.first,
        taken="none",
        reads=tuple(f"{RETURNS.sheet}.{name}" for name in names),
        speaks_of=(*names, *earlier.years),
        ask=Ask.CLIENT,
        document=f"the {earlier.first - 1} return: Forms 6251 and 8801, Schedule D and its carryover worksheet",
    )


def _first_8801(earlier: _Earlier) -> Finding:
    """Part I of the first Form 8801 is the year before, which the file does not have."""
    return Finding(
        rule="first-8801",
        kind=ItemKind.OPTIONAL,
        why=Why.BLANK,
        what=(
            f"{earlier.first}: lines 1 through 17 and Part III of Form 8801 take the {earlier.first - 1} return, which "
            "is not in this file; they are 0 here, and line 18 is as entered."
        ),
        year=earlier.first,
        reads=(f"{RETURNS.sheet}.{LAST_CREDIT}",),
        ask=Ask.CLIENT,
        document=f"the {earlier.first - 1} return, as a tax year of this file",
    )


def _years(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
