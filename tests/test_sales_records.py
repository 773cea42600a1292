import pickle
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from engine.errors import InputError, Problem
from engine.records import Client, Sale, Split
from tests.client_notes import items, record_notes

EXERCISE = {
    "exercise_id": "E1",
    "employer": "Northwind, Inc.",
    "date_granted": "2022-01-03",
    "date_exercised": "2024-03-14",
    "exercise_price": "10",
    "fmv_exercise": "40",
    "shares": "1,000",
}
SALE = {"exercise_id": "E1", "date_sold": "09/02/2025", "shares": "400", "price": "$55.25"}
SPLIT = {"employer": "northwind,inc.", "effective_date": "2025-06-02", "ratio": "2:1"}


def exercise(**cells: object) -> dict[str, object]:
    """A row of exercises.csv that is in order, with some cells replaced."""
    return {**EXERCISE, **cells}


def sale(**cells: object) -> dict[str, object]:
    """A row of sales.csv that is in order, with some cells replaced."""
    return {**SALE, **cells}


def split(**cells: object) -> dict[str, object]:
    """A row of splits.csv that is in order, with some cells replaced."""
    return {**SPLIT, **cells}


def problems_of(**rows: Any) -> tuple[Problem, ...]:
    """The problems of a client that must be refused."""
    with pytest.raises(InputError) as refused:
        Client(**{"exercises": [EXERCISE], **rows})
    return refused.value.problems


def only_problem(**rows: Any) -> Problem:
    """The one problem of a client that must be refused for it alone."""
    problems = problems_of(**rows)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def notes_of(*sales: Mapping[str, object], **rows: Any) -> list[str]:
    """The notes of a client with these sales."""
    return record_notes(Client(**{"exercises": [EXERCISE], "sales": sales, **rows}))


def items_of(*sales: Mapping[str, object], **rows: Any) -> list[str]:
    """What is asked about a client with these sales, but for income in wages."""
    found = items(Client(**{"exercises": [EXERCISE], "sales": sales, **rows}))
    return [each for each in found if "w2_income" not in each]


# --- cells -----------------------------------------------------------------------------------------------


def test_csv_text_of_a_sale_becomes_exact_values() -> None:
    """Days, money with its marks, words in any spelling and blank cells are read as what they mean."""
    read = Sale(
        **sale(loss_rule="Wash sale", box_8949="Box d", selling_costs="9.95", broker_basis="4,000", employer="")
    )
    assert (read.date_sold, read.shares, read.price) == (date(2025, 9, 2), Decimal(400), Decimal("55.25"))
    assert (read.loss_rule, read.box_8949, read.selling_costs) == ("wash_sale", "D", Decimal("9.95"))
    assert (read.broker_basis, read.w2_income, read.employer) == (Decimal(4000), None, None)


@pytest.mark.parametrize("word", ["", "sale", "SALE"])
def test_a_sale_is_the_blank_disposition(word: str) -> None:
    """Whoever names a sale a sale gets the same record."""
    assert Sale(**sale(disposition=word)) == Sale(**SALE)


