"""The operators: each has every reading, and each reading is right where it is easy to be wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from engine.federal.stock.exercises import more_than_months
from engine.language.expressions import (
    Amount,
    Count,
    Day,
    Flag,
    Rate,
    Series,
    Text,
    Value,
    add_months,
    bracket_tax,
    count,
    day_after,
    day_shown,
    given,
    join,
    larger_of,
    last_year,
    later_of,
    not_below_zero,
    number,
    only_when,
    percent,
    pick,
    pro_rata,
    rounded,
    rounded_down,
    shares_shown,
    shown,
    smaller_of,
    sum_of,
    text,
    total,
    total_before,
    total_earlier,
    total_same,
    when,
    whole_shares,
    year_of,
    years_ago,
)
from engine.language.lines import Line
from engine.language.nodes import Column, Kind, Leaf, Op, leaves
from engine.readings.amounts import AMOUNTS
from engine.readings.arrays import ARRAYS
from engine.readings.compiled.building import TOTALS
from engine.readings.compiled.compile import compile_lines
from engine.readings.words import SIGNS, WORDS, in_words, with_figures
from workbook_templates.drawing.excel_formula import WRITE, formula

A, B, C = (Amount(Leaf("t", name)) for name in "abc")
LONG = Amount(Leaf("t", "c1"))
N, ROW = Count(Leaf("t", "n", kind=Kind.COUNT)), Count(Leaf("t", "row", kind=Kind.COUNT))
R = Rate(Leaf("t", "r", kind=Kind.RATE))
D, E = Day(Leaf("t", "d", kind=Kind.DAY)), Day(Leaf("t", "e", kind=Kind.DAY))
W = Text(Leaf("t", "w", kind=Kind.TEXT))
STARTS, STEPS = Series(Leaf("t", "starts")), Series(Leaf("t", "steps", kind=Kind.RATE))


def by_letter(leaf: Leaf | Column) -> str:
    """Cells by the name of their leaf, a column by its bare name."""
    return leaf.leaf.line if isinstance(leaf, Column) else leaf.line.upper() + "1"


def exact(value: Value, **known: Any) -> Any:
    """Read one expression as an exact amount."""
    line = Line(Leaf("t", "result"), "", "", value.node)
    return compile_lines([line], AMOUNTS)({f"t.{name}": each for name, each in known.items()})["t.result"]


def array(value: Value, **known: Any) -> Any:
    """Read one expression as an array of one return."""
    line = Line(Leaf("t", "result"), "", "", value.node)
    arrays = {f"t.{name}": np.array([each]).astype(_type(each)) for name, each in known.items()}
    return compile_lines([line], ARRAYS)(arrays)["t.result"][0]


def _type(value: object) -> str:
    return "M8[D]" if isinstance(value, date) else "U9" if isinstance(value, str) else "f8"


def test_every_operator_has_every_reading() -> None:
    """The compiler writes totals itself, with functions of the dialect; all others stand in each table."""
    for dialect in (AMOUNTS, ARRAYS):
        assert set(dialect.write) | set(TOTALS) == set(Op)
        assert set(TOTALS.values()) <= set(dialect.environment)
    assert set(WRITE) == set(WORDS) == set(Op)
    assert set(SIGNS) < set(Op)


@pytest.mark.parametrize(
    ("value", "text_"),
    [
        (A - (B + C), "A1-(B1+C1)"),
        (A - (B - C), "A1-(B1-C1)"),
        (A - B + C, "A1-B1+C1"),
        (A + (B + C), "A1+B1+C1"),
        (A + (B - C), "A1+B1-C1"),
        ((A + B) * R, "(A1+B1)*R1"),
        (A + B * R, "A1+B1*R1"),
        (-(A + B), "-(A1+B1)"),
        (-A - B, "-A1-B1"),
        (A - -B, "A1--B1"),
        (not_below_zero(A - B), "MAX(0,A1-B1)"),
        (smaller_of(A, B + C), "MIN(A1,B1+C1)"),
        (larger_of(A, -B), "MAX(A1,-B1)"),
        (sum_of(LONG, C), "SUM(C11,C1)"),
        (rounded(A * R, N), "ROUND(A1*R1,N1)"),
        (rounded_down(A, 25), "INT(A1/25)*25"),
        (rounded_down(A + B, 50) + 25, "INT((A1+B1)/50)*50+25"),
        (bracket_tax(A, STARTS, STEPS), "SUMPRODUCT((A1>STARTS1)*(A1-STARTS1)*STEPS1)"),
        (when(W.equals(text('say "x"')), A, B), 'IF(W1="say ""x""",A1,B1)'),
        (only_when((A > 0) & (B > 0) & given(C), A), "IF(AND(A1>0,B1>0,ISNUMBER(C1)),A1,0)"),
        ((A > B) | ~(B >= C), "OR(A1>B1,NOT(B1>=C1))"),
        ((A - B < C) & (A <= B), "AND(A1-B1<C1,A1<=B1)"),
        (year_of(D), "YEAR(D1)"),
        (day_after(add_months(D, 12)), "EDATE(D1,12)+1"),
        (add_months(day_after(D), 12), "EDATE(D1+1,12)"),
        (later_of(D, E), "MAX(D1,E1)"),
        (pick(A, ROW), "INDEX(a,ROW1)"),
        (total(A), "SUM(a)"),
        (total(A, B.equals(C), W.equals(text("x"))), 'SUMIFS(a,b,C1,w,"x")'),
        (total_same(A, W), "SUMPRODUCT((w=W1)*1,a)"),
        (total_before(A, D), "SUMPRODUCT((d<D1)*1,a)"),
        (total_before(A, D, W, N), "SUMPRODUCT((d<D1)*(w=W1)*(n=N1),a)"),
        (total_earlier(A, N, 2024), "SUMPRODUCT((n<2024)*1,a)"),
        (whole_shares(A - B, C), "IF(C1>0,ROUND((A1-B1)/C1,0)-IF(ROUND(ROUND((A1-B1)/C1,0)*C1,2)>(A1-B1),1,0),0)"),
        (pro_rata(A - B, N, ROW), "IF(ROW1=0,0,(A1-B1)*N1/ROW1)"),
        (shares_shown(N), 'TEXT(N1,IF(INT(N1)=N1,"#,##0","#,##0.######"))'),
        (join("until ", day_shown(D)), '"until "&TEXT(MONTH(D1),"00")&"/"&TEXT(DAY(D1),"00")&"/"&YEAR(D1)'),
        (join("AMT of ", shown(A, N), "."), '"AMT of "&TEXT(A1,IF(N1,"#,##0.00","#,##0"))&"."'),
        (number("0.5") * R, "0.5*R1"),
    ],
)
def test_formulas_have_the_parentheses_they_need_and_no_more(value: Value, text_: str) -> None:
    """Precedence and associativity of Excel decide."""
    assert formula(value.node, by_letter) == text_


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (A - B, "A1 less B1"),
        (not_below_zero(A - B), "A1 less B1, not below zero"),
        (smaller_of(A, percent(15) * B), "the smaller of A1 and 15% times B1"),
        (larger_of(A, B, C), "the larger of A1, B1 and C1"),
        (sum_of(A, B, C), "A1 plus B1 plus C1"),
        (sum_of(A, B, C, LONG, A), "A1 plus B1 plus C1 plus C11 plus A1"),
        (only_when(A > 0, B), "B1 if A1 is more than 0, otherwise 0"),
        (when(given(A) & (B <= 5), A, B), "A1 if A1 is given and B1 is not more than 5, otherwise B1"),
        (rounded_down(A, 50), "A1, down to a multiple of 50"),
        (bracket_tax(A, STARTS, STEPS), "the tax by the rate schedule on A1"),
        (later_of(add_months(D, 12), day_after(E)), "the later of 12 months after D1 and the day after E1"),
        (total_same(A, W, N), "the total of a in the rows with the same W1 and with the same N1"),
        (total_before(A, D, W), "the total of a in the rows before by D1, with the same W1"),
        (total_earlier(A, N, 2024), "the total of a where n is before 2024"),
        (whole_shares(A, B), "the whole shares at B1 within A1"),
        (pro_rata(A, N, ROW), "A1 by shares, N1 of ROW1"),
        (total(A, B.equals(count(2025))), "the total of a where b is 2025"),
    ],
)
def test_words_read_like_the_form(value: Value, words: str) -> None:
    """The rule, as a preparer would say it."""
    assert in_words(value.node, by_letter) == words


