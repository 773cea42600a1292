"""A line of a form's page: how its number is printed, its words, what its margin says, its looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.clients.explain import rule, without_rounding
from engine.language.form import Form
from engine.language.lines import NUMBER, Line
from engine.language.nodes import Kind, Leaf, leaves
from engine.language.roles import Role

from ...contents.binding import SALES_OF
from ...contents.forms.page_layout import BESIDE, LINE_HEIGHTS, WIDTHS
from ...drawing.page import Page
from ...xlsx.text_fit import lines_needed
from ..form_sheet import other_sheet

LAW_SHEET: Final = "Parameters"
ONE, RESULT, TWO, THREE = LINE_HEIGHTS
_WORDS_WIDTH: Final = WIDTHS[1] + WIDTHS[2] + 5 / 7  # of two columns that are merged
_MARGIN_WIDTH: Final = WIDTHS[6]


@dataclass(frozen=True)
class PageLine:
    """A line as the page shows it."""

    line: Line
    number: str  # in the first column: the letter alone of a line such as 2b
    words: str
    margin: str
    told: Line | None  # what says it where it is live; never underlined, for twenty such words would say nothing
    link: str  # the sheet that the margin leads to, if any
    rule: str  # in full, beside the page
    total: bool
    result: bool
    first: bool  # of its part

    @property
    def height(self) -> float:
        """Points."""
        lines = max(
            lines_needed(self.words, _WORDS_WIDTH, 9, bold=self.total or self.result, indent=1),
            lines_needed(self.margin, _MARGIN_WIDTH, 9),
            (lines_needed(self.rule, BESIDE[1], 9, indent=1) + 1) // 2,  # beside the page a line may be cut
        )
        return (RESULT if self.result else ONE, TWO, THREE)[min(lines, 3) - 1]

    def write(self, page: Page, row: int, year: int) -> None:
        """Write its row."""
        fixed = page.cells.fixed
        bold = "_b" if self.total or self.result else ""
        fixed(f"A{row}", _shown(self.number), "ib_form_letter" if self.number.isalpha() else "ib_form_line")
        fixed(f"B{row}", self.words, f"ib_form_words{bold}")
        fixed(f"C{row}", None, f"ib_form_words{bold}")
        page.merge(f"B{row}:C{row}")
        fixed(f"D{row}", _shown(self.line.number), "ib_form_result_box" if self.result else "ib_form_box")
        page.comment(f"D{row}", f"Line {self.line.number}: {self.line.label}.\n{self.rule}\n{self.line.cite}".strip())
        page.cells.line(f"E{row}", self.line, year, self._amount())
        if self.told:
            page.cells.place(self.told, year, f"G{row}")
            page.cells.line(f"G{row}", self.told, year, "ib_form_src")
        else:
            fixed(f"G{row}", self.margin or None, "ib_form_src_link" if self.link else "ib_form_src")
        if self.link and not self.told:  # a link without a word leads nowhere that a reader sees
            page.link(f"G{row}", self.link)
        fixed(f"H{row}", "Rx" if self.total or self.result else None, "ib_mark")
        fixed(f"I{row}", self.rule or None, "ib_src")
        fixed(f"J{row}", self.line.cite or None, "ib_cite")

    def _amount(self) -> str:
        if self.line.leaf.kind is not Kind.MONEY:
            return "ib_flag"
        if self.result:
            return "ib_form_result_amt"
        return "ib_form_total" if self.total else "ib_form_amt_usd" if self.first else "ib_form_amt"


def page_line(
    page: Page,
    line: Line,
    form: Form,
    forms: Mapping[str, Form],
    year: int,
    *,
    before: str,
    first: bool,
    told: Line | None,
) -> PageLine:
    """A line as its page shows it; `before` is the number of the line above, `told` its margin where that is live."""
    of_line = _sentence(line.source or (rule(line, forms) if line.expression is not None else ""))
    words = form.short.get(line.number) or line.label
    margin, sales = _sentence(line.source), _sheet_of_sales(page, line, form, year)
    margin = f"{sales}, and its AMT twin" if sales else margin
    if not margin and line.number not in form.short and _is_of_the_page(line, form):
        words, margin = _with_rule(line, of_line, total=line.leaf.line in form.totals)
    link = sales or _link(page, line, year, margin)
    return PageLine(
        *(line, _printed_number(line.number, before), words, margin, told, link, of_line),
        total=line.leaf.line in form.totals,
        result=line.leaf.line in form.results,
        first=first,
    )


def _with_rule(line: Line, of_line: str, *, total: bool) -> tuple[str, str]:
    """What the printed form tells to do in place of what the line is, if there is room; that stands in the margin."""
    assert line.expression is not None
    if isinstance(without_rounding(line.expression), Leaf):
        of_line = f"Amount from {of_line[:1].lower()}{of_line[1:]}"
    if total:
        both = f"{line.label}. {of_line}"
        return (both, "") if lines_needed(both, _WORDS_WIDTH, 9, bold=True, indent=1) == 1 else (line.label, of_line)
    fits = lines_needed(of_line, _WORDS_WIDTH, 9, indent=1) == 1
    return (of_line, line.label) if fits else (line.label, "")


def _is_of_the_page(line: Line, form: Form) -> bool:
    """Tell a line that takes nothing but printed lines of its own form."""
    if line.expression is None:
        return False
    printed = {each.leaf for each in form.printed()}
    taken = [leaf for leaf in leaves(line.expression) if not (isinstance(leaf, Leaf) and leaf.sheet == "options")]
    return bool(taken) and all(leaf in printed for leaf in taken)


def _printed_number(number: str, before: str) -> str:
    """'b' of 2b under 2a, as the form prints it; '2a' itself whole."""
    found, above = NUMBER.fullmatch(number), NUMBER.fullmatch(before)
    return found[2] if found and above and found[2] and found[1] == above[1] else number


def _link(page: Page, line: Line, year: int, margin: str) -> str:
    """The sheet that a figure is taken from; none where the words take two lines: LibreOffice does not wrap a link."""
    if not margin or lines_needed(margin, _MARGIN_WIDTH, 9) > 1:
        return ""
    title = other_sheet(line, year, page.book.sources)
    if not title and line.expression is not None:
        of_law = any(isinstance(leaf, Leaf) and leaf.sheet == "law" for leaf in leaves(line.expression))
        title = LAW_SHEET if of_law else ""
    return title if title != page.frame.title else ""


def _sheet_of_sales(page: Page, line: Line, form: Form, year: int) -> str:
    """The sheet of Form 8949, for the line of property sold, in a year with sales."""
    sold = form.roles.get(Role.DISPOSITIONS) == line and year in page.book.shape.sale_years
    return SALES_OF.format(year=year) if sold else ""


def _shown(number: str) -> str | int | None:
    return int(number) if number.isdigit() else number or None


def _sentence(words: str) -> str:
    words = words.removeprefix("the ")
    return words[:1].upper() + words[1:]
