"""`isobook export --for`: what Drake Tax, TaxAct and a preparer at any program get, and that it foots."""

import csv
import io
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from engine import Projection, project
from engine.federal.forms.form_6251 import FORM_6251
from engine.federal.forms.form_8801 import FORM_8801
from engine.federal.forms.schedule_d import SCHEDULE_D
from engine.language.roles import Role
from engine.systems import AMT, REGULAR
from isobook.sources import open_source
from isobook.tax_software.files_for import files_for
from tests.command import EXAMPLES, HEADER, RETURNS, client, run, wrong_use

CLIENTS = sorted(path.parent.name for path in EXAMPLES.glob("*/exercises.csv"))
LOT = "E1,2021-01-04,2022-03-14,12.50,40.25,1000"
SALE = "exercise_id,date_sold,shares,price"
Row = dict[str, str]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _projected(source: str | Path) -> Projection:
    return project(open_source(Path(source)).client)


def _rows(data: bytes) -> list[Row]:
    header, *rows = csv.reader(io.StringIO(data.decode()))
    # The two columns State of Drake stay blank, so that the names of the others tell all.
    return [dict(zip(header, row, strict=True)) for row in rows]


def _sold(sale: str, more: str = "", *, lot: str = LOT, head: str = HEADER) -> str:
    """A client with one lot and one sale of 2025; `more` are further columns of the sale."""
    return client(exercises=f"{head}\n{lot}\n", sales=f"{SALE}{more}\n{sale}\n", returns=RETURNS)


def _drake(source: str) -> list[Row]:
    assert run("export", source, "out", "--for", "drake", "--years", "2025").exit_code == 0
    return _rows(Path("out/drake-8949-2025.csv").read_bytes())


def _filled(row: Row) -> Row:
    return {name: text for name, text in row.items() if text}


def test_drake_gets_forty_columns_in_the_order_of_its_help() -> None:
    """The order of drakesoftware.com/sharedassets/help, form-8949-import-gruntworx-trade; every row has all of them."""
    _drake(_sold("E1,2025-06-10,400,50.00"))
    header, row = Path("out/drake-8949-2025.csv").read_text("utf-8").splitlines()
    assert header == (
        "TSJ,F,State,City,Form 8949 Check Box,Desc,Date Acquired,Date Sold,Type,Ordinary,Proceeds,Cost,AMT Cost Basis,"
        "Accrued Discount,Wash Sale Loss,US Real Property,Adj 1 Code,Adj 1 Amount,Adj 1 AMT Amount,Adj 2 Code,"
        "Adj 2 Amount,Adj 2 AMT Amount,Adj 3 Code,Adj 3 Amount,Adj 3 AMT Amount,Fed W/H,Loss Not Allowed,Collectibles,"
        "QSBS Code,QSBS Amount,State,State ID #,State Tax W/H,State 2,State 2 ID #,State 2 Tax W/H,State Use Code,"
        "State Adjustment,State Cost/Basis,LLC Number"
    )
    assert header.count(",") == row.count(",") == 39


def test_drake_gets_both_bases_of_a_sale() -> None:
    """400 of 1,000 sh at $50: proceeds $20,000, cost 400 x $12.50 = $5,000, AMT cost 400 x $40.25 = $16,100."""
    (row,) = _drake(_sold("E1,2025-06-10,400,50.00,E", ",box_8949"))
    assert _filled(row) == {
        "Form 8949 Check Box": "2",
        "Desc": "400 sh E1",
        "Date Acquired": "03142022",
        "Date Sold": "06102025",
        "Type": "L",
        "Proceeds": "20000.00",
        "Cost": "5000.00",
        "AMT Cost Basis": "16100.00",
    }


