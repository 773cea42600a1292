"""The command `isobook report`: what it makes, replaces, refuses, encrypts, and what follows with blank forms."""

import io
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from tests.command import client, refused, run, run_process, wrong_use
from tests.official_pdf import made_6251, made_8949
from tests.report_pdf import outline_of, pages_of


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_same_client_gives_the_same_bytes_in_any_process() -> None:
    """No clock and no chance is in them; a report that nobody has changed is replaced."""
    source = client()
    first = run("report", source, "-o", "out/smith.pdf")
    assert first.exit_code == 0, first.stderr
    assert first.stdout.startswith(f"Made {Path('out', 'smith.pdf')}: smith, 2025\n")
    assert "The folder out was not there; it was made." in first.stdout
    assert "Open items:" not in first.stdout  # nothing presses
    data = Path("out/smith.pdf").read_bytes()
    other = run_process("report", source, "-o", "out/smith.pdf", capture_output=True)
    assert other.stdout.startswith(f"Replaced {Path('out', 'smith.pdf')}: smith, 2025\n")
    assert Path("out/smith.pdf").read_bytes() == data


def test_a_report_of_other_figures_is_replaced_where_it_is_as_it_was_made() -> None:
    """The wages are corrected: the report of that name is new."""
    source = client()
    assert run("report", source, "-o", "smith.pdf").exit_code == 0
    before = Path("smith.pdf").read_bytes()
    returns = Path(source, "returns.csv")
    returns.write_text(returns.read_text("utf-8").replace("150000", "160000"), encoding="utf-8")
    assert run("report", source, "-o", "smith.pdf").stdout.startswith("Replaced smith.pdf")
    assert Path("smith.pdf").read_bytes() != before


@pytest.mark.parametrize("how", ["appended to", "written anew"])
def test_a_report_that_was_changed_is_never_replaced(how: str) -> None:
    """A comment that somebody added to the PDF is kept, however the program saves it."""
    source = client()
    assert run("report", source, "-o", "smith.pdf").exit_code == 0
    data = Path("smith.pdf").read_bytes()
    if how == "written anew":
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
        writer.add_metadata({"/Title": "Mine"})
        written = io.BytesIO()
        writer.write(written)
        Path("smith.pdf").write_bytes(written.getvalue())
        why = "a file of that name is there that isobook did not write. Move or rename it"
    else:
        Path("smith.pdf").write_bytes(data + b"% a comment\n")
        why = "it was changed since isobook wrote it. Move or rename it so that no work is lost"
    kept = Path("smith.pdf").read_bytes()
    assert refused("report", source, "-o", "smith.pdf") == f"smith.pdf: {why}, or give another name with -o.\n"
    assert Path("smith.pdf").read_bytes() == kept


def test_a_name_that_is_none_for_a_pdf_is_wrong_use() -> None:
    """Neither another ending nor a folder; a taxpayer without forms has nothing to fill."""
    source = client()
    assert "smith.docx is no name for a PDF: end it in .pdf." in wrong_use("report", source, "-o", "smith.docx")
    Path("folder.pdf").mkdir()
    assert "folder.pdf is no file: name the report." in wrong_use("report", source, "-o", "folder.pdf")
    told = wrong_use("report", source, "-o", "smith.pdf", "--taxpayer", "taxpayer.toml")
    assert "It is for the forms of --blank: name their folder too." in told


def test_without_the_libraries_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to type; nothing is made."""
    monkeypatch.setattr("isobook.commands.papers.report.LIBRARIES", ("reportlab", "no_such_library"))
    told = refused("report", client(), "-o", "smith.pdf")
    assert told.startswith("The PDF libraries are not installed. Add the extra isobook[office]: ")
    assert not Path("smith.pdf").exists()


def test_an_encrypted_report_opens_with_its_password_alone() -> None:
    """AES-256, with the password of the file's first line; it is replaced as another report is."""
    Path("password.txt").write_text("Grün & leise\n", encoding="utf-8")
    arguments = ["report", client(), "-o", "smith.pdf", "--password-file", "password.txt"]
    outcome = run(*arguments)
    assert outcome.exit_code == 0
    assert "  It opens with the password alone.\n" in outcome.stdout
    data = Path("smith.pdf").read_bytes()
    reader = PdfReader(io.BytesIO(data))
    assert reader.is_encrypted
    assert reader.decrypt("leise") == 0
    assert b"smith" not in data
    assert "smith" in pages_of(data, "Grün & leise")[0].text
    assert outline_of(data, "Grün & leise")[0] == (0, "Summary", 1)
    assert run(*arguments).stdout.startswith("Replaced smith.pdf")