def test_words_with_figures_show_the_arithmetic() -> None:
    """Signs in place of words, thousands with commas, negatives in parentheses, zeros of a sum left out."""
    figures = {"a": Decimal(200_000), "b": Decimal("88100.50"), "c": Decimal(-3)}

    def value_of(leaf: Leaf | Column) -> Decimal:
        assert isinstance(leaf, Leaf)
        return figures[leaf.line]

    assert with_figures((A - B).node, value_of) == "200,000 − 88,100.50"
    assert with_figures((percent(26) * A).node, value_of) == "26% × 200,000"
    assert with_figures(sum_of(A, number("0"), C).node, value_of) == "200,000 + (3)"


@pytest.mark.parametrize("amount", ["1.005", "0.285", "2.675", "-0.125", "-0.004", "1234567.125", "99999999.995"])
def test_half_cents_go_away_from_zero_in_both_readings(amount: str) -> None:
    """The arrays round as Decimal does, though the tie may be stored just below itself; neither gives -0."""
    here, there = exact(rounded(A, 2), a=Decimal(amount)), array(rounded(A, 2), a=Decimal(amount))
    assert float(here) == there
    assert here or not (here.is_signed() or np.signbit(there))


@pytest.mark.parametrize("amount", ["0.499999", "-0.499999", "1.004999", "0.004999", "99999999.494999"])
def test_the_lift_of_ties_lifts_nothing_else(amount: str) -> None:
    """An amount a millionth of a dollar below the tie, the grid on which amounts lie, still goes down."""
    for digits in (0, 2):
        assert float(exact(rounded(A, digits), a=Decimal(amount))) == array(rounded(A, digits), a=Decimal(amount))


