"""A report as it is read back: the words of its pages, the rows of its tables, its outline."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import pdfplumber
from pypdf import PdfReader

from engine.clients.projection import Projection
from engine.clients.year_result import YearResult
from engine.federal.catalogue import FEDERAL
from papers.figures.line_figures import lines_not_needed

LINE = re.compile(r"[0-9]{1,2}[a-z]?")
YEAR = re.compile(r"20[0-9]{2}")
FIRST_COLUMN = 70.0  # points: line numbers stand left of it
Row = list[dict[str, Any]]  # the words of a row from left to right


class ReadPage(NamedTuple):
    """A page: its text, its words row by row, and how many rectangles are drawn on it."""

    text: str
    rows: list[Row]
    rectangles: int
    last_size: float  # points of the last words above the foot
    height: float


def pages_of(data: bytes, password: str = "") -> list[ReadPage]:
    """Every page of a PDF."""
    with pdfplumber.open(io.BytesIO(data), password=password) as pdf:
        return [_page(page) for page in pdf.pages]


def _page(page: Any) -> ReadPage:
    words = page.extract_words(extra_attrs=["size"])
    body = [word for word in words if word["bottom"] < float(page.height) - 40]
    last = max(body, key=lambda word: word["bottom"]) if body else {"size": 0.0}
    return ReadPage(page.extract_text() or "", list(_rows(words)), len(page.rects), last["size"], float(page.height))


def _rows(words: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """Words whose lower edges are within a point are a row."""
    row: Row = []
    for word in sorted(words, key=lambda word: (round(word["bottom"]), word["x0"])):
        if row and abs(word["bottom"] - row[0]["bottom"]) > 1.5:
            yield sorted(row, key=lambda each: float(each["x0"]))
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda each: float(each["x0"]))


def texts(row: Row) -> str:
    """The words of a row."""
    return " ".join(word["text"] for word in row)


def form_amounts(pages: Sequence[ReadPage], title: str) -> dict[tuple[str, int], str]:
    """What a form's tables say, by line and year: an amount stands under the right edge of its year."""
    found: dict[tuple[str, int], str] = {}
    years: dict[int, float] = {}
    reading = False
    for page in pages:
        before: Row = []
        for row in page.rows:
            said = texts(row)
            if said.startswith("Line "):
                reading = said.startswith(f"Line {title} ")
                years = {int(word["text"]): word["x1"] for word in before if YEAR.fullmatch(word["text"])}
            elif reading and LINE.fullmatch(row[0]["text"]) and row[0]["x0"] < FIRST_COLUMN:
                line = row[0]["text"]
                for year, edge in years.items():
                    found.update(((line, year), word["text"]) for word in row[1:] if abs(word["x1"] - edge) < 1)
            elif row[0]["x0"] < FIRST_COLUMN and row[0]["size"] > 9:
                reading = False  # a heading
            before = row
    return found


def number(text: str) -> Decimal:
    """'(1,234)' as -1234; a dash is 0."""
    if text == "–":
        return Decimal(0)
    digits = Decimal(text.strip("()$").replace(",", ""))
    return -digits if text.startswith("(") else digits


def check_forms(pages: Sequence[ReadPage], projection: Projection, names: Mapping[str, str]) -> int:
    """Hold every line of the forms, by title and name, against the projection; how many amounts were compared."""
    compared = 0
    for title, name in names.items():
        read = form_amounts(pages, title)
        for result in projection.years.values():
            for line, expected in _expected(result, name).items():
                text = read.get((line, result.year), "")
                assert number(text or "–") == expected, (title, result.year, line, text, expected)
                compared += bool(text)
    return compared


def _expected(result: YearResult, name: str) -> dict[str, Decimal]:
    """The printed lines; those of a part that is not needed are blank, and all of a form that has nothing to say."""
    form, card = result.forms.forms[name], FEDERAL.named(name)
    amounts, blank = result.form(card), lines_not_needed(form, result)
    if card.nothing_without and not any(result.figure(role, card.system) for role in card.nothing_without):
        amounts = dict.fromkeys(amounts)
    return {
        line.number: Decimal(0) if line.leaf.line in blank else amounts[line.leaf.line] or Decimal(0)
        for line in form.printed()
    }


def outline_of(data: bytes, password: str = "") -> list[tuple[int, str, int]]:
    """The bookmarks: level, title, page from 1."""
    reader = PdfReader(io.BytesIO(data), password=password or None)
    return list(_outline(reader, reader.outline, 0))


def _outline(reader: PdfReader, entries: Any, level: int) -> Iterator[tuple[int, str, int]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(reader, entry, level + 1)
        else:
            page = reader.get_destination_page_number(entry)
            assert page is not None
            yield level, str(entry.title), page + 1
