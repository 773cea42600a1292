"""Native charts that print well and carry their cached data, for viewers that draw from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from openpyxl.chart import BarChart, Reference, ScatterChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.text import Text as ChartText
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun

from ..xlsx.template import Slot
from .colors import HAIR, INK, RULE
from .layout import CellRange, absolute
from .look import FONT
from .number_formats import CHART
from .page import Page

GAP: Final = 45  # between columns, in percent of their width


class Bars(NamedTuple):
    """One series: its name, colors, cells, and the slots of its values."""

    name: str
    fill: str
    edge: str
    cells: str
    values: Sequence[Slot]
    ink: str  # of the figures within the bars
    label: str  # the cell of the name


def stacked_chart(
    page: Page, at: tuple[int, int], categories: CellRange, heads: Sequence[int], series: Sequence[Bars]
) -> None:
    """Stacked columns with their figures inside, over all columns and some rows: `at` is the first and how many.

    It moves and sizes with its rows, so that a client whose rows are hidden sees no chart.
    """
    chart = _columns(len(heads))
    chart.series += [_series(page, bars, categories, heads) for bars in series]
    chart.x_axis.number_format = "0"
    first, rows = at
    start, end = AnchorMarker(col=0, row=first - 1), AnchorMarker(col=len(page.frame.widths), row=first + rows - 1)
    chart.anchor = TwoCellAnchor(_from=start, to=end)  # type: ignore[assignment]  # openpyxl takes both
    page.sheet.add_chart(chart)


def _columns(how_many: int) -> BarChart:
    """An empty chart; a column of few is no wider than one of four."""
    chart, gap = BarChart(), max(GAP, (100 + GAP) * 4 // how_many - 100)
    chart.type, chart.grouping, chart.gapWidth, chart.overlap = "col", "stacked", gap, 100
    chart.legend.position = "t"
    chart.legend.txPr = _text(9)
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    chart.layout = Layout()
    chart.y_axis.delete, chart.y_axis.majorGridlines, chart.y_axis.scaling.min = True, None, 0
    chart.x_axis.delete, chart.x_axis.majorTickMark = False, "none"
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=RULE[2:], w=9525))
    chart.x_axis.txPr = _text(9, bold=True)
    return chart


def _series(page: Page, bars: Bars, categories: CellRange, heads: Sequence[int]) -> Series:
    values = [page.book.slots.number(slot) for slot in bars.values]
    points = [NumVal(idx=place, v=value) for place, value in enumerate(values)]
    cached = NumData(formatCode=CHART, ptCount=len(points), pt=points)
    made: Series = SeriesFactory(Reference(worksheet=page.sheet, range_string=_cells(page.sheet.title, bars.cells)))
    made.val = NumDataSource(numRef=NumRef(f=_cells(page.sheet.title, bars.cells), numCache=cached))
    shown = [NumVal(idx=place, v=each) for place, each in enumerate(heads)]
    names = NumData(formatCode="General", ptCount=len(shown), pt=shown)
    made.cat = AxDataSource(numRef=NumRef(f=_cells(categories.title, categories.cells), numCache=names))
    held = StrData(ptCount=1, pt=[StrVal(idx=0, v=bars.name)])
    made.tx = SeriesLabel(strRef=StrRef(f=_cells(page.sheet.title, bars.label), strCache=held))
    made.graphicalProperties = GraphicalProperties(solidFill=bars.fill[2:], ln=LineProperties(solidFill=bars.edge[2:]))
    made.invertIfNegative = False
    made.dLbls = _labels(_text(9, bold=True, color=bars.ink))
    return made


def _labels(look: RichText) -> DataLabelList:
    """The figures of a series, within its bars; their format is also that of the cells, which LibreOffice takes."""
    labels = DataLabelList(showVal=True, numFmt=CHART, dLblPos="ctr", txPr=look)
    for part in ("showLegendKey", "showCatName", "showSerName", "showPercent"):
        setattr(labels, part, False)
    return labels


def _cells(title: str, cells: str) -> str:
    return f"'{title}'!{absolute(cells)}"


def _text(size: int, *, bold: bool = False, color: str = INK) -> RichText:
    look = CharacterProperties(sz=size * 100, b=bold, latin=Font(typeface=FONT), solidFill=color[2:])
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])


class Pen(NamedTuple):
    """How a line is drawn: shape and dash tell it apart in gray."""

    color: str
    marker: Literal["circle", "square", "triangle"]
    dash: Literal["solid", "dash"]
    width: float  # points


class Curve(NamedTuple):
    """One line of a scatter chart: its name, cells, the slots of its values, and how it is drawn."""

    name: str
    cells: str
    values: Sequence[Slot]
    pen: Pen


def scatter_chart(
    page: Page, at: str, across: tuple[str, Sequence[Slot]], curves: Sequence[Curve], title: str, height: float
) -> None:
    """Straight lines over numbers, both axes from 0; `across` are the cells of these numbers and their slots."""
    chart = ScatterChart()
    chart.style, chart.scatterStyle = 13, "lineMarker"
    chart.legend = Legend()
    chart.legend.position, chart.legend.txPr = "t", _text(10)
    chart.height, chart.width = height, _width_cm(page)  # type: ignore[assignment]  # centimetres need no int
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    for axis, shown in ((chart.x_axis, "#,##0"), (chart.y_axis, '"$"#,##0')):
        axis.delete, axis.scaling.min, axis.number_format = False, 0, shown
        axis.txPr, axis.majorTickMark, axis.tickLblPos = _text(9), "none", "low"  # else labels stand at the first point
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=RULE[2:], w=9525))
    chart.x_axis.majorGridlines = None
    light = GraphicalProperties(ln=LineProperties(solidFill=HAIR[2:], w=6350))
    chart.y_axis.majorGridlines = ChartLines(spPr=light)
    chart.x_axis.title = _axis_title(title)
    for curve in curves:
        chart.series.append(_curve(page, curve, across))
    page.sheet.add_chart(chart, at)


def _curve(page: Page, curve: Curve, across: tuple[str, Sequence[Slot]]) -> Series:
    made: Series = SeriesFactory(
        Reference(worksheet=page.sheet, range_string=_cells(page.sheet.title, curve.cells)),
        Reference(worksheet=page.sheet, range_string=_cells(page.sheet.title, across[0])),
        title=curve.name,
    )
    made.xVal = AxDataSource(numRef=_cached(page, *across))
    made.yVal = NumDataSource(numRef=_cached(page, curve.cells, curve.values))
    plain = curve.pen.color[2:]
    made.marker = Marker(symbol=curve.pen.marker, size=7)
    made.marker.graphicalProperties = GraphicalProperties(solidFill=plain, ln=LineProperties(solidFill=plain))
    line = LineProperties(solidFill=plain, w=int(curve.pen.width * 12_700), prstDash=curve.pen.dash)
    made.graphicalProperties, made.smooth = GraphicalProperties(ln=line), False
    return made


def _cached(page: Page, cells: str, slots: Sequence[Slot]) -> NumRef:
    points = [NumVal(idx=place, v=page.book.slots.number(slot)) for place, slot in enumerate(slots)]
    held = NumData(formatCode="General", ptCount=len(points), pt=points)
    return NumRef(f=_cells(page.sheet.title, cells), numCache=held)


def _axis_title(words: str) -> Title:
    look = CharacterProperties(sz=900, b=False, latin=Font(typeface=FONT), solidFill=INK[2:])
    run = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=words)])
    return Title(tx=ChartText(rich=RichText(p=[run])), overlay=False)


def _width_cm(page: Page) -> float:
    """The width of the printed columns."""
    return sum(7 * width + 5 for width in page.frame.widths) * 2.54 / 96
