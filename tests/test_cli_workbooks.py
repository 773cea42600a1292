"""The command with a workbook as SOURCE: build, forms, check, explain, plan, export, and batch over workbooks."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from isobook.files.whole_file import CannotWriteError
from isobook.sources import read_source
from tests.command import EXAMPLES, client, run, wrong_use
from tests.edited_workbooks import RETURN, SPLIT, edited, made, made_of, small_client, type_entry
from workbook_templates.contents.as_received import FORMAT, MARK
from workbook_templates.fill import workbook

CASES = Path(__file__).parent / "cases"
OURS = version("isobook")


@pytest.fixture(scope="module")
def typed_over(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook that was edited: wages typed, and a line of Form 6251."""

    def edit(book: Workbook) -> None:
        type_entry(book, "wages", 190_000)
        sheet, cell = book.defined_names["f6251_2025_7"].attr_text.replace("$", "").split("!")
        book[sheet.strip("'")][cell].value = 1

    return edited(tmp_path_factory.mktemp("edited"), edit).read_bytes()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed_over: bytes) -> Path:
    """Each test has a folder of its own with the workbook as client.xlsx."""
    monkeypatch.chdir(tmp_path)
    Path("client.xlsx").write_bytes(typed_over)
    return tmp_path


TYPED_OVER = "holds 1, typed over the formula. It was not used."


def test_build_makes_the_workbook_of_the_edited_records_and_tells_what_was_typed_over() -> None:
    """The same bytes as from the records; the figures do not rest on the typed line."""
    outcome = run("build", "client.xlsx", "-o", "new.xlsx")
    assert outcome.exit_code == 0
    assert TYPED_OVER in outcome.stdout
    same = small_client(returns=[{**RETURN, "wages": "190000"}])
    assert Path("new.xlsx").read_bytes() == workbook(same)


def test_build_never_replaces_the_workbook_that_it_reads() -> None:
    """It stays as it is, also where -o names it."""
    before = Path("client.xlsx").read_bytes()
    assert "SOURCE" in wrong_use("build", "client.xlsx", "-o", "client.xlsx")
    assert Path("client.xlsx").read_bytes() == before


def test_build_of_a_workbook_makes_a_new_file_beside_it() -> None:
    """client.xlsx gives client-2.xlsx in its own folder, then client-3.xlsx, also from client-2.xlsx."""
    Path("inbox").mkdir()
    Path("client.xlsx").rename("inbox/client.xlsx")
    before = Path("inbox/client.xlsx").read_bytes()
    for source, made_of_it in (("client", "client-2"), ("client", "client-3"), ("client-2", "client-4")):
        outcome = run("build", f"inbox/{source}.xlsx")
        assert outcome.stdout.startswith(f"Made {Path('inbox', made_of_it)}.xlsx: ")
    assert Path("inbox/client.xlsx").read_bytes() == before
    names = [f"client{number}.xlsx" for number in ("", "-2", "-3", "-4")]
    assert sorted(path.name for path in Path("inbox").iterdir()) == sorted(names)
    assert list(Path().glob("*.xlsx")) == []


def test_a_number_of_the_client_in_the_name_of_a_workbook_stays() -> None:
    """client-12.xlsx is client 12, whose new workbook is client-12-2.xlsx and not client-2.xlsx."""
    Path("client.xlsx").rename("client-12.xlsx")
    run("build", "client-12.xlsx")
    assert sorted(path.name for path in Path().glob("*.xlsx")) == ["client-12-2.xlsx", "client-12.xlsx"]


def test_build_never_replaces_a_workbook_in_which_someone_typed() -> None:
    """An entry, a figure over a formula, or a mark: the workbook stays, and the remedy is told."""
    folder = client("client")
    outcome = run("build", folder, "-o", "client.xlsx")
    assert outcome.exit_code == 1
    assert outcome.stdout == ""
    assert "client.xlsx: it was changed since isobook wrote it. Move or rename it so that no work is lost, or give" in (
        outcome.stderr
    )
    assert TYPED_OVER in run("build", "client.xlsx", "-o", "again.xlsx").stdout


def test_build_replaces_what_isobook_wrote_and_nobody_worked_in() -> None:
    """Made of other figures, or saved again by another program: nothing that a person typed is lost."""
    Path("book.xlsx").write_bytes(made())
    load_workbook("book.xlsx").save("book.xlsx")
    outcome = run("build", client("client"), "-o", "book.xlsx")
    assert outcome.stdout.startswith("Replaced book.xlsx: client, 2025\n")


