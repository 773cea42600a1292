"""A chart of stacked columns, drawn as lines and fills, its figures as text."""

from __future__ import annotations

from typing import Any, Final

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from .content import ColumnChart
from .fonts import BOLD, PLAIN
from .looks import INK_COLOR, NAVY_COLOR, RULE_COLOR, color

HEIGHT: Final = 122.0  # points, as all below
LEGEND, HEADS, SIZE = 18.0, 15.0, 8.0
LEAST: Final = 10.0  # height of a part that has room for its figure
WIDEST, GAP = 62.0, 0.35  # of a column; the gap between columns, of their distance


class StackedColumns(Flowable):
    """The chart as a block of the page, as wide as the page allows."""

    def __init__(self, chart: ColumnChart) -> None:
        super().__init__()
        self.chart = chart
        self.width = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its size."""
        self.width = width
        return width, HEIGHT

    def draw(self) -> None:
        """Draw legend, columns with their figures, axis and heads."""
        self._legend()
        chart, count = self.chart, len(self.chart.heads)
        sums = [sum(each.amounts[place] for each in chart.series) for place in range(count)]
        tall = float(max(sums)) or 1.0
        room, step = HEIGHT - LEGEND - HEADS, self.width / count
        wide = min(WIDEST, step * (1 - GAP))
        for place, head in enumerate(chart.heads):
            left, bottom = step * place + (step - wide) / 2, HEADS
            for number, series in enumerate(chart.series):
                high = float(series.amounts[place]) / tall * room
                if high > 0:
                    self._part((left, bottom, wide, high), series.fill, series.ink, chart.figures[number][place])
                    bottom += high
            self._centered(left + wide / 2, 3.5, head, BOLD)
        pen = self.canv
        pen.setStrokeColor(RULE_COLOR)
        pen.setLineWidth(0.75)
        pen.line(0, HEADS, self.width, HEADS)

    def _part(self, box: tuple[float, float, float, float], fill: str, ink: str, figure: str) -> None:
        left, bottom, wide, high = box
        pen = self.canv
        pen.setFillColor(color(fill))
        pen.setStrokeColor(NAVY_COLOR)
        pen.setLineWidth(0.5)
        pen.rect(left, bottom, wide, high, stroke=1, fill=1)
        if high >= LEAST:
            pen.setFillColor(color(ink))
            self._centered(left + wide / 2, bottom + high / 2 - SIZE * 0.35, figure, BOLD, ink)
        elif figure:  # beside a part that is too low for it
            self._text(left + wide + 3, bottom + high / 2 - SIZE * 0.35, figure, PLAIN)

    def _legend(self) -> None:
        names = [each.name for each in self.chart.series]
        widths = [stringWidth(name, PLAIN, SIZE) + 24 for name in names]
        left = (self.width - sum(widths)) / 2
        pen: Any = self.canv
        for series, wide in zip(self.chart.series, widths, strict=True):
            pen.setFillColor(color(series.fill))
            pen.setStrokeColor(NAVY_COLOR)
            pen.setLineWidth(0.5)
            pen.rect(left, HEIGHT - 10, 7, 7, stroke=1, fill=1)
            self._text(left + 10, HEIGHT - 9.5, series.name, PLAIN)
            left += wide

    def _centered(self, across: float, up: float, text: str, font: str, ink: str = "") -> None:
        self._text(across - stringWidth(text, font, SIZE) / 2, up, text, font, ink)

    def _text(self, left: float, up: float, text: str, font: str, ink: str = "") -> None:
        pen = self.canv
        pen.setFillColor(color(ink) if ink else INK_COLOR)
        pen.setFont(font, SIZE)
        pen.drawString(left, up, text)
