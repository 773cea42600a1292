"""The sheet Open items: every item with its texts, an answer typed there, and what a returned workbook tells of it."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from engine import Client, project
from engine.clients.item_rows import headline
from engine.clients.open_items import ClientState
from isobook.sources import Opened, open_source
from tests.edited_workbooks import Edit, edited
from tests.test_open_items import RETURN_2024, exercised_in, item_of
from workbook_templates.contents.open_items import IDS, TITLE
from workbook_templates.fill import CAPACITIES, shape_of, workbook

OPEN = project(Client(exercises=[exercised_in(2020)], returns=[RETURN_2024]))
CREDIT = item_of(OPEN, "mtc_carryforward_in")
ANSWER = "no AMT before 2024: returns of 2020 to 2023 seen"


def answered(*answers: dict[str, Any]) -> Client:
    """The client whose exercise of 2020 stands before its first return, with answers."""
    return Client(exercises=[exercised_in(2020)], returns=[RETURN_2024], answers=answers)


def sheet_of(client: Client) -> Worksheet:
    """The sheet as it is built, with the values of its formulas."""
    return load_workbook(BytesIO(workbook(client)), data_only=True)[TITLE]


def rows_of(sheet: Worksheet) -> list[list[str]]:
    """State, texts, answer and ids of the rows that have a height; the table ends where a row has no state."""
    rows = []
    for row in sheet.iter_rows(min_row=5, max_col=7):
        if not row[0].value or sheet.row_dimensions[row[0].row].hidden:
            break
        rows.append([str(cell.value or "") for cell in row])
    return rows


def row_at(sheet: Worksheet, name: str) -> int:
    """The row of an item."""
    return next(int(cell.row or 0) for (cell,) in sheet.iter_rows(min_col=7, max_col=7) if name in str(cell.value))


def typed(folder: Path, client: Client, answers: dict[str, str | None]) -> Opened:
    """The workbook with answers typed beside items, read back."""

    def edit(book: Workbook) -> None:
        for name, answer in answers.items():
            book[TITLE].cell(row_at(book[TITLE], name), 6).value = answer

    return changed(folder, client, edit)


def changed(folder: Path, client: Client, edit: Edit) -> Opened:
    """The workbook after an edit, read back."""
    return open_source(edited(folder, edit, workbook(client)))


def test_each_item_has_a_row_under_the_band_of_its_kind() -> None:
    """The credit of 2020 is missing, so is what its AMT made; the losses carried in are to be confirmed."""
    rows = rows_of(sheet_of(answered()))
    bands = [row[0] for row in rows if not row[6]]
    missing = sum(each.finding.kind == "missing" for each in OPEN.open_items)
    assert bands[0] == f"Missing: {missing}"
    assert [band.split(":")[0] for band in bands] == ["Missing", "To confirm", "Estimates", "Optional"]
    state, what, rests, ask, document, answer, ids = rows[1]
    assert (state, ask, answer, ids) == ("missing", "Client", "", CREDIT.id)
    assert what == CREDIT.finding.what
    assert "Form 8801 line" in rests
    assert document.startswith("The 2023 return")
    told = {each for row in rows if row[6] for each in next(csv.reader([row[6]]))}
    assert told == {each.id for each in OPEN.open_items}


def test_the_headline_stands_above_the_table_and_the_state_in_the_index() -> None:
    """As `isobook check` has them."""
    book = load_workbook(BytesIO(workbook(answered())), data_only=True)
    assert book[TITLE]["A3"].value == headline(OPEN.open_items)
    index = book["Contents"]
    (row,) = [row for row in index.iter_rows() if row[0].value == TITLE]
    assert row[3].value == ClientState.NEEDS_ENTRIES


def test_rows_that_no_item_takes_are_hidden() -> None:
    """So that nothing empty prints."""
    sheet = sheet_of(answered())
    used, room = len(rows_of(sheet)), shape_of(OPEN).item_rows
    assert room == 64
    hidden = [row for row in range(5, 5 + room) if sheet.row_dimensions[row].hidden]
    assert hidden == list(range(5 + used, 5 + room))


def test_an_answer_typed_beside_an_item_settles_it_on_the_next_build(tmp_path: Path) -> None:
    """It comes back as a row of answers.csv."""
    opened = typed(tmp_path, answered(), {CREDIT.id: ANSWER})
    assert [(each.item_id, each.answer) for each in opened.client.answers] == [(CREDIT.id, ANSWER)]
    assert opened.all_notes() == []
    assert item_of(project(opened.client), "mtc_carryforward_in").is_settled
    rows = rows_of(sheet_of(opened.client))
    (row,) = [row for row in rows if row[6] == CREDIT.id]
    assert (row[0], row[5]) == ("settled", ANSWER)
    assert ["Settled by an answer: 1", *[""] * 6] in rows


def test_one_answer_to_an_entry_of_several_years_settles_all_of_them(tmp_path: Path) -> None:
    """Taxable income as filed of 2024 and 2025 is one row, and two items."""
    client = Client(returns=[RETURN_2024, {**RETURN_2024, "tax_year": "2025"}])
    items = [each for each in project(client).open_items if each.finding.column == "taxable_income"]
    opened = typed(tmp_path, client, {items[0].id: "as filed, transcripts seen"})
    assert [each.item_id for each in opened.client.answers] == [each.id for each in items]
    assert len(items) == 2


def test_an_answer_keeps_its_day_and_name_until_it_is_changed(tmp_path: Path) -> None:
    """They were those of the former answer."""
    client = answered({"item_id": CREDIT.id, "answer": ANSWER, "date": "2026-02-01", "by": "JD"})
    assert typed(tmp_path, client, {}).client.answers == client.answers
    (answer,) = typed(tmp_path, client, {CREDIT.id: "returns not seen"}).client.answers
    assert (answer.answer, answer.date, answer.by) == ("returns not seen", None, None)


def test_an_answer_that_is_deleted_is_dropped_and_told(tmp_path: Path) -> None:
    """The item is open again."""
    opened = typed(tmp_path, answered({"item_id": CREDIT.id, "answer": ANSWER}), {CREDIT.id: None})
    assert opened.client.answers == ()
    (note,) = opened.notes
    assert note.startswith("'Open items'!F")
    assert CREDIT.id in note


def test_a_row_that_is_deleted_keeps_its_answer_and_is_told(tmp_path: Path) -> None:
    """As received has it still."""
    client = answered({"item_id": CREDIT.id, "answer": ANSWER})
    opened = changed(tmp_path, client, lambda book: book[TITLE].delete_rows(row_at(book[TITLE], CREDIT.id)))
    assert opened.client.answers == client.answers
    assert any(f"the row of item {CREDIT.id} was deleted" in note for note in opened.notes)


def test_of_two_answers_to_one_item_the_second_is_told(tmp_path: Path) -> None:
    """A row that was copied below the table with another answer: the upper one counts."""

    def edit(book: Workbook) -> None:
        row, below = row_at(book[TITLE], CREDIT.id), book[TITLE].max_row + 1
        book[TITLE].cell(row, 6).value = ANSWER
        book[TITLE].cell(below, 6).value = "another"
        book[TITLE].cell(below, 7).value = book[TITLE].cell(row, 7).value

    opened = changed(tmp_path, answered(), edit)
    assert [each.answer for each in opened.client.answers] == [ANSWER]
    assert any("a second answer to item" in note and "“another”" in note for note in opened.notes)


def test_an_answer_in_a_row_without_an_item_is_told(tmp_path: Path) -> None:
    """In a band, or where the id was deleted."""

    def edit(book: Workbook) -> None:
        row = row_at(book[TITLE], CREDIT.id)
        book[TITLE].cell(row, 6).value = ANSWER
        book[TITLE].cell(row, 7).value = None

    opened = changed(tmp_path, answered(), edit)
    assert opened.client.answers == ()
    assert any("no item stands in the row" in note and ANSWER in note for note in opened.notes)


def test_rows_may_be_moved_and_columns_inserted(tmp_path: Path) -> None:
    """Answers are found by the headers, items by their ids."""

    def edit(book: Workbook) -> None:
        row = row_at(book[TITLE], CREDIT.id)
        book[TITLE].cell(row, 6).value = ANSWER
        cells = [cell.value for cell in book[TITLE][row]]
        book[TITLE].delete_rows(row)
        for column, value in enumerate(cells, 1):
            book[TITLE].cell(60, column).value = value
        book[TITLE].insert_cols(2)

    opened = changed(tmp_path, answered(), edit)
    assert [(each.item_id, each.answer) for each in opened.client.answers] == [(CREDIT.id, ANSWER)]


def test_an_answer_to_other_figures_stands_below_and_is_kept(tmp_path: Path) -> None:
    """Its item is open again, and says what was answered."""
    client = answered({"item_id": f"{CREDIT.id[:-6]}000000", "answer": ANSWER})
    rows = rows_of(sheet_of(client))
    assert rows[-2][0] == "Answers to other figures: 1"
    assert (rows[-1][0], rows[-1][5]) == ("other figures", ANSWER)
    assert f"An answer was given to other figures: {ANSWER}" in rows[1][1]
    assert typed(tmp_path, client, {}).client.answers == client.answers


def test_an_answer_does_not_replace_an_entry_that_a_year_waits_for() -> None:
    """Wages stay missing, with the answer beside them."""
    row = {name: value for name, value in RETURN_2024.items() if name != "wages"}
    wages = item_of(project(Client(returns=[row])), "wages")
    rows = rows_of(sheet_of(Client(returns=[row], answers=[{"item_id": wages.id, "answer": "asked on May 1"}])))
    (found,) = [row for row in rows if row[6] == wages.id]
    assert (found[0], found[5]) == ("missing", "asked on May 1")
    assert found[2] == "All figures of 2024: the year cannot be computed without it."


def test_many_items_take_a_larger_table() -> None:
    """80 answers to items that are gone, beside those of eight years: 64 rows do not hold them, 256 do."""
    client = Client(
        returns=[{"tax_year": year, "wages": "1"} for year in range(2018, 2026)],
        answers=[{"item_id": f"gone-{number}-abcdef", "answer": "seen"} for number in range(80)],
    )
    room = shape_of(project(client)).item_rows
    assert room == CAPACITIES[2]
    assert len(rows_of(sheet_of(client))) > 80


def test_the_column_of_ids_is_hidden() -> None:
    """It is for the reader of a returned workbook."""
    sheet = sheet_of(answered())
    assert sheet["G4"].value == IDS
    assert sheet.column_dimensions["G"].hidden
    assert str(sheet.print_area).endswith("$F$" + str(sheet.print_area).rsplit("$", 1)[1])
