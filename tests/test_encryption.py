"""Workbooks under a password, which stands nowhere else."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import msoffcrypto  # type: ignore[import-untyped]
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from engine import InputError
from isobook.commands.options import NOT_ENCRYPTED
from isobook.encryption import encrypted, is_encrypted, read_password
from isobook.sources import open_source, read_source
from tests.batch_sources import ODD, table, write_files
from tests.command import EXAMPLES, run
from workbook_templates.fill import workbook

PASSWORD = "Grüße, 7 Äpfel!"


def decrypted(data: bytes, password: str) -> bytes:
    """The workbook behind a password."""
    file = msoffcrypto.OfficeFile(BytesIO(data))
    file.load_key(password=password)
    file.decrypt(target := BytesIO(), verify_integrity=True)
    return target.getvalue()


def test_what_is_encrypted_is_the_workbook() -> None:
    """With the password it comes back whole; without, nothing of it shows."""
    book = workbook(read_source(EXAMPLES / "underwater"))
    data = encrypted(book, PASSWORD)
    assert decrypted(data, PASSWORD) == book
    assert b"xl/workbook.xml" in book
    assert b"xl/workbook.xml" not in data


def test_a_run_encrypts_every_workbook_and_tells_the_password_to_nobody(tmp_path: Path) -> None:
    """Neither names nor digests of it stand in the folder or on the terminal."""
    write_files(tmp_path / "in", {name: ODD["up"] | {"client.toml": b""} for name in ("a", "b")})
    (tmp_path / "password").write_text(f"{PASSWORD}\nnot this line\n", "utf-8")
    arguments = ["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "1"]
    arguments += ["--password-file", str(tmp_path / "password")]
    outcome = run(*arguments)
    assert outcome.exit_code == 0
    for name in ("a", "b"):
        data = (tmp_path / "out" / f"{name}.xlsx").read_bytes()
        assert decrypted(data, PASSWORD) == workbook(read_source(tmp_path / "in" / name))
    left = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir()) + outcome.stdout.encode()
    assert PASSWORD.encode() not in left
    assert "0 made, 2 unchanged" in run(*arguments).stdout


def test_another_password_makes_all_anew(tmp_path: Path) -> None:
    """As do files that are to be open again."""
    write_files(tmp_path / "in", {"a": ODD["up"]})
    arguments = ("batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "1")
    for password in ("one", "two"):
        (tmp_path / "password").write_text(password, "utf-8")
        assert "1 made" in run(*arguments, "--password-file", str(tmp_path / "password")).stdout
    assert "1 made" in run(*arguments).stdout
    assert table(tmp_path / "out" / "index.csv")[0]["file"] == "up.xlsx"


@pytest.mark.parametrize("content", [b"", b"\n", b"a\tb", b"x" * 256, b"\xff\xfea"])
def test_a_file_without_a_password_is_refused(tmp_path: Path, content: bytes) -> None:
    """Empty, not printable, too long for Excel, or no text; the message does not quote it."""
    (tmp_path / "password").write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_password(tmp_path / "password")
    assert "xxx" not in str(refused.value)


def test_a_password_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Before anything is made."""
    write_files(tmp_path / "in", {"a": ODD["up"]})
    outcome = run("batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--password-file", str(tmp_path / "none"))
    assert outcome.exit_code == 1
    assert "none: found no file of that name" in outcome.stderr
    assert not list((tmp_path / "out").glob("*.xlsx"))


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a client's encrypted workbook client.xlsx, as build made it, and the file of its password."""
    folder = tmp_path_factory.mktemp("locked")
    (folder / "password").write_text(f"{PASSWORD}\n", "utf-8")
    made = run("build", str(EXAMPLES / "four-years"), "-o", str(folder / "client.xlsx"), *_with(folder))
    assert made.exit_code == 0, made.stderr
    return folder


def _with(folder: Path) -> tuple[str, str]:
    return "--password-file", str(folder / "password")


