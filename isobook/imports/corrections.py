"""A corrected form takes the place of the one before it: which row of exercises.csv that is, and what it changes.

It is never guessed: a form that may correct two rows, or that may be a correction without saying so, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from engine.errors import Problem
from engine.records.identity import excel_key

from .duplicates import account_of, is_finer, meant_alike, same_fact
from .found_records import CORRECTED, FoundLot
from .merged import clean_id

BOXES: Final[Mapping[str, Sequence[str]]] = {  # what each form states, by kind of pay
    "ISO": ("date_granted", "date_exercised", "exercise_price", "fmv_exercise", "shares"),
    "ESPP": (
        *("date_granted", "date_exercised", "fmv_grant", "fmv_exercise", "exercise_price", "shares"),
        *("date_transferred", "price_at_grant"),
    ),
}
DAYS: Final = ("date_granted", "date_exercised")
LEAST: Final = 3  # boxes that are the same, of five, before a form is taken to be of a row without its account number
FolderRow = dict[str, str]
_FROM: Final = re.compile(rf"{CORRECTED} from ([^,]+)")


def corrected_row(rows: Sequence[FolderRow], lot: FoundLot) -> FolderRow | Problem | None:
    """The row that a corrected form corrects; none where no row is of the same exercise. A doubt is a problem."""
    scored = [(score, row) for row in rows if (score := _likeness(row, lot))]
    best = max((score for score, _ in scored), default=None)
    found = [row for score, row in scored if score == best]
    if len(found) > 1:
        return _asked(lot, found)
    return found[0] if found else None


def may_be_corrected(rows: Sequence[FolderRow], lot: FoundLot) -> FolderRow | None:
    """The row of the same account, days and shares with another price or value, if there is one."""
    if not lot.account or lot.kind not in BOXES:
        return None
    for row in rows:
        same = _account_agrees(row, lot) and all(same_fact(row, lot.cells, name) for name in (*DAYS, "shares"))
        if same and row.get("shares") and _kind(row) == lot.kind:
            return row
    return None


def superseded_by(rows: Sequence[FolderRow], lot: FoundLot) -> FolderRow | None:
    """The row that a corrected form has corrected already, where this is the form before: told by its reference."""
    for row in rows:
        if (found := _FROM.search(row.get("doc_ref", ""))) and _kind(row) == lot.kind:
            before = row | dict(each.split(" ", 1) for each in found[1].split("; ") if " " in each)
            if all(same_fact(before, lot.cells, name) for name in BOXES[lot.kind]):
                return row
    return None


def changes(row: FolderRow, lot: FoundLot) -> dict[str, str]:
    """What a corrected form changes in a row: its boxes alone, where they mean another thing than the row has."""
    names = BOXES.get(lot.kind, ())
    told = {name: lot.cells[name] for name in names if lot.cells.get(name)}
    return {name: cell for name, cell in told.items() if not _says_the_same(row.get(name, ""), cell)}


def _says_the_same(old: str, new: str) -> bool:
    """Equal in value, or the new one is the old rounded to cents as box 3 is."""
    return bool(old) and (meant_alike(old, new) or is_finer(old, new))


def corrected_reference(row: FolderRow, lot: FoundLot, before: Mapping[str, str]) -> str:
    """The reference of a corrected row: the new document, what was there before, and the account number."""
    account = lot.account or account_of(row)
    was = "; ".join(f"{name} {cell or 'blank'}" for name, cell in before.items())
    parts = [lot.cells.get("doc_ref", "")[:60], f"{CORRECTED} from {was}"[:100], account and f"account {account}"]
    return ", ".join(filter(None, parts))


def unmarked(lot: FoundLot, row: FolderRow) -> Problem:
    """The question about a form that differs from a row in price or value alone and does not say that it corrects."""
    name = row.get("exercise_id", "")
    differs = changes(row, lot)
    told = ", ".join(f"{each} {cell}" for each, cell in differs.items())
    has = ", ".join(f"{each} {row.get(each) or 'blank'}" for each in differs)
    expected = f"a form marked CORRECTED, or another account number: exercise {name} is of the same account, days and "
    expected += f"shares with {has}"
    remedy = (
        f"If it corrects {name}, write its values into that row of exercises.csv; if it is another exercise, add a "
    )
    remedy += "row with an id of its own. Then leave the file out."
    return lot.place.locate(Problem("", None, next(iter(differs), "shares"), told, expected, remedy))


def _asked(lot: FoundLot, rows: Sequence[FolderRow]) -> Problem:
    ids = " and ".join(row.get("exercise_id", "") for row in rows)
    expected = f"one exercise that it corrects: {ids} are both as like it"
    remedy = "Write its values into the row of exercises.csv that it corrects, and leave the file out."
    return lot.place.locate(Problem("", None, "corrected", "true", expected, remedy))


def _likeness(row: FolderRow, lot: FoundLot) -> tuple[bool, int] | None:
    """How like a form a row is: whether the account number is the same, and how many boxes; none if it is another."""
    if _kind(row) != lot.kind or lot.kind not in BOXES:
        return None
    same_account = bool(lot.account) and _account_agrees(row, lot)
    if lot.account and account_of(row) and not same_account:
        return None
    boxes = BOXES["ISO"]
    same = sum(bool(row.get(name)) and same_fact(row, lot.cells, name) for name in boxes)
    both_days = all(same_fact(row, lot.cells, name) and row.get(name) for name in DAYS)
    enough = same >= LEAST or (same_account and both_days)
    return (same_account, same) if enough else None


def _account_agrees(row: FolderRow, lot: FoundLot) -> bool:
    """Tell whether a row is of the account number of a form: by its reference, else by its id."""
    return account_of(row) == lot.account.strip() or excel_key(row.get("exercise_id", "")) == excel_key(
        clean_id(lot.account)
    )


def _kind(row: FolderRow) -> str:
    return (row.get("kind") or "ISO").upper()
