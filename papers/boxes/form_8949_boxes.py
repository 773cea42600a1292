"""Form 8949: a page for each part, with rows of columns (a) to (h), a row of totals, and boxes to check."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from engine.federal.stock.boxes_of_8949 import BOXES, PARTS

from ..page.printed_page import BlankForm, BoxKind, PrintedBox, PrintedPage, lines_of
from ..page.recognized import FILLED_8949
from ..page.rows import column_letter, line_at, margin_marks, word_beside
from .box_map import BoxDraft, BoxMap

COLUMNS: Final = "abcdefgh"
TOTAL: Final = "total"
SALES: Final = "1"  # the line of the rows
TOTALS: Final = "2"
TOTAL_COLUMNS: Final = "degh"
_PART: Final = re.compile(r"Part (I{1,2})\b")
_DIGITAL: Final = "for digital assets, of which isobook has no sales"


def form_8949_boxes(blank: BlankForm, year: int) -> BoxMap:
    """The boxes of Form 8949: "I 3 d", "I total d", "box A". Raises RefusedFormError."""
    draft = BoxDraft(FILLED_8949, year, blank)
    expected: list[str] = []
    for page in blank.pages:
        others = draft.heads(page)
        if not others:
            continue
        part = part_of(page)
        texts = [box for box in others if box.kind is BoxKind.TEXT]
        expected += _table(draft, page, part, texts)
        _checks(draft, page, [box for box in others if box.kind is BoxKind.CHECK])
        expected += [f"box {each.box}" for each in BOXES if each.part == part and each.box]
    missing = [part for part in PARTS if not any(key.startswith(f"{part} ") for key in expected)]
    draft.wrong += [f"no page has Part {part}" for part in missing]
    return draft.proven(expected, {})


def part_of(page: PrintedPage) -> str:
    """The part that a page prints in its margin: "I", "II"; "" without one."""
    lines = (" ".join(word.text for word in line[:2]) for line in lines_of(page.words))
    return next((found[1] for found in map(_PART.match, lines) if found), "")


def rows_on_page(boxes: BoxMap, part: str) -> int:
    """How many sales fit on a page of a part."""
    return sum(bool(re.fullmatch(rf"{part} \d+ a", key)) for key in boxes.boxes)


def _table(draft: BoxDraft, page: PrintedPage, part: str, texts: list[PrintedBox]) -> list[str]:
    """Name the boxes of the rows, which end on one height; give the names that such a page must have."""
    marks = margin_marks(page)
    rows: defaultdict[int, list[PrintedBox]] = defaultdict(list)
    for box in texts:
        height = next((each for each in rows if abs(each - box.bottom) < 3), round(box.bottom))
        rows[height].append(box)
    expected, number = [], 0
    for height in sorted(rows):
        line = line_at(rows[height][0], marks)
        if line not in (SALES, TOTALS):
            draft.wrong.append(f"{rows[height][0]} stands on no row of line {SALES} or {TOTALS}")
            continue
        number += line == SALES
        row, columns = (str(number), COLUMNS) if line == SALES else (TOTAL, TOTAL_COLUMNS)
        expected += [f"{part} {row} {column}" for column in columns]
        for box in rows[height]:
            key = f"{part} {row} {column_letter(page, box) or '?'}"
            if box.locked:
                draft.left_out[key] = "shaded"
            else:
                draft.put(key, box)
    if f"{part} {TOTAL} d" not in expected or not number:
        draft.wrong.append(f"page {page.number + 1} has no rows of sales with totals under them")
    return expected


def _checks(draft: BoxDraft, page: PrintedPage, checks: list[PrintedBox]) -> None:
    """Name the boxes to check by their letter; those of digital assets are left alone."""
    known = {each.box for each in BOXES}
    for box in checks:
        letter = word_beside(page, box)
        if re.fullmatch(r"[G-L]", letter) and letter not in known:
            draft.left_out[f"box {letter}"] = _DIGITAL
        else:
            draft.put(f"box {letter}", box)
