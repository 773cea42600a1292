"""`isobook batch`: every good client built, every bad one told, nothing done twice, nothing lost."""

from __future__ import annotations

import hashlib
import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine import Client, Projection, project
from isobook.batching import one_client as work
from isobook.batching.index.sheets import headline
from isobook.batching.state import RunState
from isobook.sources import read_source
from isobook.words.forms import computed
from tests.batch_sources import BAD, ODD, few_shapes, snapshot, table, write_client, write_combined, write_files
from tests.command import Outcome, run
from tests.spreadsheets import lint
from workbook_templates.fill import workbook

COUNT = 90


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ninety clients in order, and thirty that look for trouble."""
    root = tmp_path_factory.mktemp("firm") / "clients"
    for source, tables in few_shapes(COUNT).items():
        write_client(root / source, tables)
    write_files(root, BAD)
    write_files(root, ODD)
    return root


@pytest.fixture(scope="module")
def built(sources: Path) -> tuple[Outcome, Path]:
    """All of them, by one process: what the command said, and the folder it made."""
    output = sources.parent / "one"
    return batch(sources, output), output


def batch(sources: Path, output: Path, *options: str) -> Outcome:
    """Run the command in this process."""
    return run("batch", str(sources), "-o", str(output), "--jobs", "1", *options)


def small(folder: Path, *names: str) -> Path:
    """A source of a few clients with one exercise each."""
    write_files(folder, {name: {"exercises.csv": ODD["up"]["exercises.csv"]} for name in names})
    return folder


# --- what is made ------------------------------------------------------------------------------------------


def test_every_good_client_is_built_and_every_bad_one_is_told(built: tuple[Outcome, Path]) -> None:
    """Exit code 1, a summary, and the bad ones first in the index."""
    outcome, output = built
    assert outcome.exit_code == 1
    assert f"{COUNT + len(ODD):,} made, 0 unchanged, {len(BAD):,} failed." in outcome.stdout
    index = table(output / "index.csv")
    assert {row["source"] for row in index if row["state"] == "cannot be built"} == set(BAD)
    assert [row["state"] == "cannot be built" for row in index] == sorted(
        (row["state"] == "cannot be built" for row in index), reverse=True
    )
    assert len(index) == COUNT + len(ODD) + len(BAD)


def test_a_client_whose_returns_end_before_those_of_others_is_to_confirm(tmp_path: Path) -> None:
    """The last return row of one of two clients is missing: told, until it is answered (audit A10)."""
    row = "tax_year,filing_status,wages,deduction\n2024,single,150000,standard\n"
    on = f"{row}2025,single,150000,standard\n"
    clients = {"on": {"returns.csv": on.encode()}, "ends": {"returns.csv": row.encode()}}
    write_files(tmp_path / "in", clients)
    batch(tmp_path / "in", tmp_path / "out")
    states = {each["source"]: each["state"] for each in table(tmp_path / "out" / "index.csv")}
    assert states == {"on": "ready", "ends": "to confirm"}
    told = {each["source"]: each["what to do next"] for each in table(tmp_path / "out" / "index.csv")}
    assert told["on"] == "Review and sign."
    assert told["ends"].startswith("The last return is of 2024, and other clients of this run have 2025")
    (tmp_path / "in" / "ends" / "answers.csv").write_text("item_id,answer\nends-2024,moved to another firm\n")
    batch(tmp_path / "in", tmp_path / "out")
    assert {each["state"] for each in table(tmp_path / "out" / "index.csv")} == {"ready"}


def test_each_workbook_is_that_of_build(built: tuple[Outcome, Path], sources: Path) -> None:
    """Byte for byte, and its digest stands in the index."""
    for row in table(built[1] / "index.csv"):
        if row["state"] != "cannot be built":
            data = (built[1] / row["file"]).read_bytes()
            assert data == workbook(read_source(sources / row["source"].removeprefix("'")))
            assert row["sha256"] == hashlib.sha256(data).hexdigest()


def test_a_workbook_of_each_shape_is_valid(built: tuple[Outcome, Path]) -> None:
    """The lint finds nothing."""
    for number in range(5):
        assert lint((built[1] / f"client-{number:03}.xlsx").read_bytes()) == []


def test_every_problem_of_a_bad_client_is_listed(built: tuple[Outcome, Path]) -> None:
    """With its file, what was found, what was expected and what to do."""
    problems = table(built[1] / "problems.csv")
    assert {row["source"] for row in problems} == set(BAD)
    assert all(row["expected"] and row["remedy"] for row in problems)
    (negative,) = (row for row in problems if row["source"] == "negative shares")
    assert (negative["file"], negative["row"], negative["column"]) == ("exercises.csv", "2", "shares")
    assert not any("error of isobook" in row["found"] for row in problems)


def test_text_of_clients_is_no_formula_in_the_lists(built: tuple[Outcome, Path]) -> None:
    """No cell of a CSV begins as a formula does; in the workbook text is text."""
    for name in ("index.csv", "problems.csv"):
        for row in table(built[1] / name):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "|", "%")) for cell in row.values())
    book = load_workbook(built[1] / "index.xlsx")
    assert not any(cell.data_type == "f" for sheet in book for cells in sheet.iter_rows() for cell in cells)


def test_the_index_book_says_what_the_index_says(built: tuple[Outcome, Path]) -> None:
    """The same clients in the same order, AMT as numbers, whole sentences, each workbook linked beside it."""
    book = load_workbook(built[1] / "index.xlsx")
    assert book.sheetnames == ["Clients", "By year", "Problems", "Details"]
    header, *rows, total = book["Clients"].iter_rows(min_row=4)
    names = [" ".join(str(cell.value).split()) for cell in header]
    assert names == [
        *("Client", "State", "What to do next", "Years", "AMT, all years", "AMT, last year", "Credit left"),
        *("Attach Form 6251", "Open items", "Workbook"),
    ]
    index = table(built[1] / "index.csv")
    assert [row[1].value for row in rows] == [row["state"] for row in index]
    assert [row[4].value for row in rows] == [
        float(row["AMT in all"]) if row["AMT in all"] else "not yet" for row in index
    ]
    assert total[4].value == sum(float(row["AMT in all"] or 0) for row in index)
    left_out = sum(not row["AMT in all"] for row in index)
    assert left_out > len(BAD), "a client whose year lacks entries too"
    assert total[2].value == f"{left_out} clients not yet computed: left out"
    assert book["Clients"].auto_filter.ref == f"A4:J{4 + len(index)}"
    assert "client-001.xlsx" in {link.target for row in rows if (link := row[9].hyperlink)}
    assert len(list(book["Problems"].iter_rows(min_row=5))) == len(table(built[1] / "problems.csv"))
    details = [row[1].value for row in book["Details"].iter_rows(min_row=5)]
    assert details == [row["source"].lstrip("'") for row in index]


def test_the_index_says_in_a_sentence_how_many_need_a_person(built: tuple[Outcome, Path]) -> None:
    """The worst first; states without a client are left out."""
    assert headline({0: 2, 1: 1, 3: 31}) == "2 cannot be built, 1 needs entries, 31 ready to review."
    assert headline({1: 3, 2: 4}) == "3 need entries, 4 to confirm."
    said = load_workbook(built[1] / "index.xlsx")["Clients"]["A3"].value
    assert str(said).startswith(f"{len(BAD)} cannot be built, ")


def test_the_remedy_of_a_bad_client_is_whole_and_leads_to_its_problems(built: tuple[Outcome, Path]) -> None:
    """Where, what was found, what was expected, what to do; the link goes to the sheet Problems."""
    rows = list(load_workbook(built[1] / "index.xlsx")["Clients"].iter_rows(min_row=5, max_row=4 + len(BAD)))
    problems = table(built[1] / "problems.csv")
    for row in rows:
        assert any(problem["remedy"] in str(row[2].value) for problem in problems)
        assert row[9].hyperlink is not None
        assert row[9].hyperlink.location == "#Problems!A4".removeprefix("#")
        assert [cell.value for cell in row[4:7]] == ["not yet"] * 3


def test_the_credit_left_counts_what_the_last_amt_gives(tmp_path: Path) -> None:
    """One year with an AMT of 5,000 or so: no credit is carried out of it, and all but its exclusion part is left."""
    lot = "exercise_id,date_granted,date_exercised,exercise_price,fmv_exercise,shares\n"
    lot += "E-1,2023-01-02,2025-03-04,1,101,1500\n"
    row = "tax_year,filing_status,wages,deduction\n2025,single,150000,standard\n"
    write_files(tmp_path / "in", {"one": {"exercises.csv": lot.encode(), "returns.csv": row.encode()}})
    batch(tmp_path / "in", tmp_path / "out")
    (last,) = project(read_source(tmp_path / "in" / "one")).ledger
    cells = next(load_workbook(tmp_path / "out" / "index.xlsx")["Clients"].iter_rows(min_row=5, max_row=5))
    assert last["closing"] == 0
    assert cells[6].value == last["makes_credit"] > 0


def test_the_index_tells_years_amt_credit_and_verdict(built: tuple[Outcome, Path], sources: Path) -> None:
    """As the engine figures them."""
    (row,) = (row for row in table(built[1] / "index.csv") if row["source"] == "client-002")
    projection = project(read_source(sources / "client-002"))
    amt = {year: result.form_6251["11"] for year, result in projection.years.items()}
    assert row["years"] == "2024 to 2025"
    assert {year: row[f"AMT {year}"] for year in amt} == {year: f"{amount:f}" for year, amount in amt.items()}
    assert row["credit carried"] == f"{projection.ledger[-1]['closing']:f}"
    attached = [str(year) for year, result in projection.years.items() if result.attach_6251]
    assert row["attach Form 6251"] == (", ".join(attached) or "no")


def test_a_year_without_entries_is_said_and_comes_before_the_ready(built: tuple[Outcome, Path]) -> None:
    """It has no AMT yet: no figure stands for it, in no total."""
    index = {row["source"]: row for row in table(built[1] / "index.csv")}
    row = index["up"]
    assert row["state"] == "needs entries"
    assert row["needs"].startswith("2025: filing_status")
    assert (row["AMT 2025"], row["AMT in all"], row["attach Form 6251"]) == ("", "", "2025?")


def test_hostile_names_stay_in_the_folder(built: tuple[Outcome, Path], sources: Path) -> None:
    """Nothing stands elsewhere, and no name is that of a device or of the index."""
    names = {path.name for path in built[1].iterdir()}
    assert {"etc-passwd.xlsx", "up.xlsx", "C--Windows-System32-x.xlsx", "_NUL.txt.xlsx", "_Index.xlsx"} <= names
    assert {path.name for path in sources.parent.iterdir()} <= {"clients", "one", "two", "again"}


# --- the same again -----------------------------------------------------------------------------------------


def test_another_number_of_jobs_makes_the_same_files(built: tuple[Outcome, Path], sources: Path) -> None:
    """Two processes, begun afresh, into another folder."""
    output = sources.parent / "two"
    outcome = run("batch", str(sources), "-o", str(output), "--jobs", "2")
    assert outcome.exit_code == 1
    assert snapshot(output) == snapshot(built[1])


def test_a_second_run_skips_what_is_done_and_leaves_the_same_files(built: tuple[Outcome, Path], sources: Path) -> None:
    """It says how many; the bad ones are tried again."""
    before = snapshot(built[1])
    outcome = batch(sources, built[1])
    assert f"0 made, {COUNT + len(ODD):,} unchanged, {len(BAD):,} failed." in outcome.stdout
    assert snapshot(built[1]) == before


def test_tables_of_many_clients_make_the_same_workbooks(built: tuple[Outcome, Path], tmp_path: Path) -> None:
    """Rows in any order, told apart by client_id."""
    combined = write_combined(tmp_path / "tables", few_shapes(20))
    outcome = batch(combined, tmp_path / "out")
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("client-*.xlsx")}
    assert made == {
        f"client-{number:03}.xlsx": (built[1] / f"client-{number:03}.xlsx").read_bytes() for number in range(20)
    }


def test_a_run_makes_anew_what_changed_and_nothing_else(tmp_path: Path) -> None:
    """A file's content decides, not its date; a setting changes all."""
    sources = small(tmp_path / "in", "a", "b")
    assert batch(sources, tmp_path / "out").exit_code == 0
    os.utime(sources / "a" / "exercises.csv", (1, 1))
    (sources / "b" / "client.toml").write_text("rounding = 'cents'", "utf-8")
    assert "1 made, 1 unchanged" in batch(sources, tmp_path / "out").stdout
    assert "2 made, 0 unchanged" in batch(sources, tmp_path / "out", "--rounding", "cents").stdout


