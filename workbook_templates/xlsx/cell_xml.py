"""A value as the XML of a worksheet cell. Text of a client is made harmless here and stays text.

The tables below map the type of a value to its formatter, `formatter(value, context)`; a subclass (an enumeration of
strings) takes the formatter of its base, and any other type is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, Final
from xml.sax.saxutils import escape

from .text_fit import SPARE_ROW_HEIGHT

LONGEST_TEXT: Final = 32_767  # UTF-16 units in a cell
LONGEST_FOOTER: Final = 255  # characters of a whole header or footer, its codes included
_EPOCH: Final = date(1899, 12, 30).toordinal()
_EXACT_DIGITS: Final = 15  # that a binary double keeps
_FIRST_SERIAL: Final = 61  # March 1, 1900: before it Excel counts a day that never was

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

Formatter = Callable[[Any, Any], str]


class PastEnd:
    """The type of what stands in a row of a record table below the client's last record."""


PAST_END: Final = PastEnd()


class Folded:
    """The type of the height of a row that is folded away in an outline."""


FOLDED: Final = Folded()


class AfterFold(float):
    """The height in points of the row under folded ones: it has the sign that opens them."""


class _ByType(dict[type, Formatter]):
    def __missing__(self, kind: type) -> Formatter:
        base = next((base for base in kind.__mro__ if base in self), None)
        if base is None:
            raise ValueError(f"a {kind.__name__} cannot stand here; expected one of {', '.join(map(_name, self))}")
        return self[base]


def _name(kind: type) -> str:
    return kind.__name__


def number_text(value: float | Decimal) -> str:
    """A number as Excel stores it: the shortest text of the nearest binary double; infinity and NaN are refused."""
    text = str(value) if type(value) is Decimal else ""
    if text.isdecimal() and len(text) <= _EXACT_DIGITS:  # most money is whole dollars: half the time
        return text
    exact = float(value) + 0.0  # turns -0.0 into 0.0
    if not isfinite(exact):
        raise ValueError(f"{value} is not a number a cell can hold")
    return repr(exact).removesuffix(".0")


def serial_text(day: date) -> str:
    """A date as Excel's count of days."""
    serial = day.toordinal() - _EPOCH
    if serial < _FIRST_SERIAL:
        raise ValueError(f"{day} lies before March 1, 1900, where Excel's dates begin to be right")
    return str(serial)


def safe_text(text: str, limit: int = LONGEST_TEXT) -> str:
    """The text with characters that XML forbids replaced by U+FFFD, cut to `limit` UTF-16 units between characters."""
    text = _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) * 2 <= limit:
        return text
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def ascii_xml(xml: str) -> str:
    """The same XML in ASCII alone: one character beyond Latin-1 makes a whole sheet slow to join and to encode."""
    return xml if xml.isascii() else xml.encode("ascii", "xmlcharrefreplace").decode("ascii")


def xml_text(text: str, limit: int = LONGEST_TEXT) -> str:
    """The content of a text element; `_x0041_` is kept from being read as an escaped A."""
    if (
        text.isascii()
        and text.isprintable()
        and not ("&" in text or "<" in text or ">" in text or "_x" in text)
        and len(text) * 2 <= limit
    ):
        return text  # nearly every text, and several times faster than a search for what must be escaped
    return ascii_xml(escape(_LOOKS_ESCAPED.sub("_x005F_", safe_text(text, limit))))


