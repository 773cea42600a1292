"""Records whose cells need no check beside another cell of the row."""

from __future__ import annotations

from ..columns.answers import AnswerColumns
from ..columns.w2 import W2Columns
from .record import Record


class Answer(Record, AnswerColumns):
    """The answer to an open item: its id, the words, the day, and who gave it."""


class FormW2(Record, W2Columns):
    """A Form W-2 as far as it is needed: year, employer, box 1 and box 12 with code V, in dollars."""
