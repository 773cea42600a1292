"""Workbooks under a password, which stands nowhere else."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import msoffcrypto  # type: ignore[import-untyped]
import pytest

from engine import InputError
from isobook.files.encryption import encrypted, read_password
from isobook.sources import read_source
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
    assert "none: found No such file or directory" in outcome.stderr
    assert not list((tmp_path / "out").glob("*.xlsx"))