def test_another_program_makes_all_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest of the program's own files is part of what a workbook is made of."""
    sources = small(tmp_path / "in", "a")
    batch(sources, tmp_path / "out")
    for module in ("build_digest", "one_client"):
        monkeypatch.setattr(f"isobook.batching.{module}.program", lambda: "another")
    assert "1 made, 0 unchanged" in batch(sources, tmp_path / "out").stdout


def test_a_lost_workbook_is_made_again(tmp_path: Path) -> None:
    """What is recorded but not there is not done."""
    sources = small(tmp_path / "in", "a", "b")
    batch(sources, tmp_path / "out")
    (tmp_path / "out" / "a.xlsx").unlink()
    assert "1 made, 1 unchanged" in batch(sources, tmp_path / "out").stdout


# --- nothing is lost ----------------------------------------------------------------------------------------


def test_a_workbook_that_someone_worked_in_is_not_replaced(tmp_path: Path) -> None:
    """Unchanged input: a note. Changed input: the client fails and says why; the work stays."""
    sources = small(tmp_path / "in", "a")
    batch(sources, tmp_path / "out")
    (tmp_path / "out" / "a.xlsx").write_bytes(b"my notes")
    assert batch(sources, tmp_path / "out").exit_code == 0
    assert "changed since isobook wrote it" in table(tmp_path / "out" / "index.csv")[0]["notes"]
    (sources / "a" / "client.toml").write_text("rounding = 'cents'", "utf-8")
    assert batch(sources, tmp_path / "out").exit_code == 1
    assert "changed since isobook wrote it" in table(tmp_path / "out" / "problems.csv")[0]["found"]
    assert (tmp_path / "out" / "a.xlsx").read_bytes() == b"my notes"


