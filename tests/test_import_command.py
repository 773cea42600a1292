import csv
import json
import shutil
from pathlib import Path

import pytest

from engine.records import Exercise, Sale
from isobook.files import whole_file
from isobook.sources import read_source
from tests import form_3921_pdf as made
from tests.command import refused, run, wrong_use
from tests.importing import CASES, EXAMPLES, GAINS, changed, rows_of, write_csv

FORMS = EXAMPLES / "forms-3921.json"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def taken(*files: Path | str, folder: str = "smith") -> str:
    """Import what is in order, and give what was said."""
    outcome = run("import", *map(str, files), "-o", folder)
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    return outcome.stdout


def table(name: str, folder: str = "smith") -> list[dict[str, str]]:
    """The rows of a table of the folder."""
    with (Path(folder) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_forms_and_sales_join_to_lots_whichever_file_is_first() -> None:
    """The download knows no shares exercised, the forms do: together they are a client that can be projected."""
    said = taken(GAINS, FORMS)
    client = read_source(Path("smith"))
    assert [(lot.exercise_id, lot.kind, lot.grant_id, int(lot.shares)) for lot in client.exercises] == [
        ("77-0042", "ISO", "ISO-1", 1000),
        ("77-0043", "ISO", "ISO-2", 250),
        ("77-0044", "ESPP", None, 10),
        ("NQ-7-2024-03-14", "NSO", "NQ-7", 50),
        ("RSU-2025-04-15", "RSU", None, 8),
    ]
    assert [(sale.exercise_id, int(sale.shares)) for sale in client.sales] == [
        ("77-0042", 300),
        ("77-0042", 7),
        ("77-0043", 100),
        ("NQ-7-2024-03-14", 50),
        ("RSU-2025-04-15", 8),
        ("77-0044", 10),
    ]
    assert "already there: exercise 77-0042 (gains-and-losses.csv, row 3); filled in grant_id ISO-1" in said
    assert "Still to be done" not in said
    assert list(table("exercises")[0]) == list(Exercise.model_fields)
    assert list(table("sales")[0]) == list(Sale.model_fields)


def test_sales_alone_leave_shares_blank_and_check_asks_for_them() -> None:
    """Shares sold are no shares exercised: line 2i is never computed from them, and the form fills them in later."""
    said = taken(GAINS)
    assert "left row 8: the lot is not in exercises.csv, and the file lacks Purchase Date Fair Mkt. Value" in said
    assert "how many shares ISO-1-2024-03-14 was of" in said
    assert "Form 3921 box 5" in refused("check", "smith")
    assert "filled in shares 1000" in taken(FORMS)
    assert [lot.shares for lot in read_source(Path("smith")).exercises] == [1000, 250, 50, 8, 10]
    assert [row["exercise_id"] for row in table("exercises")][:2] == ["ISO-1-2024-03-14", "ISO-2-2025-02-03"]
    assert "took sale of 10 shares of 77-0044" in taken(GAINS)


def test_a_second_import_adds_nothing(desk: Path) -> None:
    """Every row is found again and named; no file is touched."""
    (desk / "form.pdf").write_bytes(made.printed([{"account": "", "2": "05/06/2024"}]))
    files = (GAINS, FORMS, CASES / "fdx-v5.json", "form.pdf")
    taken(*files)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in Path("smith").iterdir()}
    said = taken(*files)
    assert said.count("already there") == 5 + 6 + 3 + 2 + 1
    assert "took" not in said
    assert "Nothing new" in said
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in Path("smith").iterdir()} == before


def test_a_new_folder_gets_the_table_of_returns_too(desk: Path) -> None:
    """Empty, as `isobook new` makes it, and left alone once it is there."""
    assert f"Made {Path('smith') / 'returns.csv'}: to be filled in, one row for each tax year" in taken(FORMS)
    (desk / "smith" / "returns.csv").write_text("tax_year\n2024\n")
    assert "returns.csv" not in taken(GAINS)
    assert (desk / "smith" / "returns.csv").read_text() == "tax_year\n2024\n"


