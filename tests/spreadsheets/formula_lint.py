"""What can be wrong with a formula's text or a defined name, though engines and validators may let it pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils.cell import column_index_from_string, range_boundaries

from .workbook_file import Name, WorkbookFile

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
LONGEST_FORMULA, LONGEST_TEXT, DEEPEST = 8_192, 255, 64
# All exist in Excel 2016 and gave the same in LibreOffice 7.4, ironcalc 0.9 and formualizer 0.13. TEXT is safe with
# number codes only (date codes follow the reader's language); SUMPRODUCT not over text functions of ranges.
ARITHMETIC = {"ABS", "CEILING", "FLOOR", "INT", "MAX", "MIN", "MOD", "ROUND", "ROUNDDOWN", "ROUNDUP", "SIGN", "TRUNC"}
TOTALS = {"COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "SUBTOTAL", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT"}
LOGIC = {"AND", "IF", "IFERROR", "ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT", "NOT", "OR", "_xlfn.IFNA"}
LOOKING_UP = {"CHOOSE", "HYPERLINK", "INDEX", "LOOKUP", "MATCH", "ROW", "VLOOKUP"}
WORDS = {"EXACT", "LEFT", "LEN", "LOWER", "MID", "N", "RIGHT", "SEARCH", "SUBSTITUTE", "TEXT", "TRIM", "UPPER"}
DAYS = {"DATE", "DATEDIF", "DAY", "EDATE", "EOMONTH", "MONTH", "YEAR", "YEARFRAC"}
SAFE_FUNCTIONS = ARITHMETIC | TOTALS | LOGIC | LOOKING_UP | WORDS | DAYS
ADDRESS = re.compile(r"(?i)\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+")
LIKE_A1, LIKE_R1C1 = re.compile(r"(?i)([A-Z]{1,3})(\d+)"), re.compile(r"(?i)R\d*(C\d*)?|C\d*")
LEGAL_NAME = re.compile(r"[^\W\d][\w.?\\]*|\\[\w.?\\]*")


class FormulaLint:
    """The formulas and names of one file, judged against its sheets, cells and names."""

    def __init__(self, book: WorkbookFile) -> None:
        """Take the file."""
        self._book = book
        self._titles = {title.lower(): title for title, _ in book.sheet_parts}
        self._names = {name.name.lower() for name in book.names}
        self._cells = {(cell.sheet, cell.coordinate) for cell in book.cells}
        self._known: dict[str, list[str]] = {}

    def formula(self, text: str) -> list[str]:
        """List what is wrong with one formula, given without its equals sign."""
        if text not in self._known:
            self._known[text] = list(self._faults(text))
        return self._known[text]

    def location(self, text: str) -> str | None:
        """Say what is wrong with the target of a link; None where it leads somewhere."""
        return self._reference(text, whole_cells=True)

    @cached_property
    def names(self) -> list[str]:
        """What is wrong with the defined names: spelling, twice the same, leading nowhere."""
        faults, seen = [], set()
        for name in self._book.names:
            if (name.name.lower(), name.sheet) in seen:
                faults.append(f"name {name.name}: defined twice (Excel does not tell capitals from small letters)")
            seen.add((name.name.lower(), name.sheet))
            faults += [f"name {name.name}: {fault}" for fault in self._name(name)]
        return faults

    def _name(self, name: Name) -> Iterator[str]:
        printing = name.name.startswith("_xlnm.")
        if not printing and (spelling := _misspelt(name.name)):
            yield spelling
        operands = _operands(name.text)
        if not operands:
            yield f"points at no cell but at {name.text}, which not every engine reads"
        for operand in operands:
            if fault := self._reference(operand, whole_cells=not printing):
                yield fault

    def _faults(self, text: str) -> Iterator[str]:
        for found in _read(text):
            if fault := found if isinstance(found, str) else self._reference(found.text, whole_cells=found.is_link):
                yield fault

    def _reference(self, text: str, *, whole_cells: bool = False) -> str | None:
        """Say what is wrong with a reference; with `whole_cells` the first and last cell must be in the file."""
        if "[" in text or "#REF!" in text:
            return f"{text} leads to another file, a table or nowhere"
        quoted, _, place = text.rpartition("!")
        title = quoted[1:-1].replace("''", "'") if quoted.startswith("'") else quoted
        if title and title.lower() not in self._titles:
            return f"{text} leads to a sheet that does not exist"
        if place.lower() in self._names:
            return None
        if not ADDRESS.fullmatch(place):
            return f"{text} is not defined"
        return self._address(self._titles.get(title.lower(), ""), place.replace("$", "").upper(), whole_cells)

    def _address(self, title: str, place: str, whole_cells: bool) -> str | None:
        try:
            columns_rows = [bound or 1 for bound in range_boundaries(place)]
        except ValueError:
            return f"{place} is outside the sheet"
        if max(columns_rows[0::2]) > LAST_COLUMN or max(columns_rows[1::2]) > LAST_ROW:
            return f"{place} is outside the sheet"
        missing = [end for end in place.split(":") if whole_cells and (title, end) not in self._cells]
        return f"{title}!{missing[0]} is not in the file" if missing else None


class Reference(NamedTuple):
    """A name or address in a formula; where a link leads, its cells must be in the file."""

    text: str
    is_link: bool = False


@lru_cache(maxsize=50_000)  # the books of one year have most of their formulas in common
def _read(text: str) -> tuple[str | Reference, ...]:
    """The faults that a formula has in any book, and the references that only a book can judge, in order."""
    try:
        tokens = Tokenizer("=" + text).items
    except (TokenizerError, IndexError) as error:
        return (*_length(text), f"formula cannot be read ({error}): {text}")
    found: list[str | Reference | None] = [*_length(text), *_nesting(tokens)]
    for before, token in zip([None, *tokens], tokens, strict=False):
        is_link = before is not None and before.value == "HYPERLINK(" and token.value.startswith('"#')
        found.append(Reference(token.value[2:-1], is_link=True) if is_link else _token(token))
    return tuple(dict.fromkeys(each for each in found if each))


def _length(text: str) -> Iterator[str]:
    if len(text) >= LONGEST_FORMULA:
        yield f"formula of {len(text) + 1} characters, at most {LONGEST_FORMULA} are allowed"


def _token(token: Token) -> str | Reference | None:
    if token.type == Token.FUNC and token.subtype == Token.OPEN:
        return _unsafe(token.value.removesuffix("("))
    if token.type != Token.OPERAND:
        return None
    if token.subtype == Token.TEXT and len(token.value[1:-1].replace('""', '"')) > LONGEST_TEXT:
        return f"text of more than {LONGEST_TEXT} characters in the formula"
    if token.subtype == Token.ERROR:
        return f"{token.value} in the formula"
    return Reference(token.value) if token.subtype == Token.RANGE else None


def _misspelt(name: str) -> str | None:
    if not LEGAL_NAME.fullmatch(name) or len(name) > LONGEST_TEXT or name.lower() in ("true", "false"):
        return "not a legal name"
    cell = LIKE_A1.fullmatch(name)
    if cell and column_index_from_string(cell[1]) <= LAST_COLUMN and 0 < int(cell[2]) <= LAST_ROW:
        return "looks like the address of a cell, Excel refuses the file"
    return "looks like an address in R1C1 style, Excel refuses the file" if LIKE_R1C1.fullmatch(name) else None


def _operands(text: str) -> list[str]:
    return [token.value for token in Tokenizer("=" + text).items if token.subtype == Token.RANGE]


def _nesting(tokens: list[Token]) -> Iterator[str]:
    depth = deepest = 0
    for token in tokens:
        depth += {Token.OPEN: 1, Token.CLOSE: -1}.get(token.subtype, 0)
        deepest = max(deepest, depth)
    if depth:
        yield "parentheses do not match"
    if deepest > DEEPEST:
        yield f"parentheses {deepest} deep, at most {DEEPEST} are allowed"


def _unsafe(function: str) -> str | None:
    if function.upper() in SAFE_FUNCTIONS or function in SAFE_FUNCTIONS:
        return None
    plain = function.removeprefix("_xlfn.")
    if f"_xlfn.{plain}" in SAFE_FUNCTIONS:
        return f"function {function} must be written _xlfn.{plain}"
    if plain in SAFE_FUNCTIONS:
        return f"function {function} must be written {plain}"
    return f"function {function} is not in the safe set"