def test_a_file_of_someone_else_is_not_replaced(tmp_path: Path) -> None:
    """Nor is a link followed out of the folder."""
    sources = small(tmp_path / "in", "a", "b")
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").write_bytes(b"precious")
    (tmp_path / "out" / "a.xlsx").write_bytes(b"precious")
    (tmp_path / "out" / "b.xlsx").symlink_to(tmp_path / "elsewhere")
    assert batch(sources, tmp_path / "out").exit_code == 1
    assert [row["file"] for row in table(tmp_path / "out" / "problems.csv")] == ["a.xlsx", "b.xlsx"]
    assert (tmp_path / "elsewhere").read_bytes() == (tmp_path / "out" / "a.xlsx").read_bytes() == b"precious"


def test_a_client_that_fails_now_is_marked_where_an_older_workbook_stands(tmp_path: Path) -> None:
    """And one whose folder is gone is named on the terminal; both files stay."""
    sources = small(tmp_path / "in", "a", "b", "c")
    batch(sources, tmp_path / "out")
    (sources / "a" / "exercises.csv").write_bytes(b"nonsense")
    (sources / "b").rename(tmp_path / "gone")
    outcome = batch(sources, tmp_path / "out")
    assert "b.xlsx is of an earlier run and no client's any more" in outcome.stderr
    row = table(tmp_path / "out" / "index.csv")[0]
    assert row["file"] == ""
    assert row["notes"] == "a.xlsx is of an earlier run and shows older figures."
    assert {"a.xlsx", "b.xlsx"} <= {path.name for path in (tmp_path / "out").iterdir()}


