import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from engine.errors import InputError, Problem
from isobook.sources import read_source, source_name
from isobook.sources.client_folder import TABLES
from isobook.sources.headers import meaning

HEADER = "exercise_id,employer,date_granted,date_exercised,exercise_price,fmv_exercise,shares"
ROW = "E1,Acme,2022-01-03,2025-03-14,12.50,40.25,1000"
EXERCISES = f"{HEADER}\n{ROW}\n"
RETURNS = "tax_year,filing_status,wages,deduction\n2025,S,150000,standard\n"
SALES = "exercise_id,date_sold,shares,price\nE1,2025-09-02,400,55.25\n"
SPLITS = "employer,effective_date,ratio\nAcme,2025-06-02,2-for-1\n"


def folder(path: Path, **files: str | bytes) -> Path:
    """A client folder with the files given by stem; client_toml stands for client.toml."""
    for stem, content in files.items():
        name = "client.toml" if stem == "client_toml" else f"{stem}.csv"
        (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def problems_of(path: Path) -> tuple[Problem, ...]:
    """The problems of a source that must be refused."""
    with pytest.raises(InputError) as refused:
        read_source(path)
    return refused.value.problems


def only_problem(path: Path, **files: str | bytes) -> Problem:
    """The one problem of a folder that must be refused for it alone."""
    problems = problems_of(folder(path, **files))
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


FORM_3922 = (
    "account number,1 Date option granted,2 Date option exercised,3 Fair market value per share on grant date,"
    "4 Fair market value per share on exercise date,5 Exercise price paid per share,6 No. of shares transferred,"
    "7 Date legal title transferred,8 Exercise price per share determined as if the option was exercised on the date "
    "shown in box 1\n"
)
PURCHASE = "P1,2022-01-03,2022-06-30,10,12,8.50,100,2022-07-05,8.60\n"
BARE_3922 = "account number,Box 1,Box 2,Box 3,Box 4,Box 5,Box 6,Box 7,Box 8\n"


# --- what is read ----------------------------------------------------------------------------------------


def test_a_folder_is_a_client(tmp_path: Path) -> None:
    """Exercises and returns come from their files, name and settings from client.toml."""
    options = 'name = "Ada Lovelace"\nrounding = "cents"\ntax_method = "schedule"\n'
    client = read_source(folder(tmp_path, exercises=EXERCISES, returns=RETURNS, client_toml=options))
    assert client.exercises[0].exercise_price == Decimal("12.50")
    assert client.returns[0].wages == Decimal(150000)
    assert (client.name, client.rounding, client.tax_method) == ("Ada Lovelace", "cents", "schedule")


def test_sales_and_splits_of_a_folder_are_read(tmp_path: Path) -> None:
    """Sales know their lot, and a split has restated it."""
    client = read_source(folder(tmp_path, exercises=EXERCISES, sales=SALES, splits=SPLITS))
    assert (client.sales[0].price, client.splits[0].ratio) == (Decimal("55.25"), Fraction(2))
    assert (client.resolved.exercises[0].shares, client.resolved.sales[0].lot) == (Decimal(2000), 1)


def test_one_file_is_a_client_with_exercises_only(tmp_path: Path) -> None:
    """The file's name is the client's."""
    folder(tmp_path, lovelace=EXERCISES)
    client = read_source(tmp_path / "lovelace.csv")
    assert (client.name, len(client.exercises), client.returns) == ("lovelace", 1, ())


def test_a_flag_wins_over_client_toml(tmp_path: Path) -> None:
    """The setting of this run goes before the client's habit, in a table [options] too."""
    folder(tmp_path, exercises=EXERCISES, client_toml='[options]\nrounding = "cents"')
    assert read_source(tmp_path).rounding == "cents"
    assert read_source(tmp_path, rounding="dollars").rounding == "dollars"
    assert read_source(tmp_path, tax_method="schedule").tax_method == "schedule"


@pytest.mark.parametrize("table", ["exercises", "returns", "sales", "splits"])
def test_any_file_may_be_missing_or_header_only(tmp_path: Path, table: str) -> None:
    """A client may have no exercises, no returns yet, no sales, no splits."""
    headers = {"exercises": HEADER, "returns": RETURNS, "sales": SALES, "splits": SPLITS}
    client = read_source(folder(tmp_path, **{table: headers[table].splitlines()[0]}))
    assert (client.exercises, client.returns, client.sales, client.splits) == ((), (), (), ())


def test_unknown_files_are_left_alone(tmp_path: Path) -> None:
    """A folder may hold the client's letters."""
    (tmp_path / "letter.pdf").write_bytes(b"\x00\xff")
    assert read_source(folder(tmp_path, exercises=EXERCISES, other="\x00")).exercises


def test_file_names_are_read_in_any_case(tmp_path: Path) -> None:
    """Exercises.CSV of another system is not silently left out; two of the name are refused."""
    (tmp_path / "Exercises.CSV").write_text(EXERCISES)
    assert read_source(tmp_path).exercises
    assert "one file of that name" in str(problems_of(folder(tmp_path, exercises=EXERCISES))[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_save_is_read(tmp_path: Path, encoding: str, delimiter: str, newline: str) -> None:
    """Encodings with their marks, separators and line ends do not matter."""
    text = EXERCISES.replace("Acme", "Café").replace(",", delimiter).replace("\n", newline)
    client = read_source(folder(tmp_path, exercises=text.encode(encoding)))
    assert client.exercises[0].employer == "Café"


def test_blank_rows_are_skipped_and_counted(tmp_path: Path) -> None:
    """A row number is the one that the spreadsheet shows, whatever lines its cells take."""
    rows = ["", HEADER, ",,,,,,", ROW.replace("Acme", '"Ac\nme"'), "", ROW.replace("E1", "E2").replace("12.50", "12,x")]
    rows[-1] = rows[-1].replace("12,x", "twelve")
    problem = only_problem(tmp_path, exercises="\n".join(rows))
    assert (problem.row, problem.column, problem.value) == (6, "exercise_price", "twelve")


def test_client_text_stays_as_it_is(tmp_path: Path) -> None:
    """Text that looks like a formula is text."""
    client = read_source(folder(tmp_path, exercises=EXERCISES.replace("Acme", '"=HYPERLINK(""x"")"')))
    assert client.exercises[0].employer == '=HYPERLINK("x")'


# --- headers ---------------------------------------------------------------------------------------------


def test_client_toml_names_columns(tmp_path: Path) -> None:
    """The client's own header goes before every alias."""
    columns = '[columns]\n"Kurs am Tag" = "fmv_exercise"\n"FMV" = "fmv_vest"\n"Jahr" = "tax_year"\n"Kurs" = "price"'
    text = EXERCISES.replace("fmv_exercise", "KURS am Tag")
    returns = RETURNS.replace("tax_year", "Jahr")
    sales = SALES.replace("price", "KURS")
    client = read_source(folder(tmp_path, exercises=text, returns=returns, sales=sales, client_toml=columns))
    assert client.sales[0].price == Decimal("55.25")
    assert client.exercises[0].fmv_exercise == Decimal("40.25")
    assert client.returns[0].tax_year == 2025


def test_client_toml_leaves_a_column_out(tmp_path: Path) -> None:
    """A header that is named with nothing is no column of ours, and no problem."""
    text = EXERCISES.replace("\n", ",Mood\n", 1).replace("1000\n", "1000,fine\n")
    assert only_problem(tmp_path, exercises=text).column == "Mood"
    assert read_source(folder(tmp_path, exercises=text, client_toml='[columns]\n"Mood" = ""')).exercises


SALE_HEADERS = {
    "exercise_id": ["Lot", "Lot ID", "Exercise"],
    "date_sold": ["Date sold", "1c Date sold or disposed", "Form 1099-B, box 1c", "Sale Date"],
    "shares": ["Qty.", "Quantity", "Shares sold"],
    "price": ["Proceeds a share", "Proceeds Per Share", "Sale price", "Price/share"],
    "selling_costs": ["Fees & commissions", "Commission", "Selling expenses"],
    "w2_income": ["Ordinary income on W-2", "W-2 income"],
    "broker_basis": ["1e Cost or other basis", "Box 1e", "Cost basis", "Broker's basis"],
    "box_8949": ["Form 8949 box", "Applicable checkbox on Form 8949"],
    "date": ["Date"],
}


@pytest.mark.parametrize(
    ("header", "column"), [(header, column) for column, headers in SALE_HEADERS.items() for header in headers]
)
def test_headers_of_sales_and_splits_have_many_spellings(header: str, column: str) -> None:
    """Boxes of Form 1099-B and the words of brokers are matched whatever their case and marks."""
    known = TABLES["splits" if column == "date" else "sales"].known
    assert meaning(header, known) == {"date": "effective_date"}.get(column, column)


def test_total_proceeds_are_not_taken_for_a_price(tmp_path: Path) -> None:
    """Form 1099-B box 1d is for all shares: the header is refused and says what to do."""
    (problem, _) = problems_of(folder(tmp_path, exercises=EXERCISES, sales=SALES.replace("price", "1d Proceeds")))
    assert (problem.file, problem.row, problem.column) == ("sales.csv", 1, "1d Proceeds")
    assert "Divide it by the shares" in problem.remedy


# --- what is refused -------------------------------------------------------------------------------------


ALL_PROBLEMS = """
client.toml, rounding: found "pennies", expected dollars or cents. Correct the setting.
exercises.csv, row 1, color: found "color", expected a known column. \
Rename it, name its column under [columns] in client.toml, or remove it.
exercises.csv, row 2, exercise_price: found "12-x", \
expected the exercise price in dollars per share, such as 12.50 (Form 3921 box 3). Correct the cell.
exercises.csv, row 3, date_exercised: found "2021-03-14", \
expected a day on or after date_granted, 2022-01-03. Correct one of the two dates.
exercises.csv, row 3, fmv_exercise: found nothing, \
expected the fair market value on the exercise day in dollars per share, such as 40.25 (Form 3921 box 4). \
Fill in the cell.
exercises.csv, row 3, exercise_id: found "1", expected an id that Excel can tell from 01 in a row above. \
Give each row an id of its own, such as E1, E2.
returns.csv, row 2, tax_year: found "2017", expected a tax year from 2018 to 2026. \
Correct the year, or remove the row.
sales.csv, row 1, date_sold: found nothing, \
expected a column for the day of sale, YYYY-MM-DD or MM/DD/YYYY (Form 1099-B box 1c). Add the column.
sales.csv, row 1, shares: found nothing, expected a column for the number of shares sold, such as 100. Add the column.
sales.csv, row 2, price: found nothing, \
expected the price in dollars per share, such as 55.25 (Form 1099-B: box 1d divided by the shares). \
Fill in the cell; for shares given away name gift, spouse or death in disposition, for worthless stock enter 0.
splits.csv, row 1: found byte 0xE9, expected text in UTF-8. \
Save it again as “CSV UTF-8” (in Excel: Save As, CSV UTF-8).
"""


def test_all_problems_come_in_one_message(tmp_path: Path) -> None:
    """File, row, column, value, what was expected and what to do, for every mistake of every file."""
    rows = [
        HEADER + ",color",
        "01,Acme,2022-01-03,2025-03-14,12-x,40.25,1000,",
        "1,Acme,2022-01-03,2021-03-14,12.50,,1000,",
    ]
    path = folder(
        tmp_path,
        exercises="\n".join(rows),
        returns="tax_year,wages\n2017,1\n",
        sales="exercise_id\n1\n",
        splits=b"caf\xe9",
        client_toml='rounding = "pennies"',
    )
    with pytest.raises(InputError) as refused:
        read_source(path)
    assert str(refused.value).splitlines() == ALL_PROBLEMS.strip().splitlines()


def test_a_problem_of_a_sale_names_its_spreadsheet_row(tmp_path: Path) -> None:
    """What only the lots can tell stands where the preparer corrects it."""
    sales = "Lot,Sold,Qty,Price\n\nE1,2025-09-02,400,55\n\nE1,2025-09-03,601,55\n"
    problem = only_problem(tmp_path, exercises=EXERCISES, sales=sales)
    assert (problem.file, problem.row, problem.column) == ("sales.csv", 5, "Qty (shares)")


@pytest.mark.parametrize("exercises", [b"caf\xe9", EXERCISES.replace("exercise_id", "").encode()])
def test_sales_are_not_blamed_for_exercises_that_cannot_be_read(tmp_path: Path, exercises: bytes) -> None:
    """An id that may stand there is not called unknown."""
    problems = problems_of(folder(tmp_path, exercises=exercises, sales=SALES, splits=SPLITS))
    assert {problem.file for problem in problems} == {"exercises.csv"}


def test_a_problem_names_the_header_as_the_file_spells_it(tmp_path: Path) -> None:
    """The preparer looks for Box 3, not for our name of it."""
    text = EXERCISES.replace("exercise_price", "Box 3").replace("12.50", "twelve")
    assert only_problem(tmp_path, exercises=text).column == "Box 3 (exercise_price)"


def test_a_misspelled_header_is_told_once_with_its_nearest(tmp_path: Path) -> None:
    """Not again for the column that is missing, nor for each row."""
    problem = only_problem(tmp_path, exercises=EXERCISES.replace("fmv_exercise", "fmv_exercice"))
    assert (problem.row, problem.column) == (1, "fmv_exercice")
    assert "nearest is fmv_exercise" in problem.expected


def test_a_missing_column_is_told_once(tmp_path: Path) -> None:
    """Not for each row, and with the box of Form 3921."""
    text = EXERCISES.replace(",fmv_exercise", "").replace(",40.25", "") + ROW.replace("E1", "E2").replace(",40.25", "")
    problem = only_problem(tmp_path, exercises=text)
    assert (problem.row, problem.column) == (1, "fmv_exercise")
    assert "box 4" in problem.expected


def test_two_columns_of_one_meaning_are_refused(tmp_path: Path) -> None:
    """Both are named; neither is preferred."""
    problem = only_problem(tmp_path, exercises=EXERCISES.replace("employer", "Box 4"))
    assert problem.value == "Box 4 and fmv_exercise"


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("", None, "a header row"),
        ("\ufeff\n,,\n", None, "a header row"),
        (EXERCISES + ROW.replace("E1", "E2") + ",blue", 3, 'column 8: found "blue"'),
        (EXERCISES.replace("1000", "1,000"), 2, "quotation marks"),
        (EXERCISES.replace("Acme", '"Acme'), 2, "well-formed CSV"),
        (EXERCISES.replace("Acme", "Ac\0me"), 2, 'employer: found "byte 0x00"'),
        (EXERCISES.replace("Acme", "x" * 140_000), 2, "field larger than field limit"),
        (EXERCISES.replace("employer", ""), 2, 'column 2: found "Acme"'),
        (EXERCISES + "," * 300, None, None),
        ("a," * 300 + "b\n", None, "301 columns"),
        (RETURNS, 1, "put it into a folder"),
        (SALES, 1, "Name the file sales.csv"),
        (SPLITS, 1, "Name the file splits.csv"),
        (EXERCISES.replace(",", ";").replace("1000", "1,000"), 2, "decimal comma"),
        (EXERCISES.replace("employer", "Box 6").replace("Acme", "100"), 2, "Form 3922"),
        (EXERCISES.replace("employer", "3922 box 9"), 1, "nearest"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_place(
    tmp_path: Path, text: str, row: int | None, words: str | None
) -> None:
    """What is wrong is said with its spreadsheet row; blank cells beyond the header are nothing."""
    if words is None:
        assert read_source(folder(tmp_path, exercises=text)).exercises
        return
    problem = only_problem(tmp_path, exercises=text)
    assert problem.row == row
    assert words in str(problem)


@pytest.mark.parametrize(
    ("returns", "column", "words"),
    [
        ("tax_year,line_2i\n2025,1\n", "line_2i", "exercises.csv"),
        ("tax_year,line_2b\n2025,100\n", "line_2b", "Enter -100."),
        ("tax_year\n2023\n2025\n", "tax_year", "2024"),
        ("tax_year\n" + "2025\n" * 200, "", "at most 100 rows"),
    ],
)
def test_wrong_returns_are_refused(tmp_path: Path, returns: str, column: str, words: str) -> None:
    """The checks of records and of headers hold for returns as well."""
    problem = only_problem(tmp_path, returns=returns)
    assert (problem.file, problem.column) == ("returns.csv", column)
    assert words in str(problem)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_an_old_encoding_is_refused_with_its_row_column_and_byte(tmp_path: Path, encoding: str) -> None:
    """Guessing an encoding would change names silently."""
    problem = only_problem(tmp_path, exercises=(EXERCISES + ROW.replace("Acme", "Café")).encode(encoding))
    assert (problem.file, problem.row, problem.column, problem.value) == ("exercises.csv", 3, "employer", "byte 0xE9")
    assert "CSV UTF-8" in problem.remedy


@pytest.mark.parametrize("rows", [1_001, 100_000, 200_000])
def test_too_many_rows_are_refused_at_once(tmp_path: Path, rows: int) -> None:
    """Reading stops at the limit: one problem, whatever else the rows hold."""
    problem = only_problem(tmp_path, exercises=HEADER + f"\n{ROW}" * rows)
    assert "at most 1,000 rows per client" in str(problem)


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("rounding = cents", "a TOML file"),
        ('rouding = "cents"', "nearest is rounding"),
        ("rounding = 2", "rounding to be text"),
        ('columns = "no"', "columns to be a table"),
        ('options = "no"', 'options: found "no"'),
        ('tax_method = "exact"', "table or schedule"),
        ('[columns]\nFMV = "fmv_vestt"', "nearest is fmv_vest"),
        (f'name = "{"x" * 201}"', "at most 200 characters"),
        (b'name = "Caf\xe9"', "UTF-8"),
    ],
)
def test_a_wrong_client_toml_is_refused(tmp_path: Path, toml: str | bytes, words: str) -> None:
    """A misspelled setting is never left aside silently."""
    problem = only_problem(tmp_path, exercises=EXERCISES, client_toml=toml)
    assert problem.file == "client.toml"
    assert words in str(problem)


def test_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The path is named."""
    assert "absent" in str(problems_of(tmp_path / "absent")[0])


def test_a_folder_without_records_is_refused(tmp_path: Path) -> None:
    """The files that would make it a client are named."""
    assert "exercises.csv, returns.csv" in str(only_problem(tmp_path, client_toml='name = "Ada"'))


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A client folder must not bring in the records of another."""
    home, other = tmp_path / "home", tmp_path / "other"
    home.mkdir()
    other.mkdir()
    folder(other, exercises=EXERCISES)
    (home / "exercises.csv").symlink_to(other / "exercises.csv")
    assert "link to a file outside" in str(only_problem(home))


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    """The folder's own files may stand under two names."""
    folder(tmp_path, first=EXERCISES)
    (tmp_path / "exercises.csv").symlink_to("first.csv")
    assert read_source(tmp_path).exercises


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_is_refused(tmp_path: Path, make: object) -> None:
    """A folder or a pipe in place of a file neither crashes nor blocks."""
    assert callable(make)
    make(tmp_path / "exercises.csv")
    assert "no file" in str(only_problem(tmp_path))


# --- names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "name"),
    [('name = "Ada"', "Ada"), ("", "client.2025"), ("name = ", "client.2025"), ("name = 1", "client.2025")],
)
def test_a_source_has_a_name_whatever_is_wrong_with_it(tmp_path: Path, toml: str, name: str) -> None:
    """client.toml names the client, else the folder does."""
    path = tmp_path / "client.2025"
    path.mkdir()
    assert source_name(folder(path, exercises="", client_toml=toml)) == name


def test_a_source_that_is_not_there_has_a_name(tmp_path: Path) -> None:
    """A list of results can name it."""
    assert source_name(tmp_path / "absent.csv") == "absent"


# --- Form 3922 -------------------------------------------------------------------------------------------


def test_the_boxes_of_form_3922_by_their_titles_are_purchases(tmp_path: Path) -> None:
    """Box 3 is the value at grant and box 5 the price; nothing is taken for Form 3921."""
    (lot,) = read_source(folder(tmp_path, exercises=FORM_3922 + PURCHASE)).exercises
    amounts = lot.fmv_grant, lot.fmv_exercise, lot.exercise_price, lot.price_at_grant, lot.shares
    assert [lot.kind, *map(str, amounts)] == ["ESPP", "10", "12", "8.50", "8.60", "100"]
    assert str(lot.date_transferred) == "2022-07-05"


def test_boxes_that_name_form_3922_may_stand_beside_those_of_form_3921(tmp_path: Path) -> None:
    """One table of both forms, each row by its kind."""
    header = "id,kind,box 1,box 2,exercise price,fmv_exercise,shares,3922 box 3,3922 box 8\n"
    rows = "E1,,2022-01-03,2022-06-30,8.50,12,100,,\nP1,ESPP,2022-01-03,2022-06-30,8.50,12,100,10,8.60\n"
    lots = read_source(folder(tmp_path, exercises=header + rows)).exercises
    assert [(lot.kind, lot.fmv_grant) for lot in lots] == [("ISO", None), ("ESPP", 10)]


@pytest.mark.parametrize(
    "exercises",
    [
        BARE_3922 + PURCHASE,
        "account number,kind,Box 1,Box 2,Box 3,Box 4,Box 5,Box 6\nP1,ESPP,2022-01-03,2022-06-30,10,12,8.50,100\n",
    ],
    ids=["boxes 7 and 8 tell", "the kind tells"],
)
def test_bare_box_numbers_of_purchases_are_refused_with_both_meanings(tmp_path: Path, exercises: str) -> None:
    """Boxes 3, 5 and 6 mean another thing on each form; each is told once, and nothing else is blamed for it."""
    found = problems_of(folder(tmp_path, exercises=exercises))
    assert [problem.column for problem in found] == ["Box 3", "Box 5", "Box 6"]
    assert "on Form 3921 it is exercise_price, on Form 3922 (ESPP) it is fmv_grant" in str(found[0])
    assert found[1].remedy == "Rename it shares or exercise_price."


def test_bare_box_numbers_of_options_are_those_of_form_3921(tmp_path: Path) -> None:
    """Also beside a delivery of RSUs."""
    header = "account number,kind,Box 1,Box 2,Box 3,Box 4,Box 5\n"
    rows = "E1,ISO,2022-01-03,2022-06-30,10,12,850\nR1,RSU,,2022-06-30,,12,850\n"
    lots = read_source(folder(tmp_path, exercises=header + rows)).exercises
    found = [(lot.kind, str(lot.exercise_price), str(lot.shares)) for lot in lots]
    assert found == [("ISO", "10", "850"), ("RSU", "0", "850")]


def test_a_column_that_only_rsus_do_without_is_missed_once(tmp_path: Path) -> None:
    """Two options without a price column are one problem; RSUs alone need none."""
    header, rsu = "id,kind,date granted,date exercised,fmv exercise,shares\n", "R1,RSU,,2022-06-30,12,850\n"
    options = "".join(f"E{number},ISO,2022-01-03,2022-06-30,12,850\n" for number in (1, 2))
    (problem,) = problems_of(folder(tmp_path, exercises=header + options + rsu))
    assert (problem.row, problem.column, problem.remedy) == (1, "exercise_price", "Add the column.")
    assert read_source(folder(tmp_path, exercises=header + rsu)).exercises[0].kind == "RSU"
