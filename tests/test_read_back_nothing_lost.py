"""Nothing in a workbook that comes back is lost without a word: rows, remarks, deletions, columns, sheets."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook

from isobook.sources import Opened, open_source
from tests.command import EXAMPLES
from tests.edited_workbooks import (
    FIFO,
    Edit,
    column_of,
    edited,
    entry_row,
    made_of,
    opened,
    problems_of,
    row_of,
    sheet_of,
    small_client,
)
from tests.workbook_facts import Facts
from workbook_templates.fill import workbook

GRANTS = [
    {"grant_id": "G-1", "employer": "Northwind", "date_granted": "2021-01-05", "fmv_grant": "2.50", "shares": 4_000},
    {"grant_id": "G-2", "employer": "Acme", "date_granted": "2023-01-01", "fmv_grant": "10", "shares": 500},
]


@cache
def four_years() -> bytes:
    """The workbook of the example of four years."""
    return workbook(open_source(EXAMPLES / "four-years").client)


def notes_of(folder: Path, edit: Edit, data: bytes = b"") -> str:
    """All that is told of an edited workbook."""
    return "\n".join(opened(folder, edit, data).all_notes())


# --- rows and years that are gone -------------------------------------------------------------------------------


def test_a_deleted_exercise_is_told_by_name_with_what_hangs_on_it(tmp_path: Path) -> None:
    """10,000 shares at 32 over a price of 2 are 300,000 of line 2i in 2023, and what they cost in tax."""
    first = int(Facts(four_years()).record("exercises", 0, "kind").cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    notes = notes_of(tmp_path, lambda book: sheet_of(book, "Exercises").delete_rows(first), four_years())
    assert "Exercises, record 1 as received: Lot E-1, " in notes
    assert "(Line 2i adjustment $300,000.00) is gone, and was left out" in notes
    assert "As received has it" in notes
    assert "Form 6251 line 11 of 2023: $74,422.00 as received, $0.00 now." in notes


@pytest.mark.parametrize("way", ["deleted", "cleared"])
def test_a_sale_that_is_gone_is_told_whether_its_row_was_deleted_or_cleared(tmp_path: Path, way: str) -> None:
    """100 shares at 20: proceeds of 2,000, and no costs."""

    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, "Sales")
        if way == "deleted":
            sheet.delete_rows(row_of("sales", 2))
        for cell in sheet[row_of("sales", 2)] if way == "cleared" else ():
            if not str(cell.value).startswith("="):
                cell.value = None

    found = opened(tmp_path, edit)
    assert found.client == small_client(sales=[FIFO])
    (note,) = found.notes
    words = "Lot E3, Sold 2025-12-15, Shares 100, Price 20 (Proceeds less selling costs $2,000.00)"
    assert note.startswith(f"Sales, record 3 as received: {words} is gone, and was left out.")


def test_a_deleted_tranche_is_told(tmp_path: Path) -> None:
    """500 options at 10: 5,000 of the limit of 100,000."""
    data = made_of(grants=GRANTS)
    second = Facts(data).record("grants", 1, "shares").cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    notes = notes_of(tmp_path, lambda book: sheet_of(book, "Grants").delete_rows(int(second)), data)
    assert "Grants, record 2 as received: Grant G-2" in notes
    assert "(Value first exercisable $5,000.00) is gone" in notes


def test_a_deleted_exercise_that_a_sale_names_is_named_in_the_refusal(tmp_path: Path) -> None:
    """The sale has no lot any more, and As received knows which one it was."""
    third = row_of("exercises", 2)
    told = [str(each) for each in problems_of(tmp_path, lambda book: sheet_of(book, "Exercises").delete_rows(third))]
    assert any(f"Sales!A{row_of('sales', 2)}" in each for each in told)
    assert any("Exercises, record 3 as received" in each and "Lot E3" in each for each in told)


def test_a_deleted_year_column_is_told_with_its_tax(tmp_path: Path) -> None:
    """The last of four years; its return is left out, and nothing else is called missing."""
    notes = notes_of(tmp_path, lambda book: sheet_of(book, "Inputs").delete_cols(5), four_years())
    assert "Inputs, column 2026 as received: the return of 2026" in notes
    assert notes.count("is gone, and was left out") == 1


def test_a_year_whose_head_was_cleared_is_told_with_the_figures_below_it(tmp_path: Path) -> None:
    """They stand there and are not read."""

    def edit(book: Workbook) -> None:
        sheet_of(book, "Inputs")["E4"] = None

    notes = notes_of(tmp_path, edit, four_years())
    assert "the return of 2026" in notes
    assert "Typed beside the records" in notes
    assert f'Inputs!E{entry_row("filing_status")} "Single"' in notes
    assert f"Inputs!E{entry_row('wages')} 230000" in notes


def test_rows_that_were_sorted_or_changed_are_not_called_gone(tmp_path: Path) -> None:
    """Two exercises change places, and the third has another number of shares and another document."""

    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, "Exercises")
        rows = [row_of("exercises", place) for place in range(3)]
        for column in range(1, 60):
            first, second = sheet.cell(rows[0], column), sheet.cell(rows[1], column)
            if not str(first.value).startswith("="):
                first.value, second.value = second.value, first.value
        sheet.cell(rows[2], column_of("exercises", "shares")).value = 301
        sheet.cell(rows[2], column_of("exercises", "doc_ref")).value = "new paper"

    found = opened(tmp_path, edit)
    assert [lot.exercise_id for lot in found.client.exercises] == ["E2", "E1", "E3"]
    assert found.client.exercises[2].shares == 301
    assert found.all_notes() == []


# --- what stands where nothing is read ----------------------------------------------------------------------------


def test_a_row_under_the_table_with_only_an_id_and_shares_is_refused(tmp_path: Path) -> None:
    """It looks like a record, and would be lost."""

    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, "Exercises")
        sheet.cell(below, 1).value, sheet.cell(below, column_of("exercises", "shares")).value = "E7", 300

    below = row_of("exercises", 18)
    (problem,) = problems_of(tmp_path, edit)
    assert problem.column == f"Exercises!A{below}"
    assert problem.remedy == "Insert rows above that row and move it there."


@pytest.mark.parametrize(
    ("title", "cell", "value", "shown"),
    [
        ("Exercises", "B60", "ask Jo for the form", '"ask Jo for the form"'),
        ("Exercises", "H30", 300, "300"),
        ("Exercises", "GR9", "checked", '"checked"'),
        ("Sales", "C30", "=SUM(C6:C8)", "=SUM(C6:C8)"),
        ("Inputs", "A95", "Estimated payments", '"Estimated payments"'),
        ("Inputs", "B95", 1_500, "1500"),
        ("Lead sheet", "B70", "call in March", '"call in March"'),
        ("As received", "J40", "mine", '"mine"'),
    ],
)
def test_a_remark_in_a_row_that_isobook_did_not_write_is_told(
    tmp_path: Path, title: str, cell: str, value: object, shown: str
) -> None:
    """Words, numbers and formulas, on any sheet."""

    def edit(book: Workbook) -> None:
        sheet_of(book, title)[cell].value = value

    found = opened(tmp_path, edit)
    assert found.client == small_client()
    (note,) = found.all_notes()
    quoted = f"'{title}'" if " " in title else title
    assert note == f"Typed beside the records, and not carried into a new workbook: {quoted}!{cell} {shown}."


def test_words_of_isobook_that_were_cleared_are_told(tmp_path: Path) -> None:
    """The label of the wages; the row is found by its name."""

    def edit(book: Workbook) -> None:
        sheet_of(book, "Inputs")[f"A{entry_row('wages')}"] = None

    found = opened(tmp_path, edit)
    assert found.client == small_client()
    (note,) = found.all_notes()
    assert note.startswith("Words of isobook that are gone")
    assert note.endswith(f'Inputs!A{entry_row("wages")} "Wages".')


# --- columns and sheets -----------------------------------------------------------------------------------------------


def _swap(book: Workbook, *, with_headers: bool) -> None:
    sheet = sheet_of(book, "Exercises")
    for row in (*([5] if with_headers else []), *range(row_of("exercises", 0), row_of("exercises", 16))):
        left, right = (sheet.cell(row, column_of("exercises", name)) for name in ("exercise_price", "fmv_exercise"))
        left.value, right.value = right.value, left.value


def test_two_columns_swapped_with_their_headers_are_read_and_nothing_is_told(tmp_path: Path) -> None:
    """Price and value."""
    found = opened(tmp_path, lambda book: _swap(book, with_headers=True))
    assert (found.client, found.all_notes()) == (small_client(), [])


def test_data_moved_under_a_foreign_header_are_told(tmp_path: Path) -> None:
    """Three prices stand where the values were, and the other way round: that is read, and said."""
    found = opened(tmp_path, lambda book: _swap(book, with_headers=False))
    assert found.client.exercises[0].exercise_price > found.client.exercises[0].fmv_exercise
    (note,) = found.notes
    assert note.startswith("Exercises: 3 rows hold under Value box 4 what was received under Price box 3.")


def test_a_figure_moved_into_the_row_of_another_is_told(tmp_path: Path) -> None:
    """77.25 of line 2g stands in the row below it."""

    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, "Inputs")
        row = next(cell.row for cell in sheet["B"] if cell.value == 77.25)
        sheet.cell(row + 1, 2).value, sheet.cell(row, 2).value = 77.25, None

    (note,) = opened(tmp_path, edit).notes
    assert note.startswith("Inputs: one row holds under ")
    assert "line 2g" in note or "2g" in note


def test_years_that_exchanged_their_heads_are_told(tmp_path: Path) -> None:
    """The return of 2025 under 2026, and the other way round."""

    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, "Inputs")
        sheet["D4"], sheet["E4"] = 2026, 2025

    notes = opened(tmp_path, edit, four_years()).notes
    assert "Inputs: the column 2026 holds what was received for 2025. It was taken as typed." in notes


def test_a_column_inserted_on_inputs_is_no_edit(tmp_path: Path) -> None:
    """What stands to the right of it moved with it."""
    assert opened(tmp_path, lambda book: sheet_of(book, "Inputs").insert_cols(3)).all_notes() == []


@pytest.mark.parametrize("title", ["Exercises", "Sales", "Grants", "Inputs"])
def test_a_deleted_sheet_of_records_is_named_and_no_other_is_blamed(tmp_path: Path, title: str) -> None:
    """Names such as exercises_begun lead to Checks: that is no sheet of exercises."""
    problems = problems_of(tmp_path, lambda book: book.remove(book[title]), made_of(grants=GRANTS))
    assert problems[0].expected == f"a sheet {title}"
    assert not any("Checks" in str(each) for each in problems)


def test_without_as_received_it_is_said_that_nothing_can_be_compared(tmp_path: Path) -> None:
    """Deleted with a record: nobody knows of it any more, and it is said."""

    def edit(book: Workbook) -> None:
        book.remove(book["As received"])

    found: Opened = open_source(edited(tmp_path, edit))
    assert "What was deleted, typed over formulas or beside the records cannot be told." in found.notes[0]
