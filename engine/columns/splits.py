"""The columns of splits.csv: a stock split of one employer."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from ..language.table import Table
from .blank import NEVER
from .column import Columns, RecordTable, Unit, entry
from .entries import all_others


class SplitColumns(Columns):
    """One stock split: the first day in new shares, and new shares for an old one."""

    employer: str = entry(
        Unit.TEXT,
        "the employer's name, as in exercises.csv",
        blank=NEVER,
        label="Employer",
        aliases="company; company name; corporation; corporate name; employer name; issuer",
        docs="as in `exercises.csv`",
        docs_found="company notice",
    )
    effective_date: date = entry(
        Unit.DAY,
        "the first day of trading in new shares, YYYY-MM-DD or MM/DD/YYYY",
        blank=NEVER,
        label="First day in\nnew shares",
        aliases="date; split date; effective; effective day; date effective; ex-date; date of split",
        docs="the first day of trading in new shares",
        docs_found="company notice",
    )
    ratio: Fraction = entry(
        Unit.RATIO,
        "the new shares for one old share, such as 2, 3:2 or 3-for-2 (a reverse split: 1:10)",
        blank=NEVER,
        label="New for\none old",
        aliases="split; split ratio; new for old; new shares for old",
        docs="new shares for one old share: `2`, `3:2`, `3-for-2`; `1:10` is a reverse split",
        docs_found="company notice",
    )


SPLITS: Final = RecordTable("splits", SplitColumns)
split_entries: Final = Table("splits", "Splits", [])  # of an intake workbook: no form reads them by column
all_others(split_entries, SPLITS)
