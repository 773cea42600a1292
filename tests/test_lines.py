"""Rules that hold for every line of every form and year, read from the expressions: nothing is computed here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from engine.federal.stock.hundred_thousand_limit import GRANTS
from engine.federal.stock.record_tables import RECORDS as EXERCISES_AND_SALES
from engine.federal.tax_year import PARAMETERS
from engine.federal.years import blank_entries, figures_of, forms_of
from engine.filing import YEARS
from engine.language.lines import ROUNDING, Line, unknown_leaves
from engine.language.nodes import Column, Constant, Kind, Leaf, Node, Op, Operation, is_settled, leaves
from workbook_templates.drawing.excel_formula import formula
from workbook_templates.drawing.layout import column_name, defined_name

RECORDS = [*EXERCISES_AND_SALES, *GRANTS]
EACH_YEAR = pytest.mark.parametrize("year", YEARS)
COMPARED = "credit_claimed"  # with the credit allowable; no line takes it
LONGEST_FORMULA = 260  # characters: what still reads at a glance in Excel's formula bar
TOTALS = (Op.TOTAL, Op.TOTAL_SAME, Op.TOTAL_BEFORE)
DIFFERENCES = (Op.ADD, Op.SUBTRACT, Op.SUM_OF, *TOTALS)


def computed(year: int) -> list[Line]:
    """The computed lines of a year, and the computed columns of the records."""
    return [line for line in (*forms_of(year).order, *RECORDS) if line.expression is not None]


def expression(line: Line) -> Node:
    """The expression of a computed line."""
    assert line.expression is not None
    return line.expression


def operations(node: Node) -> Iterator[Operation]:
    """Every operation of an expression, from the outside in."""
    if isinstance(node, Operation):
        yield node
        for argument in node.arguments:
            yield from operations(argument)


def unrounded(node: Node, sought: tuple[Op, ...]) -> bool:
    """Tell whether one of these operations stands in an expression outside a rounding."""
    if not isinstance(node, Operation) or node.op is Op.ROUNDED:
        return False
    return node.op in sought or any(unrounded(argument, sought) for argument in node.arguments)


@EACH_YEAR
def test_every_leaf_names_a_line(year: int) -> None:
    """A misspelled line, or a line of another year's form, is found without computing anything."""
    before = forms_of(max(year - 1, YEARS[0])).order
    assert unknown_leaves([*forms_of(year).order, *RECORDS], before) == set()


@EACH_YEAR
def test_parameters_and_options_are_known_ones(year: int) -> None:
    """What lines take from the law is a declared parameter; options are rounding and the tax method."""
    known = {f"law.{each.name}" for each in PARAMETERS} | {"options.rounding", "options.tax_method"}
    taken = {
        f"{leaf.sheet}.{leaf.line}"
        for line in computed(year)
        for operation in [*operations(expression(line)), Operation(Op.SUM_OF, (expression(line),))]
        for leaf in operation.arguments
        if isinstance(leaf, Leaf) and leaf.sheet in ("law", "options")
    }
    assert taken - known == set()


@EACH_YEAR
def test_no_line_asks_for_more_than_the_year_before(year: int) -> None:
    """Figures come from this year or the last one; in the first year of a file none comes from a year before."""
    assert _years_taken(year, first=True) == {0}
    assert _years_taken(year, first=False) == ({0, 1} if year > YEARS[0] else {0})


def _years_taken(year: int, *, first: bool) -> set[int]:
    rules = [line.expression for line in forms_of(year, first).order if line.expression is not None]
    return {leaf.years_ago for rule in rules for leaf in leaves(rule) if isinstance(leaf, Leaf)}


@EACH_YEAR
def test_lines_are_declared_before_they_are_used(year: int) -> None:
    """The order of declaration is the order of calculation."""
    known: set[str] = set()
    for line in (*RECORDS, *forms_of(year).order):
        taken = [
            leaf
            for operation in operations(line.expression or Constant(""))
            for leaf in operation.arguments
            if isinstance(leaf, Leaf) and not leaf.years_ago and leaf.sheet not in ("law", "options")
        ]
        assert {f"{leaf.sheet}.{leaf.line}" for leaf in taken} <= known, line.key
        known.add(line.key)


@EACH_YEAR
def test_each_entry_is_taken_up_by_one_rounding_line_a_form(year: int) -> None:
    """An entry in dollars and cents meets its rounding alone or as a choice, once, before anything is added to it."""
    takers: Counter[tuple[str, str]] = Counter()
    for line in computed(year):
        for entry in _entries_taken(expression(line)):
            takers[line.leaf.sheet, entry] += 1
            assert _rounds_alone(expression(line)), f"{line.key} uses {entry} before it is rounded"
    money = {line.leaf.line for line in forms_of(year).forms["inputs"].lines if line.leaf.kind is Kind.MONEY}
    assert [place for place, times in takers.items() if times > 1] == []
    assert money - {entry for _, entry in takers} <= {
        "exclusion_foreign_tax_credit",
        "credit_claimed",
    }  # next year, none


@EACH_YEAR
def test_a_difference_stands_on_a_line_of_its_own_before_it_is_multiplied(year: int) -> None:
    """So do sums and totals: 900,350.38 less 900,350 is not exactly 0.38 in binary, and a rate makes it half a cent."""
    assert [
        line.key
        for line in computed(year)
        for each in operations(expression(line))
        if each.op is Op.MULTIPLY and any(unrounded(factor, DIFFERENCES) for factor in each.arguments)
    ] == []


