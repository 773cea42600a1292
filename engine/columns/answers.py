"""The columns of answers.csv: what settles an open item."""

from __future__ import annotations

from datetime import date
from typing import Final

from .blank import NEVER, NOTHING
from .column import Columns, RecordTable, Unit, entry


class AnswerColumns(Columns):
    """The answer to one open item, of the figures that it had then."""

    item_id: str = entry(
        Unit.TEXT,
        "the id of an open item, as isobook check and the sheet Open items show it",
        blank=NEVER,
        aliases="id; item; open item; open item id",
        docs="the open item; its id changes when its figures do, and the item is open again",
        docs_found="`isobook check`; the sheet Open items",
    )
    answer: str = entry(
        Unit.TEXT,
        "the answer, in words",
        blank=NEVER,
        aliases="your answer; settled by; comment",
        docs="what was found out, and from which document",
        docs_found="your workpapers",
    )
    date: date | None = entry(
        Unit.DAY,
        "the day of the answer, YYYY-MM-DD or MM/DD/YYYY",
        blank=NOTHING,
        aliases="answered; answered on; date answered",
        docs="the day of the answer",
        docs_found="your workpapers",
    )
    by: str | None = entry(
        Unit.TEXT,
        "who answered",
        blank=NOTHING,
        aliases="answered by; name; initials",
        docs="who answered",
        docs_found="your workpapers",
    )


ANSWERS: Final = RecordTable("answers", AnswerColumns)
