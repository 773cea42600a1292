"""A workbook is read as a person left it: each kind of edit that people make, saved by openpyxl."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.edited_workbooks import (
    FIFO,
    LOTS,
    NAMED,
    RETURN,
    SPLIT,
    Edit,
    column_of,
    entry_row,
    made_of,
    opened,
    problems_of,
    record,
    row_of,
    sheet_of,
    small_client,
    type_entry,
    type_row,
)

NEW_LOT = {
    "exercise_id": "N-4",
    "date_granted": date(2024, 1, 2),
    "date_exercised": date(2025, 8, 8),
    "exercise_price": 3.25,
    "fmv_exercise": 21,
    "shares": 450,
}


def cell_of(table: str, position: int, column: str) -> str:
    """`Exercises!F12`."""
    return "!".join(record(table, position, column))


# --- records and entries that are typed ----------------------------------------------------------------------


def test_a_workbook_saved_by_another_program_is_the_same_client(tmp_path: Path) -> None:
    """Openpyxl loses every cached value; the inputs are still there, and no formula counts as changed."""
    found = opened(tmp_path, lambda book: None)
    assert found.client == small_client()
    assert found.all_notes() == []


def test_a_record_typed_into_spare_rows_joins_the_others(tmp_path: Path) -> None:
    """An exercise below a gap of empty rows, and a sale of it; the sale first in, first out stays one."""
    sale = {"exercise_id": "N-4", "date_sold": date(2025, 11, 11), "shares": 50, "price": 30}

    def edit(book: Workbook) -> None:
        type_row(book, "exercises", 6, **NEW_LOT)
        type_row(book, "sales", 5, **sale)

    found = opened(tmp_path, edit)
    expected = small_client(exercises=[*LOTS, {**NEW_LOT, "exercise_price": "3.25"}], sales=[FIFO, NAMED, sale])
    assert found.client == expected
    assert found.all_notes() == []


TYPED: list[dict[str, tuple[object, object]]] = [  # of each row: column -> what is typed, and what it is
    {"date_exercised": (datetime(2025, 6, 1), date(2025, 6, 1)), "fmv_exercise": ("$1,234.50", Decimal("1234.50"))},
    {"date_exercised": (datetime(2025, 6, 1, 14, 30), date(2025, 6, 1)), "fmv_exercise": ("'77", Decimal(77))},
    {"date_exercised": (45809, date(2025, 6, 1)), "fmv_exercise": (0.1, Decimal("0.1"))},
    {"date_exercised": ("2025-06-01", date(2025, 6, 1)), "shares": ("1,000", Decimal(1000))},
    {"date_exercised": ("'06/01/2025", date(2025, 6, 1)), "election_83b": (True, True)},
    {"kind": ("nso", "NSO"), "election_83b": ("No", False), "doc_ref": (3921, "3921")},
    {"exercise_id": (7, "7"), "employer": ("'s-Hertogenbosch BV", "'s-Hertogenbosch BV")},
    {"exercise_id": ("'008", "008"), "grant_id": (" G 1 ", "G 1")},
    {"exercise_id": ("Total", "Total"), "employer": ("Total", "Total")},
]


def test_what_is_typed_is_understood_as_people_mean_it(tmp_path: Path) -> None:
    """Days as days, serials and texts; amounts as text; TRUE for yes; ids that became numbers."""

    def edit(book: Workbook) -> None:
        for place, row in enumerate(TYPED):
            typed = {column: typed for column, (typed, _) in row.items()}
            type_row(book, "exercises", 4 + place, **{**NEW_LOT, "exercise_id": f"T{place}", **typed})

    lots = opened(tmp_path, edit).client.exercises[len(LOTS) :]
    read = [{column: getattr(lot, column) for column in row} for lot, row in zip(lots, TYPED, strict=True)]
    assert read == [{column: expected for column, (_, expected) in row.items()} for row in TYPED]


def test_entries_of_a_return_and_settings_are_read_as_typed(tmp_path: Path) -> None:
    """Amounts, a status by its short word, a yes as TRUE, a cleared cell, the client's name and the settings."""

    def edit(book: Workbook) -> None:
        for column, value in {
            "wages": "$210,000",
            "filing_status": "MFJ",
            "form_8834_8911": True,
            "line_2g": None,
        }.items():
            type_entry(book, column, value)
        sheet, cell = book.defined_names["client_name"].attr_text.replace("$", "").split("!")
        book[sheet.strip("'")][cell].value = "Kim Sample"
        sheet, cell = book.defined_names["rounding_word"].attr_text.replace("$", "").split("!")
        book[sheet.strip("'")][cell].value = "Cents"

    row = {**RETURN, "wages": "210000", "filing_status": "MFJ", "form_8834_8911": "yes", "line_2g": ""}
    assert opened(tmp_path, edit).client == small_client(returns=[row], name="Kim Sample", rounding="cents")


