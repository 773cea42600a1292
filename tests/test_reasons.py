"""Reasons: each sentence of a column belongs to one declared reason, and whoever decides names the reason."""

import ast
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine import Client, Projection, project
from engine.federal.stock import hundred_thousand_limit, line_2i, sale_reasons, sales
from engine.federal.stock.record_doubts import doubts_of, exercise_doubts, sale_doubts, wash_sale_window
from engine.federal.stock.wages_of_divided_sales import wages_of_lots
from engine.language.expressions import Text, text, when
from engine.language.reasons import Reason, ReasonColumn, Under, reason_column
from engine.language.states import State
from engine.language.table import Table
from tests.random_clients import random_clients, random_grants

ROOT = Path(__file__).parents[1]
COLUMNS = {
    "exercises.why": line_2i.why,
    "sales.why": sale_reasons.why,
    "sales.what": sale_reasons.what,
    "grants.why": hundred_thousand_limit.why,
}


@pytest.fixture(scope="module")
def projections() -> list[Projection]:
    """Random clients, some with grants."""
    random, clients = Random(422), random_clients(120, seed=83)
    granted = [
        Client(**{name: getattr(each, name) for name in Client.model_fields} | {"grants": random_grants(random, 2022)})
        for each in clients[:25]
        if not each.splits
    ]
    return [project(each) for each in (*clients, *granted)]


@pytest.mark.parametrize("key", COLUMNS)
def test_every_sentence_belongs_to_one_declared_reason(projections: list[Projection], key: str) -> None:
    """What a row says is the text of one reason; or, of what a sale is, the word that was typed."""
    known = {each.text for each in COLUMNS[key].reasons} | ({"spouse", "death"} if key == "sales.what" else set())
    said = {words for each in projections for words in each.records.get(key, ())}
    assert said
    assert said <= known


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_codes_and_words_are_unique(column: ReasonColumn) -> None:
    """A code names one reason, and a sentence too; a code is plain words."""
    codes, words = [each.code for each in column.reasons], [each.text for each in column.reasons]
    assert len(set(codes)) == len(set(words)) == len(column.reasons) > 1
    assert all(code and code == code.lower() for code in codes)


@pytest.mark.parametrize("key", COLUMNS)
def test_nearly_all_reasons_are_met(projections: list[Projection], key: str) -> None:
    """The test above would pass where nothing is drawn: most reasons of each column are given by some client."""
    said = {words for each in projections for words in each.records.get(key, ())}
    met = [each for each in COLUMNS[key].reasons if each.text in said]
    assert len(met) >= 0.8 * len(COLUMNS[key].reasons)


def test_a_reason_of_another_column_is_refused() -> None:
    """A paragraph that asks for a reason which its column never gives would be silent for ever."""
    with pytest.raises(ValueError, match="never gives 'late'"):
        line_2i.why.gives(sale_reasons.LATE)


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        ([Reason("a", "A.", sales.qualifying)], "without a test"),
        ([Reason("a", "A."), Reason("b", "B.")], "without a test"),
        ([Reason("a", "A.", sales.qualifying), Reason("a", "B.")], "share a code"),
        ([Under(sales.qualifying, (Reason("a", "A."),)), Reason("b", "A.")], "share a code"),
    ],
)
def test_a_list_of_reasons_is_exhaustive_and_tells_each_from_the_others(cases: list[Any], words: str) -> None:
    """The last reason, and only it, has no test: every row has one."""
    with pytest.raises(ValueError, match=words):
        reason_column(Table("sales", "Sales", []), "why", "Why", cases)


def test_a_reason_is_the_first_that_holds() -> None:
    """The words of a column are a choice in the order of its reasons."""
    first, last = Reason("a", "A.", sales.qualifying), Reason("b", "B.")
    table = Table("sales", "Sales", [])
    column = reason_column(table, "why", "Why", [first, last])
    assert str(table.order[0].expression) == str(_choice(first, last).node)
    assert column.gives(last).node == column.words.equals("B.").node


def _choice(first: Reason, last: Reason) -> Text:
    assert first.test is not None
    return when(first.test, text(first.text), text(last.text))


# --- notes rest on the columns ---------------------------------------------------------------------------


def test_doubts_of_exercises_are_the_columns(projections: list[Projection]) -> None:
    """Below the price where the spread column is negative; price and value as typed, equal to what the columns take."""
    for projection in projections:
        rows = doubts_of(exercise_doubts, projection.as_given)
        columns = (projection.as_given[f"exercises.{name}"] for name in ("price_paid", "spread"))
        for paid, spread, lot in zip(*columns, rows, strict=True):
            assert lot["worth_less"] == (spread < 0)
            assert (lot["price"], lot["value"] - lot["price"]) == (paid, spread)


