"""Schedule D: the totals of Form 8949, the lines that isobook computes, and what the preparer must still enter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from engine.clients.filed_sales import FormRow
from engine.clients.year_result import YearResult
from engine.federal.forms.schedule_d import SCHEDULE_D
from engine.federal.stock.boxes_of_8949 import BOXES
from engine.language.money import ZERO, rounded
from engine.language.roles import Role
from engine.systems import REGULAR

from ..boxes.box_map import BoxMap
from ..boxes.form_8949_boxes import TOTAL_COLUMNS
from ..boxes.schedule_d_boxes import COMPUTED_LINES, QUESTIONS
from .manner import FilledForm, amount_text, dollars_text, sheets_of
from .rows_of_8949 import total_of
from .schedule_d_answers import LOSS, answers_of
from .taxpayer import Taxpayer


@dataclass(frozen=True)
class ScheduleDPart:
    """A part of Schedule D: its net line, and what it adds up."""

    part: str  # of Form 8949
    words: str
    net: str
    other: Role
    carried_in: Role
    entered_on: str  # where other gains belong


ALLOWED: Final = "21"  # used where line 16 is a loss
PARTS_OF_D: Final = (
    ScheduleDPart("I", "short-term", "7", Role.SHORT_TERM_OTHER, Role.SHORT_TERM_CARRIED_IN, "1a to 5"),
    ScheduleDPart("II", "long-term", "15", Role.LONG_TERM_OTHER, Role.LONG_TERM_CARRIED_IN, "8a to 13"),
)


def filled_schedule_d(
    boxes: BoxMap, result: YearResult, rows: Sequence[FormRow], digits: int, taxpayer: Taxpayer
) -> FilledForm:
    """Schedule D of a year; `rows` are those of Form 8949. Other gains stay blank, and the notes give them."""
    figures, answers = result.form(SCHEDULE_D[REGULAR]), answers_of(result)
    texts = dict(_totals(rows, digits))
    for line in COMPUTED_LINES:
        amount = figures[line] or ZERO
        if (line == ALLOWED and not answers[LOSS]) or not (amount or line in boxes.zero_written):
            continue
        texts[line] = amount_text(amount, digits, in_parentheses=line in boxes.in_parentheses)
    checked = {key for key, yes in answers.items() if yes and key.split()[0] in QUESTIONS and key in boxes.boxes}
    notes = [note for part in PARTS_OF_D for note in _notes(part, boxes.year, result, rows, digits)]
    notes.append(
        f"Schedule D of {boxes.year}: the question on qualified opportunity funds"
        f"{' and line 20 are' if answers['17 Yes'] else ' is'} not answered: check Yes or No."
    )
    return FilledForm(boxes, sheets_of(boxes, taxpayer, texts, checked), notes)


def _totals(rows: Sequence[FormRow], digits: int) -> Iterator[tuple[str, str]]:
    """Lines 1b to 3 and 8b to 10: the totals of all pages of a box."""
    for each in BOXES:
        of_box = _of_box(rows, each.part, each.box)
        if each.line and of_box:
            for column in TOTAL_COLUMNS:
                total = total_of(of_box, column)
                if total or column != "g":
                    yield f"{each.line} {column}", amount_text(total, digits)


def _of_box(rows: Sequence[FormRow], part: str, box: str) -> list[FormRow]:
    return [row for row in rows if (row["part"], row["box"]) == (part, box)]


def _notes(part: ScheduleDPart, year: int, result: YearResult, rows: Sequence[FormRow], digits: int) -> Iterator[str]:
    """What the net line of a part holds that stands on none of its lines, as amounts."""
    where = f"Schedule D of {year}, line {part.net}"
    other, carried = (result.amount(role, REGULAR) or ZERO for role in (part.other, part.carried_in))
    unknown = _of_box(rows, part.part, "")
    if other:
        yield (
            f"{where} contains {dollars_text(other, digits)} of other {part.words} gains, known as a net figure. "
            f"Enter them on lines {part.entered_on}: the page does not foot until they are there."
        )
    if unknown:
        lines = [each.line for each in BOXES if each.part == part.part and each.line]
        yield (
            f"{where} contains {dollars_text(total_of(unknown, 'h'), digits)} of sales whose box of Form 8949 is not "
            f"known. Enter their totals on line {', '.join(lines[:-1])} or {lines[-1]}: "
            "the page does not foot until they are there."
        )
    boxed = sum(
        (
            rounded(total_of(_of_box(rows, part.part, each.box), "h"), digits)
            for each in BOXES
            if each.part == part.part
        ),
        Decimal(0),
    )
    net = (result.form(SCHEDULE_D[REGULAR])[part.net] or ZERO) - other - carried
    if net != boxed:
        yield (
            f"{where} rounds the gains of all boxes together: it is {dollars_text(abs(net - boxed), digits)} "
            f"{'more' if net > boxed else 'less'} than the rounded totals above it."
        )


def has_schedule_d(figures: Mapping[str, Decimal | None], rows: Sequence[FormRow]) -> bool:
    """Tell whether a year has anything on Schedule D."""
    return bool(rows) or any(figures.values())