@pytest.mark.parametrize("kind", ["gift", "spouse", "death"])
@pytest.mark.parametrize("price", ["", "0"])
def test_nothing_is_received_for_what_is_given_away(kind: str, price: str) -> None:
    """Gifts and transfers to a spouse or at death have no price."""
    assert Sale(**sale(disposition=kind, price=price)).disposition == kind


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("2", Fraction(2)), ("3:1", Fraction(3)), ("3-for-2", Fraction(3, 2)), ("3 FOR 2", Fraction(3, 2)),
        ("3/2", Fraction(3, 2)), ("1:10", Fraction(1, 10)), ("1.5", Fraction(3, 2)), ("0.1", Fraction(1, 10)),
        ("1-for-15", Fraction(1, 15)), (2, Fraction(2)), (Decimal("1.5"), Fraction(3, 2)),
        (Fraction(2, 3), Fraction(2, 3)),
    ],
)  # fmt: skip
def test_a_ratio_is_new_shares_for_old_exactly(text: object, ratio: Fraction) -> None:
    """As announcements, programs and spreadsheets write it."""
    assert Split(**split(ratio=text)).ratio == ratio


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"date_sold": ""}, "date_sold", "box 1c"),
        ({"date_sold": "2025-02-30"}, "date_sold", "calendar"),
        ({"shares": "0"}, "shares", "more than zero"),
        ({"shares": ""}, "shares", "number of shares"),
        ({"price": ""}, "price", "worthless"),
        ({"price": "-1"}, "price", "sign"),
        ({"price": "9,999,999"}, "price", "shares times price"),
        ({"selling_costs": "-1"}, "selling_costs", "sign"),
        ({"loss_rule": "yes"}, "loss_rule", "wash_sale or related_party"),
        ({"disposition": "donated"}, "disposition", "gift"),
        ({"w2_income": "-1"}, "w2_income", "sign"),
        ({"broker_basis": "-1"}, "broker_basis", "sign"),
        ({"box_8949": "G"}, "box_8949", "A to F"),
        ({"exercise_id": ""}, "employer", "Reg. 1.1012-1(c)"),
        ({"exercise_id": "=1"}, "exercise_id", "letters"),
        ({"disposition": "gift"}, "price", "nothing is received"),
        ({"disposition": "spouse", "price": "", "loss_rule": "wash_sale"}, "loss_rule", "IRC 1041"),
        ({"disposition": "spouse", "price": "", "w2_income": "5"}, "w2_income", "no ordinary income"),
        ({"disposition": "death", "price": "", "w2_income": "5"}, "w2_income", "424(c)"),
        ({"disposition": "death", "price": "", "selling_costs": "5"}, "selling_costs", "at death"),
        ({"disposition": "gift", "price": "", "selling_costs": "5"}, "selling_costs", "gift"),
        ({"disposition": "gift", "price": "", "broker_basis": "5"}, "broker_basis", "clear disposition"),
        ({"disposition": "gift", "price": "", "box_8949": "D"}, "box_8949", "clear disposition"),
        ({"color": "blue"}, "color", "known column"),
    ],
)
def test_a_wrong_cell_of_a_sale_is_refused_by_name(cells: Mapping[str, object], column: str, words: str) -> None:
    """The one problem names table, row and column and says what was expected, with the rule where there is one."""
    problem = only_problem(sales=[sale(**cells)])
    assert (problem.file, problem.row, problem.column) == ("sales", 1, column)
    assert words in str(problem)


def test_a_gift_may_have_income_in_wages() -> None:
    """A gift within the holding periods makes ordinary income, which an employer may report."""
    assert Sale(**sale(disposition="gift", price="", w2_income="500")).w2_income == 500


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"employer": ""}, "employer", "exercises.csv"),
        ({"effective_date": "soon"}, "effective_date", "YYYY-MM-DD"),
        ({"ratio": ""}, "ratio", "3-for-2"),
        ({"ratio": "0"}, "ratio", "more than zero"),
        ({"ratio": "2:0"}, "ratio", "more than zero"),
        ({"ratio": "-2"}, "ratio", "more than zero"),
        ({"ratio": "2:1:1"}, "ratio", "3-for-2"),
        ({"ratio": "two"}, "ratio", "3-for-2"),
        ({"ratio": 1.5}, "ratio", "float"),
        ({"ratio": "45000"}, "ratio", "10,000"),
        ({"ratio": "1:45000"}, "ratio", "10,000"),
        ({"employer": "Northwinds Inc"}, "employer", "nearest is Northwind, Inc."),
    ],
)
def test_a_wrong_cell_of_a_split_is_refused_by_name(cells: Mapping[str, object], column: str, words: str) -> None:
    """The one problem names table, row and column and says what was expected."""
    problem = only_problem(splits=[split(**cells)])
    assert (problem.file, problem.row, problem.column) == ("splits", 1, column)
    assert words in str(problem)


# --- sales against lots ----------------------------------------------------------------------------------


def test_an_id_is_matched_as_excel_would() -> None:
    """The workbook finds the lot of e1 too; the record has the exercise's spelling."""
    assert Client(exercises=[EXERCISE], sales=[sale(exercise_id="e1")]).resolved.sales[0].exercise_id == "E1"


def test_an_unknown_id_is_refused_with_the_nearest() -> None:
    """A misspelled lot is found again."""
    problem = only_problem(sales=[SALE, sale(exercise_id="E11")])
    assert (problem.row, problem.column, problem.value) == (2, "exercise_id", "E11")
    assert "the nearest is E1" in problem.expected


def test_a_sale_before_its_exercise_is_refused() -> None:
    """On the day itself it is in order: a same-day sale."""
    assert Client(exercises=[EXERCISE], sales=[sale(date_sold="2024-03-14")]).sales
    problem = only_problem(sales=[sale(date_sold="2024-03-13")])
    assert problem.column == "date_sold"
    assert "exercise of E1, 2024-03-14" in problem.expected


def test_more_shares_than_held_are_refused_where_they_run_out() -> None:
    """By day, not by row: the later sale is the one too many, and lot, held and sold are told."""
    late, early = sale(shares="600.5", date_sold="2025-09-02"), sale(date_sold="2025-03-03")
    problem = only_problem(sales=[late, early])
    assert (problem.row, problem.column, problem.value) == (1, "shares", "600.5")
    expected = "at most 600 shares of E1: 1,000 exercised less 400 sold or given away by 2025-09-02"
    assert problem.expected == expected