def test_a_loss_that_does_not_count_for_amt_alone_has_a_regular_amount_of_nothing() -> None:
    """At $30: regular gain $12,000 - $5,000; for AMT $12,000 - $16,100 = -$4,100, which a wash sale takes back."""
    source = _sold("E1,2025-06-10,400,30.00,D,wash_sale", ",box_8949,loss_rule")
    (row,) = _drake(source)
    assert (row["Adj 1 Code"], row["Adj 1 Amount"], row["Adj 1 AMT Amount"]) == ("W", "0.00", "4100.00")
    assert row["Wash Sale Loss"] == ""
    assert "a loss does not count, for AMT alone" in run("export", source, "out", "--for", "drake").stdout


def test_a_term_that_differs_for_amt_is_told() -> None:
    """Exercised early, vested nine months before the sale: long-term for regular tax alone (IRC 83(f))."""
    head, lot = f"{HEADER},vest_date,fmv_vest", f"{LOT},2024-09-10,40.25"
    source = _sold("E1,2025-06-10,400,50.00,D", ",box_8949", lot=lot, head=head)
    assert _drake(source)[0]["Type"] == "L"
    told = run("export", source, "out", "--for", "drake").stdout
    assert "Lot E1 is long-term for regular tax and short-term for AMT: Type has the regular term." in told


def test_two_codes_have_an_amount_each() -> None:
    """At $10 with $4,500 in box 1e: B is 4,500 - 5,000 = -500; W is the loss, 1,000 and for AMT 4,000 - 16,100."""
    (row,) = _drake(_sold("E1,2025-06-10,400,10.00,D,4500,wash_sale", ",box_8949,broker_basis,loss_rule"))
    assert row["Cost"] == "4500.00"
    assert (row["Adj 1 Code"], row["Adj 1 Amount"], row["Adj 1 AMT Amount"]) == ("B", "-500.00", "0.00")
    assert (row["Adj 2 Code"], row["Adj 2 Amount"], row["Adj 2 AMT Amount"]) == ("W", "1000.00", "12100.00")
    (taxact,) = _rows(files_for("taxact", _projected("smith"), [2025]).files["taxact-1099-b-2025.csv"])
    assert (taxact["Wash Sale"], taxact["Adjustment Code"], taxact["Adjustment Amount"]) == ("W", "BW", "500.00")


def test_taxact_gets_its_headings_and_no_amt_figure() -> None:
    """The same sale with the headings of taxact.com/support/882; what it does not carry is said."""
    outcome = run("export", _sold("E1,2025-06-10,400,50.00,E", ",box_8949"), "out", "--for", "taxact")
    headings, row = Path("out/taxact-1099-b-2025.csv").read_text("utf-8").splitlines()
    assert headings == (
        "Description,Date Sold,Sales Proceeds,Date Acquired,Cost or Other Basis,Wash Sale,Adjustment Code,"
        "Adjustment Amount,Reporting Category"
    )
    assert row == "400 sh E1,06/10/2025,20000.00,03/14/2022,5000.00,,,,E"
    assert "Not in the files: AMT cost and AMT adjustment of each sale, line 2i of Form 6251" in outcome.stdout


def test_inherited_shares_have_the_word_of_the_program() -> None:
    """Drake knows INHERIT; TaxAct gets the word of the form, and the preparer is told to look."""
    head, lot = f"{HEADER},acquired_by,basis_adjustment,amt_basis_adjustment", f"{LOT},inheritance,27750,0"
    (row,) = _drake(_sold("E1,2025-06-10,400,50.00,D", ",box_8949", lot=lot, head=head))
    assert (row["Date Acquired"], row["Type"]) == ("INHERIT", "L")
    made = files_for("taxact", _projected("smith"), [2025])
    assert _rows(made.files["taxact-1099-b-2025.csv"])[0]["Date Acquired"] == "Inherited"
    assert any("Lot E1 has no day of acquisition" in note for note in made.notes)