def test_columns_without_a_cell_of_their_own_and_exact_digits_survive_an_edit(tmp_path: Path) -> None:
    """The employer of a sale, and 17 digits of a price: only what was typed over changes."""
    lots = [{**LOTS[0], "price_exact": "2.50000000000000001"}, *LOTS[1:]]
    sales = [FIFO, {**NAMED, "employer": "Acme"}]
    data = made_of(exercises=lots, sales=sales)
    client = opened(tmp_path, lambda book: type_entry(book, "wages", 190_000), data).client
    assert client == small_client(exercises=lots, sales=sales, returns=[{**RETURN, "wages": "190000"}])


# --- rows and columns that are moved ---------------------------------------------------------------------------


def _insert_row(book: Workbook) -> None:
    sheet_of(book, "Exercises").insert_rows(row_of("exercises", 1), 2)


def _delete_row(book: Workbook) -> None:
    sheet_of(book, "Exercises").delete_rows(row_of("exercises", 4))  # a spare row


def _rows_above(book: Workbook) -> None:
    for title in ("Exercises", "Inputs"):
        sheet_of(book, title).insert_rows(1, 3)


def _swap_columns(book: Workbook) -> None:
    """Employers stand where kinds were, with their headers."""
    sheet = sheet_of(book, "Exercises")
    for row in (5, *range(row_of("exercises", 0), row_of("exercises", 16))):
        left, right = (sheet.cell(row, column_of("exercises", name)) for name in ("employer", "kind"))
        left.value, right.value = right.value, left.value


def _insert_column(book: Workbook) -> None:
    sheet_of(book, "Sales").insert_cols(1, 2)


def _sheets_about(book: Workbook) -> None:
    """Sheets in another order, one hidden, one of the user's own, a wider column, a comment."""
    book.move_sheet("Inputs", 6)
    sheet_of(book, "Sales").sheet_state = "hidden"
    book.create_sheet("My notes", 0)["A1"] = "remember"
    sheet_of(book, "Exercises").column_dimensions["R"].width = 90
    sheet_of(book, "Inputs")["B6"].comment = Comment("asked on Monday", "JS")


def _rename_sheet(book: Workbook) -> None:
    """As Excel and LibreOffice do it: the names follow."""
    sheet_of(book, "Exercises").title = "Optionen 1"
    for name in book.defined_names.values():
        name.attr_text = name.attr_text.replace("'Exercises'", "'Optionen 1'")


@pytest.mark.parametrize(
    "edit",
    [_insert_row, _delete_row, _rows_above, _swap_columns, _insert_column, _sheets_about, _rename_sheet],
    ids=lambda edit: edit.__name__.strip("_"),
)
def test_moving_things_about_loses_nothing(tmp_path: Path, edit: Edit) -> None:
    """Columns are found by their headers, rows by their labels, renamed sheets by our names."""
    assert opened(tmp_path, edit).client == small_client()