def test_what_is_held_is_told_in_shares_of_the_day_of_sale() -> None:
    """The preparer has the confirmation of that day in hand."""
    before = sale(shares="1001", date_sold="2025-06-01")
    assert "at most 1,000 shares" in only_problem(sales=[before], splits=[SPLIT]).expected
    after = sale(shares="2001", date_sold="2025-06-02")
    assert "at most 2,000 shares" in only_problem(sales=[after], splits=[SPLIT]).expected


def test_every_sale_that_cannot_be_is_told_at_once() -> None:
    """A sale that is refused takes no shares from the next one."""
    sales = [
        sale(exercise_id="X"), sale(shares="5000"), sale(date_sold="2024-01-02"), sale(shares="1000"),
        sale(date_sold="2025-09-03"), sale(exercise_id="", employer="Other"),
    ]  # fmt: skip
    found = [(problem.row, problem.column) for problem in problems_of(sales=sales)]
    assert found == [(1, "exercise_id"), (2, "shares"), (3, "date_sold"), (5, "shares"), (6, "employer")]


def test_a_refused_exercise_is_not_held_against_its_sales() -> None:
    """Its own problem is told, not that its id is unknown; sales of other lots are still checked."""
    exercises = [EXERCISE, exercise(exercise_id="E2", exercise_price="x"), exercise(exercise_id="E3", shares="")]
    sales = [sale(exercise_id="E2"), sale(exercise_id="E3"), sale(shares="1001")]
    found = [(problem.file, problem.row) for problem in problems_of(exercises=exercises, sales=sales)]
    assert found == [("exercises", 2), ("exercises", 3), ("sales", 3)]


def test_a_refused_split_is_not_held_against_sales() -> None:
    """Whether enough is held is not known without it."""
    assert only_problem(sales=[sale(shares="1001")], splits=[split(ratio="x")]).file == "splits"


def test_first_in_first_out_needs_lots_of_the_employer() -> None:
    """None at all, none yet, or too few: each is said."""
    first_in = sale(exercise_id="", employer="NORTHWIND , INC.", shares="1001")
    assert "at most 1,000 shares of NORTHWIND , INC." in only_problem(sales=[first_in]).expected
    assert "on or before 2024-03-13" in only_problem(sales=[{**first_in, "date_sold": "2024-03-13"}]).expected
    assert "nearest is Northwind, Inc." in only_problem(sales=[{**first_in, "employer": "Northwind"}]).expected


def test_one_split_an_employer_and_day() -> None:
    """The same split in two spellings would count twice."""
    problem = only_problem(splits=[SPLIT, split(employer="Northwind, Inc.", ratio="2")])
    assert (problem.file, problem.row, problem.column) == ("splits", 2, "effective_date")


def test_shares_that_a_split_breaks_are_refused() -> None:
    """A third of a share has no exact number; the way out is said."""
    problem = only_problem(exercises=[exercise(shares="100")], splits=[split(ratio="1:3")])
    assert (problem.file, problem.row, problem.column) == ("exercises", 1, "shares")
    assert "33.333333" in problem.expected
    assert "paid in cash" in problem.remedy
    sold = sale(date_sold="2025-01-02", shares="100")
    assert only_problem(exercises=[exercise(shares="999")], sales=[sold], splits=[split(ratio="1:3")]).file == "sales"


def test_shares_beyond_a_thousand_million_are_refused() -> None:
    """Splits on splits never make a number that a spreadsheet cannot hold."""
    splits = [split(effective_date=f"2025-06-{day:02}", ratio="10000") for day in range(1, 20)]
    assert "999,999,999.99" in only_problem(splits=splits).expected


def test_at_most_two_thousand_sales() -> None:
    """One problem says so, whatever else is wrong with them."""
    assert len(Client(exercises=[EXERCISE], sales=[sale(shares="0.5")] * 2000).sales) == 2000
    assert "at most 2,000 sales" in str(only_problem(sales=[{}] * 2001))


def test_sales_are_not_blamed_where_exercises_are_too_many() -> None:
    """No id is unknown that may stand in a row that was not read."""
    assert only_problem(exercises=[EXERCISE] * 1001, sales=[SALE], splits=[SPLIT]).file == "exercises"


def test_a_client_with_sales_crosses_to_another_process_whole() -> None:
    """A client that was read in one process is computed in another."""
    client = Client(exercises=[EXERCISE], sales=[SALE], splits=[SPLIT])
    copy = pickle.loads(pickle.dumps(client))
    assert (copy, copy.resolved) == (client, client.resolved)


# --- notes -----------------------------------------------------------------------------------------------