def test_at_six_digits_a_tie_is_lifted_and_a_quotient_near_one_is_not() -> None:
    """100.5 shares at $1,234.567891 are 124,074.0730455, a tie; 54,321 x 1,000 / 6,409 is 8,475.73724449992."""
    product = {"a": Decimal("1234.567891"), "n": Decimal("100.5")}
    share = {"a": Decimal(54_321), "n": Decimal(1_000), "row": Decimal(6_409)}
    for value, known, wanted in (
        (rounded(N * A, 6), product, 124_074.073046),
        (rounded(pro_rata(A, N, ROW), 6), share, 8_475.737244),
    ):
        assert (float(exact(value, **known)), array(value, **known)) == (wanted, wanted)


@pytest.mark.parametrize(
    ("bought", "first_day"),
    [
        (date(2024, 3, 13), date(2025, 3, 14)),  # the anniversary itself is not more than a year
        (date(2024, 2, 28), date(2025, 3, 1)),  # EDATE(February 29, 12) is February 28: the later of the two counts
        (date(2024, 2, 29), date(2025, 3, 1)),
        (
            date(2023, 2, 28),
            date(2024, 3, 1),
        ),  # bought on a month's last day: from the first of the thirteenth month on
        (date(2024, 12, 31), date(2026, 1, 1)),
    ],
)
def test_more_than_a_year_is_counted_from_the_day_after(bought: date, first_day: date) -> None:
    """Both readings count months alike, leap days included (Rev. Rul. 66-7)."""
    held = more_than_months(D, 12)
    assert exact(held, d=bought) == first_day
    assert array(held, d=bought).astype(object) == first_day


@pytest.mark.parametrize("test", [A > 0, A < 0, A >= 0, A <= 0, A.equals(0), ~(A > 0), given(A)])
def test_a_flag_is_not_a_python_truth(test: Flag) -> None:
    """`if`, `and` and chained comparisons would silently lose half of a rule."""
    with pytest.raises(TypeError, match="not known yet"):
        bool(test)


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: total(A, B > C),
        lambda: total(A + B),
        lambda: total_same(A, W.equals("x")),
        lambda: total_before(A, day_after(D)),
        lambda: total(A, (B + C).equals(A)),
        lambda: pick(A + B, ROW),
    ],
)
def test_totals_take_named_columns_and_equal_keys_only(mistake: Callable[[], Value]) -> None:
    """Any other test would compare rows with rows, and has no SUMIFS."""
    with pytest.raises(TypeError, match="column"):
        mistake()


def test_blank_entries_are_told_from_zero_in_both_readings() -> None:
    """None and NaN are blanks, 0 is an entry."""
    either = when(given(A), A, number("7"))
    assert (exact(either, a=None), exact(either, a=Decimal(0))) == (7, 0)
    assert (array(either, a=np.nan), array(either, a=0.0)) == (7, 0)


def test_last_year_moves_every_leaf_back() -> None:
    """Constants stay, and two steps add up."""
    moved = years_ago(last_year(smaller_of(A, number("3000")) - B), 1)
    assert [(leaf.line, leaf.years_ago) for leaf in leaves(moved.node) if isinstance(leaf, Leaf)] == [
        ("a", 2),
        ("b", 2),
    ]


