"""The law book has every line of every form and year once, in words, with its authority, and marks what changed."""

from __future__ import annotations

import io
import re
from collections import Counter

import pytest
from openpyxl import load_workbook

from engine.federal.stock.hundred_thousand_limit import GRANTS
from engine.federal.stock.record_tables import RECORDS
from engine.federal.tax_year import PARAMETERS, tax_year
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.expressions import Value, number, smaller_of, when
from engine.language.form import Form
from engine.language.lines import Line
from engine.language.nodes import Kind, Leaf, leaves
from isobook.sources import read_source
from law_book.changes import Change, changes, gone
from law_book.entries import Entry, entries, record_entries
from law_book.pages import anchor, pages, years_list
from law_book.rule_words import said
from tests.command import EXAMPLES
from workbook_templates.drawing.layout import defined_name
from workbook_templates.fill import workbook

EACH_YEAR = pytest.mark.parametrize("year", YEARS)
PAGES = pages()


def by_key(year: int) -> dict[str, Entry]:
    """The entries of a year by the key of the line."""
    return {entry.line.key: entry for form in entries(year).values() for entry in form}


@EACH_YEAR
def test_every_line_of_every_form_stands_on_the_page_once(year: int) -> None:
    """As many rows as lines, each with the anchor and the label of its own."""
    rows = re.findall(r'^\| <a id="([^"]+)"></a>.*?\| \*\*(.+?)\*\* \(', PAGES[f"{year}.md"], re.MULTILINE)
    lines = forms_of(year).order
    assert Counter(name for name, _ in rows) == Counter(anchor(entry) for entry in by_key(year).values())
    assert len({name for name, _ in rows}) == len(rows) == len(lines)
    assert set(by_key(year)) == {line.key for line in lines}


def test_every_column_of_the_records_stands_on_its_page_once() -> None:
    """In the order of calculation within its table."""
    rows = re.findall(r'^\| <a id="([^"]+)"></a>', PAGES["records.md"], re.MULTILINE)
    shown = [entry.line.key for table in record_entries().values() for entry in table]
    assert sorted(shown) == sorted(line.key for line in (*RECORDS, *GRANTS))
    assert len(rows) == len(set(rows)) == len(RECORDS) + len(GRANTS)


@EACH_YEAR
def test_every_line_has_words_and_an_authority(year: int) -> None:
    """A computed line also has the formula of the workbook."""
    for entry in by_key(year).values():
        assert all(case.strip() for case in entry.rule), entry.line.key
        assert entry.citation, entry.line.key
        assert bool(entry.formula) == (entry.line.expression is not None)


@EACH_YEAR
def test_a_line_that_takes_a_figure_of_the_law_names_its_source(year: int) -> None:
    """The source of each parameter, beside the line's own citation."""
    for entry in by_key(year).values():
        taken = leaves(entry.line.expression) if entry.line.expression is not None else []
        if any(isinstance(leaf, Leaf) and leaf.sheet == "law" for leaf in taken):
            assert entry.sources, entry.line.key
            assert all(entry.sources), entry.line.key


def test_lines_that_say_what_the_law_is_cite_it() -> None:
    """On Form 6251: the adjustments, income, exemption, the tax and what it is compared with."""
    cited = by_key(2025)
    for place in ("1b", *(f"2{letter}" for letter in "abcdefghijklmnopqrst"), *map(str, range(3, 12))):
        assert "as printed" not in cited[f"f6251.{place}"].citation, place


def test_formulas_are_those_of_a_workbook() -> None:
    """With the names of the cells in place of their addresses on the sheet."""
    sheet = load_workbook(io.BytesIO(workbook(read_source(EXAMPLES / "article-2025"))))["6251 2025"]
    form = entries(2025)["f6251"]
    printed = {entry.line.number: entry for entry in form if entry.line.is_printed}
    workings = {entry.label: entry for entry in form if not entry.line.is_printed}
    rows = sheet.iter_rows(max_col=4)  # a printed line has its number in D, a working its label in B
    at = {row[0].row: printed.get(str(row[3].value), workings.get(str(row[1].value))) for row in rows}

    def name(address: re.Match[str]) -> str:
        rows = range(int(address[1]), int(address[2] or address[1]) + 1)
        return ",".join(defined_name(entry.line.leaf, 2025) for row in rows if (entry := at[row]))

    compared = {entry: str(sheet[f"E{row}"].value) for row, entry in at.items() if entry}
    assert len(compared) == len(form) - 1  # the conclusion stands at the foot of the page
    for entry, formula in compared.items():
        assert "=" + entry.formula == re.sub(r"\bE(\d+)(?::E(\d+))?\b", name, formula), entry.line.key