def test_a_box_that_is_not_known_stays_blank_and_is_told() -> None:
    """Nothing is assumed of Form 1099-B."""
    source = _sold("E1,2025-06-10,400,50.00")
    assert _drake(source)[0]["Form 8949 Check Box"] == ""
    told = run("export", source, "out", "--for", "drake").stdout
    assert "2025: lot E1: the box of Form 8949 is not known and stays blank. Enter it as box_8949" in told


@pytest.mark.parametrize("program", ["drake", "taxact"])
def test_no_cell_is_a_formula_and_no_row_needs_quotation_marks(program: str) -> None:
    """A name of formulas, commas and quotation marks leaves every cell in its column."""
    head, lot = f"{HEADER},employer", f'{LOT},"=SUM(A1), ""Kim"", Inc"'
    source = _sold("E1,2025-06-10,400.5,50.00", lot=lot, head=head)
    assert run("export", source, "out", "--for", program).exit_code == 0
    (file,) = Path("out").iterdir()
    text = file.read_text("utf-8")
    assert "400.5 sh =SUM(A1) Kim Inc" in text
    assert '"' not in text
    assert not [cell for line in text.splitlines() for cell in line.split(",") if cell[:1] in tuple("=+@\t")]


@pytest.mark.parametrize("name", CLIENTS)
def test_the_columns_foot_to_both_schedules_d(name: str) -> None:
    """Proceeds less cost and adjustments, by term: what Schedule D and its AMT twin take from Form 8949."""
    projection = _projected(EXAMPLES / name)
    cents = Decimal("0.01") if projection.client.rounding == "cents" else Decimal(1)
    for year, result in projection.years.items():
        data = files_for("drake", projection, [year]).files.get(f"drake-8949-{year}.csv")
        rows = _rows(data) if data else []
        for system, cost, amount in ((REGULAR, "Cost", "Amount"), (AMT, "AMT Cost Basis", "AMT Amount")):
            for term, role in (("S", Role.SHORT_TERM_STOCK), ("L", Role.LONG_TERM_STOCK)):
                of_term = [row for row in rows if row["Type"] == term]
                gain = sum((Decimal(row["Proceeds"]) - Decimal(row[cost]) for row in of_term), Decimal(0))
                gain += sum(Decimal(row[f"Adj {n} {amount}"] or 0) for row in of_term for n in (1, 2, 3))
                assert abs(gain - result.figure(role, system)) <= cents / 2, (year, system.name, term)


@pytest.mark.parametrize("name", CLIENTS)
def test_the_file_for_taxact_foots_to_schedule_d(name: str) -> None:
    """Proceeds less cost and adjustment, by category: A to C to Schedule D line 1b to 3, D to F to lines 8b to 10."""
    projection = _projected(EXAMPLES / name)
    cents = Decimal("0.01") if projection.client.rounding == "cents" else Decimal(1)
    for year, result in projection.years.items():
        data = files_for("taxact", projection, [year]).files.get(f"taxact-1099-b-{year}.csv")
        rows = _rows(data) if data else []
        assert all(row["Reporting Category"] for row in rows)
        for boxes, role in (("ABC", Role.SHORT_TERM_STOCK), ("DEF", Role.LONG_TERM_STOCK)):
            gain = sum(
                (
                    Decimal(row["Sales Proceeds"])
                    - Decimal(row["Cost or Other Basis"])
                    + Decimal(row["Adjustment Amount"] or 0)
                    for row in rows
                    if row["Reporting Category"] in boxes
                ),
                Decimal(0),
            )
            assert abs(gain - result.figure(role, REGULAR)) <= cents / 2, (year, boxes)


@pytest.mark.parametrize("name", ["six-years", "all-equity", "mixed"])
def test_the_key_in_sheet_has_every_line_of_the_forms_once(name: str) -> None:
    """To enter or to compare: each printed line that is not 0 stands there once, as `isobook forms` has it."""
    projection = _projected(EXAMPLES / name)
    ready = [year for year, result in projection.years.items() if result.ready]
    book = openpyxl.load_workbook(io.BytesIO(files_for("key-in", projection, ready).files["key-in.xlsx"]))
    for year in ready:
        lines = _lines(book[f"Key-in {year}"])
        for card in (FORM_6251, FORM_8801, *SCHEDULE_D.values()):
            for line, amount in projection.years[year].form(card).items():
                places = [
                    (block, value) for block, form, number, value in lines if (form, number) == (card.title, line)
                ]
                if amount and not _in_unused_part(projection, year, card.name, line):
                    assert [Decimal(str(value)) for _, value in places] == [amount], (year, card.title, line)


