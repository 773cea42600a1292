"""The letter and the request list in Word: the words of the sheet Letter, the open items, and what is refused."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from engine import Client, project
from engine.clients.item_rows import open_rows
from engine.columns import Ask, ItemKind
from isobook.sources import read_source
from papers.word.firm import Firm
from papers.word.letter_document import RULE, letter_document
from papers.word.requests import requests_of
from papers.word.requests_document import requests_document
from tests.command import EXAMPLES, client, run, run_process, wrong_use
from tests.printed_clients import PRINTED
from tests.spreadsheets.libreoffice import convert_to_pdf
from tests.spreadsheets.libreoffice import run as run_program
from tests.spreadsheets.open_xml import validate_open_xml
from workbook_templates.fill import shape_of, values_of, workbook
from workbook_templates.letter import LETTER
from workbook_templates.letter.parts.paragraphs import letter_parts

NAMES = [
    *("all-equity", "article-2025", "four-years", "from-csv-alone", "grant-limit"),
    *("mixed", "open-items", "six-years", "underwater"),
]
CENTS: dict[str, Any] = {
    "rounding": "cents",
    "firm": "Acorn & Oak LLP",
    "letter_date": "May 4, 2025",
    "client_address": "1 Main Street\nSpringfield",
    "salutation": "Dear Robin:",
}


def _examples() -> dict[str, Client]:
    found = {name: read_source(EXAMPLES / name) for name in NAMES}
    kept = {name: getattr(found["six-years"], name) for name in Client.model_fields}
    found["cents"] = Client(**{**kept, **CENTS})
    found["forty exercises"] = PRINTED["forty exercises"]
    return found


CLIENTS = _examples()


def _letter(of: Client, firm: Firm | None = None) -> bytes:
    projection = project(of)
    shape = shape_of(projection)
    parts = letter_parts(shape, values_of(projection, shape)[LETTER])
    return letter_document(parts, (firm or Firm()).under(of.firm))


def _opened(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def _told(document: Any) -> list[str]:
    """What stands in a letter from top to bottom, cell by cell; without what is there to choose or to sign."""
    first = document.sections[0].first_page_header
    words = [paragraph.text for paragraph in first.paragraphs]
    for each in document.iter_inner_content():
        if hasattr(each, "rows"):
            words += [cell.text for row in each.rows for cell in row.cells]
        else:
            words += each.text.split("\n")
    return [each for each in words if each not in ("", RULE)]


def _on_sheet(of: Client) -> list[tuple[object, str]]:
    """The cells of the sheet Letter that show, in the same order, each with its number format."""
    book = workbook(of)
    sheet = load_workbook(BytesIO(book), read_only=True, data_only=True)["Letter"]
    with ZipFile(BytesIO(book)) as parts:
        rows = re.findall(r'<row r="(\d+)"[^>]*hidden="1"', parts.read("xl/worksheets/sheet2.xml").decode())
    return [
        (cell.value, cell.number_format)
        for number, row in enumerate(sheet.iter_rows(max_col=6), 1)
        if str(number) not in rows
        for cell in row
        if cell.value not in (None, "")
    ]


def _as_shown(value: object, number_format: str) -> Iterator[str]:
    """A cell of the sheet as a reader sees it."""
    if isinstance(value, str):
        yield from re.sub(r"^\d\.  ", "", value).split("\n")  # Word numbers the steps
    elif hasattr(value, "strftime"):
        yield value.strftime("%m/%d/%Y")
    else:
        assert isinstance(value, int | float)
        places = 2 if "0.00" in number_format else 0
        money, sh = "$" if "$" in number_format else "", " sh" if " sh" in number_format else ""
        plain = str(value) if number_format == "General" else f"{money}{abs(value):,.{places}f}{sh}"
        yield "–" if value == 0 else f"({plain})" if value < 0 else plain


@pytest.mark.parametrize("name", CLIENTS)
def test_the_letter_says_what_the_sheet_says(name: str) -> None:
    """Every cell of the sheet Letter that shows, as Excel has it cached, in its order; and nothing else."""
    expected = [words for value, form in _on_sheet(CLIENTS[name]) for words in _as_shown(value, form)]
    assert _told(_opened(_letter(CLIENTS[name]))) == expected


def test_the_words_stand_in_styles_of_word() -> None:
    """Subject, headings, years and steps; a table repeats its head; the pages are numbered by fields."""
    document = _opened(_letter(CLIENTS["six-years"]))
    styles = {paragraph.text[:20]: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["Your incentive stock"] == "Title"
    assert styles["Why there was AMT fo"] == "Heading 1"
    assert styles["2020: For 20,000 sha"] == "List Bullet"
    assert styles["Send us the 2025 For"] == "List Number"
    assert styles["We have computed the"] == "Normal"
    assert [table._tbl.xpath(".//w:tblHeader") != [] for table in document.tables] == [True, True]
    section = document.sections[0]
    assert (section.page_width.inches, section.page_height.inches) == (8.5, 11)
    assert {round(each.inches, 2) for each in (section.left_margin, section.top_margin, section.right_margin)} == {1}
    for footer in (section.first_page_footer, section.footer):
        fields = [each.text.strip() for each in footer._element.xpath(".//w:instrText")]
        assert fields == ["PAGE", "NUMPAGES"]


def test_the_properties_name_the_firm_and_no_day() -> None:
    """There is no clock: neither the letter nor its zip bears the day on which it was made."""
    data = _letter(CLIENTS["six-years"])
    about = _opened(data).core_properties
    assert about.title == "Your incentive stock options and the alternative minimum tax, 2020 to 2025"
    assert (about.author, about.language) == ("Sample & Partners LLP (invented)", "en-US")
    with ZipFile(BytesIO(data)) as parts:
        assert b"created" not in parts.read("docProps/core.xml")
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in parts.namelist() if "thumbnail" in name or "customXml" in name]


def test_a_date_that_is_not_given_is_chosen_in_word() -> None:
    """A control that stays as chosen: a DATE field would show another day whenever the letter is opened."""
    [control] = _opened(_letter(CLIENTS["mixed"])).element.xpath(".//w:sdt[w:sdtPr/w:date]")
    assert [each.text for each in control.iter(qn("w:t"))] == ["[Date]"]
    given = _opened(_letter(CLIENTS["six-years"]))
    assert given.element.xpath(".//w:date") == []
    assert given.paragraphs[0].text == "December 1, 2025"


def test_the_requests_are_the_open_items() -> None:
    """Each point that the client, the employer or the broker can settle, once, under whom to ask, with its year."""
    projection = project(CLIENTS["open-items"])
    document = _opened(requests_document(requests_of(projection), projection.client.name, Firm()))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == ["From you", "From your employer", "From your broker"]
    for whom, table in zip((Ask.CLIENT, Ask.EMPLOYER, Ask.BROKER), document.tables, strict=True):
        kinds = (ItemKind.MISSING, ItemKind.CONFIRM, ItemKind.ESTIMATE)
        found = [row.first.finding for kind in kinds for row in open_rows(projection.open_items, kind)]
        asked = [finding for finding in found if finding.ask is whom]
        rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
        told = {(row[1].casefold(), row[2]) for row in rows}
        assert told == {(each.document.casefold(), str(each.year or "")) for each in asked}
        assert sum(row[3].count("\n") + 1 for row in rows) == len(asked)
        assert len(table._tbl.xpath(".//w:sdt[w:sdtPr/*[local-name()='checkbox']]")) == len(rows)
        assert len(table._tbl.xpath(".//w:sdt[w:sdtPr/w:text]")) == len(rows)


def test_a_client_is_not_told_what_the_preparer_types() -> None:
    """The reason stays; how it is entered, the names of columns, and the preparer's own points do not."""
    asked = requests_of(project(CLIENTS["open-items"]))
    reasons = [reason for each in asked.by_whom.values() for request in each for reason in request.reasons]
    assert (
        "2023: nothing is entered for the minimum tax credit carried in, though the exercises of F-1 put $120,000 on "
        "line 2i of earlier years."
    ) in reasons
    assert not [each for each in reasons if re.search(r"0 is an answer|Add returns|_|remove one|Enter ", each)]
    assert asked.of_preparer == 3
    assert (asked.optional, asked.count) == (6, 15)


