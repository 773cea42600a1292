"""Forms as printed: the line numbers of each year, labels, and where a reviewer finds each figure."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from engine.federal.stock.record_tables import RECORDS
from engine.federal.years import forms_of
from engine.filing import STATUSES, YEARS
from engine.language.expressions import number
from engine.language.form import Form
from engine.language.lines import Line
from engine.language.nodes import Column, Kind, leaves

LAYOUTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "lines.toml").read_text("utf-8"))[
    "layout"
]
PRINTED = {
    year: [*layout["part_i"], *layout["part_ii"], *layout["part_iii"]] for layout in LAYOUTS for year in layout["years"]
}
EACH_YEAR = pytest.mark.parametrize("year", YEARS)


@EACH_YEAR
def test_form_6251_prints_the_lines_of_its_year(year: int) -> None:
    """Every printed number, top to bottom; 1a and 1b from 2025 on."""
    assert [line.leaf.line for line in forms_of(year).forms["f6251"].printed()] == PRINTED[year]


@EACH_YEAR
def test_the_worksheets_print_all_their_lines(year: int) -> None:
    """The gain worksheet runs from 1 to 25, the carryover worksheets from 1 to 13, the other one to 47."""
    forms = forms_of(year).forms
    numbers = {name: [line.leaf.line for line in forms[name].printed()] for name in ("qdcg", "carryover", "sdtw")}
    assert numbers["qdcg"] == [str(place) for place in range(1, 26)]
    assert numbers["carryover"] == [str(place) for place in range(1, 14)]
    without_form_4952 = {"3", "4", "5", "6", "7", "8"}
    assert numbers["sdtw"] == [str(place) for place in range(1, 48) if str(place) not in without_form_4952]


@EACH_YEAR
def test_every_line_has_a_label_of_its_own(year: int) -> None:
    """No label is empty or untrimmed, and no working has that of another: words name workings by their labels.

    Lines that are computed a second time keep the labels of the first.
    """
    for form in forms_of(year).forms.values():
        workings = [line for line in form.workings() if line.leaf.kind is Kind.MONEY]
        labels = [line.label for line in workings if not form.again(line.leaf.line)]
        assert all(line.label.strip() == line.label != "" for line in form.lines)
        assert [label for label, count in Counter(labels).items() if count > 1] == []


@EACH_YEAR
def test_every_printed_line_of_form_6251_says_where_it_comes_from(year: int) -> None:
    """A law or a source beside each line that does more than repeat the arithmetic of its neighbors."""
    lines = forms_of(year).forms["f6251"].printed()
    outside = [line for line in lines if _takes_from_outside(line)]
    assert len(outside) > 30
    assert [line.key for line in outside if not (line.cite or line.source)] == []


@EACH_YEAR
def test_every_entry_says_where_the_preparer_finds_it(year: int) -> None:
    """A form line, a schedule or a document, for each column of the returns."""
    assert [line.key for line in forms_of(year).forms["inputs"].lines if not line.source] == []


def test_every_amount_of_the_records_cites_its_law() -> None:
    """The adjustment and the bases rest on a section of the Code or on the instructions."""
    cited = {
        line.leaf.line: line.cite for line in RECORDS if line.leaf.line in ("adjustment", "amt_basis", "first_day")
    }
    assert all("IRC" in cite for cite in cited.values())
    assert len(cited) == 3


def test_the_filing_status_is_chosen_from_the_five() -> None:
    """A word of a fixed list, for the validation of the cell."""
    assert forms_of(2025).forms["inputs"].find("filing_status").choices == tuple(STATUSES)


def test_a_line_number_is_used_once_and_asked_for_by_its_name() -> None:
    """A form refuses a second line 1, an unknown line, and a flag taken for an amount."""
    form = Form("form", "A form")
    amount = form.line("1", "First", number("1"))
    form.flag("is it", "Is it?", amount > 0)
    with pytest.raises(ValueError, match="A form has line 1 already"):
        form.line("1", "First again", number("2"))
    with pytest.raises(KeyError, match="A form has no line '2'"):
        form["2"]
    with pytest.raises(TypeError, match=r"form\.is it is a flag, not an amount"):
        form["is it"]


def _takes_from_outside(line: Line) -> bool:
    """Tell a line that takes something from another form, the law, an entry or the records."""
    assert line.expression is not None
    here = (line.leaf.sheet, "options")
    return any(isinstance(leaf, Column) or leaf.sheet not in here for leaf in leaves(line.expression))
