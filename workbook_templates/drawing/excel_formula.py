"""The reading as a native Excel formula, with no parenthesis too many. Excel syntax lives here alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from engine.language.nodes import Column, Constant, Leaf, Node, Op, fold

Address = Callable[[Leaf | Column], str]


class Piece(NamedTuple):
    """Part of a formula, and how tightly it holds together."""

    text: str
    strength: int


COMPARES, JOINS, ADDS, MULTIPLIES, NEGATES, WHOLE = range(1, 7)
WriteFormula = Callable[[Sequence[Piece]], Piece]


def formula(node: Node, address: Address) -> str:
    """Write an expression, without the "="; `address` says where each leaf and column stands."""

    def value(leaf: Constant | Leaf | Column) -> Piece:
        return Piece(_literal(leaf.value) if isinstance(leaf, Constant) else address(leaf), WHOLE)

    return fold(node, value, lambda op, pieces: WRITE[op](pieces)).text


def when_counted(kind: str, always: Sequence[str], but_rsu: Sequence[str], espp: str, body: str) -> str:
    """Leave a cell empty until its row has all numbers and dates of its kind: cells of all, of all but RSU, of ESPP."""
    of_kind = f'IF({kind}="RSU",{len(but_rsu)},COUNT({",".join(but_rsu)})+IF({kind}="ESPP",COUNT({espp})-1,0))'
    return f'IF(COUNT({",".join(always)})+{of_kind}<{len(always) + len(but_rsu)},"",{body})'


def when_complete(entries: str, count: int, body: str) -> str:
    """Leave a cell empty until its row has all its numbers and dates: `entries` is "$D6:$H6"."""
    return f'IF(COUNT({entries})<{count},"",{body})'


def when_found(row: str, body: str, otherwise: str = '""') -> str:
    """Leave a cell of a table empty until its row counts: in sales, until its lot is found."""
    return f"IF(N({row})=0,{otherwise},{body})"


def choice_formula(cell: str, shown: Mapping[str, str]) -> str:
    """The choice that a cell means, whether it has its words or the choice itself; other words as they are."""
    chosen = f'{cell}&""'
    for choice, words in reversed(list(shown.items())):
        same = f"{cell}={_literal(words)}"
        same = same if words.lower() == choice else f"OR({same},{cell}={_literal(choice)})"
        chosen = f"IF({same},{_literal(choice)},{chosen})"
    return chosen


def if_started(entries: str, words: str) -> str:
    """Say so where a row is begun but does not count yet."""
    return f'IF(COUNTA({entries})>0,{_literal(words)},"")'


def lot_of_sale(dates_and_shares: str, price: str, disposition: str, wanted: str, ids: str, rows: str) -> str:
    """The row of a sale's lot, 0 if there is none; "" until the row is complete (a sale needs its price)."""
    unpriced = f'AND({price}="",OR({disposition}="",{disposition}="sale"))'
    found = f"SUMPRODUCT(({ids}={wanted})*1,{rows})"  # "=" knows no wildcards, unlike MATCH
    return f'IF(OR(COUNT({dates_and_shares})<2,{wanted}="",{unpriced}),"",{found})'


def shares_of_grant(wanted: str, ids: str, counts: str, shares: str) -> str:
    """The shares of another table's rows with this id, where its yes-or-no column says yes; 0 without an id."""
    return f'IF({wanted}="",0,SUMPRODUCT(({ids}={wanted})*({counts}=TRUE),{shares}))'


def when_said(cell: str, body: str, otherwise: str = '""') -> str:
    """Leave a cell of a table empty until another cell of its row shows something."""
    return f'IF({cell}="",{otherwise},{body})'


def name_in_one_case(numbers: Sequence[str], name: str) -> str:
    """A name in lower case; "" until its row has it and all numbers."""
    return f'IF(OR(COUNT({",".join(numbers)})<{len(numbers)},{name}=""),"",LOWER({name}))'


def total_of_rows(column: str, *same: tuple[str, str]) -> str:
    """Add up a column of another table over the rows in which each pair is equal, words in whatever case."""
    return f"SUMPRODUCT({'*'.join(f'({key}={value})' for key, value in same)},{column})"


def of_year(year: str, cells: Mapping[int, str]) -> str:
    """The amount of a typed year among some years, "" where it is blank or the year is none of them."""
    chosen = '""'
    for each, cell in reversed(list(cells.items())):
        chosen = f'IF({year}={each},IF(ISNUMBER({cell}),{cell},""),{chosen})'
    return chosen


def started_rows(first: str, second: str) -> str:
    """Count the rows of two columns in which either holds anything."""
    return f'SUMPRODUCT((({first}<>"")+({second}<>"")>0)*1)'


def count_above_zero(cells: str) -> str:
    """Count the cells of a range that hold a number above zero."""
    return f'COUNTIF({cells},">0")'


def sum_cells(cells: str) -> str:
    """Add up a range, without binary dust."""
    return f"ROUND(SUM({cells}),6)"


