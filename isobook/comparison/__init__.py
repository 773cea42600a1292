"""Two sources compared: what was typed, and what the forms make of it. Everything here is pure; no tax rule is here."""

from .clients import Comparison, compare
from .records import RecordChange, Value
from .results import Figure, LotFigure

__all__ = ["Comparison", "Figure", "LotFigure", "RecordChange", "Value", "compare"]