def test_what_would_change_is_said_with_the_reason() -> None:
    """The projection with the assumption reversed, as the open item has it."""
    asked = requests_of(project(CLIENTS["open-items"]))
    [election] = [each for each in asked.by_whom[Ask.CLIENT] if each.document.startswith("The election")]
    assert "Without the election, line 2i of 2024 would be $82,500 instead of $26,500" in election.reasons[0]
    [credit] = [each for each in asked.by_whom[Ask.CLIENT] if each.document.startswith("Form 6251 line 8")]
    assert credit.reasons == ["2024: AMT foreign tax credit is blank, so the foreign tax credit, $1,500.00, is taken."]


@pytest.mark.parametrize("name", ['李雷 · Łukasz & <C> "D"\tand\x0bmore\x01', "N" * 190])
def test_any_name_makes_a_letter_that_is_valid(name: str, tmp_path: Path) -> None:
    """Beyond Latin-1, marks of XML, characters of control, longer than a title: Microsoft's validator agrees."""
    kept = {field: getattr(CLIENTS["mixed"], field) for field in Client.model_fields}
    of = Client(**{**kept, "name": name, "firm": name, "salutation": f"Dear {name}:"})
    documents = {"letter": _letter(of), "list": requests_document(requests_of(project(of)), name, Firm().under(name))}
    seen = name.replace("\x01", "").split("\x0b")[0]
    for stem, data in documents.items():
        path = tmp_path / f"{stem}.docx"
        path.write_bytes(data)
        assert seen in "\n".join(_told(_opened(data)))
        assert validate_open_xml(path) == []