@pytest.mark.parametrize("found", [b"", b"mine", b"PK\x03\x04 damaged"])
def test_build_never_replaces_a_file_that_isobook_did_not_write(found: bytes) -> None:
    """A file of someone's own, damaged ones too."""
    Path("mine.xlsx").write_bytes(found)
    outcome = run("build", client("client"), "-o", "mine.xlsx")
    assert outcome.exit_code == 1
    assert "mine.xlsx: a file of that name is there that isobook did not write. Move or rename it" in outcome.stderr
    assert Path("mine.xlsx").read_bytes() == found


def test_build_never_replaces_a_workbook_of_an_earlier_isobook() -> None:
    """What was typed over its formulas is not known: they are those of another layout."""
    earlier = (CASES / "books_0_1_0" / "four-years.xlsx").read_bytes()
    Path("book.xlsx").write_bytes(earlier)
    outcome = run("build", client("client"), "-o", "book.xlsx")
    assert outcome.exit_code == 1
    assert "book.xlsx: an earlier isobook wrote it, and what was typed in it since cannot be told." in outcome.stderr
    assert Path("book.xlsx").read_bytes() == earlier


def said_otherwise(book: Path, text: str, instead: str) -> bytes:
    """The workbook with another text in the one part that has it, and its bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(book) as before, zipfile.ZipFile(packed, "w") as after:
        parts = {name: before.read(name) for name in before.namelist()}
        assert sum(part.count(text.encode()) for part in parts.values()) == 1
        for name, part in parts.items():
            after.writestr(name, part.replace(text.encode(), instead.encode()))
    book.write_bytes(packed.getvalue())
    return packed.getvalue()


@pytest.mark.parametrize(
    ("ours", "another", "why"),
    [
        (
            f"{MARK} {FORMAT}",
            f"{MARK} 99",
            "isobook wrote it, and this version cannot read it: a workbook of format 99",
        ),
        (
            f",{OURS}<",
            ",9.8.7<",
            f"isobook 9.8.7 wrote it, this is {OURS}, and what was typed in it since cannot be told",
        ),
    ],
)
def test_a_workbook_of_another_isobook_is_not_said_to_be_changed_by_hand(ours: str, another: str, why: str) -> None:
    """A later layout, and another version of the same layout, whose sheets may differ of themselves."""
    run("build", client("client"), "-o", "book.xlsx")
    other = said_otherwise(Path("book.xlsx"), ours, another)
    outcome = run("build", client("other"), "-o", "book.xlsx")
    assert outcome.exit_code == 1
    assert f"book.xlsx: {why}" in outcome.stderr
    assert "Move or rename it so that no work is lost, or give another name with -o." in outcome.stderr
    assert Path("book.xlsx").read_bytes() == other


def test_build_says_which_folder_it_made() -> None:
    """A slip in -o is seen at once."""
    outcome = run("build", client("client"), "-o", "new/books/client.xlsx")
    assert outcome.stdout.splitlines()[:2] == [
        f"Made {Path('new/books/client.xlsx')}: client, 2025",
        f"  The folder {Path('new/books')} was not there; it was made.",
    ]
    assert "was not there" not in run("build", "client", "-o", "new/books/again.xlsx").stdout


def test_forms_of_a_workbook_are_those_of_its_folder() -> None:
    """Notes on the workbook go to stderr beside JSON."""
    outcome = run("forms", "client.xlsx", "--json")
    run("export", "client.xlsx", "out")
    assert _without_places(outcome.stdout) == _without_places(run("forms", "out", "--json").stdout)
    assert TYPED_OVER in outcome.stderr
    assert TYPED_OVER in run("forms", "client.xlsx").stdout


def _without_places(shown: str) -> dict[str, object]:
    """The JSON of a client; where an open item stands is a cell of the one and a row of the other."""
    found: dict[str, Any] = json.loads(shown)
    for item in found["open_items"]:
        for place in ("where", "row", "sheet", "cell"):
            del item[place]
    return found


def test_check_of_a_workbook_says_where_a_year_is_filled_in() -> None:
    """On the sheet, not in a file that is not there."""
    run("roll", "client.xlsx", "-o", "next.xlsx")
    assert "needs filing_status, wages, deduction on Inputs" in run("check", "next.xlsx").stdout


def test_check_lists_what_was_read_and_what_was_typed_over() -> None:
    """Tables with their rows, then the cells."""
    shown = run("check", "client.xlsx").stdout
    assert "client.xlsx, exercises: 3 rows; columns exercise_id" in shown
    assert TYPED_OVER in shown


def test_check_lists_the_columns_of_every_row_not_of_the_first_alone() -> None:
    """The first sale ends with its costs, the second goes on to its document: doc_ref is in use."""
    Path("client.xlsx").write_bytes(made())
    (line,) = [line for line in run("check", "client.xlsx").stdout.splitlines() if "client.xlsx, sales:" in line]
    assert line.endswith("columns exercise_id, date_sold, shares, price, selling_costs, employer, doc_ref")


@pytest.mark.parametrize("arguments", [["explain", "client.xlsx", "2025", "6251", "4"], ["plan", "client.xlsx"]])
def test_the_other_commands_take_a_workbook_too(arguments: list[str]) -> None:
    """As they take a folder."""
    assert run(*arguments).exit_code == 0


@pytest.mark.parametrize("source", ["four-years", "six-years", "from-csv-alone", "mixed"])
def test_export_writes_files_that_read_back_as_the_same_client(source: str) -> None:
    """From a folder, with our own headers; nothing is replaced."""
    assert run("export", str(EXAMPLES / source), "out").exit_code == 0
    assert read_source(Path("out")) == read_source(EXAMPLES / source)
    again = run("export", str(EXAMPLES / source), "out")
    assert again.exit_code == 1
    assert "there already" in again.stderr


def test_export_of_a_workbook_gives_the_splits_and_the_sales_as_received() -> None:
    """First in, first out stays without a lot; the columns are those in use and those that are needed."""
    name = 'Kim "K" \x7f\\ Sample = {1}'
    Path("split.xlsx").write_bytes(made_of(splits=[SPLIT], name=name))
    assert run("export", "split.xlsx", "out").exit_code == 0
    assert read_source(Path("out")) == small_client(splits=[SPLIT], name=name)
    with Path("out/sales.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert header == ["exercise_id", "date_sold", "shares", "price", "selling_costs", "employer", "doc_ref"]


def test_export_writes_all_files_or_none() -> None:
    """One file that is there keeps all from being written."""
    Path("out").mkdir()
    Path("out/sales.csv").write_text("mine")
    assert run("export", "client.xlsx", "out").exit_code == 1
    assert [path.name for path in Path("out").iterdir()] == ["sales.csv"]


@pytest.mark.parametrize("name", ["Splits.csv", "grants.csv", "CLIENT.TOML"])
def test_export_never_joins_the_files_of_another_client(name: str) -> None:
    """Also where this client has no table of that kind: both would be read as one client's."""
    Path("out").mkdir()
    Path("out", name).write_text("another's")
    outcome = run("export", "client.xlsx", "out")
    assert outcome.exit_code == 1
    assert f"{name}: it is there already" in outcome.stderr
    assert [path.name for path in Path("out").iterdir()] == [name]


