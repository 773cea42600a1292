"""Records whose cells need no check beside another cell of the row."""

from __future__ import annotations

from ..columns.answers import AnswerColumns
from .record import Record


class Answer(Record, AnswerColumns):
    """The answer to an open item: its id, the words, the day, and who gave it."""