def test_a_fault_of_ours_costs_one_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told without the client's words."""
    sources = small(tmp_path / "in", "a", "b")

    def faulty(client: Client) -> Projection:
        if client.name == "a":
            raise KeyError("secret of a client")
        return computed(client)

    monkeypatch.setattr(work, "computed", faulty)
    assert "1 made, 0 unchanged, 1 failed" in batch(sources, tmp_path / "out").stdout
    (problem,) = table(tmp_path / "out" / "problems.csv")
    assert problem["found"].startswith("an error of isobook's (KeyError at test_batch.py:")
    assert b"secret" not in b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())


# --- names --------------------------------------------------------------------------------------------------


def test_clients_of_one_name_get_files_of_their_own_and_it_is_said(tmp_path: Path) -> None:
    """The folder's name tells them apart; case does not."""
    sources = small(tmp_path / "in", "first", "second", "third")
    for folder, name in (("first", "Jo Smith"), ("second", "JO SMITH")):
        (sources / folder / "client.toml").write_text(f"name = '{name}'", "utf-8")
    batch(sources, tmp_path / "out")
    index = {row["source"]: row for row in table(tmp_path / "out" / "index.csv")}
    assert index["first"]["file"] == "Jo Smith (first).xlsx"
    assert index["second"]["file"] == "JO SMITH (second).xlsx"
    assert "another client has the same name" in index["first"]["notes"]
    assert index["third"]["file"] == "third.xlsx"