def test_rows_that_are_cleared_or_sorted_leave_the_others_as_they_were_received(tmp_path: Path) -> None:
    """One sale is cleared; what is left of the other, first in, first out, stands in another order."""

    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, "Sales")
        first = row_of("sales", 0)
        for column in range(1, 60):
            cells = [sheet.cell(first + place, column) for place in range(3)]
            if not str(cells[0].value).startswith("="):
                cells[2].value = cells[0].value
                cells[0].value = None

    assert opened(tmp_path, edit).client == small_client(sales=[FIFO])


# --- what was resolved -----------------------------------------------------------------------------------------


def test_a_later_sale_beside_a_split_keeps_the_split_and_the_sale_first_in_first_out(tmp_path: Path) -> None:
    """A sale after the split is in today's shares already: all records stay as received."""
    sale = {"exercise_id": "E2", "date_sold": date(2025, 12, 1), "shares": 10, "price": 30}
    found = opened(tmp_path, lambda book: type_row(book, "sales", 4, **sale), made_of(splits=[SPLIT]))
    assert found.client == small_client(splits=[SPLIT], sales=[FIFO, NAMED, sale])
    assert found.notes == []


def test_a_lot_restated_for_a_split_and_then_changed_is_taken_as_it_stands(tmp_path: Path) -> None:
    """Shares after the split, sales by lot, no split any more; and it is said."""
    found = opened(tmp_path, lambda book: type_row(book, "exercises", 0, shares=1600), made_of(splits=[SPLIT]))
    assert [lot.shares for lot in found.client.exercises] == [1600, 900, Decimal("300.5")]
    assert found.client.splits == ()
    assert [sale.exercise_id for sale in found.client.sales] == ["E1", "E3"]
    assert "splits.csv" in found.notes[0]


def test_without_the_hidden_sheet_the_tables_are_the_record_and_it_is_said(tmp_path: Path) -> None:
    """Each sale with its lot."""

    def edit(book: Workbook) -> None:
        del book["As received"]

    found = opened(tmp_path, edit)
    assert [f"{sale.exercise_id} {sale.shares}" for sale in found.client.sales] == ["E1 1000", "E2 200", "E3 100"]
    assert found.client.exercises == small_client().exercises
    assert "As received" in found.notes[0]


# --- what is refused ---------------------------------------------------------------------------------------------


def test_all_problems_are_told_with_sheet_cell_value_and_remedy(tmp_path: Path) -> None:
    """As those of CSV files are, in one go."""

    def edit(book: Workbook) -> None:
        type_row(book, "exercises", 1, fmv_exercise="about 38", shares=-5)
        type_row(book, "sales", 6, exercise_id="E9", date_sold="2025-10-10", shares=1, price=1)
        type_row(book, "exercises", 7, exercise_id="half", shares=10)
        type_entry(book, "wages", "=#REF!")
        type_entry(book, "general_business_credit", 0.5)

    found = {problem.column.split(" ")[0]: problem for problem in problems_of(tmp_path, edit)}
    shown = str(found[cell_of("exercises", 1, "fmv_exercise")])
    assert shown.startswith(
        f'client.xlsx, {cell_of("exercises", 1, "fmv_exercise")} (Value box 4): found "about 38", expected'
    )
    assert found[cell_of("exercises", 1, "shares")].value == "-5"
    assert "the sheet Exercises" in found[cell_of("sales", 6, "exercise_id")].expected
    assert found[cell_of("exercises", 7, "date_granted")].remedy == "Fill in the cell."
    assert "Inputs!" in " ".join(found)
    assert len(found) >= 8


def test_a_formula_typed_into_an_input_cell_needs_a_value_that_was_worked_out(tmp_path: Path) -> None:
    """Openpyxl stores no value beside it."""
    (problem,) = problems_of(tmp_path, lambda book: type_entry(book, "wages", "=1000*2"))
    assert problem.value == "=1000*2"
    assert "Excel or LibreOffice" in problem.remedy


def test_an_error_in_an_input_cell_is_refused(tmp_path: Path) -> None:
    """Not a zero, not a text."""
    (problem,) = problems_of(tmp_path, lambda book: type_entry(book, "wages", "#N/A"))
    assert problem.value == "#N/A"