@pytest.mark.parametrize("name", ["exercises.csv", "client.toml"])
def test_export_writes_through_no_link(name: str) -> None:
    """A link to a file that is not there yet leads out of the folder."""
    Path("out").mkdir()
    Path("out", name).symlink_to(Path("elsewhere").resolve())
    assert run("export", "client.xlsx", "out").exit_code == 1
    assert not Path("elsewhere").exists()


def test_export_into_a_file_is_refused_in_words() -> None:
    """A file of the folder's name."""
    Path("out").write_text("mine")
    assert "it is no folder" in run("export", "client.xlsx", "out").stderr


def test_an_export_that_fails_at_its_last_file_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Client.toml comes last."""

    def full(path: Path, data: bytes) -> None:
        raise CannotWriteError(path, f"no place for {len(data)} bytes", "Make room.")

    monkeypatch.setattr("isobook.commands.export.write_whole", full)
    assert run("export", "client.xlsx", "out").exit_code == 1
    assert list(Path("out").iterdir()) == []


def test_batch_takes_workbooks_and_folders_side_by_side() -> None:
    """One workbook a client; the foreign one is told, the edits stand in the index, a second run has nothing to do."""
    sources = Path("firm")
    sources.mkdir()
    Path("client.xlsx").replace(sources / "edited.xlsx")
    (sources / "as made.xlsx").write_bytes(made_of(name="Kim Sample"))
    (sources / "~$as made.xlsx").write_bytes(b"owner")
    Workbook().save(sources / "budget.xlsx")
    client("firm/smith")
    outcome = run("batch", "firm", "-o", "out", "--jobs", "1")
    assert outcome.exit_code == 1
    assert "3 made, 0 unchanged, 1 failed" in outcome.stdout
    assert Path("out/Kim Sample.xlsx").read_bytes() == made_of(name="Kim Sample")
    assert sorted(path.name for path in Path("out").glob("[!.i]*.xlsx")) == [
        "Jordan Sample.xlsx",
        "Kim Sample.xlsx",
        "smith.xlsx",
    ]
    assert TYPED_OVER in Path("out/index.csv").read_text("utf-8")
    assert "budget.xlsx" in Path("out/problems.csv").read_text("utf-8")
    assert "0 made, 3 unchanged, 1 failed" in run("batch", "firm", "-o", "out", "--jobs", "1").stdout
    assert made() != (sources / "edited.xlsx").read_bytes()