def test_folders_that_clash_by_case_get_files_of_their_own(tmp_path: Path) -> None:
    """Where a file system holds both."""
    sources = small(tmp_path / "in", "ana", "Ana", "ANA (Ana)")
    assert batch(sources, tmp_path / "out").exit_code == 0
    names = [path.name.casefold() for path in (tmp_path / "out").glob("*.xlsx") if path.name != "index.xlsx"]
    assert len(names) == len(set(names)) == 3


# --- sources ------------------------------------------------------------------------------------------------


def test_links_out_of_the_source_are_not_followed(tmp_path: Path) -> None:
    """Neither a link to a folder nor one to a file; an undecodable name is no hindrance."""
    sources = small(tmp_path / "in", "good")
    small(tmp_path / "outside", "secret")
    (sources / "linked").symlink_to(tmp_path / "outside" / "secret")
    (sources / "inside").mkdir()
    (sources / "inside" / "exercises.csv").symlink_to(tmp_path / "outside" / "secret" / "exercises.csv")
    (small(tmp_path / "x", "raw") / "raw").rename(os.fsdecode(os.fsencode(sources) + b"/raw-\xff"))
    outcome = batch(sources, tmp_path / "out")
    assert "2 made, 0 unchanged, 2 failed" in outcome.stdout
    assert re.search(
        "^Failed: (linked, inside|inside, linked)[.] What is wrong is listed in ", outcome.stderr, re.MULTILINE
    )
    assert {row["source"] for row in table(tmp_path / "out" / "problems.csv")} == {"linked", "inside"}


def test_files_beside_the_folders_are_counted_and_the_output_may_stand_among_them(tmp_path: Path) -> None:
    """Nothing that was not read goes unsaid."""
    sources = small(tmp_path / "in", "a")
    (sources / "stray.csv").write_bytes(b"")
    outcome = batch(sources, sources / "out")
    assert "stand in no client's folder: 1 of the files" in outcome.stderr
    assert "0 made, 1 unchanged" in batch(sources, sources / "out").stdout


@pytest.mark.parametrize("output", [".", "a"])
def test_workbooks_never_go_among_the_clients_files(tmp_path: Path, output: str) -> None:
    """The output is a folder of its own."""
    sources = small(tmp_path / "in", "a")
    outcome = batch(sources, sources / output)
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert "expected a folder of its own" in outcome.stderr
    assert list(tmp_path.rglob("*.xlsx")) == []


def test_one_client_is_for_build(tmp_path: Path) -> None:
    """A single client's folder is no folder of folders."""
    sources = small(tmp_path / "in", "a")
    outcome = batch(sources / "a", tmp_path / "out")
    assert outcome.exit_code == 1
    assert "isobook build" in outcome.stderr


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_a_source_without_clients_is_refused(tmp_path: Path, name: str) -> None:
    """Said, rather than an empty index."""
    (tmp_path / "empty").mkdir()
    outcome = batch(tmp_path / name, tmp_path / "out")
    assert outcome.exit_code == 1
    assert "1 problem, and nothing was written" in outcome.stderr


