"""The cells and heights of one sheet, written as XML at once: openpyxl's cell objects take several times longer."""

from __future__ import annotations

from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from .cell_xml import CELL, ascii_xml, number_text

USUAL: Final = 15.0  # points of a row whose height is not set


class Written(NamedTuple):
    """The finished rows of a sheet, the range that they take, and what its charts show, in words."""

    xml: str
    dimensions: str
    charts: tuple[str, ...] = ()


class SheetRows:
    """Collects cells in any order; what is put into a cell again replaces what was there."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[str, str]] = {}
        self._heights: dict[int, float] = {}
        self._charts: list[str] = []

    def chart(self, words: str) -> None:
        """Say what the next chart of the sheet shows, for whoever cannot see it."""
        self._charts.append(words)

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._heights[row] = points

    def heights(self, last: int) -> list[float]:
        """The height of each row from the first to the last, in points."""
        return [self._heights.get(row, USUAL) for row in range(1, last + 1)]

    def fixed(self, cell: str, value: object, style: int) -> None:
        """Put a text or figure of ours; None and "" leave the cell empty."""
        self._put(cell, style, CELL[type(value)](value, "") if value != "" else "/>")

    def typed(self, cell: str, token: str, style: int) -> None:
        """Put a cell whose value comes with the client."""
        self._put(cell, style, f' t="inlineStr"><is><t>{token}</t></is></c>')

    def computed(self, cell: str, formula: str, token: str, style: int) -> None:
        """Put a formula (without "="); its cached value comes with the client."""
        self._put(cell, style, f' t="str"><f>{ascii_xml(escape(formula))}</f><v>{token}</v></c>')

    def _put(self, cell: str, style: int, rest: str) -> None:
        column = cell.rstrip("0123456789")
        row = self._rows.setdefault(int(cell[len(column) :]), {})
        row[column] = f'<c r="{cell}" s="{style}"{rest}'

    def written(self) -> Written:
        """All of it, in order."""
        rows = [self._row(row) for row in sorted(self._rows.keys() | self._heights.keys())]
        columns = sorted({column for cells in self._rows.values() for column in cells}, key=_place)
        dimensions = f"{columns[0]}{min(self._rows)}:{columns[-1]}{max(self._rows)}"
        return Written(f"<sheetData>{''.join(rows)}</sheetData>", dimensions, tuple(self._charts))

    def _row(self, row: int) -> str:
        height = self._heights.get(row)
        tall = f' ht="{number_text(height)}" customHeight="1"' if height is not None else ""
        cells = self._rows.get(row, {})
        if not cells:
            return f'<row r="{row}"{tall}/>'
        return f'<row r="{row}"{tall}>{"".join(cells[column] for column in sorted(cells, key=_place))}</row>'


def _place(column: str) -> tuple[int, str]:
    """Z comes before AA."""
    return len(column), column