def test_build_encrypts_the_workbook_of_one_client(locked: Path) -> None:
    """What lies under the password is what build makes without one."""
    data = (locked / "client.xlsx").read_bytes()
    assert is_encrypted(data)
    assert decrypted(data, PASSWORD) == workbook(read_source(EXAMPLES / "four-years"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("forms", "--json"),
        ("explain", "2024", "6251", "11"),
        ("plan", "--json"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_reads_the_encrypted_workbook_as_the_open_one(
    locked: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Word for word what it says of the same workbook without a password."""
    (tmp_path / "client.xlsx").write_bytes(workbook(read_source(EXAMPLES / "four-years")))
    name, *rest = arguments
    plain = run(name, str(tmp_path / "client.xlsx"), *rest)
    found = run(name, str(locked / "client.xlsx"), *rest, *_with(locked))
    assert found.exit_code == plain.exit_code == 0
    assert found.stdout == plain.stdout


def test_diff_reads_an_encrypted_workbook(locked: Path) -> None:
    """Of the workbook and the folder that it was made of nothing differs."""
    found = run("diff", str(locked / "client.xlsx"), str(EXAMPLES / "four-years"), *_with(locked))
    assert found.exit_code == 0, found.stderr
    assert "No difference" in found.stdout


def test_roll_encrypts_the_next_workbook_as_well(locked: Path, tmp_path: Path) -> None:
    """The new year's workbook is under the password."""
    target = tmp_path / "next.xlsx"
    found = run("roll", str(EXAMPLES / "article-2025"), "-o", str(target), *_with(locked))
    assert found.exit_code == 0, found.stderr
    assert is_encrypted(target.read_bytes())
    assert run("check", str(target), *_with(locked)).exit_code == 0


def test_export_says_that_its_files_are_not_under_the_password(locked: Path, tmp_path: Path) -> None:
    """They can be read by anyone, which the workbook could not."""
    found = run("export", str(locked / "client.xlsx"), str(tmp_path / "out"), *_with(locked))
    assert found.exit_code == 0, found.stderr
    assert NOT_ENCRYPTED in found.stdout
    assert read_source(tmp_path / "out").returns == read_source(EXAMPLES / "four-years").returns


def test_batch_reads_encrypted_workbooks(locked: Path, tmp_path: Path) -> None:
    """With the password that the workbooks of the run get; without it the client fails in words."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "client.xlsx").write_bytes((locked / "client.xlsx").read_bytes())
    arguments = ("batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "1")
    assert "1 failed" in run(*arguments).stdout
    assert "a workbook under a password" in (tmp_path / "out" / "problems.csv").read_text("utf-8-sig")
    assert "1 made" in run(*arguments, *_with(locked)).stdout


def test_build_replaces_an_encrypted_workbook_that_nobody_worked_in(locked: Path, tmp_path: Path) -> None:
    """Without its password it cannot be told whether somebody did: it stays."""
    target = tmp_path / "client.xlsx"
    target.write_bytes((locked / "client.xlsx").read_bytes())
    kept = run("build", str(EXAMPLES / "underwater"), "-o", str(target))
    assert kept.exit_code == 1
    assert "it is under a password that was not given" in kept.stderr
    assert target.read_bytes() == (locked / "client.xlsx").read_bytes()
    replaced = run("build", str(EXAMPLES / "underwater"), "-o", str(target), *_with(locked))
    assert replaced.exit_code == 0, replaced.stderr
    assert "Replaced" in replaced.stdout
    typed = load_workbook(BytesIO(decrypted(target.read_bytes(), PASSWORD)))
    typed["Inputs"][typed.defined_names["client_name"].attr_text.rpartition("!")[2].replace("$", "")] = "Jo Smith"
    typed.save(saved := BytesIO())
    target.write_bytes(encrypted(saved.getvalue(), PASSWORD))
    worked_in = run("build", str(EXAMPLES / "underwater"), "-o", str(target), *_with(locked))
    assert worked_in.exit_code == 1
    assert "it was changed since isobook wrote it" in worked_in.stderr


def test_an_encrypted_download_of_a_broker_is_imported(locked: Path, tmp_path: Path) -> None:
    """A table of Forms 3921 under a password."""
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    for row in csv.reader((EXAMPLES / "four-years" / "exercises.csv").read_text("utf-8").splitlines()):
        book.active.append(row)
    book.save(saved := BytesIO())
    (tmp_path / "forms.xlsx").write_bytes(encrypted(saved.getvalue(), PASSWORD))
    arguments = ("import", str(tmp_path / "forms.xlsx"), "-o", str(tmp_path / "client"))
    assert "Give --password-file FILE" in run(*arguments).stderr
    found = run(*arguments, *_with(locked))
    assert found.exit_code == 0, found.stderr
    assert (tmp_path / "client" / "exercises.csv").is_file()


def _damaged(data: bytes) -> bytes:
    """One byte of the encrypted part is another one: the longest run of the file without a zero is in it."""
    place = len(data) // 2
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize(
    ("change", "password", "words"),
    [
        (lambda data: data, None, "a workbook under a password"),
        (lambda data: data, "another", "under another password"),
        (_damaged, PASSWORD, "or a damaged one"),
        (lambda data: data[:3_000] + data[6_000:], PASSWORD, "damaged"),
        (lambda data: data.replace(b'spinCount="100000"', b'spinCount="999999999"'), PASSWORD, "damaged"),
        (lambda data: data[:8] + bytes(600), PASSWORD, "Excel 97 (.xls)"),
    ],
    ids=["no password", "wrong password", "bit", "cut", "endless rounds", "xls"],
)
def test_what_does_not_open_is_refused_in_words(
    locked: Path, tmp_path: Path, change: Callable[[bytes], bytes], password: str | None, words: str
) -> None:
    """With the reason and a remedy, and without the password."""
    data = (locked / "client.xlsx").read_bytes()
    assert password == PASSWORD or change(data) == data
    (tmp_path / "client.xlsx").write_bytes(change(data))
    with pytest.raises(InputError) as refused:
        open_source(tmp_path / "client.xlsx", password=password)
    assert words in str(refused.value)
    assert PASSWORD not in str(refused.value)


def test_a_password_that_is_not_needed_opens_what_is_open(locked: Path) -> None:
    """A folder, or a workbook without a password, is read as ever."""
    assert run("check", str(EXAMPLES / "underwater"), *_with(locked)).exit_code == 0
