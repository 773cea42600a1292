from datetime import date, datetime
from pathlib import Path

import pytest

from isobook.imports.layouts.etrade import OptionsAre
from tests.importing import GAINS, changed, problems_of, read_one, rows_of, write_csv, write_xlsx

ANSWERS: tuple[OptionsAre, ...] = ("iso", "nso")


def test_iso_rows_become_lots_without_shares_and_their_sales() -> None:
    """Two rows of one exercise are one lot; how many shares it was of is not in the file and stays blank."""
    reading = read_one(GAINS)
    assert [lot.cells for lot in reading.lots][:2] == [
        {
            "grant_id": "ISO-1", "date_granted": "2022-01-03", "date_exercised": "2024-03-14",
            "exercise_price": "12.50", "fmv_exercise": "40.25", "employer": "ACME", "kind": "ISO",
            "doc_ref": "E*TRADE Gains & Losses",
        },
        {
            "grant_id": "ISO-2", "date_granted": "2024-02-01", "date_exercised": "2025-02-03",
            "exercise_price": "20.00", "fmv_exercise": "60.5", "employer": "ACME", "kind": "ISO",
            "doc_ref": "E*TRADE Gains & Losses",
        },
    ]  # fmt: skip
    assert [sale.lot for sale in reading.sales][:3] == [reading.lots[0], reading.lots[0], reading.lots[1]]


def test_a_sale_has_price_income_basis_and_box() -> None:
    """Row 5: 5,000 for 100 shares; 3,000 of ordinary income; short-term, not covered: box B."""
    assert read_one(GAINS).sales[2].cells == {
        "date_sold": "2025-06-02", "shares": "100", "price": "50.00", "w2_income": "3000.00",
        "broker_basis": "2000.00", "box_8949": "B", "doc_ref": "E*TRADE Gains & Losses, order 9003",
    }  # fmt: skip


def test_a_price_that_is_shown_rounded_is_taken_from_the_proceeds() -> None:
    """400.01 for 7 shares, shown as 57.14: 7 × 57.144 = 400.008, which is 400.01."""
    assert read_one(GAINS).sales[1].cells["price"] == "57.144"


def test_other_pay_comes_in_with_its_kind() -> None:
    """An NSO of grant NQ-7, 8 shares of restricted stock at the value at vest, a purchase that Form 3922 completes."""
    nso, rsu, espp = read_one(GAINS).lots[2:]
    assert nso.cells == {
        "grant_id": "NQ-7", "date_granted": "2022-01-03", "date_exercised": "2024-03-14", "exercise_price": "12.50",
        "fmv_exercise": "40.25", "employer": "ACME", "kind": "NSO", "shares": "50",
        "doc_ref": "E*TRADE Gains & Losses, shares sold only",
    }  # fmt: skip
    assert rsu.cells == {
        "date_exercised": "2025-04-15", "fmv_exercise": "48.00", "employer": "ACME", "kind": "RSU", "shares": "8",
        "doc_ref": "E*TRADE Gains & Losses, shares sold only",
    }  # fmt: skip
    assert (espp.kind, espp.cells["exercise_price"], espp.cells["date_exercised"]) == ("ESPP", "28.60", "2022-12-30")
    assert espp.lacks == ("Purchase Date Fair Mkt. Value", "Grant Date FMV")


def test_a_whole_purchase_is_a_lot_of_its_own(tmp_path: Path) -> None:
    """With both values the row needs no Form 3922; income of the sale is in wages, as of an ISO."""
    rows = changed("Purchase Date Fair Mkt. Value", 8, "33.65")
    for column, cell in {"Grant Date FMV": "36.84", "Ordinary Income Recognized": "$82.40"}.items():
        rows[7][rows[0].index(column)] = cell
    reading = read_one(write_csv(tmp_path / "gains.csv", rows))
    assert (reading.lots[-1].lacks, reading.lots[-1].cells["fmv_grant"]) == ((), "36.84")
    assert reading.sales[-1].cells["w2_income"] == "82.40"


def test_income_of_an_exercise_or_delivery_is_not_income_of_the_sale(tmp_path: Path) -> None:
    """The download shows the spread of NSO and RSU rows too; it was wages when they came, and is asked for there."""
    reading = read_one(write_csv(tmp_path / "gains.csv", changed("Ordinary Income Recognized", 7, "$384.00")))
    assert "w2_income" not in reading.sales[4].cells
    assert any("whether the spread of NSO and RSU rows is in wages" in words for words in reading.unknown)


@pytest.mark.parametrize(
    ("row", "column", "cell", "reason"),
    [
        (7, "83(b) Election", "Yes", "row 7: restricted stock with a section 83(b) election"),
        (8, "Qualified Plan?", "No", "row 8: a purchase plan that is not qualified under section 423"),
        (6, "Plan Type", "BUY", "row 6: bought in the market: no option stock"),
    ],
)
def test_what_is_not_taken_is_said_row_by_row(tmp_path: Path, row: int, column: str, cell: str, reason: str) -> None:
    """With the reason; the summary of the example is row 2."""
    rows = changed(column, row, cell)
    left = read_one(write_csv(tmp_path / "gains.csv", rows)).left
    assert left[0] == "row 2: a summary of other rows"
    assert left[1].startswith(reason)


