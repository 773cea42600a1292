"""Rules that hold for every line of every form and year, read from the expressions: nothing is figured here."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.expressions import number
from engine.forms.exercises import RECORDS
from engine.lines import ROUNDING, SECOND_TIME, Form, Line, unknown_leaves
from engine.nodes import Column, Constant, Kind, Leaf, Node, Op, Operation, is_settled
from engine.tax_year import PARAMETERS, STATUSES, YEARS
from engine.years import blank_entries, figures_of, forms_of, needed_before
from workbook_templates.excel_formula import formula
from workbook_templates.layout import column_name, defined_name

LAYOUTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "lines.toml").read_text("utf-8"))["layout"]
PRINTED = {year: [*layout["part_i"], *layout["part_ii"], *layout["part_iii"]] for layout in LAYOUTS for year in layout["years"]}
EACH_YEAR = pytest.mark.parametrize("year", YEARS)
LONGEST_FORMULA = 260  # characters: what still reads at a glance in Excel's formula bar
DIFFERENCES = (Op.ADD, Op.SUBTRACT, Op.SUM_OF, Op.TOTAL)


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
    """A misspelt line, or a line of another year's form, is found without figuring anything."""
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
    """Figures come from this year or the last one, and the first year's block names each of the latter once."""
    block = [f"{leaf.sheet}.{leaf.line}" for leaf in needed_before(year)]
    assert {leaf.years_ago for leaf in needed_before(year)} == {1}
    assert len(block) == len(set(block))


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
def test_form_6251_prints_the_lines_of_its_year(year: int) -> None:
    """Every printed number, top to bottom; 1a and 1b from 2025 on."""
    assert [line.leaf.line for line in forms_of(year).forms["f6251"].printed()] == PRINTED[year]


@EACH_YEAR
def test_the_worksheets_print_all_their_lines(year: int) -> None:
    """The gain worksheet runs from 1 to 25, the carryover worksheets from 1 to 13, the other one to 47."""
    forms = forms_of(year).forms
    numbers = {name: [line.leaf.line for line in forms[name].printed()] for name in ("qdcg", "carryover", "sdtw")}
    assert numbers["qdcg"] == [str(place) for place in range(1, 26)]
    assert numbers["carryover"] == [str(place) for place in range(1, 14)]
    without_form_4952 = {"3", "4", "5", "6", "7", "8"}
    assert numbers["sdtw"] == [str(place) for place in range(1, 48) if str(place) not in without_form_4952]


@EACH_YEAR
def test_every_line_has_a_label_of_its_own(year: int) -> None:
    """No label is empty or untrimmed, and no working has that of another: words name workings by their labels.

    Lines that are figured a second time keep the labels of the first.
    """
    for form in forms_of(year).forms.values():
        workings = [line for line in form.workings() if line.leaf.kind is Kind.MONEY]
        labels = [line.label for line in workings if not line.leaf.line.startswith(SECOND_TIME)]
        assert all(line.label.strip() == line.label != "" for line in form.lines)
        assert [label for label, count in Counter(labels).items() if count > 1] == []


@EACH_YEAR
def test_every_printed_line_of_form_6251_says_where_it_comes_from(year: int) -> None:
    """A law or a source beside each line that does more than repeat the arithmetic of its neighbours."""
    lines = forms_of(year).forms["f6251"].printed()
    outside = [line for line in lines if _takes_from_outside(line)]
    assert len(outside) > 30
    assert [line.key for line in outside if not (line.cite or line.source)] == []


@EACH_YEAR
def test_every_entry_says_where_the_preparer_finds_it(year: int) -> None:
    """A form line, a schedule or a document, for each column of the returns."""
    assert [line.key for line in forms_of(year).forms["inputs"].lines if not line.source] == []


def test_every_amount_of_the_records_cites_its_law() -> None:
    """The adjustment and the bases rest on a section of the Code or on the instructions."""
    cited = {line.leaf.line: line.cite for line in RECORDS if line.leaf.line in ("adjustment", "amt_basis", "first_day")}
    assert all("IRC" in cite for cite in cited.values())
    assert len(cited) == 3


