"""Files that a user names: a pipe, a device, too many bytes and hostile settings are refused in words, and soon."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from openpyxl import Workbook

from engine import InputError
from isobook.encryption import read_password
from isobook.imports import read_file
from isobook.sources import read_source
from isobook.user_files import SETTINGS, read_bytes, read_toml
from tests.command import EXAMPLES, run
from tests.rezipped import with_parts

EXAMPLE = 'name = "Jordan Sample"'


def refused(path: Path) -> str:
    """The one problem of a TOML file."""
    with pytest.raises(InputError) as error:
        read_toml(path, EXAMPLE)
    (problem,) = error.value.problems
    return str(problem)


@pytest.mark.parametrize("read", [read_source, read_password, lambda path: read_toml(path, EXAMPLE)])
def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path, read: object) -> None:
    """As a client, as the file of a password, as settings."""
    os.mkfifo(tmp_path / "pipe")
    assert callable(read)
    with pytest.raises(InputError) as error:
        read(tmp_path / "pipe")
    assert "a pipe or a device" in str(error.value)


def test_a_folder_in_the_place_of_a_file_is_told_as_what_it_is(tmp_path: Path) -> None:
    """No program has it open: to close it would be no remedy."""
    with pytest.raises(InputError) as error:
        read_password(tmp_path)
    (problem,) = error.value.problems
    assert (problem.value, problem.remedy) == ("a folder", "Give a file.")


def test_a_pipe_among_the_files_of_a_client_is_named(tmp_path: Path) -> None:
    """The folder is refused; the other files are no part of it."""
    (tmp_path / "exercises.csv").write_bytes((EXAMPLES / "underwater" / "exercises.csv").read_bytes())
    os.mkfifo(tmp_path / "client.toml")
    assert "client.toml" in run("check", str(tmp_path)).stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"name = {'9' * 5_000}", "a number with too many digits"),
        (f"name = 0x{'f' * 60_000}", "a number with too many digits"),
        (f"{'.'.join(['a'] * 20_000)} = 1", "more than 50 dots in a row of names"),
        (f"{' . '.join(['a'] * 9_000)} = 1", "more than 50 dots in a row of names"),
        (f"name = {'[' * 30_000}", "brackets within brackets"),
        ("name", "Expected '='"),
        ("#" * 64_001, "more than 64,000 bytes"),
    ],
    ids=["digits", "hexadecimal", "dots", "dots apart", "brackets", "no value", "large"],
)
def test_settings_that_would_hold_the_program_up_are_refused(tmp_path: Path, text: str, words: str) -> None:
    """In words, through the command, without a traceback."""
    (tmp_path / "exercises.csv").write_bytes((EXAMPLES / "underwater" / "exercises.csv").read_bytes())
    (tmp_path / "client.toml").write_text(text, "utf-8")
    found = run("check", str(tmp_path))
    assert found.exit_code == 1
    assert words in found.stderr
    assert len(found.stderr) < 700


def test_a_text_with_dots_is_a_text(tmp_path: Path) -> None:
    """Dots in a name are no keys: a firm with many initials, an address in short sentences."""
    (tmp_path / "client.toml").write_text(
        'firm = "A.B.C. Tax, Inc."\nsalutation = "Dear J. R. R. T., and all."', "utf-8"
    )
    assert read_toml(tmp_path / "client.toml", EXAMPLE)["firm"] == "A.B.C. Tax, Inc."


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With what was expected."""
    with pytest.raises(InputError) as error:
        read_bytes(tmp_path / "firm.toml", SETTINGS)
    assert str(error.value) == ("firm.toml: found no file of that name, expected a TOML file in UTF-8. Check its name.")


def test_a_doctype_in_a_download_is_refused(tmp_path: Path) -> None:
    """Entities in a cell would blank it, or fill the memory."""
    Workbook().save(tmp_path / "plain.xlsx")
    name = "xl/worksheets/sheet1.xml"
    data = with_parts(
        (tmp_path / "plain.xlsx").read_bytes(),
        lambda parts: parts.update({name: b'<!DOCTYPE x [<!ENTITY a "1">]>' + parts[name]}),
    )
    (tmp_path / "download.xlsx").write_bytes(data)
    with pytest.raises(InputError) as error:
        read_file(tmp_path / "download.xlsx", {})
    assert "a DOCTYPE in xl/worksheets/sheet1.xml" in str(error.value)


def test_a_header_as_long_as_a_book_is_cut_in_messages(tmp_path: Path) -> None:
    """39,000 characters in one header: each message shows where, and stays a line."""
    (tmp_path / "exercises.csv").write_text(f"shares,{'x' * 39_000}\n1,2\n", "utf-8")
    assert max(map(len, run("check", str(tmp_path)).stderr.splitlines())) < 600