def _in_unused_part(projection: Projection, year: int, name: str, line: str) -> bool:
    result = projection.years[year]
    form = result.forms.forms[name]
    parts = [part for part in form.parts if part.needed and not result.figures[f"{name}.{part.needed}"]]
    return any(line == each.leaf.line for part in parts for each in part.choose(form))


def _lines(sheet: Worksheet) -> list[tuple[str, str, str, object]]:
    """The rows of lines: the number of the block, form, line and amount."""
    found: list[tuple[str, str, str, object]] = []
    block = ""
    for row in sheet.iter_rows(values_only=True):
        block = str(row[0])[:1] if row[0] and str(row[0])[:1].isdigit() else block
        if block in ("3", "5") and row[2] and row[2] != "Line":
            found.append((block, str(row[1]), str(row[2]), row[7]))
    return found


def test_what_is_entered_is_told_from_what_is_compared() -> None:
    """2024 of six-years: bond interest and credit carried in are typed; line 2k, AMT and credit used are results."""
    projection = _projected(EXAMPLES / "six-years")
    book = openpyxl.load_workbook(io.BytesIO(files_for("key-in", projection, [2023, 2024]).files["key-in.xlsx"]))
    assert book.sheetnames == ["Key-in 2023", "Key-in 2024"]
    block = {(form, line): each for each, form, line, _ in _lines(book["Key-in 2024"])}
    entered = (
        ("Form 6251", "2g"),
        ("Form 8801", "1"),
        ("Form 8801", "14"),
        ("Form 8801", "19"),
        ("AMT Schedule D", "12"),
    )
    assert {block[each] for each in entered} == {"3"}
    results = ("Form 6251", "2k"), ("Form 6251", "11"), ("Form 8801", "25"), ("Form 8801", "26"), ("Schedule D", "8b")
    assert {block[each] for each in results} == {"5"}


def test_a_form_3921_is_keyed_in_as_it_was_filed_with_its_line_2i() -> None:
    """1,000 sh at $12.50, worth $40.25: 1,000 x $27.75 = $27,750 on line 2i; a later split changes no box."""
    splits = "employer,date,ratio\nKim Inc,2025-11-03,2\n"
    source = client(
        exercises=f"{HEADER},employer\nE1,2022-01-03,2025-03-14,12.50,40.25,1000,Kim Inc\n",
        returns=RETURNS,
        splits=splits,
    )
    assert run("export", source, "out", "--for", "key-in").exit_code == 0
    sheet = openpyxl.load_workbook("out/key-in.xlsx")["Key-in 2025"]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[1] == "E1"]
    assert (row[3], str(row[4])[:10], str(row[5])[:10]) == ("Kim Inc", "2022-01-03", "2025-03-14")
    assert (row[6], row[7], row[9], row[11]) == (12.5, 40.25, 1000, 27750)
    assert ("3", "Form 6251", "2i", 27750) in _lines(sheet)


def test_the_same_client_gives_the_same_bytes_and_no_file_is_replaced() -> None:
    """A second run changes nothing; where something else lies there, nothing is written."""
    for program in ("drake", "taxact", "key-in"):
        assert run("export", str(EXAMPLES / "six-years"), "out", "--for", program).exit_code == 0
    first = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    assert run("export", str(EXAMPLES / "six-years"), "out", "--for", "key-in").exit_code == 0
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == first
    Path("out/key-in.xlsx").write_bytes(b"mine")
    outcome = run("export", str(EXAMPLES / "six-years"), "out", "--for", "key-in")
    assert outcome.exit_code == 1
    assert "it is there already with something else in it. Give another folder." in outcome.stderr
    assert Path("out/key-in.xlsx").read_bytes() == b"mine"


