"""A filed form as its printed page: bars of parts, number, words, the number again, the amount; rules beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.clients.explain import rule
from engine.federal.tax_year import tax_year
from engine.federal.years import forms_ahead
from engine.filing import YEARS
from engine.language.form import Form, FormCard, Part
from engine.language.lines import Line
from engine.language.nodes import Kind
from engine.language.roles import Role

from ...contents.forms.page_layout import BESIDE, PART_BAR, PART_END, WIDTHS, bar_slot, foot_slot, part_slot
from ...contents.forms.page_words import margin_key, sentence
from ...drawing.layout import Book, defined_name
from ...drawing.page import Page
from ...drawing.rules import grey_when_not_ready, quiet_zero
from ...xlsx.text_fit import lines_needed
from .form_header import begin_page, end_head
from .line_words import PageLine, page_line

NOTE: Final = (
    "Line numbers are those of the printed form; the words are ours. File the official form: the figures in the boxes "
    "go on it unchanged."
)
LAST_PRINTED: Final = "G"


@dataclass
class _Form:
    """A form's page under construction."""

    page: Page
    form: Form
    card: FormCard
    year: int
    forms: Mapping[str, Form]
    ahead: bool
    rows: list[tuple[int, PageLine]] = field(default_factory=list)  # of the printed lines
    below: list[tuple[int, Line]] = field(default_factory=list)  # of the workings


def draw_form(book: Book, year: int, card: FormCard) -> None:
    """A form as it is filed, its workings below the printed page; after the last year as far as it is prepared."""
    ahead = forms_ahead(year - 1).forms if year > book.shape.last else {}
    forms: Mapping[str, Form] = {**book.shape.forms(min(year, book.shape.last)).forms, **ahead}
    page = begin_page(book, card, year, (*WIDTHS, *BESIDE))
    of = _Form(page, forms[card.name], card, year, forms, bool(ahead))
    _strips(of)
    parts = of.form.parts or [Part(of.form.title, Form.printed)]
    printed = [part for part in parts if not part.workings and not part.beside]
    last = _printed_parts(of, printed)
    others = () if ahead else (each for each in forms.values() if each is not of.form)
    beside = [(each, part) for each in others for part in each.parts if part.beside == card.name]
    _below(of, [*beside, *((of.form, part) for part in parts if part.workings)])
    _write(of)
    end_head(page, card, year, ahead=of.ahead)
    for line in of.form.printed():
        book.publish(defined_name(line.leaf, year))
    page.close(last, LAST_PRINTED)


def _strips(of: _Form) -> None:
    """What is provisional, in amber under the head."""
    page = of.page
    for note in (*tax_year(min(of.year, YEARS[-1])).all_provisional, *filter(None, [of.form.ahead])):
        page.height(page.row, 16)
        for column in "ABCDEFG":
            page.cells.fixed(f"{column}{page.row}", None, "ib_prov_rest")
        page.cells.fixed(f"A{page.row}", f"P   {note}", "ib_prov")
        page.row += 1


def _printed_parts(of: _Form, parts: Sequence[Part]) -> int:
    """All parts, the foot at the end of the first page, and then what begins a page if it is needed; the last row."""
    always, if_needed = ([each for each in parts if bool(each.needed) is late] for late in (False, True))
    for part in always:
        _part(of, part)
    for part in if_needed:
        _not_needed(of, part)
    _foot(of)
    of.page.book.first_page = f"A1:{LAST_PRINTED}{of.page.row - 1}" if if_needed else ""
    for part in if_needed:
        of.page.page_break()
        _part(of, part)
        _tall(of, part, PART_END)
        of.page.row += 1
    last = of.page.row - 1
    of.page.height(of.page.row, 12)
    of.page.row += 1
    return last


def _part(of: _Form, part: Part) -> None:
    page = of.page
    _bar(of, part.number, part.title)
    page.cells.fixed(f"G{page.row}", part.note[:1].upper() + part.note[1:] or None, "ib_form_src")
    _tall(of, part, PART_BAR)
    page.row += 1
    before = ""
    for number, line in enumerate(part.choose(of.form)):
        told = sentence(of.card, margin_key(line), of.year, of.ahead)
        shown = page_line(page, line, of.form, of.forms, of.year, before=before, first=number == 0, told=told)
        page.cells.place(line, of.year, f"E{page.row}")
        _tall(of, part, shown.height)
        of.rows.append((page.row, shown))
        before = line.number
        page.row += 1
    for column in "ABCDE":
        page.cells.fixed(f"{column}{page.row}", None, "ib_form_end")


