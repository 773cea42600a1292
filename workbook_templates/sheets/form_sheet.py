"""Any form as a sheet: line, what it is, amount, tick, where it comes from, authority."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.clients.explain import rule
from engine.language.form import Form
from engine.language.lines import Line
from engine.language.nodes import Kind, Leaf, leaves
from engine.language.roles import Role

from ..drawing.layout import defined_name, letter
from ..drawing.page import LINE, RESULT, Page
from ..drawing.rules import grey_when_not_ready, quiet_zero
from ..xlsx.text_fit import lines_needed, row_height

Sources = Callable[[int], Mapping[str, str]]  # on which sheet each form of a year stands
WIDTHS: Final = (6.0, 40.0, 14.0, 5.0, 38.0, 25.0)
HEADS: Final = (
    ("Line", "ib_head_mid"),
    ("What it is", "ib_head"),
    ("Amount", "ib_head_num"),
    ("Tick", "ib_head_mid"),
    ("Where it comes from", "ib_head_in"),
    ("Authority", "ib_head_in"),
)
AMOUNT: Final = "C"


@dataclass(frozen=True)
class Band:
    """A band and the lines under it."""

    title: str
    lines: Sequence[Line]
    note: str = ""


def draw(page: Page, bands: Sequence[Band], year: int, forms: Mapping[str, Form]) -> None:
    """Place all lines of a form sheet, then write them; `forms` are those that the lines are of or take from."""
    rows: list[tuple[int, Line]] = []
    first = {line.key for band in bands for line in first_amount(band.lines)}
    for band in bands:
        page.band(band.title, band.note, 5)
        for line in band.lines:
            page.cells.place(line, year, f"{AMOUNT}{page.row}")
            rows.append((page.row, line))
            page.row += 1
    for row, line in rows:
        _row(page, row, line, year, forms, first=line.key in first)
    _conditions(page, rows, year, forms)


def first_amount(lines: Sequence[Line]) -> list[Line]:
    """The first line of a block that is money: a $ stands there."""
    return [line for line in lines if line.leaf.kind is Kind.MONEY][:1]


def _row(page: Page, row: int, line: Line, year: int, forms: Mapping[str, Form], *, first: bool) -> None:
    form, words = forms[line.leaf.sheet], line.source or (rule(line, forms) if line.expression is not None else "")
    from_sheet = other_sheet(line, year, page.book.sources)
    link = from_sheet if from_sheet != page.frame.title and _is_short(page, words) else ""
    styles = _styles(line, form, bool(from_sheet), bool(link))
    fixed = page.cells.fixed
    shown: str | int | None = int(line.number) if line.number.isdigit() else line.number or None
    fixed(f"A{row}", shown, styles[0])
    fixed(f"B{row}", line.label, styles[1])
    plain = styles[2] in ("ib_amt", "ib_amt_link")
    page.cells.line(f"{AMOUNT}{row}", line, year, f"{styles[2]}_usd" if first and plain else styles[2])
    fixed(f"D{row}", "Rx" if line.leaf.line in form.totals | form.results else None, styles[3])
    fixed(f"E{row}", words[:1].upper() + words[1:], styles[4])
    fixed(f"F{row}", line.cite or None, styles[5])
    if link:
        page.link(f"E{row}", link)
    if line.number:
        page.comment(f"A{row}", f"Line {line.number}: {line.label}.\n{words}\n{line.cite}".strip())
    page.height(row, _height(page, line, words, line.leaf.line in form.results))


def _is_short(page: Page, words: str) -> bool:
    """Tell whether the words stand on one line: LibreOffice does not wrap a link."""
    return lines_needed(words, page.frame.widths[4], 9, indent=1) == 1


def _height(page: Page, line: Line, words: str, result: bool) -> float:
    if result:
        return RESULT
    widths = page.frame.widths
    texts = ((line.label, widths[1], 10, 0), (words, widths[4], 9, 1), (line.cite, widths[5], 9, 1))
    lines, size = max((lines_needed(text, width, size, indent=indent), size) for text, width, size, indent in texts)
    return max(LINE, row_height(lines, size) if lines > 1 else LINE)


def other_sheet(line: Line, year: int, sources: Sources) -> str:
    """The sheet that a figure is taken from as it is, if it is another one."""
    if line.expression is None:
        return ""
    used = [leaf if isinstance(leaf, Leaf) else leaf.leaf for leaf in leaves(line.expression)]
    others = [leaf for leaf in used if leaf.sheet not in ("options", "law")]
    if not others or line.leaf.sheet in [leaf.sheet for leaf in others if not leaf.years_ago]:
        return ""
    return sources(year - others[0].years_ago).get(others[0].sheet, "")


def _styles(line: Line, form: Form, elsewhere: bool, linked: bool) -> tuple[str, str, str, str, str, str]:
    number = line.leaf.line
    if number in form.results:
        return (
            "ib_result_line",
            "ib_result_label",
            "ib_result_amt",
            "ib_result_mark",
            "ib_result_src",
            "ib_result_src",
        )
    if number in form.totals:
        return ("ib_line_b", "ib_label_b", "ib_total", "ib_mark_b", "ib_src_b", "ib_cite_b")
    amount = "ib_flag" if line.leaf.kind is not Kind.MONEY else "ib_amt_link" if elsewhere else "ib_amt"
    return ("ib_line", "ib_label", amount, "ib_mark", "ib_src_link" if linked else "ib_src", "ib_cite")


def _conditions(page: Page, rows: Sequence[tuple[int, Line]], year: int, forms: Mapping[str, Form]) -> None:
    """Gray the zero lines between results, and all figures of a year that is not ready."""
    year = min(year, page.book.shape.last)
    ready = page.book.refer(defined_name(page.book.shape.forms(year).find(Role.READY).leaf, year))
    grey_when_not_ready(page.sheet, f"{AMOUNT}{rows[0][0]}:{AMOUNT}{rows[-1][0]}", ready)
    run: list[int] = []
    for row, line in [*rows, (0, None)]:
        plain = line is not None and line.leaf.line not in forms[line.leaf.sheet].results
        if plain and (not run or row == run[-1] + 1):
            run.append(row)
            continue
        if run:
            quiet_zero(page.sheet, f"A{run[0]}:{letter(len(WIDTHS))}{run[-1]}", f"${AMOUNT}{run[0]}")
        run = [row] if plain else []