@EACH_YEAR
def test_every_figure_of_the_year_stands_with_its_source(year: int) -> None:
    """Seventeen figures, and what is provisional."""
    page = PAGES[f"{year}.md"]
    for parameter in PARAMETERS:
        assert f"- {parameter.label}: {tax_year(year).source(parameter.name)}" in page
    assert [note for note in tax_year(year).all_provisional if note not in page] == []
    assert ("!!! warning" in page) == bool(tax_year(year).all_provisional)


def test_a_draft_is_marked_as_provisional() -> None:
    """2026 rests on a draft of the form; nothing of 2023 does."""
    assert by_key(2026)["f6251.5"].is_provisional
    assert not any(entry.is_provisional for entry in by_key(2023).values())
    assert 'class="provisional"' in PAGES["2026.md"]


def test_what_changed_since_last_year_is_marked() -> None:
    """2025: line 1 became 1a and 1b, and line 12 of Form 1040 became 12e."""
    assert changes(2025)["f6251.1a"] == (Change("new", ""),)
    assert changes(2025)["f6251.2a"] == (Change("where it is found", "Form 1040 line 12; Schedule A line 7"),)
    assert [entry.line.key for entry in gone(2025)] == ["f6251.1"]
    assert PAGES["2025.md"].count("new in 2025") == 2
    assert "where it is found changed since 2024</mark> was: Form 1040 line 12; Schedule A line 7" in PAGES["2025.md"]


def test_a_year_in_the_words_of_a_rule_is_no_change() -> None:
    """2023 is 2022 with other figures: 'AMT of … for 2023' is the same sentence."""
    assert changes(2023) == {}
    assert "[2023](law-book/2023.md): no line changed since 2022" in years_list()


def test_the_first_form_8801_of_a_file_is_not_compared() -> None:
    """Before 2018 there is no covered year, so its Form 8801 is not the form of 2019."""
    assert [key for key in changes(2019) if key.startswith("f8801.")] == []


def test_every_change_leads_to_its_line() -> None:
    """The links at the top of a page."""
    for year in YEARS:
        page = PAGES[f"{year}.md"]
        assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= set(re.findall(r'<a id="([^"]+)"></a>', page))


def rule_of(value: Value) -> list[str]:
    """The words of a line that has this expression."""
    form = Form("made", "Made form")
    line = Line(Leaf("made", "1"), "Made", expression=value.node)
    return said(line, {"made": form} | dict(forms_of(2025).forms))


def test_what_could_mean_two_things_is_held_together() -> None:
    """'5 less the smaller of line 1 and line 2' and '(5 less …)' differ; brackets say which."""
    form = forms_of(2025).forms["f6251"]
    chosen = when(form["9"] > 0, form["9"], form["10"])
    assert rule_of(form["7"] - chosen) == [
        "Form 6251 line 7 less [Form 6251 line 9 if Form 6251 line 9 is more than 0, otherwise Form 6251 line 10]"
    ]
    assert rule_of(smaller_of(form["7"], form["8"]) - number("5")) == [
        "[the smaller of Form 6251 line 7 and Form 6251 line 8] less 5"
    ]
    assert rule_of(when(form["9"] > 0, form["9"], form["10"])) == [
        "If Form 6251 line 9 is more than 0: Form 6251 line 9",
        "Otherwise: Form 6251 line 10",
    ]


def test_lines_of_one_label_are_told_apart() -> None:
    """Sales has a regular basis and an AMT basis, both headed 'Basis'."""
    rules = {entry.line.key: entry for entry in record_entries()["sales"]}
    assert rules["sales.difference"].rule == ("“Gain (loss)” (amt_gain) less “Gain (loss)” (gain)",)


def test_sentences_show_where_their_figures_stand() -> None:
    """In braces, within the quoted sentence."""
    conclusion = by_key(2025)["f6251.conclusion"]
    assert conclusion.line.leaf.kind is Kind.TEXT
    assert any("“AMT of ${line 11} for 2025: tentative minimum tax of ${line 9}" in case for case in conclusion.rule)