@EACH_YEAR
def test_each_entry_is_taken_up_by_one_rounding_line_a_form(year: int) -> None:
    """An entry in dollars and cents meets its rounding alone or as a choice, once, before anything is added to it."""
    takers: Counter[tuple[str, str]] = Counter()
    for line in computed(year):
        for entry in _entries_taken(expression(line)):
            takers[line.leaf.sheet, entry] += 1
            assert _rounds_alone(expression(line), entry), f"{line.key} adds to {entry} before it is rounded"
    money = {line.leaf.line for line in forms_of(year).forms["inputs"].lines if line.leaf.kind is Kind.MONEY}
    assert [place for place, times in takers.items() if times > 1] == []
    later = {"nonrefundable_credits"} if "f8801" not in forms_of(year).forms else set()
    assert money - {entry for _, entry in takers} <= later


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
        or (each.op in (Op.ADD, Op.SUBTRACT, Op.SUM_OF) and any(unrounded(each, (Op.TOTAL,)) for each in each.arguments))
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
    lengths = {line.key: len(formula(expression(line), _address(line, year))) for line in figures_of(year) if line.expression}
    assert max(lengths.values()) < LONGEST_FORMULA
    assert sorted(lengths.values())[len(lengths) // 2] < 60


@EACH_YEAR
def test_blank_entries_are_zero_where_no_line_asks_whether_they_are_given(year: int) -> None:
    """An entry whose blank means something is asked with `given`, or is a word; all others count as 0."""
    asked = {
        f"inputs.{argument.line}"
        for line in computed(year)
        for each in operations(expression(line))
        if each.op is Op.GIVEN
        for argument in each.arguments
        if isinstance(argument, Leaf) and argument.sheet == "inputs"
    }
    blanks = blank_entries(year)
    assert {key for key, value in blanks.items() if value is None} == asked
    assert all(value in (None, 0, "") for value in blanks.values())


def test_the_filing_status_is_chosen_from_the_five() -> None:
    """A word of a fixed list, for the validation of the cell."""
    assert forms_of(2025).forms["inputs"].find("filing_status").choices == tuple(STATUSES)


def test_a_line_number_is_used_once_and_asked_for_by_its_name() -> None:
    """A form refuses a second line 1, an unknown line, and a flag taken for an amount."""
    form = Form("form", "A form")
    amount = form.line("1", "First", number("1"))
    form.flag("is it", "Is it?", amount > 0)
    with pytest.raises(ValueError, match="A form has line 1 already"):
        form.line("1", "First again", number("2"))
    with pytest.raises(KeyError, match="A form has no line '2'"):
        form["2"]
    with pytest.raises(TypeError, match=r"form\.is it is a flag, not an amount"):
        form["is it"]


def test_unknown_leaves_are_named() -> None:
    """The check above would find a line of the wrong year: 2025 has no line 1, and 2024 had no line 1b."""
    assert "f6251.1" in unknown_leaves([_repeats("1", 0)], forms_of(2024).order)
    assert unknown_leaves([_repeats("1", 1)], forms_of(2024).order) == set()
    assert unknown_leaves([_repeats("1b", 1)], forms_of(2024).order) == {"f6251.1b"}


def _repeats(number_: str, years_ago: int) -> Line:
    return Line(Leaf("test", "repeats"), "", expression=Leaf("f6251", number_, years_ago))


def _takes_from_outside(line: Line) -> bool:
    """Tell a line that takes something from another form, the law or an entry, or is taken to one."""
    taken = [leaf for each in operations(Operation(Op.SUM_OF, (expression(line),))) for leaf in each.arguments]
    return any(
        (isinstance(leaf, Leaf) and leaf.sheet not in (line.leaf.sheet, "options")) or isinstance(leaf, Column)
        for leaf in taken
    )


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


def _rounds_alone(node: Node, entry: str) -> bool:
    """Tell whether an entry goes straight into the line's rounding, alone or as one branch of a choice."""
    if not (isinstance(node, Operation) and node.op is Op.ROUNDED and node.arguments[1] == ROUNDING.node):
        return False
    return all(_is_branch(node.arguments[0], leaf) for leaf in [entry])


def _is_branch(node: Node, entry: str) -> bool:
    match node:
        case Leaf():
            return True
        case Constant():
            return True
        case Operation(Op.WHEN, (_, then, otherwise)):
            return _is_branch(then, entry) and _is_branch(otherwise, entry)
    return entry not in _entries_taken(node)


def _address(line: Line, year: int) -> Any:
    """Cells of the own sheet by address, all others by name, as on the sheets."""

    def address(leaf: Leaf | Column) -> str:
        if isinstance(leaf, Column):
            return column_name(leaf.leaf)
        return "C123" if leaf.sheet == line.leaf.sheet and not leaf.years_ago else defined_name(leaf, year)

    return address
