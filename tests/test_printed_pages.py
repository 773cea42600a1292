"""Books as they come out of a printer: LibreOffice prints each whole, and its pages are read back as text."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from itertools import dropwhile
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from isobook.sources import read_source
from tests.printed_clients import PRINTED
from tests.spreadsheets.libreoffice import convert_to_pdf
from tests.test_examples import EXAMPLES, SOURCES
from workbook_templates.fill import workbook

FOOTER = re.compile(r"(Client pack|Preparer's file) · page (\d+)")
SHEET = re.compile(r"\s{2,}([^·\n]+?) · [A-Z][A-Z0-9-]* {2,}(?=Client pack|Preparer)")
MOST = {4: 15, 6: 18}  # pages of the client pack, by years
LOTS = 20  # to which the promise goes
EMPTY = re.compile(r"[A-Za-z]{2,}\.|\d")

pytestmark = pytest.mark.real_program


class Printed(NamedTuple):
    """A page of a printed book."""

    part: str  # of the book: the client pack, or the preparer's file
    number: int
    sheet: str
    body: Sequence[str]  # its lines above the footer


class PrintedBook(NamedTuple):
    """A book with its pages."""

    file: Path
    pages: Sequence[Printed]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, PrintedBook]:
    """Every example and one client of each kind, printed by one LibreOffice."""
    folder = tmp_path_factory.mktemp("printed")
    clients = {source: read_source(EXAMPLES / source) for source in SOURCES} | dict(PRINTED)
    files = {name: folder / f"{place:02}.xlsx" for place, name in enumerate(clients)}
    for name, client in clients.items():
        files[name].write_bytes(workbook(client))
    convert_to_pdf(list(files.values()), folder)
    return {name: PrintedBook(file, list(_pages(file.with_suffix(".pdf")))) for name, file in files.items()}


def _pages(pdf: Path) -> list[Printed]:
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    return [_page(page) for page in text.split("\f")[:-1]]


def _page(text: str) -> Printed:
    lines = [line for line in text.split("\n") if line.strip()]
    foot = next((place for place in reversed(range(len(lines))) if FOOTER.search(lines[place])), None)
    assert foot is not None, f"a page without a footer: {text[:300]}"
    part, number = FOOTER.search(lines[foot]).groups()  # type: ignore[union-attr]
    sheet = SHEET.search(lines[foot])
    assert sheet, lines[foot]
    return Printed(part, int(number), sheet[1].strip(), lines[:foot])


NAMES = [*SOURCES, *PRINTED]


@pytest.mark.parametrize("name", NAMES)
def test_the_client_pack_is_the_first_pages_of_the_book(name: str, books: Mapping[str, PrintedBook]) -> None:
    """Pages 1 to N of "Entire workbook" print it, as the sheet Summary says."""
    pages = books[name].pages
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    pack = [page.part for page in pages].count("Client pack")
    assert [page.part for page in pages[:pack]] == ["Client pack"] * pack
    summary = load_workbook(books[name].file, read_only=True, data_only=True)["Summary"]
    told = re.search(r"pages 1 to (\d+)", str(summary["I1"].value))
    assert told, summary["I1"].value
    assert int(told[1]) == pack


@pytest.mark.parametrize("name", NAMES)
def test_the_client_pack_is_short(name: str, books: Mapping[str, PrintedBook]) -> None:
    """At most 15 pages to four years and 18 to six, with at most 20 lots."""
    book = books[name]
    years = len({sheet for sheet in load_workbook(book.file, read_only=True).sheetnames if sheet.startswith("6251 ")})
    pack = [page.part for page in book.pages].count("Client pack")
    if name != "forty exercises" and years <= max(MOST):
        assert pack <= next(most for limit, most in MOST.items() if years <= limit)


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_nearly_empty(name: str, books: Mapping[str, PrintedBook]) -> None:
    """Below the heading that each page of a sheet repeats stand at least three lines, with a figure or a sentence."""
    nearly_empty = []
    before: Printed | None = None
    for page in books[name].pages:
        new = _below_heading(page, before if before and before.sheet == page.sheet else None)
        if len(new) < 3 or not any(EMPTY.search(line) for line in new):
            nearly_empty.append((page.sheet, page.number, new))
        before = page
    assert not nearly_empty


def _below_heading(page: Printed, before: Printed | None) -> list[str]:
    """Lines from the first one that is new: two workings on a sheet may share rows, so only the head is taken off."""
    repeated = {" ".join(line.split()) for line in before.body} if before else set()
    return list(dropwhile(lambda line: " ".join(line.split()) in repeated, page.body))


@pytest.mark.parametrize("name", NAMES)
def test_hidden_sheets_do_not_print(name: str, books: Mapping[str, PrintedBook]) -> None:
    """And each sheet that is shown does."""
    book = load_workbook(books[name].file, read_only=True)
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert list(dict.fromkeys(page.sheet for page in books[name].pages)) == shown