def test_sales_need_no_return_and_the_key_in_sheet_does() -> None:
    """Wages are missing: the sales go to Drake all the same; there is no figure to key in, and the column is named."""
    source = client(
        exercises=f"{HEADER}\n{LOT}\n",
        sales=f"{SALE}\nE1,2025-06-10,400,50.00\n",
        returns="tax_year,filing_status\n2025,single\n",
    )
    assert run("export", source, "out", "--for", "drake").exit_code == 0
    outcome = run("export", source, "out", "--for", "key-in")
    assert outcome.exit_code == 1
    assert "2025 is left out: " in outcome.stdout
    assert "wages" in outcome.stdout
    assert "No file was made." in outcome.stderr


def test_the_sheet_says_what_is_open_and_no_attach_test_where_the_credit_is_not_known() -> None:
    """Wages of 2023 are missing: Form 8801 of 2024 is left out, and with it attach test 3, on its credit."""
    source = shutil.copytree(EXAMPLES / "six-years", Path("robin"))
    returns = (source / "returns.csv").read_text("utf-8")
    (row,) = [line for line in returns.splitlines() if line.startswith("2023,")]
    year, status, _, rest = row.split(",", 3)
    (source / "returns.csv").write_text(returns.replace(row, f"{year},{status},,{rest}"), "utf-8")
    assert run("export", "robin", "out", "--for", "key-in").exit_code == 0
    book = openpyxl.load_workbook("out/key-in.xlsx")
    notes = {sheet.title: [str(row[0]) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    assert all("Open items: One entry is missing." in " ".join(told) for told in notes.values())
    assert [title for title, told in notes.items() if any("Attach Form 6251?" in each for each in told)] == [
        f"Key-in {each}" for each in (2020, 2021, 2022)
    ]


def test_the_messages_of_a_workbook_name_its_sheets() -> None:
    """What is missing is typed on Inputs there, and no file returns.csv is at hand."""
    source = client(exercises=f"{HEADER}\n{LOT}\n", returns="tax_year,filing_status\n2025,single\n")
    assert run("build", source, "-o", "smith.xlsx").exit_code == 0
    told = run("export", "smith.xlsx", "out", "--for", "key-in").stdout
    assert "needed in the sheet Inputs." in told
    assert "returns.csv" not in told


def test_sales_of_a_planned_year_are_told() -> None:
    """They have not been made, and a return of that year is not filed from them."""
    source = client(
        exercises=f"{HEADER}\n{LOT}\n",
        sales=f"{SALE}\nE1,2025-06-10,400,50.00\n",
        returns="tax_year,filing_status,wages,deduction,return_stage\n2025,single,200000,standard,planned\n",
    )
    told = run("export", source, "out", "--for", "drake").stdout
    assert "2025 is planned: its sales have not been made, and are not to be filed." in told


def test_a_year_without_sales_is_named() -> None:
    """No empty file is made; where no year has a sale, that is an error."""
    outcome = run("export", client(), "out", "--for", "drake")
    assert outcome.exit_code == 1
    assert "2025 has no sales: no file." in outcome.stdout
    assert not Path("out").exists()


def test_wrong_programs_and_years_are_refused_in_words() -> None:
    """A program whose layout was not read has no file; --years alone would promise what the records are not."""
    source = str(EXAMPLES / "four-years")
    assert "'drake', 'taxact', 'key-in'" in wrong_use("export", source, "out", "--for", "lacerte")
    assert "SOURCE has the years" in wrong_use("export", source, "out", "--for", "drake", "--years", "2019")
    assert "add --for" in wrong_use("export", source, "out", "--years", "2024")
    assert not Path("out").exists()
