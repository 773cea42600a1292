"""Native charts that print well and carry their cached data, for viewers that draw from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties

from ..xlsx.template import Slot
from .colors import INK, RULE
from .layout import CellRange, absolute
from .look import FONT
from .number_formats import CHART
from .page import Page

HEIGHT_CM: Final = 8.0
IN_BARS: Final = CHART  # of the cells as well: LibreOffice takes the format of the cells
SHOWN: Final = '#,##0;(#,##0);"–"'


class Bars(NamedTuple):
    """One series: its name, colors, cells, and the slots of its values."""

    name: str
    fill: str
    edge: str
    cells: str
    values: Sequence[Slot]
    ink: str = INK  # of the figures within the bars
    label: str = ""  # the cell of the name; "" for column A of the row of the cells


def bar_chart(page: Page, at: str, categories: CellRange, heads: Sequence[int | Slot], series: Sequence[Bars]) -> None:
    """Clustered columns over the width of the sheet; `heads` are years, or slots of the numbers under the columns."""
    chart = _columns(page, categories, heads, series)
    page.sheet.add_chart(chart, at)


def stacked_chart(
    page: Page, at: tuple[int, int], categories: CellRange, heads: Sequence[int], series: Sequence[Bars]
) -> None:
    """Stacked columns with their figures inside, over all columns and some rows: `at` is the first and how many.

    It moves and sizes with its rows, so that a client whose rows are hidden sees no chart.
    """
    chart = _columns(page, categories, heads, series)
    chart.grouping, chart.overlap, chart.gapWidth = "stacked", 100, 45
    for made, bars in zip(chart.series, series, strict=True):
        made.dLbls = _labels(IN_BARS, "ctr", _text(9, bold=True, color=bars.ink))
        made.val.numRef.numCache.formatCode = IN_BARS
    chart.x_axis.number_format = "0"
    first, rows = at
    start, end = AnchorMarker(col=0, row=first - 1), AnchorMarker(col=len(page.frame.widths), row=first + rows - 1)
    chart.anchor = TwoCellAnchor(_from=start, to=end)  # type: ignore[assignment]  # openpyxl takes both
    page.sheet.add_chart(chart)


def _columns(page: Page, categories: CellRange, heads: Sequence[int | Slot], series: Sequence[Bars]) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping, chart.gapWidth, chart.overlap = "col", "clustered", 60, -5
    chart.legend.position = "t"
    chart.legend.txPr = _text(10)
    pixels = sum(7 * width + 5 for width in page.frame.widths)
    chart.height, chart.width = HEIGHT_CM, pixels * 2.54 / 96  # type: ignore[assignment]  # centimetres need no int
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    chart.layout = Layout()
    chart.y_axis.delete, chart.y_axis.majorGridlines, chart.y_axis.scaling.min = True, None, 0
    chart.x_axis.delete, chart.x_axis.majorTickMark = False, "none"
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=RULE[2:], w=9525))
    chart.x_axis.txPr = _text(10, bold=True)
    for bars in series:
        chart.series.append(_series(page, bars, categories, heads))
    return chart


def _series(page: Page, bars: Bars, categories: CellRange, heads: Sequence[int | Slot]) -> Series:
    values = [page.book.slots.number(slot) for slot in bars.values]
    points = [NumVal(idx=place, v=value) for place, value in enumerate(values)]
    cached = NumData(formatCode=SHOWN, ptCount=len(points), pt=points)
    made: Series = SeriesFactory(Reference(worksheet=page.sheet, range_string=_cells(page.sheet.title, bars.cells)))
    made.val = NumDataSource(numRef=NumRef(f=_cells(page.sheet.title, bars.cells), numCache=cached))
    numbers = [head if isinstance(head, int) else page.book.slots.number(head) for head in heads]
    shown = [NumVal(idx=place, v=each) for place, each in enumerate(numbers)]
    names = NumData(formatCode="General", ptCount=len(shown), pt=shown)
    made.cat = AxDataSource(numRef=NumRef(f=_cells(categories.title, categories.cells), numCache=names))
    label = bars.label or f"A{bars.cells.split(':')[0].lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
    held = StrData(ptCount=1, pt=[StrVal(idx=0, v=bars.name)])
    made.tx = SeriesLabel(strRef=StrRef(f=_cells(page.sheet.title, label), strCache=held))
    made.graphicalProperties = GraphicalProperties(solidFill=bars.fill[2:], ln=LineProperties(solidFill=bars.edge[2:]))
    made.invertIfNegative = False
    made.dLbls = _labels(SHOWN, "outEnd", _text(9))
    return made


def _labels(shown: str, place: Literal["ctr", "outEnd"], look: RichText) -> DataLabelList:
    """The figures of a series."""
    labels = DataLabelList(showVal=True, numFmt=shown, dLblPos=place, txPr=look)
    for part in ("showLegendKey", "showCatName", "showSerName", "showPercent"):
        setattr(labels, part, False)
    return labels


def _cells(title: str, cells: str) -> str:
    return f"'{title}'!{absolute(cells)}"


def _text(size: int, *, bold: bool = False, color: str = INK) -> RichText:
    look = CharacterProperties(sz=size * 100, b=bold, latin=Font(typeface=FONT), solidFill=color[2:])
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])