def test_two_processes_write_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run over the first, in another process, is no change: nothing is refused, nothing is another."""
    monkeypatch.chdir(tmp_path)
    source = str(EXAMPLES / "mixed")
    assert run_process("letter", source, "-o", "a.docx", capture_output=True).returncode == 0
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert run("letter", source, "-o", "a.docx").exit_code == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == made
    assert sorted(made) == ["a-requests.docx", "a.docx"]


def test_a_letter_that_was_edited_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is the list beside it: then neither of the two is written."""
    monkeypatch.chdir(tmp_path)
    source = str(EXAMPLES / "open-items")
    Path("out-requests.docx").write_bytes(b"edited")
    outcome = run("letter", source, "-o", "out.docx")
    assert outcome.exit_code == 1
    assert "out-requests.docx: it is there already with something else in it" in outcome.stderr
    assert not Path("out.docx").exists()
    assert Path("out-requests.docx").read_bytes() == b"edited"


def test_where_nothing_is_asked_no_list_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said, and so is a list of an earlier run; what the preparer settles stays with the preparer."""
    monkeypatch.chdir(tmp_path)
    Path("out-requests.docx").write_bytes(b"earlier")
    outcome = run("letter", str(EXAMPLES / "underwater"), "-o", "out.docx")
    assert outcome.exit_code == 0
    assert "Nothing is to be asked of the client: no out-requests.docx is made." in outcome.stdout
    assert "out-requests.docx is of an earlier run." in outcome.stdout
    assert "Not asked of the client: 1 point for the preparer" in outcome.stdout


def test_a_client_who_is_not_ready_gets_a_letter_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wages are missing: the letter says what the year needs, and the list asks for it."""
    monkeypatch.chdir(tmp_path)
    source = client(returns="tax_year,filing_status,deduction\n2025,single,standard\n")
    outcome = run("letter", source, "-o", "out.docx")
    assert outcome.exit_code == 0
    assert "Open items: needs entries." in outcome.stdout
    words = "\n".join(_told(_opened(Path("out.docx").read_bytes())))
    assert "The AMT cannot be computed for any year yet. For 2025 we need your wages." in words
    [table] = _opened(Path("out-requests.docx").read_bytes()).tables[:1]
    assert "Form 1040 line 1a" in [row.cells[1].text for row in table.rows]


def test_the_command_refuses_what_is_no_word_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its suffix; and without the library it says what to install."""
    monkeypatch.chdir(tmp_path)
    source = str(EXAMPLES / "underwater")
    assert "out.pdf does not end in .docx" in wrong_use("letter", source, "-o", "out.pdf")
    for module in [name for name in sys.modules if name.startswith(("papers.word.letter_doc", "papers.word.page"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "docx", None)
    outcome = run("letter", source, "-o", "out.docx")
    assert outcome.exit_code == 1
    assert 'Add the extra isobook[office]: in the folder of isobook type uv tool install ".[office]".' in outcome.stderr
    assert not Path("out.docx").exists()


@pytest.mark.real_program
def test_libreoffice_prints_both_with_all_their_words(tmp_path: Path) -> None:
    """Every word of the two documents stands in the PDF that LibreOffice makes of them."""
    of = CLIENTS["open-items"]
    documents = {
        "letter": _letter(of, Firm(name="Acorn & Oak LLP", address=("1 Main Street", "Springfield"), signer="D. Oak")),
        "list": requests_document(requests_of(project(of)), of.name, Firm(name="Acorn & Oak LLP")),
    }
    for stem, data in documents.items():
        (tmp_path / f"{stem}.docx").write_bytes(data)
    for pdf in convert_to_pdf([tmp_path / f"{stem}.docx" for stem in documents], tmp_path):
        run_program(["pdftotext", str(pdf), str(pdf.with_suffix(".txt"))], 60)
        printed = set(re.findall(r"\w+", pdf.with_suffix(".txt").read_text("utf-8")))
        words = set(re.findall(r"\w+", " ".join(_told(_opened(documents[pdf.stem])))))
        assert len(words) > 100
        assert words - printed == set()
        assert {"Page", "of"} <= printed