def _tall(of: _Form, part: Part, points: float) -> None:
    """A row of a part that may not be needed gets its height with the client's values."""
    if part.needed:
        of.page.height_of(of.page.row, part_slot(of.card, part, of.year, points))
    else:
        of.page.height(of.page.row, points)


def _bar(of: _Form, number: str, title: str | None) -> None:
    page = of.page
    for column in "AB":
        page.cells.fixed(f"{column}{page.row}", None, "ib_form_bar")
    for column in "CDE":
        page.cells.fixed(f"{column}{page.row}", None, "ib_form_part")
    page.cells.fixed(f"A{page.row}", number or None, "ib_form_bar")
    page.cells.fixed(f"C{page.row}", title, "ib_form_part")
    page.merge(f"A{page.row}:B{page.row}")


def _not_needed(of: _Form, part: Part) -> None:
    """The bar of a part that was not needed when the workbook was made; it tells if a figure typed later needs it."""
    page, words = of.page, sentence(of.card, part.number, of.year, of.ahead)
    assert words
    _bar(of, part.number, None)
    page.cells.place(words, of.year, f"C{page.row}")
    page.cells.line(f"C{page.row}", words, of.year, "ib_form_part")
    page.height_of(page.row, bar_slot(of.card, part, of.year))
    page.row += 1


def _foot(of: _Form) -> None:
    """The answer in a sentence, what to do with the form, and what the page is."""
    page = of.page
    for column in "ABCDE":
        page.cells.fixed(f"{column}{page.row}", None, "ib_form_end")
    page.height(page.row, 6)
    page.row += 1
    said = of.form.find(of.card.says) if of.card.says else None
    for key, line, style in (
        ("conclusion", said, "ib_form_foot"),
        ("file", sentence(of.card, "file", of.year, of.ahead), "ib_form_foot_b"),
    ):
        if line:
            page.cells.place(line, of.year, f"A{page.row}")
            page.cells.line(f"A{page.row}", line, of.year, style)
            page.merge(f"A{page.row}:{LAST_PRINTED}{page.row}")
            page.height_of(page.row, foot_slot(of.card, key, of.year))
            page.row += 1
    page.cells.fixed(f"A{page.row}", NOTE, "ib_note")
    page.merge(f"A{page.row}:{LAST_PRINTED}{page.row}")
    page.height(page.row, 12.5 * lines_needed(NOTE, sum(WIDTHS), 9) + 4)
    page.row += 1


def _below(of: _Form, parts: Sequence[tuple[Form, Part]]) -> None:
    """Workings, under the printed page."""
    page = of.page
    for form, part in parts:
        page.band(f"{part.heading} (not printed)", part.note, 7)
        for line in part.choose(form):
            page.cells.place(line, of.year, f"E{page.row}")
            of.below.append((page.row, line))
            page.row += 1


def _write(of: _Form) -> None:
    page, fixed = of.page, of.page.cells.fixed
    for row, each in of.rows:
        each.write(page, row, of.year)
    for row, line in of.below:
        fixed(f"A{row}", int(line.number) if line.number.isdigit() else line.number or None, "ib_line")
        for column in "CD":
            fixed(f"{column}{row}", None, "ib_label")
        fixed(f"B{row}", line.label, "ib_label")
        page.merge(f"B{row}:D{row}")
        page.cells.line(f"E{row}", line, of.year, "ib_amt" if line.leaf.kind is Kind.MONEY else "ib_flag")
        words = line.source or (rule(line, of.forms) if line.expression is not None else "")
        for column, text, style in (("H", None, "ib_mark"), ("I", words[:1].upper() + words[1:], "ib_src")):
            fixed(f"{column}{row}", text, style)
        fixed(f"J{row}", line.cite or None, "ib_cite")
        lines = max(lines_needed(line.label, 41, 10), lines_needed(words, BESIDE[1], 9, indent=1))
        page.height(row, max(15.0, 13.0 * lines + 2))
    _conditions(of)


def _conditions(of: _Form) -> None:
    """Gray the zeros of all but results, and all figures of a year that is not ready."""
    page, year = of.page, min(of.year, of.page.book.shape.last)
    plain = [row for row, each in of.rows if not each.result] + [row for row, _ in of.below]
    cells = " ".join(f"E{first}:E{last}" for first, last in _runs(plain))
    quiet_zero(page.sheet, cells, f"E{plain[0]}")
    every = [row for row, _ in of.rows] + [row for row, _ in of.below]
    ready = page.book.refer(defined_name(page.book.shape.forms(year).find(Role.READY).leaf, year))
    grey_when_not_ready(page.sheet, f"E{every[0]}:E{every[-1]}", ready)


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows that follow each other, as first and last."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    return runs
