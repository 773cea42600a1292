"""A form marked CORRECTED takes the place of the one before it, in every layout and whenever that was imported."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from engine import project
from isobook.sources import read_source
from tests import form_3921_pdf as made
from tests.command import refused, run
from tests.importing import GAINS, changed, rows_of, write_csv

# Box 4 said 110.00 and is 58.00: 1,000 shares at 12.50 add 97,500 to line 2i, corrected 45,500, never both.
WRONG, RIGHT = "110.00", "58.00"
BOXES = ["Account number", "Box 1", "Box 2", "Box 3", "Box 4", "Box 5", "Box 6", "Corrected"]


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every command in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def taken(*files: Path) -> str:
    """Import what is in order, and give what was said."""
    outcome = run("import", *map(str, files), "-o", "smith")
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    return outcome.stdout


def rows() -> list[dict[str, str]]:
    """The exercises of the folder."""
    with Path("smith/exercises.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def line_2i() -> str:
    """What the exercises add in 2024."""
    return f"{sum(lot['adjustment'] for lot in project(read_source(Path('smith'))).lots):.0f}"


def pdf(name: str, value: str, *, corrected: bool = False, **facts: str) -> Path:
    """A form as a PDF."""
    form = {"4": value} | facts
    Path(name).write_bytes(made.printed([form], mark="X CORRECTED (if checked)" if corrected else ""))
    return Path(name)


def fdx(name: str, value: str, *, corrected: bool = False, **facts: Any) -> Path:
    """The same as an FDX document."""
    form: dict[str, Any] = {
        "accountNumber": "77-0042",
        "optionGrantDate": "2022-01-03",
        "optionExerciseDate": "2024-03-14",
    }
    form |= {"exercisePrice": 12.5, "exerciseMarketValue": float(value), "numberOfShares": 1000}
    form |= {"issuer": {"name1": "Acme Robotics, Inc."}, "corrected": corrected} | facts
    Path(name).write_text(json.dumps({"tax3921": form}), encoding="utf-8")
    return Path(name)


def table(name: str, value: str, *, corrected: bool = False) -> Path:
    """The same as a table by boxes."""
    row = ["77-0042", "01/03/2022", "03/14/2024", "12.50", value, "1000", "Acme Robotics, Inc."]
    return write_csv(Path(name), [BOXES, [*row, "yes" if corrected else ""]])


LAYOUTS = {"pdf": pdf, "fdx": fdx, "table": table}


@pytest.mark.parametrize("first", LAYOUTS)
@pytest.mark.parametrize("second", LAYOUTS)
@pytest.mark.parametrize("together", [True, False], ids=["one run", "two runs"])
def test_a_corrected_form_corrects_the_lot(first: str, second: str, *, together: bool) -> None:
    """1,000 shares of 58.00 less 12.50 are 45,500; both forms together would add 143,000."""
    original = LAYOUTS[first]("original", WRONG)
    correction = LAYOUTS[second]("correction", RIGHT, corrected=True)
    said = taken(correction, original) if together else taken(original) + taken(correction)
    assert "corrected exercise 77-0042 (correction" in said
    assert "fmv_exercise 58" in said
    assert "in place of 110.0" in said
    assert [row["exercise_id"] for row in rows()] == ["77-0042"]
    assert line_2i() == "45500"


def test_both_forms_may_be_imported_again() -> None:
    """The correction is there already, and the form before it is known as such: nothing is written."""
    files = (pdf("original.pdf", WRONG), pdf("correction.pdf", RIGHT, corrected=True))
    taken(*files)
    before = Path("smith/exercises.csv").read_bytes()
    said = taken(*files)
    assert "already there, as corrected: exercise 77-0042 (original.pdf): this is the form before" in said
    assert "already there: exercise 77-0042 (correction.pdf)" in said
    assert Path("smith/exercises.csv").read_bytes() == before
    assert "rows corrected" not in said


def test_every_box_may_be_corrected() -> None:
    """Days, price and shares: the account number tells which row it is, and the message what changed."""
    taken(fdx("original", WRONG))
    said = taken(fdx("new", WRONG, corrected=True, numberOfShares=900, optionExerciseDate="2024-03-15"))
    assert "date_exercised 2024-03-15 in place of 2024-03-14, shares 900 in place of 1000" in said
    (row,) = rows()
    assert (row["shares"], row["date_exercised"], row["doc_ref"].split(", ")[-1]) == (
        "900",
        "2024-03-15",
        "account 77-0042",
    )
    assert "Added to" in said
    assert "rows corrected 1" in said


def test_a_form_without_account_numbers_is_told_by_its_boxes() -> None:
    """Both days and the price are the same: it is the exercise of that row."""
    taken(pdf("original.pdf", WRONG, account=""))
    assert "corrected exercise ISO-2024-03-14" in taken(pdf("new.pdf", RIGHT, corrected=True, account=""))
    assert line_2i() == "45500"


def test_a_form_that_may_correct_two_exercises_is_refused() -> None:
    """Two equal exercises of a day under one number: which one is meant is not guessed."""
    form = ["01/03/2022", "03/14/2024", "12.50", WRONG]
    taken(write_csv(Path("two.csv"), [BOXES[1:6], [*form, "1000"], [*form, "600"]]))
    words = refused("import", str(pdf("new.pdf", RIGHT, corrected=True, account="", **{"5": "700"})), "-o", "smith")
    assert "are both as like it" in words
    assert "Write its values into the row of exercises.csv that it corrects" in words
    assert [row["fmv_exercise"] for row in rows()] == [WRONG, WRONG]


def test_a_corrected_form_alone_is_an_exercise() -> None:
    """What it corrects is not there, and that is said."""
    assert "which form 77-0042 corrects" in taken(pdf("new.pdf", RIGHT, corrected=True))
    assert line_2i() == "45500"


def test_a_form_that_looks_like_a_correction_and_does_not_say_so_is_refused() -> None:
    """Same account, days and shares with another value: added, it would count the exercise twice."""
    taken(pdf("original.pdf", WRONG))
    words = refused("import", str(pdf("new.pdf", RIGHT)), "-o", "smith")
    assert "exercise 77-0042 is of the same account, days and shares with fmv_exercise 110.00" in words
    assert "If it corrects 77-0042, write its values into that row of exercises.csv" in words
    assert len(rows()) == 1


def test_what_the_remedy_says_ends_well() -> None:
    """With the value written into the row, the form is there already."""
    taken(pdf("original.pdf", WRONG))
    file = Path("smith/exercises.csv")
    file.write_text(file.read_text("utf-8").replace(WRONG, RIGHT), "utf-8")
    assert "already there: exercise 77-0042 (new.pdf)" in taken(pdf("new.pdf", RIGHT))


def test_a_typed_exact_price_is_asked_for_where_the_price_is_corrected() -> None:
    """1.2345 was the price behind 1.23; behind 1.30 it is another."""
    taken(fdx("original", WRONG, exercisePrice=1.23))
    (row,) = rows()
    write_csv(Path("smith/exercises.csv"), [[*row], [*(row | {"price_exact": "1.2345"}).values()]])
    said = taken(fdx("new", WRONG, corrected=True, exercisePrice=1.30))
    assert "whether price_exact 1.2345 of 77-0042 holds" in said


def test_a_corrected_form_3922_corrects_its_purchase() -> None:
    """Box 3 is corrected from 36.84 to 38.00: the discount at grant follows from it."""
    form: dict[str, Any] = {"accountNumber": "P1", "optionGrantDate": "2022-07-01", "optionExerciseDate": "2022-12-30"}
    form |= {"exerciseMarketValue": 33.65, "exercisePrice": 28.6, "numberOfShares": 10}
    for name, value, corrected in (("one", 36.84, False), ("two", 38.0, True)):
        text = json.dumps({"tax3922": form | {"grantMarketValue": value, "corrected": corrected}})
        Path(name).write_text(text, encoding="utf-8")
    said = taken(Path("one"), Path("two"))
    assert "corrected exercise P1 (two: tax3922): fmv_grant 38.0 in place of 36.84" in said
    assert [(row["kind"], row["fmv_grant"]) for row in rows()] == [("ESPP", "38.0")]


def test_a_blank_employer_is_said() -> None:
    """No file names the corporation: splits and first in, first out go by it."""
    Path("form.pdf").write_bytes(made.listed({}))
    said = taken(Path("form.pdf"))
    assert (
        "Not known: the employer of 77-0042: no file names the corporation; fill in employer in exercises.csv" in said
    )
    assert "the employer of" not in run("import", str(pdf("named.pdf", "40.25")), "-o", "smith").stdout


def test_a_mark_that_is_neither_yes_nor_no_is_refused() -> None:
    """A column Corrected holds yes, no or a blank; in FDX it is true or false."""
    row = ["77-0042", "01/03/2022", "03/14/2024", "12.50", WRONG, "1000", "Acme"]
    words = refused("import", str(write_csv(Path("a.csv"), [BOXES, [*row, "maybe"]])), "-o", "smith")
    assert "whether the form is marked CORRECTED" in words
    assert "true or false" in refused("import", str(fdx("b", WRONG, corrected="perhaps")), "-o", "smith")  # type: ignore[arg-type]


def test_shares_sold_only_grow_and_give_way_to_the_form() -> None:
    """Eight shares of a delivery are sold in one file, five in the next; a Form 3922 has all shares of a purchase."""
    taken(GAINS)
    later = changed("Date Sold", 7, "05/05/2025")
    for column, cell in {"Quantity": "5", "Total Proceeds": "$250.00", "Order Number": "9100"}.items():
        later[6][later[0].index(column)] = cell
    said = taken(write_csv(Path("later.csv"), [rows_of(GAINS)[0], later[6]]))
    assert "shares of RSU-2025-04-15: 13 in place of 8, as many as are sold by now" in said
    assert [row["shares"] for row in rows() if row["kind"] == "RSU"] == ["13"]
    purchase = {
        "Purchase Date Fair Mkt. Value": "33.65",
        "Grant Date FMV": "36.84",
        "Quantity": "7",
        "Total Proceeds": "350",
    }
    espp = rows_of(GAINS)
    for column, cell in purchase.items():
        espp[7][espp[0].index(column)] = cell
    taken(write_csv(Path("espp.csv"), [espp[0], espp[7]]))
    assert [row["shares"] for row in rows() if row["kind"] == "ESPP"] == ["7"]
    form: dict[str, Any] = {"accountNumber": "P1", "optionGrantDate": "2022-07-01", "optionExerciseDate": "2022-12-30"}
    form |= {"exerciseMarketValue": 33.65, "exercisePrice": 28.6, "numberOfShares": 10, "grantMarketValue": 36.84}
    Path("p.json").write_text(json.dumps({"tax3922": form}), encoding="utf-8")
    assert "shares 10, as the form has them, in place of the 7 sold" in taken(Path("p.json"))
    assert [row["shares"] for row in rows() if row["kind"] == "ESPP"] == ["10"]