def test_what_the_file_cannot_know_is_said() -> None:
    """Shares never sold, costs, the corporation, the box of a row without status, and Form W-2."""
    words = "\n".join(read_one(GAINS).unknown)
    for what in ("Form 3921", "commissions", "corporation's name", "row 4: the box of Form 8949", "Form W-2 box 1"):
        assert what in words


def test_a_row_that_does_not_say_iso_or_nso_is_asked_for(tmp_path: Path) -> None:
    """Neither Type nor Disposition Type tells: it is refused until --options-are is given, then taken so."""
    rows = changed("Type", 4, "--")
    rows[3][rows[0].index("Disposition Type")] = "--"
    path = write_csv(tmp_path / "gains.csv", rows)
    (problem,) = problems_of(path)
    assert (problem.row, problem.column) == (4, "Type")
    assert "--options-are iso" in problem.remedy
    kinds = {answer: [lot.kind for lot in read_one(path, options_are=answer).lots] for answer in ANSWERS}
    assert kinds == {"iso": ["ISO", "ISO", "NSO", "RSU", "ESPP"], "nso": ["ISO", "NSO", "ISO", "NSO", "RSU", "ESPP"]}


def test_an_answer_does_not_change_what_the_file_says() -> None:
    """Rows that name themselves ISO or NSO stay so, whatever --options-are is."""
    assert [lot.kind for lot in read_one(GAINS, options_are="nso").lots] == ["ISO", "ISO", "NSO", "RSU", "ESPP"]


def test_a_row_that_says_both_is_refused(tmp_path: Path) -> None:
    """A disposition of a non-qualified option is neither qualifying nor disqualifying."""
    path = write_csv(tmp_path / "gains.csv", changed("Type", 3, "Nonqualified Stock Option"))
    (problem,) = problems_of(path)
    assert "not both" in problem.expected


def test_one_exercise_is_one_lot_however_its_cells_are_spelled(tmp_path: Path) -> None:
    """12.5 and $12.50 are one price."""
    path = write_csv(tmp_path / "gains.csv", changed("Grant Price", 4, "$12.5"))
    assert [lot.kind for lot in read_one(path).lots].count("ISO") == 2


HEADERS = [
    ("Quantity", "Qty."),
    ("Qualified Plan?", "QUALIFIED PLAN"),
    ("Exercise Date FMV", "exercise date F.M.V."),
    ("Date Sold", " date  sold "),
]


@pytest.mark.parametrize(("header", "spelled"), HEADERS)
def test_headers_are_matched_whatever_their_case_and_marks(tmp_path: Path, header: str, spelled: str) -> None:
    """Downloads of different years differ in them."""
    path = write_csv(tmp_path / "gains.csv", changed(header, 1, spelled))
    assert [sale.cells for sale in read_one(path).sales] == [sale.cells for sale in read_one(GAINS).sales]


def test_columns_that_are_not_known_are_named(tmp_path: Path) -> None:
    """Left out, and said."""
    rows = rows_of(GAINS)
    path = write_csv(tmp_path / "gains.csv", [[*row, "Mood" if row is rows[0] else ""] for row in rows])
    assert read_one(path).left[0] == "columns that isobook does not know: Mood"


def test_a_column_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    """Which of the two is meant is not guessed."""
    problems = problems_of(write_csv(tmp_path / "gains.csv", changed("Deferred Loss", 1, "Grant Price")))
    assert {problem.column for problem in problems} == {"Grant Price"}


def test_the_collapsed_download_is_told_from_the_expanded(tmp_path: Path) -> None:
    """Each column that it lacks is named, with the download that has it."""
    rows = [["Record Type", "Plan Type", "Quantity", "Date Sold", "Total Proceeds"]]
    problems = problems_of(write_csv(tmp_path / "gains.csv", rows))
    assert {problem.column for problem in problems} >= {"Exercise Date", "Grant Price", "Exercise Date FMV"}
    assert all("Download Expanded" in problem.remedy for problem in problems)


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("Total Proceeds", "16.575,00", "a decimal point"),
        ("Quantity", "--", "the shares sold"),
        ("Quantity", "30", "times 30 shares"),
        ("Date Sold", "02.09.2025", "the day of sale"),
        ("Exercise Date", "--", "the day of exercise"),
        ("Grant Price", "12,50", "the exercise price"),
        ("Exercise Date FMV", "--", "the fair market value"),
        ("Exercise Date FMV", "$0.00", "the fair market value"),
        ("Grant Price", "0", "the exercise price"),
        ("Plan Type", "XX", "SO, RS, ESPP or BUY"),
        ("Record Type", "Sum", "Sell or Summary"),
    ],
)
def test_a_cell_that_is_wrong_is_refused_with_its_place(tmp_path: Path, column: str, cell: str, expected: str) -> None:
    """Row, column and what was expected; European decimals are not read as thousands."""
    problems = problems_of(write_csv(tmp_path / "gains.csv", changed(column, 3, cell)))
    assert problems[0].row == 3
    assert any(expected in problem.expected for problem in problems), problems