def test_a_sale_is_at_a_loss_by_its_columns(projections: list[Projection]) -> None:
    """Net proceeds below price paid and, once it was measured, spread: the columns of the sale say so too."""
    for projection in projections:
        for sale, doubts in zip(projection.sales, doubts_of(sale_doubts, projection.records), strict=True):
            higher = sale["price_paid"] + (sale["spread"] if sale["date_sold"] >= sale["included"] else 0)
            apart = sale["net_proceeds"] - higher
            if sale["is_sale"] and abs(apart) > Decimal("0.00001"):
                assert doubts["at_a_loss"] == (apart < 0)


def test_the_window_of_a_wash_sale_is_thirty_days_each_way() -> None:
    """IRC 1091(a): 61 days with the day of the sale."""
    assert wash_sale_window(date(2024, 3, 1)) == (date(2024, 1, 31), date(2024, 3, 31))


def test_wages_of_a_divided_sale_go_to_its_lots_as_their_income_does() -> None:
    """Of 100 the first lot takes its 30, the second its 50, the last the rest; a sale of one lot keeps its own."""
    allotted: Callable[..., Any] = wages_of_lots
    rows, wages = [1, 1, 1, 2], [Decimal(40), Decimal(30), Decimal(30), Decimal(7)]
    incomes = [Decimal(30), Decimal(50), Decimal(60), Decimal(9)]
    assert allotted(rows, wages, incomes) == [30, 50, 20, 7]
    short = [Decimal(25), Decimal(0), Decimal(5), None]
    assert allotted(rows, short, incomes) == [30, 0, 0, None]
    more = [Decimal(100), Decimal(50), Decimal(50), Decimal(7)]
    assert allotted(rows, more, incomes) == [30, 50, 120, 7]
    assert wages_of_lots([1, 2], [Decimal(3), None], incomes[:2]) is None


def test_wages_are_divided_as_a_running_remainder_would() -> None:
    """The rule in plain words, for random sales: each lot up to its income of what is left, the last the rest."""
    random = Random(1091)
    for _ in range(300):
        rows = sorted(random.randint(1, 4) for _ in range(random.randint(1, 9)))
        wages = [Decimal(random.randint(0, 9_000)) / 100 if row != 3 else None for row in rows]
        incomes = [Decimal(random.choice((0, random.randint(0, 9_000)))) / 100 for _ in rows]
        found = wages_of_lots(rows, wages, incomes) or wages
        for row in set(rows) - {3}:
            places = [place for place, each in enumerate(rows) if each == row]
            left = sum((wages[place] or Decimal(0) for place in places), Decimal(0))
            for place in places[:-1]:
                assert found[place] == min(left, incomes[place]) or len(places) == 1
                left -= min(left, incomes[place])
            assert found[places[-1]] == left


# --- no sentence decides ---------------------------------------------------------------------------------

# Words that come from outside: typed choices, file formats, programs. Those of ours have names.
TYPED = {
    *("standard", "itemized", "yes", "no", "cents", "table", "dollars", "fast", "wash_sale", "long"),
    *("sale", "gift", "spouse", "death", "ISO", "NSO", "RSU", "ESPP"),
}
METHODS = {"equals", "startswith", "endswith", "removeprefix", "removesuffix"}
OURS = {state.value for state in State} - {"open"}


def _comparisons(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Each text that something is compared with: ==, !=, .equals(), .startswith(), or found in str(error)."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left, [ast.In()], [ast.Call(ast.Name("str"))]):
                compared: list[ast.AST] = [left]
                yield node.lineno, "in str(...)"
            case ast.Compare(left, [ast.Eq() | ast.NotEq()], [right]):
                compared = [left, right]
            case ast.Call(ast.Attribute(attr=attr), arguments) if attr in METHODS:
                compared = [each for argument in arguments for each in ast.walk(argument)]
            case _:
                continue
        for each in compared:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield node.lineno, each.value


def _modules() -> Iterator[Path]:
    for package in ("engine", "workbook_templates", "isobook", "addin", "law_book"):
        yield from sorted((ROOT / package).rglob("*.py"))


def test_no_module_compares_with_a_sentence_or_a_word_of_state() -> None:
    """A text of several words, or one that a State has, is compared by its name."""
    found = [
        f"{path.relative_to(ROOT)}:{line} {words!r}"
        for path in _modules()
        for line, words in _comparisons(ast.parse(path.read_text("utf-8")))
        if words not in TYPED
        and (words in OURS or words == "in str(...)" or (" " in words.strip() and words not in LINE_NAMES))
    ]
    assert found == []


LINE_NAMES = {"line 2i", "amt all"}  # names of lines and of rows, not what they say


def test_the_test_of_sentences_finds_one() -> None:
    """Held against itself."""
    code = """
told == "Checks: all agree"
why.equals("Death: no disposition.")
why.startswith("Gift within")
"locked" in str(error)
"""
    assert len(list(_comparisons(ast.parse(code)))) == 5