def test_forms_are_told_before_the_sales_that_they_explain() -> None:
    """As they are joined: a lot is taken first, and already there afterward."""
    said = taken(GAINS, FORMS)
    assert said.index("took exercise 77-0042") < said.index("already there: exercise 77-0042")


def test_rows_are_added_to_a_client_as_it_is_kept(desk: Path) -> None:
    """Its own headers, order, separator and spelling stay; columns that it lacks come last."""
    (desk / "smith").mkdir()
    own = "Lot;Box 1;Box 2;Box 3;Box 4;Box 5\nE1;01/03/2022;3/14/2024;$12.5;40.25;1000\n"
    (desk / "smith" / "exercises.csv").write_text(own, encoding="utf-8")
    taken(GAINS)
    lines = (desk / "smith" / "exercises.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Lot;Box 1;Box 2;Box 3;Box 4;Box 5;employer;grant_id;kind;doc_ref"
    assert lines[1] == "E1;01/03/2022;3/14/2024;$12.5;40.25;1000;ACME;ISO-1;ISO;"
    assert lines[2].startswith("ISO-2-2025-02-03;2024-02-01;2025-02-03;20.00;60.5;;ACME;ISO-2")
    assert [row["exercise_id"] for row in table("sales")][:3] == ["E1", "E1", "ISO-2-2025-02-03"]


def test_no_cell_that_is_filled_is_overwritten(desk: Path) -> None:
    """A value of the file that differs makes another lot, which is said."""
    taken(FORMS)
    rows = rows_of(CASES / "boxes.csv")
    rows[2:] = [["77-0042", "01/03/2022", "03/14/2024", "12.50", "40.25", "999", "Acme"]]
    said = taken(write_csv(desk / "other.csv", rows))
    assert [(row["exercise_id"], row["shares"]) for row in table("exercises")] == [
        ("77-0042", "1000"),
        ("77-0043", "250"),
        ("77-0044", "10"),
        ("77-0042-2024-03-14", "999"),
    ]
    assert "whether 77-0042-2024-03-14 is another exercise than 77-0042" in said


def test_forms_of_one_day_are_told_by_their_account_numbers(desk: Path) -> None:
    """Two equal exercises with a number each are two lots, also when the second comes later."""
    form = ["05/01/2021", "06/15/2023", "1.23", "31.10", "2500"]
    header = ["Account number", "Box 1", "Box 2", "Box 3", "Box 4", "Box 5"]
    taken(write_csv(desk / "one.csv", [header, ["A-1", *form]]))
    taken(write_csv(desk / "both.csv", [header, ["A-1", *form], ["A-2", *form]]))
    assert [row["exercise_id"] for row in table("exercises")] == ["A-1", "A-2"]


def test_a_sale_that_fits_two_lots_is_refused(desk: Path) -> None:
    """Which one was sold is not guessed."""
    form = ["01/03/2022", "03/14/2024", "12.50", "40.25"]
    header = ["Account number", "Box 1", "Box 2", "Box 3", "Box 4", "Box 5"]
    taken(write_csv(desk / "two.csv", [header, ["A-1", *form, "100"], ["A-2", *form, "900"]]))
    words = refused("import", str(GAINS), "-o", "smith")
    assert "A-1 and A-2 are both of that grant" in words
    assert not (desk / "smith" / "sales.csv").exists()


def test_the_answer_iso_or_nso_is_an_option(desk: Path) -> None:
    """The message names it, and with it the file is taken."""
    rows = changed("Type", 4, "--")
    rows[3][rows[0].index("Disposition Type")] = "--"
    gains = str(write_csv(desk / "gains.csv", rows))
    assert "--options-are iso" in refused("import", gains, "-o", "smith")
    assert run("import", gains, "-o", "smith", "--options-are", "iso").exit_code == 0
    assert [row["kind"] for row in table("exercises")] == ["ISO", "ISO", "NSO", "RSU"]


def test_two_names_of_an_employer_are_said() -> None:
    """The download has a symbol, the form that comes later a name."""
    taken(GAINS)
    assert "whether ACME and Acme Robotics, Inc. (invented) are one employer" in taken(FORMS)


def test_a_price_below_the_cent_is_kept_beside_box_3(desk: Path) -> None:
    """Box 3 says 12.50, the download 12.4964: price_exact is filled in."""
    gains = write_csv(desk / "gains.csv", changed("Grant Price", 3, "12.4964")[:3])
    taken(FORMS, gains)
    assert (table("exercises")[0]["exercise_price"], table("exercises")[0]["price_exact"]) == ("12.50", "12.4964")


def test_equal_sales_of_one_file_are_all_taken_once(desk: Path) -> None:
    """Two orders of a day at one price are two sales; importing them again adds none."""
    rows = rows_of(GAINS)
    gains = write_csv(desk / "gains.csv", [*rows, rows[4]])
    taken(FORMS, gains)
    assert [row["shares"] for row in table("sales")] == ["300", "7", "100", "50", "8", "10", "100"]
    assert "Nothing new" in taken(gains)


def test_all_problems_of_all_files_are_told_and_nothing_is_written(desk: Path) -> None:
    """Each with its file and place."""
    (desk / "scan.pdf").write_bytes(made.scanned())
    bad = write_csv(desk / "bad.csv", changed("Total Proceeds", 3, "x"))
    words = refused("import", str(bad), "scan.pdf", str(CASES / "positional.csv"), str(FORMS), "-o", "smith")
    for place in ("bad.csv, row 3, Total Proceeds", "scan.pdf: found pages without text", "positional.csv, row 1"):
        assert place in words
    assert not (desk / "smith").exists()


def test_an_unknown_layout_shows_a_mapping_to_fill_in(desk: Path) -> None:
    """The block that is printed, filled in, reads the file; it may stand in the client's own client.toml."""
    other = str(CASES / "other-broker.csv")
    words = refused("import", other, "-o", "smith")
    assert '  [columns]\n  "Tag der Zusage" = ""' in words
    columns = ["date_granted", "date_exercised", "exercise_price", "fmv_exercise", "shares", ""]
    lines = [line.strip() for line in words.splitlines() if line.endswith('= ""')]
    filled = [line.replace('""', f'"{column}"') for line, column in zip(lines, columns, strict=True)]
    toml = "\n".join(["[columns]", *filled])
    (desk / "map.toml").write_text(toml, encoding="utf-8")
    outcome = run("import", other, "-o", "smith", "--columns", "map.toml")
    assert outcome.exit_code == 0
    assert table("exercises")[0]["exercise_id"] == "ISO-2023-06-15"
    (desk / "jones").mkdir()
    (desk / "jones" / "client.toml").write_text(toml, encoding="utf-8")
    taken(other, folder="jones")
    assert table("exercises", "jones") == table("exercises")


def test_a_table_of_sales_is_read_too(desk: Path) -> None:
    """By its date of sale; what is there already is found again."""
    taken(FORMS)
    sales = write_csv(
        desk / "sold.csv", [["Lot", "Date sold", "Qty", "Price"], ["77-0042", "9/2/2025", "10", "$55.25"]]
    )
    taken(sales)
    assert [(row["exercise_id"], row["shares"]) for row in table("sales")] == [("77-0042", "10")]
    assert "Nothing new" in taken(sales)


def test_more_sold_than_exercised_is_said_at_once(desk: Path) -> None:
    """What isobook check would refuse is told after the import."""
    taken(FORMS)
    sales = write_csv(desk / "sold.csv", [["Lot", "Date sold", "Qty", "Price"], ["77-0042", "9/2/2025", "5000", "55"]])
    assert "Still to be done before isobook build:" in taken(sales)


def test_a_folder_that_is_in_disorder_is_left_alone(desk: Path) -> None:
    """Its own problems are told first."""
    (desk / "smith").mkdir()
    (desk / "smith" / "exercises.csv").write_text("Lot,Mood\nE1,fine\n", encoding="utf-8")
    assert "exercises.csv, row 1, Mood" in refused("import", str(FORMS), "-o", "smith")
    assert [path.name for path in (desk / "smith").iterdir()] == ["exercises.csv"]


def test_an_import_that_fails_midway_leaves_the_folder_as_it_was(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk after the first table: it is put back."""
    taken(CASES / "fdx-v5.json")
    before = {path.name: path.read_bytes() for path in (desk / "smith").iterdir()}
    write = whole_file._write

    def full(part: Path, data: bytes, target: Path) -> None:
        if target.name == "sales.csv":
            raise OSError(28, "No space left on device", str(target))
        write(part, data, target)

    monkeypatch.setattr(whole_file, "_write", full)
    assert "No space left on device" in refused("import", str(GAINS), "-o", "smith")
    assert {path.name: path.read_bytes() for path in (desk / "smith").iterdir()} == before


def test_wrong_use_is_told(desk: Path) -> None:
    """A folder that is a file, a file that is not there."""
    shutil.copy(FORMS, desk / "smith")
    assert "is no folder" in wrong_use("import", str(FORMS), "-o", "smith")
    assert "no file of that name" in refused("import", "none.pdf", "-o", "jones")


PURCHASES = "exercise_id,employer,3922 box 1,3922 box 2,3922 box 3,3922 box 4,3922 box 5,3922 box 6,3922 box 8"
FORM = {"optionGrantDate": "2021-01-05", "optionExerciseDate": "2024-02-01", "exercisePrice": 2.5}
FORM |= {"exerciseMarketValue": 40.25, "numberOfShares": 1000, "accountNumber": "A1"}


def fdx(path: Path, **changed: object) -> Path:
    """A file with one form of FDX."""
    path.write_text(json.dumps({"tax3921": FORM | changed}))
    return path


@pytest.mark.parametrize("layout", ["csv", "json"])
def test_an_exercise_joins_purchases_without_changing_what_either_is(desk: Path, layout: str) -> None:
    """The header of Form 3922 said what its rows are; beside Forms 3921 a column says it."""
    Path("smith").mkdir()
    purchase = "P1,Acme,2023-01-02,2023-06-30,20,30,17,100,17"
    Path("smith/exercises.csv").write_text(f"{PURCHASES}\n{purchase}\n")
    boxes = [["Box 1", "Box 2", "Box 3", "Box 4", "Box 5"], ["2021-01-05", "2024-02-01", "2.50", "40.25", "1000"]]
    taken(fdx(desk / "form.json") if layout == "json" else write_csv(desk / "form.csv", boxes))
    lots = read_source(Path("smith")).exercises
    read = [f"{lot.kind} {lot.exercise_price:.2f} {lot.fmv_exercise:.2f} {lot.shares:.0f}" for lot in lots]
    assert read == ["ESPP 17.00 30.00 100", "ISO 2.50 40.25 1000"]


def test_sales_of_two_orders_are_two_sales_though_all_else_is_equal(desk: Path) -> None:
    """Each order in a download of its own; a third download has the first again."""
    header, row = rows_of(GAINS)[0], rows_of(GAINS)[2]
    other = [*row]
    other[header.index("Order Number")] = "9999"
    files = [write_csv(desk / f"{name}.csv", [header, each]) for name, each in (("a", row), ("b", other), ("c", row))]
    taken(*files)
    assert [sale["doc_ref"][-4:] for sale in table("sales")] == ["9001", "9999"]


def test_a_row_that_stands_there_twice_is_told(desk: Path) -> None:
    """Two fills of an order may be equal: both are taken, and it is asked."""
    header, row = rows_of(GAINS)[0], rows_of(GAINS)[2]
    said = taken(write_csv(desk / "a.csv", [header, row, row]))
    assert "whether rows 2 and 3, which say the same, are two sales" in said


def test_our_own_workbook_is_no_brokers_file(desk: Path) -> None:
    """It has a sheet that names Forms 3921 and 3922, and is a client already: the remedy says how to go on."""
    assert run("build", str(EXAMPLES.parent / "four-years"), "-o", "jordan.xlsx").exit_code == 0
    outcome = run("import", "jordan.xlsx", "-o", "smith")
    words = " ".join(outcome.stderr.split())
    assert (outcome.exit_code, outcome.stdout, Path("smith").exists()) == (1, "", False)
    assert "found a workbook that isobook made, expected a file of a broker or filer" in words
    assert "3922" not in words
    assert run("export", "jordan.xlsx", "smith").exit_code == 0
    taken(fdx(desk / "form.json"))
    assert table("exercises")[-1]["exercise_id"] == "A1"