def test_a_password_that_pdf_does_not_take_is_refused() -> None:
    """128 bytes are one too many; the message does not quote it."""
    Path("password.txt").write_text("x" * 128, encoding="utf-8")
    told = refused("report", client(), "-o", "smith.pdf", "--password-file", "password.txt")
    assert "password.txt: found" in told
    assert "more than 127 bytes" in told
    assert "xxx" not in told
    assert "it is for the PDF alone" in told


def test_a_password_of_a_workbook_that_pdf_does_not_take_is_changed_there_first() -> None:
    """Excel takes 255 characters; another one in the file alone would no longer open the workbook."""
    Path("password.txt").write_text("x" * 128, encoding="utf-8")
    locked = ["--password-file", "password.txt"]
    assert run("build", client(), "-o", "smith.xlsx", *locked).exit_code == 0
    outcome = run("report", "smith.xlsx", "-o", "smith.pdf", *locked)
    assert outcome.exit_code == 1
    assert "Give the workbook a shorter one in Excel first" in outcome.stderr
    assert not Path("smith.pdf").exists()


def test_the_filled_forms_follow_flat_with_their_bookmarks() -> None:
    """Two forms at hand: their pages behind the report, without boxes; what is not at hand is told, on paper too."""
    Path("blank").mkdir()
    for number, form in enumerate((made_6251(2025), made_8949(2025))):
        Path("blank", f"{number}.pdf").write_bytes(form.data())
    source = client(sales="exercise_id,date_sold,shares,price\nE1,2025-09-01,10,50.25\n")
    Path("taxpayer.toml").write_text('name = "Kim Smith"\nssn = "000-00-0000"\n', encoding="utf-8")
    arguments = [source, "-o", "out.pdf", "--blank", "blank", "--taxpayer", "taxpayer.toml"]
    outcome = run("report", *arguments)
    assert outcome.exit_code == 0, outcome.stderr
    assert "  2025: not at hand, and not filled: Schedule D." in outcome.stdout
    data = Path("out.pdf").read_bytes()
    pages, outline = pages_of(data), outline_of(data)
    at = [title for _, title, _ in outline].index("Official forms")
    first = outline[at][2]
    assert [(level, title) for level, title, _ in outline[at + 1 :]] == [(1, "Form 6251, 2025"), (1, "Form 8949, 2025")]
    assert "000-00-0000" in pages[first - 1].text
    assert "27,473" in pages[first - 1].text  # line 2i of the 990 shares that are left: 990 times $27.75, in dollars
    assert f"Page 1 of {first - 1}" in pages[0].text
    assert any("2025: not at hand, and not filled: Schedule D." in page.text for page in pages[: first - 1])
    root = PdfReader(io.BytesIO(data)).root_object
    assert "/AcroForm" not in root
    assert str(root["/Lang"]) == "en-US"
    assert run("report", *arguments).stdout.startswith("Replaced")
    assert Path("out.pdf").read_bytes() == data


def test_a_folder_without_a_usable_form_makes_no_report() -> None:
    """It was asked for with forms: what is wrong with the folder is said."""
    Path("blank").mkdir()
    told = refused("report", client(), "-o", "smith.pdf", "--blank", "blank")
    assert told.startswith("blank: no usable form.")
    assert not Path("smith.pdf").exists()


def test_a_client_that_cannot_be_read_makes_no_report() -> None:
    """The problem is listed as in every command."""
    source = client(exercises="exercise_id,shares\nE1,-5\n")
    assert "and nothing was written:" in refused("report", source, "-o", "smith.pdf")
    assert not Path("smith.pdf").exists()


@pytest.mark.real_program
def test_qpdf_finds_no_fault() -> None:
    """In a report, in one with forms behind it, and in an encrypted one."""
    source, blank = client(), Path("blank")
    blank.mkdir()
    (blank / "a.pdf").write_bytes(made_6251(2025).data())
    Path("password.txt").write_text("secret\n", encoding="utf-8")
    assert run("report", source, "-o", "plain.pdf").exit_code == 0
    assert run("report", source, "-o", "forms.pdf", "--blank", "blank").exit_code == 0
    assert run("report", source, "-o", "locked.pdf", "--password-file", "password.txt").exit_code == 0
    for name in ("plain", "forms", "locked"):
        check_with_qpdf(f"{name}.pdf", "secret" if name == "locked" else "")


def check_with_qpdf(file: str, password: str) -> None:
    """Hold a PDF against its format, with all its streams read."""
    command = ["qpdf", "--check", f"--password={password}", file]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "WARNING" not in outcome.stdout + outcome.stderr
