"""The reading in words, as a preparer would say it, and the same with the figures put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from ..language.nodes import Column, Constant, Leaf, Node, Op, fold

Name = Callable[[Leaf | Column], str]
WriteWords = Callable[[Sequence[str]], str]
Shown = Decimal | int | bool | date | str | None


def in_words(node: Node, name: Name) -> str:
    """Say the rule: 'line 4 less line 5, not below zero'."""
    return _read(node, name, WORDS)


def with_figures(node: Node, value_of: Callable[[Leaf | Column], Shown]) -> str:
    """Say the rule with its figures: '200,000 − 88,100, not below zero'."""
    return _read(node, lambda leaf: figure(value_of(leaf)), {**WORDS, **SIGNS})


def figure(value: Shown) -> str:
    """Show a value as a reviewer reads it."""
    match value:
        case None:
            return "not given"
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case str():
            return value
    whole = value == int(value)
    shown = f"{abs(value):,.0f}" if whole else f"{abs(value):,f}"
    return f"({shown})" if value < 0 else shown


def _read(node: Node, name: Name, write: Mapping[Op, WriteWords]) -> str:
    def value(leaf: Constant | Leaf | Column) -> str:
        return _constant(leaf.value) if isinstance(leaf, Constant) else name(leaf)

    return fold(node, value, lambda op, parts: write[op](parts))


def _constant(value: Decimal | str) -> str:
    if isinstance(value, Decimal) and 0 < value < 1:
        return f"{value * 100:f}".rstrip("0").rstrip(".") + "%"
    # A choice of an entry, such as married_joint, as people read it.
    return (value.replace("_", " ") or "blank") if isinstance(value, str) else figure(value)


def _say(pattern: str) -> WriteWords:
    return lambda parts: pattern.format(*parts)


def _listed(before: str, last: str) -> WriteWords:
    def write(parts: Sequence[str]) -> str:
        return f"{before}{', '.join(parts[:-1])} {last} {parts[-1]}"

    return write


def _total(parts: Sequence[str]) -> str:
    column, *tests = parts
    where = " and ".join(
        f"{key} is {wanted.replace(',', '')}" for key, wanted in zip(tests[::2], tests[1::2], strict=True)
    )
    return f"the total of {column}" + (f" where {where}" if where else "")


def _total_before(parts: Sequence[str]) -> str:
    column, by, order, *same = parts
    if order.replace(",", "").isdigit():  # a number stands there, not the row at hand
        return f"the total of {column} where {by} is before {order.replace(',', '')}"
    where = " and ".join(f"with the same {key}" for key in same[1::2])
    return f"the total of {column} in the rows before by {order}" + (f", {where}" if where else "")


def _total_same(parts: Sequence[str]) -> str:
    column, *same = parts
    return f"the total of {column} in the rows " + " and ".join(f"with the same {key}" for key in same[1::2])


def _combined(parts: Sequence[str]) -> str:
    """Lines that are added are named one by one; `with_runs` shortens 'line 1b through line 3'."""
    return " plus ".join(parts)


def with_runs(words: str, runs: Sequence[Sequence[str]]) -> str:
    """Say 'line 1b through line 3, combined' where all printed lines of a run are added."""
    for run in runs:
        words = words.replace(_combined(run), f"{run[0]} through {run[-1]}, combined")
    return words


WORDS: Final[Mapping[Op, WriteWords]] = {
    Op.ADD: _say("{} plus {}"),
    Op.SUBTRACT: _say("{} less {}"),
    Op.MULTIPLY: _say("{} times {}"),
    Op.NEGATIVE: _say("minus {}"),
    Op.SUM_OF: _combined,
    Op.SMALLER_OF: _listed("the smaller of ", "and"),
    Op.LARGER_OF: _listed("the larger of ", "and"),
    Op.NOT_BELOW_ZERO: _say("{}, not below zero"),
    Op.ROUNDED: _say("{}"),
    Op.ROUNDED_DOWN: _say("{}, down to a multiple of {}"),
    Op.BRACKET_TAX: _say("the tax by the rate schedule on {}"),
    Op.WHEN: _say("{1} if {0}, otherwise {2}"),
    Op.GIVEN: _say("{} is given"),
    Op.LESS: _say("{} is less than {}"),
    Op.AT_MOST: _say("{} is not more than {}"),
    Op.MORE: _say("{} is more than {}"),
    Op.AT_LEAST: _say("{} is at least {}"),
    Op.EQUAL: _say("{} is {}"),
    Op.ALL_OF: _listed("", "and"),
    Op.ANY_OF: _listed("", "or"),
    Op.IS_NOT: _say("not {}"),
    Op.YEAR_OF: _say("the year of {}"),
    Op.ADD_MONTHS: _say("{1} months after {0}"),
    Op.DAY_AFTER: _say("the day after {}"),
    Op.LATER_OF: _listed("the later of ", "and"),
    Op.PICK: _say("{} of exercise {}"),
    Op.TOTAL: _total,
    Op.TOTAL_SAME: _total_same,
    Op.TOTAL_BEFORE: _total_before,
    Op.WHOLE_SHARES: _say("the whole shares at {1} within {0}"),
    Op.PRO_RATA: _say("{0} by shares, {1} of {2}"),
    Op.JOINED: "".join,
    Op.SHOWN: _say("{0}"),
    Op.SHARES_SHOWN: _say("{0}"),
    Op.DAY_SHOWN: _say("{0}"),
}

SIGNS: Final[Mapping[Op, WriteWords]] = {
    Op.ADD: _say("{} + {}"),
    Op.SUBTRACT: _say("{} − {}"),
    Op.MULTIPLY: _say("{} × {}"),
    Op.SUM_OF: lambda parts: " + ".join(part for part in parts if part != "0") or "0",
}