def rounded_cell(cell: str, digits: str) -> str:
    """A typed amount as the lines take it."""
    return f"ROUND({cell},{digits})"


def as_number(flag: str) -> str:
    """1 or 0 of a yes or no: LibreOffice saves a yes that is no formula as one."""
    return f"IF({flag},1,0)"


def is_other(cell: str, made: str, *, exact: bool) -> str:
    """1 where a cell no longer holds what it held when the file was made; `exact` for numbers, to the millionth."""
    same = f"ROUND({cell}-{made},6)=0" if exact else f"{cell}={made}"
    return f"IF({same},0,1)"


def unless(test: str, cells: str) -> str:
    """1 where any of some cells is 1, unless the test cell is 1 itself."""
    return f"IF({test}=1,0,MIN(1,SUM({cells})))"


def added_up(cells: str) -> str:
    """Add up whole numbers."""
    return f"SUM({cells})"


def as_words(cell: str) -> str:
    """What a cell shows as a text, a year without a comma."""
    return f'{cell}&""'


def as_answered(answer: str, blank: str, typed: str) -> str:
    """The words of one cell while an answer is blank, of another once it is typed."""
    return f'IF({answer}="",{blank}&"",{typed}&"")'


def with_count(sentence: str, cells: str, word: str, one: str, many: str) -> str:
    """A sentence, and how many cells hold a word, where any does: "One point answered since." or "3 points …"."""
    found = f"COUNTIF({cells},{_literal(word)})"
    told = f"IF({found}=1,{_literal(one)},{found}&{_literal(many)})"
    return f'{sentence}&IF({found}=0,"","  "&{told})'


def place_of(year: str, years: Sequence[int]) -> str:
    """The place of a typed year among some years, the last one where it is none of them."""
    chosen = str(len(years))
    for place, each in list(enumerate(years, 1))[-2::-1]:
        chosen = f"IF({year}={each},{place},{chosen})"
    return chosen


def chosen_cell(number: str, cells: Sequence[str]) -> str:
    """Take the cell whose place the number tells, 1 being the first."""
    return f"CHOOSE({number},{','.join(cells)})"


def _literal(value: Decimal | str) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else '"' + value.replace('"', '""') + '"'


def _held(piece: Piece, strength: int) -> str:
    return piece.text if piece.strength >= strength else f"({piece.text})"


def _infix(sign: str, strength: int, *, mixes: bool = True) -> WriteFormula:
    """`a-(b-c)` needs its parentheses, `a+(b+c)` does not: `mixes` says so."""

    def write(pieces: Sequence[Piece]) -> Piece:
        first, *others = pieces
        after = (_held(piece, strength if mixes else strength + 1) for piece in others)
        return Piece(sign.join([_held(first, strength), *after]), strength)

    return write


def _call(function: str) -> WriteFormula:
    return lambda pieces: Piece(f"{function}({','.join(piece.text for piece in pieces)})", WHOLE)


def _template(pattern: str, strength: int = WHOLE, needs: int = 0) -> WriteFormula:
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


def _total_same(pieces: Sequence[Piece]) -> Piece:
    """SUMPRODUCT: its "=" knows no wildcards and no operators, so that keys may be a client's text."""
    column, *pairs = (piece.text for piece in pieces)
    return _sum_product(column, [], pairs)


def _total_before(pieces: Sequence[Piece]) -> Piece:
    column, order, here, *pairs = (piece.text for piece in pieces)
    return _sum_product(column, [f"({order}<{here})"], pairs)


def _sum_product(column: str, tests: list[str], pairs: Sequence[str]) -> Piece:
    """The column as a part of its own, so that the "" of its empty rows counts as 0."""
    tests += [f"({key}={here})" for key, here in zip(pairs[::2], pairs[1::2], strict=True)]
    return Piece(f"SUMPRODUCT({'*'.join(tests if len(tests) > 1 else [*tests, '1'])},{column})", WHOLE)


WRITE: Final[Mapping[Op, WriteFormula]] = {
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
    Op.TOTAL_SAME: _total_same,
    Op.TOTAL_BEFORE: _total_before,
    Op.WHOLE_SHARES: _template("IF({1}>0,ROUND({0}/{1},0)-IF(ROUND(ROUND({0}/{1},0)*{1},2)>{0},1,0),0)", needs=WHOLE),
    Op.PRO_RATA: _template("IF({2}=0,0,{0}*{1}/{2})", needs=WHOLE),
    Op.JOINED: _infix("&", JOINS),
    Op.SHARES_SHOWN: _template('TEXT({0},IF(INT({0})={0},"#,##0","#,##0.######"))', needs=WHOLE),
    # TEXT with a date's own codes would speak another language in a Windows of another country.
    Op.DAY_SHOWN: _template('TEXT(MONTH({0}),"00")&"/"&TEXT(DAY({0}),"00")&"/"&YEAR({0})', JOINS),
    Op.SHOWN: _template('TEXT({0},IF({1},"#,##0.00","#,##0"))'),
}
