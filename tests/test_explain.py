"""Every line explains itself: each line of each form of each year of an example, read as words and computed again."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from engine import Client, Projection, project
from engine.clients.explain import LAW, flat, rule, worked, year_before
from engine.federal.stock.record_tables import RECORDS
from engine.federal.years import forms_of
from engine.language.form import Form
from engine.language.lines import Line
from engine.language.money import rounded
from engine.language.nodes import Column, Kind, Leaf, leaves
from engine.readings.words import figure
from isobook.sources import read_source
from tests.returns import computed

SIX_YEARS = Path(__file__).parents[1] / "examples" / "six-years"
FIGURE = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
NUMBER = rf"\({FIGURE}\)|{FIGURE}%?"
LEAF = rf"(?:minus )?(?:{NUMBER})"
TERM = rf"{LEAF}(?: × {LEAF})?"
PLAIN = rf"{TERM}(?: [+−] {TERM})*"
LISTED = re.compile(rf"the (smaller|larger) of ({PLAIN}(?:, {PLAIN})*) and ({PLAIN})")


class Told(NamedTuple):
    """A line and what it says of itself."""

    year: int
    first: bool
    line: Line
    forms: Mapping[str, Form]
    now: Mapping[str, Any]
    before: Mapping[str, Any]
    words: str

    @property
    def rule(self) -> str:
        """The rule in words."""
        return rule(self.line, self.forms)

    @property
    def operands(self) -> str:
        """The rule with the figures put in; "" where the result stands alone."""
        rest = self.words.removeprefix(f"{self.rule}: ")
        return rest.removesuffix(f" = {self.result}") if rest != self.result else ""

    @property
    def result(self) -> str:
        """The figure of the line as the words show it."""
        return figure(self.now[self.line.key]) or "blank"


@cache
def told() -> list[Told]:
    """Every computed line of every form of every year."""
    projection = project(read_source(SIX_YEARS))
    return [each for year in projection.years for each in told_in(projection, year)]


def told_in(projection: Projection, year: int) -> list[Told]:
    """Every computed line of a year."""
    result, before = projection.years[year], year_before(projection, year)
    order, forms = forms_of(year, result.first).order, forms_of(year, result.first).forms
    return [
        Told(year, result.first, line, forms, result.figures, before, worked(line, forms, result.figures, before))
        for line in order
        if line.expression is not None
    ]


def amount(shown: str) -> Decimal:
    """The amount of "1,200", "(1,200)", "minus 1,200" or "26%"."""
    if shown.startswith("minus "):
        return -amount(shown.removeprefix("minus "))
    if shown.startswith("("):
        return -amount(shown[1:-1])
    return amount(shown[:-1]) / 100 if shown.endswith("%") else Decimal(shown.replace(",", ""))


def value(plain: str) -> Decimal:
    """What a sum of figures and products of figures comes to."""
    total = Decimal(0)
    for sign, term in re.findall(rf"(^| \+ | − )({TERM})", plain):
        product = Decimal(1)
        for factor in term.split(" × "):
            product *= amount(factor)
        total += -product if "−" in sign else product
    return total


def reckoned(operands: str) -> Decimal | None:
    """What the words come to when a reader follows them; None where they are no arithmetic."""
    words, floored = (
        (operands.removesuffix(", not below zero"), True) if "not below zero" in operands else (operands, False)
    )
    while found := LISTED.search(words):
        parts = [value(part) for part in (*re.split(", ", found[2]), found[3])]
        chosen = min(parts) if found[1] == "smaller" else max(parts)
        words = words.replace(found[0], figure(chosen), 1)
    if not re.fullmatch(PLAIN, words):
        return None
    return max(value(words), Decimal(0)) if floored else value(words)


def test_there_are_lines_of_every_form_of_every_year() -> None:
    """Six years of some four hundred lines; no form is left out."""
    found = {(each.year, each.line.leaf.sheet) for each in told()}
    sheets = {form.sheet for form in forms_of(2025).forms.values()} - {"inputs"}
    assert found == {(year, sheet) for year in range(2020, 2026) for sheet in sheets}
    assert len(told()) > 2_000


def test_no_line_says_none_or_names_what_nobody_knows() -> None:
    """No Python word, no name of ours with a dot in it, no empty quotation."""
    inner = re.compile(r"\bNone\b|\bnan\b|Decimal|\b(?:f6251|f8801|law|options|inputs|regular|qdcg|sdtw)\.|“”|Leaf\(")
    assert [each.words for each in told() if inner.search(each.words)] == []


def test_every_quoted_name_is_a_label_of_the_forms_or_records() -> None:
    """“Adjusted gross income” can be looked up."""
    labels = {flat(line.label) for line in RECORDS}
    for each in told():
        known = labels | {" ".join(line.label.split()) for form in each.forms.values() for line in form.lines}
        assert set(re.findall("“(.*?)”", each.rule)) - known == set(), each.line.key


def test_every_line_that_is_named_exists() -> None:
    """'Form 6251 line 9' is a line of that form, 'line 4' of the form that speaks, in that year or the one before."""
    sheets = {form.title: form.sheet for form in forms_of(2025).forms.values()}
    titles = "|".join(map(re.escape, sorted(sheets, key=len, reverse=True)))
    named = re.compile(rf"(last year’s )?(?:({titles}) )?line ([0-9]+[a-z]?)\b")
    for each in (each for each in told() if each.line.leaf.kind is not Kind.TEXT):
        for earlier, title, number in named.findall(re.sub("“.*?”", "", each.rule)):
            sheet, year = sheets.get(title, each.line.leaf.sheet), each.year - bool(earlier)
            assert number in numbers(year, sheet, first=each.first), each.words


@cache
def numbers(year: int, sheet: str, *, first: bool) -> set[str]:
    """The line numbers of a form, printed or computed again."""
    return {line.number for line in forms_of(year, first).forms[sheet].lines}


def test_every_line_ends_with_its_amount() -> None:
    """After the rule stands the result, or the figures put in, an equals sign and the result."""
    for each in told():
        assert each.words.startswith(f"{each.rule}: "), each.line.key
        assert each.words.endswith(each.result), each.line.key


def test_the_figures_that_are_put_in_are_amounts_of_the_lines_taken() -> None:
    """No number in the words comes from elsewhere: it is a line's, a parameter's, or printed in the rule."""
    for each in told():
        assert each.line.expression is not None
        taken = {amounts_of(leaf, each) for leaf in leaves(each.line.expression) if isinstance(leaf, Leaf)}
        printed = set(re.findall(NUMBER, each.rule))
        assert set(re.findall(NUMBER, each.operands)) - taken - printed == set(), each.words


def amounts_of(leaf: Leaf, each: Told) -> str:
    """The figure of a line that is taken, as words show it."""
    found = (each.before if leaf.years_ago else each.now)[f"{leaf.sheet}.{leaf.line}"]
    if isinstance(found, list):
        return ""
    shown = figure(found * 100).rstrip("0").rstrip(".") + "%" if leaf.kind is Kind.RATE else figure(found)
    return figure(found * 100) + "%" if leaf.kind is Kind.RATE and (found * 100) % 1 == 0 else shown


def test_every_sum_comes_to_its_amount_when_a_reader_follows_the_words() -> None:
    """'200,000 − 88,100, not below zero = 111,900': computed from the words alone, then rounded to the dollar."""
    sums = [each for each in told() if each.line.leaf.kind is Kind.MONEY and each.operands]
    wrong, not_sums = [], []
    for each in sums:
        found = reckoned(each.operands)
        if found is None:
            not_sums.append(each)
        elif rounded(found) != each.now[each.line.key] and found != each.now[each.line.key]:
            wrong.append(each.words)
    assert wrong == []
    odd = [each.words for each in not_sums if not re.search("rate schedule|down to a multiple", each.operands)]
    assert odd == []
    assert len(sums) - len(not_sums) > 1_300


def test_a_total_names_its_column_and_stands_with_its_amount() -> None:
    """The records behind it are shown beside it by `isobook explain`."""
    totals = [each for each in told() if any(isinstance(leaf, Column) for leaf in leaves(each.line.expression or 0))]  # type: ignore[arg-type]
    assert {each.operands for each in totals} == {""}
    assert all("the total of “" in each.words for each in totals)


def test_the_first_year_explains_what_it_carries_in() -> None:
    """A loss and a credit of returns.csv stand as typed, beside the 0 that is computed."""
    row = {"tax_year": 2025, "filing_status": "single", "wages": 90_000, "deduction": "standard"}
    carried = {"amt_short_term_carryover_in": 4_000, "mtc_carryforward_in": "1234.60"}
    projection = project(Client(returns=[row | carried]))
    words = {each.line.key: each.words for each in told_in(projection, 2025)}
    assert words["amt_schedule_d.6"].endswith("minus 4,000 = (4,000)")
    assert words["f8801.19"].endswith(": 1,235")


def test_no_year_stands_before_the_first() -> None:
    """Its lines take none: what they would carry in is 0, as computed."""
    client = Client(exercises=[{"exercise_id": "E1", "date_granted": "2024-01-02", "date_exercised": "2025-01-02",
                                "exercise_price": 1, "fmv_exercise": 2, "shares": 1}])  # fmt: skip
    projection = project(client)
    assert year_before(projection, 2025) == {}
    assert [projection.years[2025].figures[f"f8801.{line}"] for line in ("18 computed", "19 computed", "21")] == [0] * 3


def test_an_entry_that_is_given_is_told_from_a_blank_one() -> None:
    """Yes and no stand where the rule asks whether an entry is given."""
    projection = project(Client(returns=[{"tax_year": 2025, "filing_status": "single", "taxable_income": 50_000}]))
    words = {each.line.key: each.words for each in told_in(projection, 2025)}
    assert words["regular.is_filed"] == "“Taxable income” is given: yes"
    assert words["year.needs wages"].endswith(": not yes and not no = no")


@pytest.mark.parametrize(("wages", "said"), [(150_000, "26% × "), (900_000, "28% × ")])
def test_only_the_branch_that_is_taken_has_figures(wages: int, said: str) -> None:
    """Line 7 at 26%, or at 28% less the subtraction."""
    result = computed(2025, wages=wages, spread=100_000)
    forms = forms_of(2025, first=True).forms
    words = worked(forms["f6251"].find("7"), forms, result.figures, {})
    operands = words.removeprefix(rule(forms["f6251"].find("7"), forms))
    assert said in operands
    assert " if " not in operands


def test_law_labels_are_words() -> None:
    """Parameters are named as the law and the forms name them."""
    assert [each.label for each in LAW.values() if "_" in each.label or not each.label] == []