def _type_below_the_end(book: Workbook) -> None:
    for cell in sheet_of(book, "Exercises")[row_of("exercises", 20)][:9]:
        cell.value = 1


def _lose_the_column(book: Workbook) -> None:
    """Its header and its name."""
    book["Exercises"].cell(5, column_of("exercises", "date_granted")).value = "When"
    del book.defined_names["exercises_date_granted"]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda book: book.remove(book["Inputs"]), "a sheet Inputs"),
        (_lose_the_column, "a column with the header Granted box 1"),
        (lambda book: book["Exercises"].delete_rows(5), "a row with the headers"),
        (_type_below_the_end, "above the row 'End of the table"),
    ],
    ids=["sheet", "header", "header row", "below the end"],
)
def test_what_cannot_be_found_is_refused_and_named(tmp_path: Path, edit: Edit, words: str) -> None:
    """Nothing is lost without a word."""
    assert words in " ".join(problem.expected for problem in problems_of(tmp_path, edit))


# --- what is typed over ------------------------------------------------------------------------------------------


def test_formulas_typed_over_are_listed_with_cell_content_and_line_and_never_used(tmp_path: Path) -> None:
    """On a form, in a table, and another formula in a form's line."""
    place = {}

    def edit(book: Workbook) -> None:
        for name, value in (("f6251_2025_7", 12_000), ("f6251_2025_9", "=1+1")):
            sheet, cell = book.defined_names[name].attr_text.replace("$", "").split("!")
            book[sheet.strip("'")][cell].value = value
            place[name] = cell
        sheet_of(book, "Exercises")[f"M{row_of('exercises', 0)}"].value = 99

    found = opened(tmp_path, edit)
    assert found.client == small_client()
    form, other, table = sorted(found.hand_edits(), key=lambda note: ("Exercises" in note, "=1+1" in note))
    assert form.startswith(f"'6251 2025'!{place['f6251_2025_7']} (7 ")
    assert "holds 12000, typed over the formula" in form
    assert f"'6251 2025'!{place['f6251_2025_9']}" in other
    assert table.startswith(f"Exercises!M{row_of('exercises', 0)}")


def test_a_deleted_form_a_sign_off_and_sheets_of_ones_own_are_told(tmp_path: Path) -> None:
    """None of them is input, and none comes along into a new workbook."""

    def edit(book: Workbook) -> None:
        book.remove(book["8801 2025"])
        book.create_sheet("Remarks")
        sheet = sheet_of(book, "Summary")
        row = next(row for row in range(1, 60) if sheet.cell(row, 1).value == "Prepared by")
        sheet.cell(row, 2).value = "J. Doe"

    notes = " ".join(opened(tmp_path, edit).hand_edits())
    assert "The sheet 8801 2025 was deleted. No input is lost" in notes
    assert '"J. Doe"' in notes
    assert "Remarks" in notes


def test_inserted_rows_are_no_hand_edits(tmp_path: Path) -> None:
    """A row without formulas in a table, and formulas that were moved down."""
    assert opened(tmp_path, _insert_row).hand_edits() == []


# --- columns, rows and digits that could be taken for others --------------------------------------------------------


def _second_column(book: Workbook) -> None:
    """A column of the user's own under the same header, left of isobook's."""
    sheet = sheet_of(book, "Exercises")
    at = column_of("exercises", "shares")
    sheet.insert_cols(at)
    for row in (5, *(row_of("exercises", place) for place in range(3))):
        sheet.cell(row, at).value = sheet.cell(row, at + 1).value if row == 5 else 1


def test_two_columns_of_one_header_are_refused_once(tmp_path: Path) -> None:
    """Neither is taken, and no row is blamed for it."""
    (problem,) = problems_of(tmp_path, _second_column)
    assert problem.column == "Exercises!H5"
    assert "Exercises!G5" in problem.expected


