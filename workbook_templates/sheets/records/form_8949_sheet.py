"""8949: the sales of a year as they are filed, the same with AMT basis, and the walk to line 2k."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.federal.years import forms_of
from engine.language.lines import Line
from engine.language.nodes import Kind
from engine.language.roles import Role
from engine.systems import AMT, REGULAR

from ...contents.form_8949_lines import SUMS, form_8949_lines
from ...drawing.colors import TAB_FORM
from ...drawing.layout import Book, defined_name, letter
from ...drawing.page import LINE, RESULT, Frame, Page
from ...drawing.rules import grey_when_not_ready, quiet_zero

WIDTHS: Final = (5.0, 5.0, 9.0, 22.0, 12.0, 12.0, 13.0, 13.0, 7.0, 13.0, 13.5)
COLUMNS: Final = ("part", "box", "lot", *"abcdefgh")
HEADS: Final = (
    ("Part", "ib_head_mid"),
    ("Box", "ib_head_mid"),
    ("Lot", "ib_head"),
    ("(a) Description", "ib_head"),
    ("(b) Date\nacquired", "ib_head_num"),
    ("(c) Date\nsold", "ib_head_num"),
    ("(d)\nProceeds", "ib_head_num"),
    ("(e) Cost\nor basis", "ib_head_num"),
    ("(f)\nCode", "ib_head_mid"),
    ("(g) Adjust-\nment", "ib_head_num"),
    ("(h) Gain\nor (loss)", "ib_head_num"),
)
STYLES: Final = {Kind.MONEY: "ib_amt", Kind.DAY: "ib_date", Kind.TEXT: "ib_mid"}
BANDS: Final = {
    REGULAR: "As filed: for the regular tax",
    AMT: "For the AMT: the same sales with AMT basis. Keep it with your records; do not file it.",
}
NOTE: Final = (
    "Code B: the basis on Form 1099-B leaves out income that was in your wages; column (g) corrects it. Beside box B "
    "or E column (e) is the correct basis. W: a wash sale, L: a related party, whose loss does not count. Proceeds are "
    "after selling costs. Part and box follow the holding period; a box of the other part is taken for its twin. "
    "Shares are those of today, after splits."
)


def title_of(year: int) -> str:
    """The sheet of a year."""
    return f"8949 {year}"


def code_of(year: int) -> str:
    """Its reference."""
    return f"E-{year % 100}"


def draw_form_8949(book: Book, year: int) -> None:
    """The n-th sale on the n-th row, in the order of part, box and row of Sales; totals by box below."""
    lines = form_8949_lines(year, book.shape.form_rows)
    frame = Frame(
        *(title_of(year), code_of(year), f"Form 8949 for {year}", WIDTHS, TAB_FORM),
        landscape=True,
        one_page=book.shape.form_rows <= 16,
        freeze="D5",
    )
    page = Page(book, frame)
    page.header(HEADS, 31)
    for system in (REGULAR, AMT):
        page.band(BANDS[system])
        _rows(page, lines.rows[system], lines.form.lines, year)
        _totals(page, lines.totals[system], year)
    _walk(page, lines.walk, year)
    for helper in (each for each in lines.form.lines if each.leaf.line.startswith("result ")):
        _beside(page, helper, year)
    page.say(lines.says, year)
    page.note(NOTE)
    page.close()


def _rows(page: Page, rows: Sequence[Mapping[str, Line]], all_lines: Sequence[Line], year: int) -> None:
    first = page.row
    helpers = {line.leaf.line: line for line in all_lines}
    for cells in rows:
        name = cells["lot"].leaf.line.removesuffix(" lot")
        page.height(page.row, LINE)
        helper, at = helpers[f"{name} row"], f"{letter(len(WIDTHS) + 2)}{page.row}"
        page.cells.place(helper, year, at)
        page.cells.line(at, helper, year, "ib_mid")
        for place, key in enumerate(COLUMNS, 1):
            page.cells.place(cells[key], year, f"{letter(place)}{page.row}")
        for place, key in enumerate(COLUMNS, 1):
            style = "ib_label" if key in ("lot", "a") else STYLES[cells[key].leaf.kind]
            page.cells.line(f"{letter(place)}{page.row}", cells[key], year, style)
        page.row += 1
    quiet_zero(page.sheet, f"G{first}:{page.last_letter}{page.row - 1}", f"$K{first}")


def _totals(page: Page, boxes: Sequence[Mapping[str, Line]], year: int) -> None:
    first = page.row
    for cells in boxes:
        page.height(page.row, LINE)
        for place in range(1, len(WIDTHS) + 1):
            page.cells.fixed(f"{letter(place)}{page.row}", None, "ib_label")
        places = {"part": "A", "box": "B", "a": "C", "held": letter(len(WIDTHS) + 2)}
        places |= {key: letter(COLUMNS.index(key) + 1) for key in SUMS}
        for key, column in places.items():
            page.cells.place(cells[key], year, f"{column}{page.row}")
        for key, column in places.items():
            style = "ib_amt" if key in SUMS else "ib_src" if key == "a" else "ib_mid"
            page.cells.line(f"{column}{page.row}", cells[key], year, style)
        page.merge("C", "F", page.row)
        page.row += 1
    quiet_zero(page.sheet, f"G{first}:{page.last_letter}{page.row - 1}", f"$K{first}")


def _walk(page: Page, walk: Sequence[Line], year: int) -> None:
    page.band(f"From these sales to Form 6251, {forms_of(year).called(Role.DISPOSITIONS)}")
    first = page.row
    for line in walk:
        page.cells.place(line, year, f"{page.last_letter}{page.row}")
        page.row += 1
    for row, line in enumerate(walk, first):
        result = line is walk[-1]
        page.height(row, RESULT if result else LINE)
        for place in range(1, len(WIDTHS)):
            page.cells.fixed(f"{letter(place)}{row}", None, "ib_result_label" if result else "ib_label")
        page.cells.fixed(f"A{row}", line.label, "ib_result_src" if result else "ib_src")
        page.merge("A", "J", row)
        page.cells.line(f"{page.last_letter}{row}", line, year, "ib_result_amt" if result else "ib_amt")
    ready = defined_name(page.book.shape.forms(year).find(Role.READY).leaf, year)
    grey_when_not_ready(page.sheet, f"K{first}:K{page.row - 1}", page.book.refer(ready))


def _beside(page: Page, helper: Line, year: int) -> None:
    """A working right of the printed page."""
    at = f"{letter(len(WIDTHS) + 2)}{page.row}"
    page.cells.place(helper, year, at)
    page.cells.line(at, helper, year, "ib_amt")
    page.row += 1