def test_last_year_reads_the_figures_of_the_year_before() -> None:
    """The compiled function is given this year's figures first, then those of the years before."""
    line = Line(Leaf("t", "result"), "", "", (A - last_year(A)).node)
    figure = compile_lines([line], AMOUNTS)
    assert figure({"t.a": Decimal(5)}, {"t.a": Decimal(2)}) == {"t.result": Decimal(3)}


def test_values_are_compared_as_values_and_not_as_tests() -> None:
    """`==` stays Python's own, so that expressions can be kept in sets; `equals` makes the test."""
    assert Amount(Leaf("t", "a")) == A
    assert len({A, B, Amount(Leaf("t", "a"))}) == 2
    assert A.equals(B) == Flag(A.equals(B).node)


@pytest.mark.parametrize(
    ("limit", "price", "shares"),
    [
        ("40000", "10", 4_000),
        ("39999.99", "10", 3_999),
        ("40009.99", "10", 4_000),
        ("40000", "6.6666666667", 6_000),  # 20 after a split of 3 for 1: 40,000.0000002
        ("40000", "6.67", 5_997),
        ("0.3", "0.1", 3),
        ("0", "10", 0),
        ("100000", "100000.01", 0),
        ("100000", "0.001", 100_000_000),
        ("39995", "10", 3_999),
        ("39994.99", "10", 3_999),
        ("40000", "0", 0),
    ],
)
def test_whole_shares_are_counted_alike_in_both_readings(limit: str, price: str, shares: int) -> None:
    """Down to whole shares, and none at no price."""
    known = {"a": Decimal(limit), "b": Decimal(price)}
    assert (exact(whole_shares(A, B), **known), array(whole_shares(A, B), **known)) == (shares, shares)


@pytest.mark.parametrize(("shares", "words"), [("1500", "1,500"), ("1200.50", "1,200.5"), ("0.125", "0.125")])
def test_shares_are_written_alike_in_both_readings(shares: str, words: str) -> None:
    """With commas, and a part of a share without zeros at its end."""
    assert exact(shares_shown(N), n=Decimal(shares)) == array(shares_shown(N), n=Decimal(shares)) == words


@pytest.mark.parametrize(("day", "words"), [("2024-08-02", "08/02/2024"), ("2020-02-29", "02/29/2020")])
def test_days_are_written_alike_in_both_readings(day: str, words: str) -> None:
    """Month first, with its zero, as Form 3921 prints it."""
    assert exact(day_shown(D), d=date.fromisoformat(day)) == words
    assert array(day_shown(D), d=date.fromisoformat(day)) == words


@pytest.mark.parametrize(("part", "whole", "share"), [(40, 100, 120), (100, 100, 300), (0, 100, 0), (1, 0, 0)])
def test_an_amount_goes_by_its_shares_in_both_readings(part: int, whole: int, share: int) -> None:
    """300 over 100 shares: 120 go with 40 of them, all of it with all, nothing where there are no shares."""
    known = {"a": Decimal(300), "n": Decimal(part), "row": Decimal(whole)}
    assert (exact(pro_rata(A, N, ROW), **known), array(pro_rata(A, N, ROW), **known)) == (share, share)


@pytest.mark.parametrize(
    ("days", "words", "before"),
    [
        ((1, 2, 3), "xxx", [0, 10, 30]),
        ((3, 2, 1), "xxx", [50, 30, 0]),  # the order of rows does not matter
        ((1, 1, 2), "xxx", [0, 0, 30]),  # not before itself, nor before its equal
        ((1, 2, 3), "xyx", [0, 0, 10]),
    ],
)
def test_a_total_before_takes_the_same_rows_in_both_readings(
    days: tuple[int, ...], words: str, before: list[int]
) -> None:
    """10, 20 and 30 on three days: less in order, and equal in the key."""
    amounts = [Decimal(10), Decimal(20), Decimal(30)]
    line = Line(Leaf("t", "result"), "", "", total_before(A, D, W).node, in_table=True)
    dates = [date(2025, 1, day) for day in days]
    assert compile_lines([line], AMOUNTS)({"t.a": amounts, "t.d": dates, "t.w": list(words)})["t.result"] == before
    arrays = {"t.a": np.array([10.0, 20, 30]), "t.d": np.array(dates, "M8[D]"), "t.w": np.array(list(words))}
    assert list(compile_lines([line], ARRAYS)({**arrays, "t.owner": np.zeros(3)})["t.result"]) == before