def test_a_column_that_is_gone_is_told_once(tmp_path: Path) -> None:
    """The cells of its records are not said to be empty, and the column that took its place is not read for it."""
    (problem,) = problems_of(
        tmp_path, lambda book: sheet_of(book, "Exercises").delete_cols(column_of("exercises", "shares"))
    )
    assert problem.expected == "a column with the header Shares box 5"


def test_a_header_of_an_earlier_isobook_is_known(tmp_path: Path) -> None:
    """Not every column has a name that leads to it."""

    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, "Exercises")
        (at,) = [cell for cell in sheet[5] if " ".join(str(cell.value).split()) == "ESPP: title passed on"]
        at.value = "ESPP: title\nreceived"

    assert opened(tmp_path, edit).client == small_client()


@pytest.mark.parametrize("header", ["shares box 5", "Aktien", "No. of shares as an older isobook had it"])
def test_a_header_in_other_words_is_found_by_the_name_of_its_column(tmp_path: Path, header: str) -> None:
    """Labels change from version to version: a workbook of an older one is read."""

    def edit(book: Workbook) -> None:
        sheet_of(book, "Exercises").cell(5, column_of("exercises", "shares")).value = header

    assert opened(tmp_path, edit).client == small_client()


def test_the_words_of_a_label_in_a_remark_lead_to_no_other_row(tmp_path: Path) -> None:
    """Beside the wages someone wrote Other ordinary income: the wages are not that income."""

    def edit(book: Workbook) -> None:
        sheet_of(book, "Inputs")[f"E{entry_row('wages')}"] = "Other ordinary income"

    assert opened(tmp_path, edit).client == small_client()


def test_a_label_that_was_translated_is_never_found_in_the_row_of_another(tmp_path: Path) -> None:
    """A program inserted a row and left the names where they were: the row is missing, and it is said."""

    def edit(book: Workbook) -> None:
        sheet_of(book, "Inputs").insert_rows(9)
        sheet_of(book, "Inputs")[f"A{entry_row('other_income') + 1}"] = "Sonstiges"

    (problem,) = problems_of(tmp_path, edit)
    assert problem.expected == "a row Other income"


def test_two_rows_of_one_label_with_figures_are_refused(tmp_path: Path) -> None:
    """A copy of the row of wages above it, with another figure."""
    row = entry_row("wages")

    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, "Inputs")
        sheet.insert_rows(row)
        sheet[f"A{row}"], sheet[f"B{row}"] = "Wages", 1

    (problem,) = problems_of(tmp_path, edit)
    remedy = f"Keep one row of the two, this one and row {row}."
    assert (problem.column, problem.remedy) == (f"Inputs!B{row + 1}", remedy)


@pytest.mark.parametrize("year", [2026, "2026", " 2026 "])
def test_a_year_typed_into_a_new_column_is_a_year_also_as_a_text(tmp_path: Path, year: object) -> None:
    """Number or text, the return below it is read, and its year is not called a remark."""

    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, "Inputs")
        sheet.insert_cols(3)
        typed = {4: year, entry_row("filing_status"): "single", entry_row("deduction"): "standard"}
        for row, value in {**typed, entry_row("wages"): 150_000}.items():
            sheet.cell(row, 3).value = value  # type: ignore[assignment]

    found = opened(tmp_path, edit)
    row = {"tax_year": "2026", "filing_status": "single", "wages": "150000", "deduction": "standard"}
    assert found.client == small_client(returns=[RETURN, row])
    assert not any("Inputs!C4" in note for note in found.all_notes())


@pytest.mark.parametrize(("column", "typed"), [("fmv_exercise", 38.0000000000004), ("price_exact", 4.0987000000004)])
def test_a_price_changed_in_its_last_digits_is_a_changed_price(tmp_path: Path, column: str, typed: float) -> None:
    """A spreadsheet keeps 15 digits: the 14th of them counts."""
    client = opened(tmp_path, lambda book: type_row(book, "exercises", 1, **{column: typed})).client
    assert getattr(client.exercises[1], column) == Decimal(str(typed))