def test_two_runs_into_one_folder_are_kept_apart(tmp_path: Path) -> None:
    """The second one is refused while the first one works."""
    sources = small(tmp_path / "in", "a")
    (tmp_path / "out").mkdir()
    first = RunState(tmp_path / "out")
    outcome = batch(sources, tmp_path / "out")
    first.close()
    assert outcome.exit_code == 1
    assert "in use by another run" in outcome.stderr


# --- tables of many clients ---------------------------------------------------------------------------------

TABLE = "client_id;exercise_id;date_granted;date_exercised;exercise_price;fmv_exercise;shares;employer\n"


def test_a_bad_row_of_a_table_costs_its_client_alone(tmp_path: Path) -> None:
    """It is told at its row of the whole table."""
    rows = ["1;E1;2022-01-03;2025-03-14;12.50;40.25;1000;A\n"] * 1 + ["2;E1;2022-01-03;2025-03-14;x;40.25;1000;A\n"]
    path = tmp_path / "exercises.csv"
    path.write_bytes((TABLE + "".join(rows)).encode() + b"3;E1;2022-01-03;2025-03-14;1;2;3;\xff\n;E9;;;;;;\n")
    assert "1 made, 0 unchanged, 3 failed" in batch(path, tmp_path / "out").stdout
    problems = {row["source"]: row for row in table(tmp_path / "out" / "problems.csv")}
    assert (problems["2"]["file"], problems["2"]["row"], problems["2"]["column"]) == (
        "exercises.csv",
        "3",
        "exercise_price",
    )
    assert problems["3"]["found"] == "byte 0xFF"
    assert (problems[""]["column"], problems[""]["row"]) == ("client_id", "5")


def test_clients_csv_gives_names_and_settings(tmp_path: Path) -> None:
    """One row a client; client.toml holds for all of them."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "exercises.csv").write_text(TABLE + "7;E1;2022-01-03;2025-03-14;1;2;3;\n", "utf-8")
    (tmp_path / "in" / "Clients.csv").write_text('client_id,name,rounding\n7,"Jo ""J"" O\'Neil",cents\n', "utf-8")
    (tmp_path / "in" / "client.toml").write_text("tax_method = 'schedule'\nrounding = 'dollars'\n", "utf-8")
    assert batch(tmp_path / "in", tmp_path / "out").exit_code == 0
    assert table(tmp_path / "out" / "index.csv")[0]["client"] == 'Jo "J" O\'Neil'
    book = load_workbook(BytesIO((tmp_path / "out" / "Jo -J- O'Neil.xlsx").read_bytes()))
    words = {
        cell.value for sheet in book for cells in sheet.iter_rows() for cell in cells if isinstance(cell.value, str)
    }
    assert {"cents", "schedule"} <= words


def test_ids_that_excel_holds_equal_are_refused(tmp_path: Path) -> None:
    """007 in one table and 7 in another are told, never built as two halves of a client."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "exercises.csv").write_text(TABLE + "007;E1;2022-01-03;2025-03-14;1;2;3;\n", "utf-8")
    (tmp_path / "in" / "returns.csv").write_text("client_id,tax_year\n7,2025\n", "utf-8")
    assert "0 made, 0 unchanged, 1 failed" in batch(tmp_path / "in", tmp_path / "out").stdout
    assert "007 and 7" in table(tmp_path / "out" / "problems.csv")[0]["found"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ('client_id,exercise_id\n1,"E1\n2,E2\n', "unexpected end of data"),
        ("client_id,tax_year\n1,2025\n", ""),
    ],
)
def test_a_table_that_cannot_be_told_apart_is_refused_whole(tmp_path: Path, content: str, word: str) -> None:
    """An open quote hides where one client ends; a table without the column has rows of nobody."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "exercises.csv").write_text(content, "utf-8")
    (tmp_path / "in" / "returns.csv").write_text("tax_year\n2025\n", "utf-8")
    outcome = batch(tmp_path / "in", tmp_path / "out")
    assert outcome.exit_code == 1
    assert "a column client_id" in outcome.stderr
    assert word in outcome.stderr