VESTING = {"vest_date": "2025-10-01", "fmv_vest": "50"}
SOON_BEFORE = {"exercise_id": "E2", "date_exercised": "2025-08-03"}  # 30 days before the sale
SOON_AFTER = {"exercise_id": "E2", "vest_date": "2025-10-02", "fmv_vest": "12"}  # 30 days after it


def test_first_in_first_out_is_asked_about_with_its_lots() -> None:
    """The preparer sees which lots were taken."""
    lots = [exercise(exercise_id="E2", date_exercised="2023-05-05", shares="150"), EXERCISE]
    (item,) = items_of(sale(exercise_id="", employer="Northwind, Inc."), exercises=lots)
    assert "first in, first out is taken: 150 of E2, 250 of E1 (Reg. 1.1012-1(c))" in item


def test_a_split_is_noted_with_the_lots_that_it_restated() -> None:
    """Form 3921 still shows the old shares; a lot without employer is left alone, and asked about."""
    lots = [EXERCISE, exercise(exercise_id="E2", employer=""), exercise(exercise_id="E3", date_exercised="2025-06-02")]
    (restated,) = notes_of(exercises=lots, splits=[SPLIT])
    (unnamed,) = items_of(exercises=lots, splits=[SPLIT])
    assert restated.startswith("Split 2:1 of northwind,inc., June 2, 2025: shares, price and value of E1 are restated")
    assert unnamed.startswith("Exercise E2: employer is blank, so splits do not restate this lot")


def test_a_split_before_every_exercise_is_noted() -> None:
    """No exercise is restated, which may be a wrong day; grants are restated all the same."""
    assert "no exercise is restated; check its date" in notes_of(splits=[split(effective_date="2024-03-14")])[0]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"loss_rule": "related_party"}, "IRC 267"),
        (
            {"disposition": "gift", "price": ""},
            "Gift of 400 shares of E1 on September 2, 2025: a gift within two years of grant",
        ),
    ],
)
def test_an_unusual_sale_is_noted(cells: Mapping[str, object], words: str) -> None:
    """A note names the sale and the rule, and refuses nothing."""
    (note,) = notes_of(sale(**cells))
    assert words in note


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"loss_rule": "wash_sale", "price": "9"}, "the wash sale disallows a loss"),
        ({"price": "0"}, "worthless stock"),
        ({"employer": "Other"}, "its employer is Other, that of the lot Northwind, Inc."),
    ],
)
def test_what_a_person_must_settle_of_a_sale_is_asked(cells: Mapping[str, object], words: str) -> None:
    """An item names the sale and what is asked, and refuses nothing."""
    (item,) = items_of(sale(**cells))
    assert words in item


@pytest.mark.parametrize(
    ("day", "words"), [("2025-09-30", "before the day on which E1 vests"), ("2025-10-01", "very day")]
)
def test_a_sale_up_to_the_vest_date_is_noted(day: str, words: str) -> None:
    """Unvested stock is seldom sold."""
    found = items_of(sale(date_sold=day), exercises=[exercise(**VESTING)])
    (item,) = [each for each in found if "check both dates" in each]
    assert words in item


@pytest.mark.parametrize("other", [SOON_BEFORE, SOON_AFTER])
@pytest.mark.parametrize("cells", [{"price": "9"}, {"price": "39.99"}, {"price": "40", "selling_costs": "1"}])
def test_a_loss_beside_another_acquisition_hints_at_a_wash_sale(
    cells: Mapping[str, object], other: Mapping[str, object]
) -> None:
    """A loss in either system, with an exercise or vest of the same stock within 30 days."""
    found = items_of(sale(**cells), exercises=[EXERCISE, exercise(**other)])
    (item,) = [each for each in found if "1091" in each]
    assert "E2 exercised, vested or bought within 30 days" in item


@pytest.mark.parametrize(
    ("cells", "other"),
    [
        ({"price": "40"}, SOON_BEFORE),
        ({"price": "9"}, {**SOON_BEFORE, "employer": "Other"}),
        ({"price": "9"}, {**SOON_BEFORE, "date_exercised": "2025-08-02"}),
        ({"price": "9"}, {**SOON_AFTER, "vest_date": "2025-10-03"}),
    ],
)
def test_without_a_loss_or_a_near_acquisition_there_is_no_hint(
    cells: Mapping[str, object], other: Mapping[str, object]
) -> None:
    """A gain, another company's stock and the 31st day are in order."""
    lots = [EXERCISE, exercise(**{"fmv_exercise": "10", **other})]
    assert not any("1091" in item for item in items_of(sale(**cells), exercises=lots))


def test_sales_in_order_have_no_notes() -> None:
    """A note means something, and so does an item."""
    assert items_of(SALE) == []
    assert notes_of(SALE, sale(date_sold="2025-09-03", disposition="sale")) == []