@pytest.mark.parametrize(
    ("amount", "rule", "words"), [("$500.00", "wash_sale", False), ("$200.00", "", True), ("$0.00", "", False)]
)
def test_a_wash_sale_of_the_whole_loss_is_a_loss_rule(tmp_path: Path, amount: str, rule: str, words: bool) -> None:
    """Of a loss of 500 all is disallowed, or a part, which is told: the row has to be split."""
    rows = changed("Total Wash Sale Adjustment Amount", 5, amount)
    rows[4][rows[0].index("Adjusted Gain/Loss")] = "-$500.00"
    reading = read_one(write_csv(tmp_path / "gains.csv", rows))
    assert reading.sales[2].cells.get("loss_rule", "") == rule
    assert any("split the row" in each for each in reading.unknown) == words


def as_cells() -> list[list[object]]:
    """The example as a spreadsheet holds it: days as days, amounts as numbers, a value formatted as a day."""
    rows: list[list[object]] = [list(row) for row in rows_of(GAINS)]
    for row in rows[2:]:
        for place, cell in enumerate(row):
            header, text = str(rows[0][place]), str(cell)
            if "Date" in header and text.count("/") == 2:
                row[place] = datetime.strptime(text, "%m/%d/%Y")
            elif text.startswith("$") or header in ("Quantity", "Exercise Date FMV", "Grant Price"):
                row[place] = float(text.replace("$", "").replace(",", "")) if text != "--" else text
    return rows


def test_a_workbook_is_read_as_the_csv_is(tmp_path: Path) -> None:
    """Days and amounts are cells of their kinds there, and E*TRADE formats some values as dates: 40.25 is 40.25."""
    place = rows_of(GAINS)[0].index("Exercise Date FMV") + 1
    path = write_xlsx(tmp_path / "download", as_cells(), {(3, place): "mm/dd/yyyy", (4, place): "mm/dd/yyyy"})
    from_csv, from_xlsx = read_one(GAINS), read_one(path)
    exact = ("exercise_price", "fmv_exercise", "price", "broker_basis", "w2_income")
    for one, other in zip(from_csv.records, from_xlsx.records, strict=True):
        assert {n: c for n, c in one.cells.items() if n not in exact} == {
            n: c for n, c in other.cells.items() if n not in exact
        }
        assert [float(one.cells.get(n, 0)) for n in exact] == [float(other.cells.get(n, 0)) for n in exact]


def test_a_value_that_its_date_format_hides_is_refused(tmp_path: Path) -> None:
    """60.5 and 59.5 are the same day of 1900 to a spreadsheet's reader: neither is guessed."""
    place = rows_of(GAINS)[0].index("Exercise Date FMV") + 1
    path = write_xlsx(tmp_path / "gains.xlsx", as_cells(), {(5, place): "mm/dd/yyyy"})
    assert [(each.row, each.column) for each in problems_of(path)] == [(5, "Exercise Date FMV")]


def test_a_real_day_is_no_amount(tmp_path: Path) -> None:
    """A day in the place of a price is refused, not taken for 45,000 dollars."""
    rows = as_cells()
    rows[2][rows[0].index("Grant Price")] = date(2024, 3, 14)
    assert problems_of(write_xlsx(tmp_path / "gains.xlsx", rows))[0].column == "Grant Price"


@pytest.mark.parametrize(("column", "cell"), [("Quantity", "1,300"), ("Total Proceeds", "$16,575")])
def test_an_amount_that_can_be_misread_between_semicolons_is_refused(tmp_path: Path, column: str, cell: str) -> None:
    """A download saved again by a spreadsheet program that writes decimal commas."""
    text = "\n".join(";".join(row) for row in changed(column, 3, cell)[:3:2])
    (tmp_path / "gains.csv").write_text(text.replace("3,750", "3750").replace("12,825", "12825"), encoding="utf-8")
    shown = [problem.column for problem in problems_of(tmp_path / "gains.csv")]
    assert column in shown


def test_a_cell_beyond_the_header_is_refused(tmp_path: Path) -> None:
    """A comma without quotation marks moved every cell after it."""
    header, row = rows_of(GAINS)[0], rows_of(GAINS)[2]
    (problem, *_) = problems_of(write_csv(tmp_path / "gains.csv", [header, [*row, "9001"]]))
    assert problem.expected == "no cell without a header"
