"""The pictures of README and docs, taken anew from the examples: `python -m tests.pictures`, which is `make pictures`.

Each workbook is made by the command and drawn once by LibreOffice; a picture is a page of it, found by the sheet's
name in the footer, so that the order of the sheets may change. Pages of the report are named by their numbers. Names
after the command take those pictures alone.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from PIL import Image, ImageChops, ImageOps
from typer.testing import CliRunner

from isobook.cli import app
from tests.pages import ROOT, blocks
from tests.spreadsheets.libreoffice import convert_to_pdf, run

SAMPLE: Final = ROOT / "examples" / "sample" / "six-years.xlsx"  # the finished workbook that the README links to
FOLDER: Final = ROOT / "docs" / "images"
COLORS: Final = 64  # of a picture: enough for text and tints, and a third of the bytes
MOST_PAGES: Final = 9
EDGE: Final = "#C3CBD4"
REPORT: Final = "report"  # the book that is a PDF already
KEY_IN: Final = "key-in"  # of tax software, whose pages have no footer of a client's book
WORD: Final = "letter"  # the letter and the request list, one PDF each
FOOTER: Final = 0.94  # of a page's height: what is below is the footer


class Shot(NamedTuple):
    """One picture: pages of sheets of a book, side by side; `part` of the height of a page, from its top."""

    name: str
    book: str
    sheets: tuple[str, ...] = ("",)  # "" is the first page of the book; "6251 2020/2" the second of a sheet
    part: float = 1.0
    dots: int = 80  # an inch


SHOTS: Final = (
    Shot("front", "six-years", ("Summary", "Letter", "6251 2020"), dots=72),
    Shot("summary", "six-years", ("Summary",)),
    Shot("letter", "six-years", ("Letter",)),
    Shot("lead-sheet", "six-years", ("Lead sheet",)),
    Shot("open-items", "six-years", ("Open items",)),
    Shot("exercises", "six-years", ("Exercises",)),
    Shot("form-6251", "six-years", ("6251 2020",)),
    Shot("form-8949", "six-years", ("8949 2023",)),
    Shot("plan", "six-years", ("Plan",)),
    Shot("credit-ledger", "six-years", ("Credit ledger",)),
    Shot("intake-exercises", "intake", ("Exercises",), part=0.5),
    Shot("intake-inputs", "intake", ("Inputs",), part=0.6),
    Shot("first-open-items", "jordan", ("Open items",)),
    Shot("first-summary", "jordan", ("Summary",)),
    Shot("workpaper", "workpaper", part=0.76),
    Shot("clients", "index"),
    Shot("report", REPORT, ("1", "4", "7"), dots=64),
    Shot("letter-in-word", WORD, ("1", "3"), dots=72),
    Shot("key-in", KEY_IN, ("1", "2"), dots=72),
)


def main(names: Sequence[str]) -> None:
    """Make the sample workbook and every picture, or those that are named."""
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    with TemporaryDirectory() as temporary:
        for book in dict.fromkeys(shot.book for shot in wanted):
            pdf = drawn_book(book, Path(temporary))
            footers = (
                footers_of(pdf)
                if book not in (REPORT, WORD, KEY_IN)
                else [str(number) for number in range(1, MOST_PAGES)]
            )
            for shot in wanted:
                if shot.book == book:
                    take(shot, pdf, [page_of(sheet, footers) for sheet in shot.sheets])
                    sys.stdout.write(f"{(FOLDER / shot.name).relative_to(ROOT)}.png\n")


def drawn_book(book: str, folder: Path) -> Path:
    """The PDF of a book."""
    if book == REPORT:
        isobook("report", ROOT / "examples" / "six-years", "-o", folder / "report.pdf")
        return folder / "report.pdf"
    if book == WORD:
        [block] = blocks("docs/letter.md", "toml")
        (folder / block.title).write_text(block.text, encoding="utf-8")
        letter, both = folder / "letter.docx", folder / "both.pdf"
        isobook("letter", ROOT / "examples" / "open-items", "-o", letter, "--firm", folder / block.title)
        papers = convert_to_pdf([letter, folder / "letter-requests.docx"], folder)
        run(["pdfunite", *map(str, papers), str(both)], 60)
        return both
    made = folder / f"{book}.xlsx"
    made_by(book, made)
    [pdf] = convert_to_pdf([made], folder)
    return pdf


def made_by(book: str, target: Path) -> None:
    """The workbook of that name, as a reader of the pages makes it; the sample is written where it is kept too."""
    folder = target.parent
    match book:
        case "six-years":
            isobook("build", ROOT / "examples" / book, "-o", target)
            SAMPLE.parent.mkdir(exist_ok=True)
            SAMPLE.write_bytes(target.read_bytes())
        case "intake":
            isobook("new", target, "--years", "2022-2025")
        case "key-in":
            isobook("export", ROOT / "examples" / "six-years", folder, "--for", book, "--years", 2024)
        case "jordan":
            for block in blocks("docs/first-client.md", "csv", "toml"):
                file = folder / block.title
                file.parent.mkdir(exist_ok=True)
                file.write_text(block.text, encoding="utf-8")
            isobook("build", folder / book, "-o", target)
        case "workpaper":
            target.write_bytes((ROOT / "examples" / book / f"{book}.xlsx").read_bytes())
        case "index":
            for file in (ROOT / "examples").glob("*/*.csv"):  # the clients, and a folder that is none
                shutil.copytree(file.parent, folder / "clients" / file.parent.name, dirs_exist_ok=True)
            isobook("batch", folder / "clients", "-o", folder / "batch")
            target.write_bytes((folder / "batch" / "index.xlsx").read_bytes())


def isobook(*words: object) -> None:
    """Run a command; what it says is shown where it fails."""
    outcome = CliRunner().invoke(app, [str(word) for word in words])
    if outcome.exit_code > 1:  # 1: a client of a batch is not in order, which is what its picture shows
        raise RuntimeError(f"isobook {words}: {outcome.output}")


def take(shot: Shot, pdf: Path, numbers: Sequence[int]) -> None:
    """Draw the pages of a picture, join them, and write it in few colors."""
    pages = [drawn(pdf, number, shot) for number in numbers]
    height = max(page.height for page in pages)
    joined = Image.new("RGB", (sum(page.width for page in pages) + 16 * (len(pages) - 1), height), "white")
    left = 0
    for page in pages:
        joined.paste(page, (left, 0))
        left += page.width + 16
    FOLDER.mkdir(exist_ok=True)
    few = joined.quantize(COLORS, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{shot.name}.png", optimize=True)


def drawn(pdf: Path, page: int, shot: Shot) -> Image.Image:
    """A page without its margins and footer, in a thin edge; pages that stand side by side stay whole."""
    stem = pdf.with_name(f"{pdf.stem}-page")
    numbers = ["-f", str(page), "-l", str(page)]
    run(["pdftoppm", "-r", str(shot.dots), *numbers, "-singlefile", "-png", str(pdf), str(stem)], 120)
    with Image.open(stem.with_suffix(".png")) as opened:
        image = opened.convert("RGB")
    if len(shot.sheets) == 1:
        body = image.crop((0, 0, image.width, int(image.height * FOOTER)))
        left, top, right, bottom = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox() or (
            (0, 0, *body.size)
        )
        image = ImageOps.expand(body.crop((left, top, right, top + int((bottom - top) * shot.part))), 12, "white")
    return ImageOps.expand(image, 1, EDGE)


def footers_of(pdf: Path) -> list[str]:
    """The sheet that each page's footer names, "Lead sheet" of "Lead sheet · B"; "" where there is none."""
    text = pdf.with_suffix(".txt")
    run(["pdftotext", "-layout", str(pdf), str(text)], 120)
    pages = text.read_text(encoding="utf-8").split("\f")[:-1]
    return [(re.findall(r" {2}(\S[^·\n]*?) · [A-Z][\w-]*(?: |$)", page, re.MULTILINE) or [""])[-1] for page in pages]


def page_of(sheet: str, footers: Sequence[str]) -> int:
    """The page, from 1, of a sheet, or of "6251 2020/2" its second; KeyError names the sheets that there are."""
    name, _, which = sheet.partition("/")
    pages = [number for number, footer in enumerate(footers, 1) if footer == name] if name else [1]
    if len(pages) < int(which or 1):
        raise KeyError(f"no page of the sheet {sheet}; there are {', '.join(dict.fromkeys(footers))}")
    return pages[int(which or 1) - 1]


if __name__ == "__main__":
    main(sys.argv[1:])
