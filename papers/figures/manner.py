"""How a form is written: dollars with commas, negative amounts in parentheses, -0-, dates as month/day/year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from engine.language.money import rounded

from ..boxes.box_map import NAME, SSN, BoxMap, on_page
from ..boxes.line_boxes import ZERO
from ..page.printed_page import PrintedBox
from .taxpayer import Taxpayer


@dataclass(frozen=True)
class FilledSheet:
    """One page to file: the page of the blank form, and what stands in its boxes."""

    page: int  # of the blank form, from 0
    texts: Mapping[PrintedBox, str]
    checked: frozenset[PrintedBox] = frozenset()


@dataclass(frozen=True)
class FilledForm:
    """What a form says: its pages, and what a preparer must know of them."""

    boxes: BoxMap
    sheets: list[FilledSheet]
    notes: list[str] = field(default_factory=list)


def amount_text(amount: Decimal, digits: int, *, in_parentheses: bool = False) -> str:
    """Dollars as a box has them; a box between printed parentheses takes no sign."""
    shown = rounded(amount, digits)
    if not shown:
        return ZERO
    return f"({-shown:,})" if shown < 0 and not in_parentheses else f"{abs(shown):,}"


def dollars_text(amount: Decimal, digits: int) -> str:
    """Dollars in a sentence."""
    shown = rounded(amount, digits)
    return f"-${-shown:,}" if shown < 0 else f"${shown:,}"


def day_text(day: Any) -> str:
    """A day as the form asks for it (month, day, year); a word such as "Inherited" stays."""
    return f"{day:%m/%d/%Y}" if isinstance(day, date) else str(day or "")


def head_texts(boxes: BoxMap, page: int, taxpayer: Taxpayer) -> dict[PrintedBox, str]:
    """Name and social security number of a page; without dashes where the box has room for nine figures alone."""
    found = {}
    for key, text in ((NAME, taxpayer.name), (SSN, taxpayer.ssn)):
        box = boxes.boxes.get(on_page(key, page))
        if box is not None and text:
            short = key == SSN and box.longest is not None and box.longest < len(text)
            found[box] = text.replace("-", "") if short else text
    return found


def sheets_of(boxes: BoxMap, taxpayer: Taxpayer, texts: Mapping[str, str], checked: set[str]) -> list[FilledSheet]:
    """Every page of a form that is filed once, with what goes into its boxes by their names."""
    return [
        FilledSheet(
            page.number,
            {
                **head_texts(boxes, page.number, taxpayer),
                **{boxes.boxes[key]: text for key, text in texts.items() if boxes.boxes[key].page == page.number},
            },
            frozenset(boxes.boxes[key] for key in checked if boxes.boxes[key].page == page.number),
        )
        for page in boxes.blank.pages
        if page.boxes
    ]