@EACH_YEAR
def test_a_total_or_difference_stands_on_a_line_of_its_own_before_it_is_subtracted(year: int) -> None:
    """And words need no parentheses: 'line 4 less line 5 plus line 6' would mean two things."""
    assert [
        line.key
        for line in computed(year)
        for each in operations(expression(line))
        if (each.op is Op.SUBTRACT and unrounded(each.arguments[1], DIFFERENCES))
        or (each.op in (Op.ADD, Op.SUBTRACT, Op.SUM_OF) and any(unrounded(each, TOTALS) for each in each.arguments))
    ] == []


@EACH_YEAR
def test_only_rounded_figures_are_compared_or_taxed(year: int) -> None:
    """A test on figures with binary dust could go either way; brackets are applied to a line of its own."""
    compares = (Op.LESS, Op.AT_MOST, Op.MORE, Op.AT_LEAST, Op.EQUAL, Op.BRACKET_TAX, Op.ROUNDED_DOWN)
    assert [
        line.key
        for line in computed(year)
        for each in operations(expression(line))
        if each.op in compares and any(unrounded(side, (*DIFFERENCES, Op.MULTIPLY)) for side in each.arguments)
    ] == []


def test_every_column_that_adds_or_multiplies_is_rounded() -> None:
    """Shares too: what 941.8 shares are after two sales must be the same number in binary, and 0 when all are gone."""
    assert [
        line.key
        for line in RECORDS
        if line.expression is not None
        and line.leaf.kind in (Kind.MONEY, Kind.PRICE, Kind.SHARES)
        and unrounded(line.expression, (*DIFFERENCES, Op.MULTIPLY))
    ] == []


@EACH_YEAR
def test_every_money_line_of_a_form_is_rounded_or_needs_no_rounding(year: int) -> None:
    """A line rounds at its outside; only choices among rounded lines go without."""
    for form in forms_of(year).forms.values():
        for line in form.lines:
            if line.leaf.kind is Kind.MONEY and line.expression is not None:
                node = line.expression
                outside = isinstance(node, Operation) and node.op is Op.ROUNDED
                assert outside or is_settled(node), line.key


@EACH_YEAR
def test_no_form_line_has_a_long_formula(year: int) -> None:
    """Workings of their own keep what a reviewer clicks on short."""
    lengths = {
        line.key: len(formula(expression(line), _address(line, year))) for line in figures_of(year) if line.expression
    }
    assert max(lengths.values()) < LONGEST_FORMULA
    assert sorted(lengths.values())[len(lengths) // 2] < 60


@EACH_YEAR
def test_blank_entries_are_zero_where_no_line_asks_whether_they_are_given(year: int) -> None:
    """An entry whose blank means something is asked with `given`, or is a word; all others count as 0."""
    asked = {
        f"inputs.{argument.line}"
        for line in (*computed(year), *computed(min(year + 1, YEARS[-1])))  # Form 8801 asks a year later
        for each in operations(expression(line))
        if each.op is Op.GIVEN
        for argument in each.arguments
        if isinstance(argument, Leaf) and argument.sheet == "inputs"
    }
    blanks = blank_entries(year)
    assert {key for key, value in blanks.items() if value is None} == asked | {f"inputs.{COMPARED}"}
    assert all(value in (None, 0, "") for value in blanks.values())


def test_unknown_leaves_are_named() -> None:
    """The check above would find a line of the wrong year: 2025 has no line 1, and 2024 had no line 1b."""
    assert "f6251.1" in unknown_leaves([_repeats("1", 0)], forms_of(2024).order)
    assert unknown_leaves([_repeats("1", 1)], forms_of(2024).order) == set()
    assert unknown_leaves([_repeats("1b", 1)], forms_of(2024).order) == {"f6251.1b"}


def _repeats(number_: str, years_ago: int) -> Line:
    return Line(Leaf("test", "repeats"), "", expression=Leaf("f6251", number_, years_ago))


def _entries_taken(node: Node) -> set[str]:
    """The amounts of the entries that a line takes over; asking whether one is given takes nothing."""
    match node:
        case Leaf(sheet="inputs", kind=Kind.MONEY):
            return {node.line}
        case Operation(Op.GIVEN):
            return set()
        case Operation(_, arguments):
            return {entry for argument in arguments for entry in _entries_taken(argument)}
    return set()


def _rounds_alone(node: Node) -> bool:
    """Tell whether a line is the rounding of one entry, or of a choice of which it is a branch."""
    return (
        isinstance(node, Operation)
        and node.op is Op.ROUNDED
        and node.arguments[1] == ROUNDING.node
        and (_is_choice(node.arguments[0]))
    )


def _is_choice(node: Node) -> bool:
    match node:
        case Operation(Op.WHEN, (_, then, otherwise)):
            return _is_choice(then) and _is_choice(otherwise)
    return not isinstance(node, Operation)


def _address(line: Line, year: int) -> Any:
    """Cells of the own sheet by address, all others by name, as on the sheets."""

    def address(leaf: Leaf | Column) -> str:
        if isinstance(leaf, Column):
            return column_name(leaf.leaf)
        return "C123" if leaf.sheet == line.leaf.sheet and not leaf.years_ago else defined_name(leaf, year)

    return address
