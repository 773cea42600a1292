import stat
from pathlib import Path

import pytest

from isobook.files.whole_file import CannotWriteError, write_whole


def failing_replace(_part: Path, target: Path) -> Path:
    """What Windows does when the workbook is open in Excel."""
    raise PermissionError(13, "Permission denied", str(target))


def test_a_file_is_written_into_folders_that_it_makes(tmp_path: Path) -> None:
    """Nothing but the file is left in the folder."""
    write_whole(tmp_path / "a" / "b" / "book.xlsx", b"new")
    assert (tmp_path / "a" / "b" / "book.xlsx").read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["book.xlsx"]


def test_an_older_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    """Who could not read the older workbook cannot read the new one."""
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"old")
    book.chmod(0o600)
    write_whole(book, b"new")
    assert (book.read_bytes(), stat.S_IMODE(book.stat().st_mode)) == (b"new", 0o600)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file that it points to is replaced."""
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "book.xlsx")
    write_whole(tmp_path / "link.xlsx", b"new")
    assert (tmp_path / "link.xlsx").is_symlink()
    assert (tmp_path / "book.xlsx").read_bytes() == b"new"


def test_a_workbook_open_in_excel_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the file, the reason and the remedy; nothing half-written stays."""
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", failing_replace)
    with pytest.raises(CannotWriteError, match=r"book\.xlsx: not written \(Permission denied\)\. Close it") as refused:
        write_whole(book, b"new")
    assert book.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [book]
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("lock", ["~$book.xlsx", ".~lock.book.xlsx#"])
def test_the_lock_file_of_a_spreadsheet_program_is_heeded(tmp_path: Path, lock: str) -> None:
    """Outside Windows the system itself would let an open workbook be replaced."""
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"old")
    (tmp_path / lock).touch()
    with pytest.raises(CannotWriteError, match="it is open, says the lock file"):
        write_whole(book, b"new")
    assert book.read_bytes() == b"old"


def test_a_write_protected_workbook_is_left_as_it_is(tmp_path: Path) -> None:
    """Protection is meant, even where the folder would allow the file to be replaced."""
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"old")
    book.chmod(0o400)
    with pytest.raises(CannotWriteError, match="write-protected"):
        write_whole(book, b"new")
    assert book.read_bytes() == b"old"


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    """The folder cannot be made, and the file stays."""
    (tmp_path / "file").write_bytes(b"kept")
    with pytest.raises(CannotWriteError, match="Check the folder"):
        write_whole(tmp_path / "file" / "book.xlsx", b"new")
    assert (tmp_path / "file").read_bytes() == b"kept"


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between writing and replacing cleans up too."""

    def interrupted(_part: Path, _target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "book.xlsx", b"new")
    assert list(tmp_path.iterdir()) == []
