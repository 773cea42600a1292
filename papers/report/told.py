"""What a report is made from: the projection, and what the workbook says of it; and how a value is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from engine.clients.projection import DIGITS, Projection
from engine.language.money import rounded
from engine.language.nodes import Kind
from workbook_templates.drawing.layout import BOOK, Shape
from workbook_templates.fill import shape_of, values_of
from workbook_templates.letter import LETTER

from ..typesetting.content import GridCell, Tone, Toned

ZERO: Final = "–"
PRICE_DIGITS: Final = 2  # a price with more is written whole


@dataclass(frozen=True)
class ClientFacts:
    """A client's figures and sentences, by the blocks of the workbook."""

    projection: Projection
    shape: Shape
    blocks: Mapping[str, Mapping[str, Any]]

    @property
    def digits(self) -> int:
        """Of dollars: 0 or 2."""
        return DIGITS[self.projection.client.rounding]

    @property
    def book(self) -> Mapping[str, Any]:
        """What belongs to no single year, and the columns of the records."""
        return self.blocks[BOOK]

    def said(self, key: str) -> Any:
        """A sentence or figure of Summary and Letter, by the name of its line; "" where it has nothing to say."""
        value = self.blocks[LETTER][f"letter.{key}"]
        return "" if value is None else value

    def amount(self, value: Any, *, zero: str = ZERO) -> str:
        """Dollars of a table: commas, parentheses below zero, a dash for 0; words as they are, "" where unknown."""
        match value:
            case None:
                return ""
            case bool():
                return "yes" if value else "no"
            case Decimal() | int():
                shown = rounded(Decimal(value), self.digits)
                return in_parentheses(f"{abs(shown):,.{self.digits}f}", shown) if shown else zero
        return str(value)

    def dollars(self, value: Any) -> str:
        """Dollars that stand alone; words as they are."""
        if not isinstance(value, Decimal | int) or isinstance(value, bool):
            return str(value or "")
        shown = rounded(Decimal(value), self.digits)
        return in_parentheses(f"${abs(shown):,.{self.digits}f}", shown)

    def of_kind(self, value: Any, kind: Kind) -> str:
        """The value of a record's column."""
        if value is None or value == "":
            return ""
        if isinstance(value, date):
            return f"{value:%m/%d/%Y}"
        match kind:
            case Kind.MONEY:
                return self.amount(value)
            case Kind.PRICE:
                return f"{value:,f}" if value != rounded(value, PRICE_DIGITS) else f"{value:,.{PRICE_DIGITS}f}"
            case Kind.SHARES:
                return f"{value.normalize():,f}" if value else ZERO
        return str(value)


def facts_of(projection: Projection) -> ClientFacts:
    """What the workbook of a client says. Raises InputError where there is no year to compute."""
    shape = shape_of(projection.need_years())
    return ClientFacts(projection, shape, values_of(projection, shape))


def in_parentheses(figure: str, value: Decimal) -> str:
    """A figure without its sign, in parentheses where the value is below zero."""
    return f"({figure})" if value < 0 else figure


def quiet_zero(text: str) -> GridCell:
    """A zero is quiet."""
    return Toned(text, Tone.QUIET) if text == ZERO else text
