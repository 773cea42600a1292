"""Two sources compared: what was typed, and what the forms make of it. Everything here is pure; no tax rule is here."""

from .clients import Comparison, compare
from .records import ChangedColumn, RecordChange
from .results import ComparedFigure, LotFigure

__all__ = ["ChangedColumn", "ComparedFigure", "Comparison", "LotFigure", "RecordChange", "compare"]