def read_text(text: str) -> str:
    """Undo `_x005F_`-escapes in a cell's text that was read by openpyxl, which leaves them in."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def footer_text(text: str, limit: int = LONGEST_FOOTER) -> str:
    """Text within a header or footer: `&` doubled (alone it begins a code), one line, at most `limit` characters."""
    kept, room = "", limit
    for character in safe_text(" ".join(text.split())):
        unit = "&&" if character == "&" else character
        room -= len(unit.encode("utf-16-le")) // 2
        if room < 0:
            break
        kept += unit
    return xml_text(kept)


def _refuse_time(value: datetime, _context: object) -> str:
    raise ValueError(f"{value} has a time of day; expected a date")


def _number_cell(value: float | Decimal, formula: str) -> str:
    return f">{formula}<v>{number_text(value)}</v></c>"


def _decimal_cell(value: Decimal, formula: str) -> str:
    text = str(value)
    if not text.isdecimal() or len(text) > _EXACT_DIGITS:  # as number_text, without the call: these are most cells
        text = number_text(value)
    return f">{formula}<v>{text}</v></c>"


def _text_cell(value: str, formula: str) -> str:
    if formula:
        return f' t="str">{formula}<v>{xml_text(value)}</v></c>'
    return f' t="inlineStr"><is><t xml:space="preserve">{xml_text(value)}</t></is></c>'


def _empty_cell(_value: None, formula: str) -> str:
    return f">{formula}</c>" if formula else "/>"


def _spare_cell(_value: PastEnd, formula: str) -> str:
    return f' t="str">{formula}<v></v></c>' if formula else "/>"


# What follows `<c r="C6" s="12"`. Context: the `<f>` element of a formula cell, "" for a typed cell.
CELL: Final = _ByType(
    {
        int: _number_cell,
        float: _number_cell,
        Decimal: _decimal_cell,
        str: _text_cell,
        type(None): _empty_cell,
        PastEnd: _spare_cell,
        date: lambda value, formula: f">{formula}<v>{serial_text(value)}</v></c>",
        bool: lambda value, formula: f' t="b">{formula}<v>{value:d}</v></c>',
        datetime: _refuse_time,
    }
)


def _numbers(shown: Formatter) -> dict[type, Formatter]:
    return dict.fromkeys((int, float, Decimal), shown)


def _nothing(_value: object, _context: object) -> str:
    return ""


_NOTHING: Final[dict[type, Formatter]] = {type(None): _nothing, PastEnd: _nothing}

# Text within other text. Context: the room it has, in UTF-16 units.
TEXT: Final = _ByType({str: xml_text, **_numbers(lambda value, _room: number_text(value)), **_NOTHING})
FOOTER: Final = _ByType({str: footer_text, **_numbers(lambda value, _room: number_text(value)), **_NOTHING})

# The height of a row, as attributes of `<row>`; the context is not used.
HEIGHT: Final = _ByType(
    {
        **_numbers(lambda value, _context: f' ht="{number_text(value)}" customHeight="1"'),
        type(None): lambda _value, _context: ' hidden="1"',
        PastEnd: lambda _value, _context: f' ht="{number_text(SPARE_ROW_HEIGHT)}" customHeight="1"',
        Folded: lambda _value, _context: ' hidden="1" outlineLevel="1"',
        AfterFold: lambda value, _context: f' ht="{number_text(value)}" customHeight="1" collapsed="1"',
    }
)

# The width of a column, as attributes of `<col>`; None hides the column. The context is not used.
WIDTH: Final = _ByType(
    {
        **_numbers(lambda value, _context: f' width="{number_text(value)}"'),
        type(None): lambda _value, _context: ' width="9" hidden="1"',
    }
)


def _row_breaks(rows: tuple[int, ...], _context: object) -> str:
    if not rows:
        return ""
    ends = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in rows)
    return f'<rowBreaks count="{len(rows)}" manualBreakCount="{len(rows)}">{ends}</rowBreaks>'


# The rows after which a printed page ends, as the whole element; without any there is none. The context is not used.
BREAKS: Final = _ByType({tuple: _row_breaks, **_NOTHING})

# A point in a chart's cache; without a value it is left out. Context: the XML before and after the value.
POINT: Final = _ByType(
    {
        str: lambda value, ends: f"{ends[0]}{xml_text(value)}{ends[1]}",
        **_numbers(lambda value, ends: f"{ends[0]}{number_text(value)}{ends[1]}"),
        **_NOTHING,
    }
)
