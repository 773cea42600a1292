"""The reading as a native Excel formula, with no parenthesis too many. Excel syntax lives here alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from engine.nodes import Column, Constant, Leaf, Node, Op, fold

Address = Callable[[Leaf | Column], str]


class Piece(NamedTuple):
    """Part of a formula, and how tightly it holds together."""

    text: str
    strength: int


COMPARES, JOINS, ADDS, MULTIPLIES, NEGATES, WHOLE = range(1, 7)
Write = Callable[[Sequence[Piece]], Piece]


def formula(node: Node, address: Address) -> str:
    """Write an expression, without the "="; `address` says where each leaf and column stands."""

    def value(leaf: Constant | Leaf | Column) -> Piece:
        return Piece(_literal(leaf.value) if isinstance(leaf, Constant) else address(leaf), WHOLE)

    return fold(node, value, lambda op, pieces: WRITE[op](pieces)).text


def in_complete_row(entries: str, count: int, body: str) -> str:
    """Leave a computed cell of a table empty until the row has all its numbers and dates: `entries` is "$D6:$H6"."""
    return f'IF(COUNT({entries})<{count},"",{body})'


def started_rows(first: str, second: str) -> str:
    """Count the rows of two columns side by side in which either holds anything."""
    return f'SUMPRODUCT((({first}<>"")+({second}<>"")>0)*1)'


def count_numbers(cells: str) -> str:
    """Count the cells of a range that hold a number."""
    return f"COUNT({cells})"


def count_words(cells: str, word: str) -> str:
    """Count the cells of a range that hold one of our own words."""
    return f"COUNTIF({cells},{_literal(word)})"


def sum_cells(cells: str) -> str:
    """Add up a range."""
    return f"SUM({cells})"


def chosen_cell(number: str, cells: Sequence[str]) -> str:
    """Take the cell whose place the number tells, 1 being the first."""
    return f"CHOOSE({number},{','.join(cells)})"


def _literal(value: Decimal | str) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else '"' + value.replace('"', '""') + '"'


def _held(piece: Piece, strength: int) -> str:
    return piece.text if piece.strength >= strength else f"({piece.text})"


def _infix(sign: str, strength: int, *, mixes: bool = True) -> Write:
    """`a-(b-c)` needs its parentheses, `a+(b+c)` does not: `mixes` says so."""

    def write(pieces: Sequence[Piece]) -> Piece:
        first, *others = pieces
        after = (_held(piece, strength if mixes else strength + 1) for piece in others)
        return Piece(sign.join([_held(first, strength), *after]), strength)

    return write


def _call(function: str) -> Write:
    return lambda pieces: Piece(f"{function}({','.join(piece.text for piece in pieces)})", WHOLE)


def _template(pattern: str, strength: int = WHOLE, needs: int = 0) -> Write:
    return lambda pieces: Piece(pattern.format(*(_held(piece, needs) for piece in pieces)), strength)


def _sum(pieces: Sequence[Piece]) -> Piece:
    """Write cells that stand under each other as one range."""
    cells = [re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", piece.text) for piece in pieces]
    texts = [piece.text for piece in pieces]
    if all(cells):
        places = [(cell[1], int(cell[2])) for cell in cells if cell]
        column, first = places[0]
        if len(places) > 1 and places == [(column, first + step) for step in range(len(places))]:
            texts = [f"{texts[0]}:{texts[-1]}"]
    return Piece(f"SUM({','.join(texts)})", WHOLE)


def _total(pieces: Sequence[Piece]) -> Piece:
    """SUMIFS, or SUM without a condition. Keys are numbers or words of ours, never a client's text."""
    column, *tests = (piece.text for piece in pieces)
    return Piece(f"SUMIFS({','.join([column, *tests])})" if tests else f"SUM({column})", WHOLE)


WRITE: Final[Mapping[Op, Write]] = {
    Op.ADD: _infix("+", ADDS),
    Op.SUBTRACT: _infix("-", ADDS, mixes=False),
    Op.MULTIPLY: _infix("*", MULTIPLIES),
    Op.NEGATIVE: _template("-{}", NEGATES, needs=NEGATES),
    Op.SUM_OF: _sum,
    Op.SMALLER_OF: _call("MIN"),
    Op.LARGER_OF: _call("MAX"),
    Op.NOT_BELOW_ZERO: _template("MAX(0,{})"),
    Op.ROUNDED: _call("ROUND"),
    Op.ROUNDED_DOWN: _template("INT({0}/{1})*{1}", MULTIPLIES, needs=WHOLE),
    Op.BRACKET_TAX: _template("SUMPRODUCT(({0}>{1})*({0}-{1})*{2})", needs=WHOLE),
    Op.WHEN: _call("IF"),
    Op.GIVEN: _call("ISNUMBER"),
    Op.LESS: _infix("<", COMPARES, mixes=False),
    Op.AT_MOST: _infix("<=", COMPARES, mixes=False),
    Op.MORE: _infix(">", COMPARES, mixes=False),
    Op.AT_LEAST: _infix(">=", COMPARES, mixes=False),
    Op.EQUAL: _infix("=", COMPARES, mixes=False),
    Op.ALL_OF: _call("AND"),
    Op.ANY_OF: _call("OR"),
    Op.IS_NOT: _call("NOT"),
    Op.YEAR_OF: _call("YEAR"),
    Op.ADD_MONTHS: _call("EDATE"),
    Op.DAY_AFTER: _template("{}+1", ADDS, needs=ADDS),
    Op.LATER_OF: _call("MAX"),
    Op.PICK: _call("INDEX"),
    Op.TOTAL: _total,
    Op.JOINED: _infix("&", JOINS),
    Op.SHOWN: _template('TEXT({0},IF({1},"#,##0.00","#,##0"))'),
}
