"""Fillable PDFs like those of the IRS, made for tests: printed lines and boxes, with field names of their own.

Nothing of the IRS is in them. Each form knows where it drew the box of each line, so that a test reads back from there.
"""

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

HEIGHT = 792.0
LOCKED, SEVERAL_LINES = 1, 1 << 12
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom, in points from the upper left corner
EDGES_8949 = (36, 173, 223, 274, 338, 403, 446, 511, 576)
COLUMNS_8949 = {letter: (EDGES_8949[n], EDGES_8949[n + 1] - 1) for n, letter in enumerate("abcdefgh")}
COLUMNS_D = {"d": (288, 359), "e": (360, 431), "g": (432, 503), "h": (504, 576)}


@dataclass
class MadeBox:
    """A box of a made form."""

    page: int
    place: Rectangle
    check: bool = False
    flags: int = 0
    longest: int | None = None
    aligned: int = 2


@dataclass
class MadeForm:
    """Printed words and boxes by what they are for; `data` puts them into a PDF."""

    words: list[tuple[int, float, float, str]] = field(default_factory=list)  # page, left, baseline, text
    boxes: dict[str, MadeBox] = field(default_factory=dict)
    seed: int = 0

    def print(self, page: int, left: float, baseline: float, text: str) -> None:
        """Print words."""
        self.words.append((page, left, baseline, text))

    def head(self, title: str, foot: str, year: int, *, pages: int = 2) -> None:
        """The head with the year in large figures, the boxes for name and number, the foot of each page."""
        self.print(0, 187, 45, title)
        self.print(0, 507, 60, str(year))
        self.print(0, 36, 91, "Name(s) shown on return")
        self.print(0, 450, 91, "Your social security number")
        self.boxes["name"] = MadeBox(0, (36, 94, 446, 108), aligned=0)
        self.boxes["ssn"] = MadeBox(0, (447, 94, 576, 108), longest=11, aligned=1)
        self.print(0, 420, 775, foot)
        for page in range(1, pages):
            self.print(page, 36, 40, f"{foot} Page {page + 1}")

    def data(self, **options: Any) -> bytes:
        """The PDF; see `_with_boxes` for the options."""
        return _with_boxes(self, _printed(self), **options)


def made_lines(
    title: str, year: int, first_page: Sequence[str], second_page: Sequence[str], *, parentheses: Sequence[str] = ()
) -> MadeForm:
    """A form such as 6251: a row for each line, its number in the margin and again beside its box."""
    form = MadeForm(seed=year)
    form.head("A form made for tests of isobook", f"{title} ({year})", year)
    for page, lines in enumerate((first_page, second_page)):
        for place, line in enumerate(lines):
            top = 120.0 + 17 * place if page == 0 else 60.0 + 17 * place
            alone = line[-1] if line[-1].isalpha() and line[-1] != "a" else line
            form.print(page, 50 if alone != line else 45, top + 9, alone)
            form.print(page, 66, top + 9, WORDS.get(line, "Words of this line . . . . . . . . ."))
            form.print(page, 486, top + 9, line)
            box = (504.0, top, 576.0, top + 12)
            if line in parentheses:
                form.print(page, 502, top + 9, "(")
                form.print(page, 573, top + 9, ")")
                box = (508.0, top, 571.0, top + 12)
            form.boxes[line] = MadeBox(page, box)
    return form


WORDS = {
    "6": "Subtract line 5. If zero or less, enter -0- here and on lines 7, 9, and 11, and go to line 10",
    "10": "Regular tax. If zero or less, enter -0-",
    "11": "AMT. Subtract line 10 from line 9. If zero or less, enter -0-",
}


def made_6251(year: int) -> MadeForm:
    """Form 6251: lines 1 (1a and 1b from 2025) to 11 on the first page, 12 to 40 on the second."""
    one = ["1"] if year < 2025 else ["1a", "1b"]
    letters = [f"2{letter}" for letter in "abcdefghijklmnopqrst"]
    first = [*one, *letters, *(str(number) for number in range(3, 12))]
    return made_lines("Form 6251", year, first, [str(n) for n in range(12, 41)], parentheses=("2b", "2f", "2s"))


def made_8801(year: int) -> MadeForm:
    """Form 8801: lines 1 to 26 on the first page, 27 to 55 on the second."""
    return made_lines(
        "Form 8801", year, [str(n) for n in range(1, 27)], [str(n) for n in range(27, 56)], parentheses=("3",)
    )


def made_8949(year: int, rows: int = 14) -> MadeForm:
    """Form 8949: a page a part, with boxes to check, rows of columns (a) to (h), and totals."""
    form = MadeForm(seed=year)
    form.head("Sales, made for tests of isobook", f"Form 8949 ({year})", year)
    form.print(1, 36, 56, "Name(s) shown on return")
    form.print(1, 450, 56, "Social security number")
    form.boxes["name 2"] = MadeBox(1, (36, 58, 446, 72), aligned=0)
    form.boxes["ssn 2"] = MadeBox(1, (447, 58, 576, 72), longest=11, aligned=1)
    for page, (part, letters) in enumerate((("I", "ABC"), ("II", "DEF"))):
        form.print(page, 41, 140, f"Part {part}")
        for place, letter in enumerate(letters + ("GHI" if page == 0 else "JKL") * (year >= 2025)):
            top = 160.0 + 12 * place
            form.boxes[f"box {letter}"] = MadeBox(page, (50, top, 58, top + 8), check=True)
            form.print(page, 62, top + 7, f"({letter}) Transactions of this kind")
        form.print(page, 44, 255, "1")
        for letter, (left, right) in COLUMNS_8949.items():
            form.print(page, (left + right) / 2 - 5, 270, f"({letter})")
        form.print(page, 520, 284, "column (e)")
        for row in range(1, rows + 1):
            top = 290.0 + 24 * (row - 1)
            for letter, (left, right) in COLUMNS_8949.items():
                flags = SEVERAL_LINES if letter == "a" else 0
                box = MadeBox(page, (left, top + (0 if letter == "a" else 12), right, top + 24), flags=flags)
                box.aligned = {"a": 0, "b": 1, "c": 1, "f": 1}.get(letter, 2)
                form.boxes[f"{part} {row} {letter}"] = box
        top = 290.0 + 24 * rows + 10
        form.print(page, 43, top + 9, "2")
        form.print(page, 60, top + 9, "Totals. Add the amounts")
        for letter in "defgh":
            left, right = COLUMNS_8949[letter]
            flags = LOCKED if letter == "f" else 0
            form.boxes[f"{part} total {letter}"] = MadeBox(page, (left, top, right, top + 12), flags=flags)
    return form


def made_schedule_d(year: int) -> MadeForm:
    """Schedule D: lines with columns, lines with one box, questions with Yes and No."""
    form = MadeForm(seed=year)
    form.head("Capital Gains, made for tests", f"Schedule D (Form 1040) {year}", year)
    _question(form, 0, 114, "fund")
    top = 150.0
    for columns, single in (
        ((("1a", ""), ("1b", "A"), ("2", "B"), ("3", "C")), ("4", "5", "6", "7")),
        ((("8a", ""), ("8b", "D"), ("9", "E"), ("10", "F")), ("11", "12", "13", "14", "15")),
    ):
        for letter, (left, right) in COLUMNS_D.items():
            form.print(0, (left + right) / 2 - 5, top, f"({letter})")
        form.print(0, 510, top + 12, "column (d)")
        top += 18
        for line, box in columns:
            form.print(0, 45, top + 9, line)
            form.print(0, 66, top + 9, f"Totals, Form(s) 8949 with Box {box} checked . ." if box else "Totals . .")
            for letter, (left, right) in COLUMNS_D.items():
                flags = LOCKED if (letter, box) == ("g", "") else 0
                form.boxes[f"{line} {letter}"] = MadeBox(0, (left, top + 12, right, top + 24), flags=flags)
            top += 24
        for line in single:
            _amount(form, 0, top, line)
            top += 17
        top += 10
    _amount(form, 1, 84, "16")
    _question(form, 1, 120, "17")
    _amount(form, 1, 180, "18")
    _amount(form, 1, 200, "19")
    _question(form, 1, 230, "20")
    _amount(form, 1, 290, "21")
    _question(form, 1, 320, "22")
    return form


def _amount(form: MadeForm, page: int, top: float, line: str) -> None:
    form.print(page, 45, top + 9, line)
    form.print(page, 66, top + 9, "Combine lines . . . . .")
    form.print(page, 486, top + 9, line)
    box = (504.0, top, 576.0, top + 12)
    if line in ("6", "14", "21"):
        form.print(page, 502, top + 9, "(")
        form.print(page, 573, top + 9, ")")
        box = (508.0, top, 571.0, top + 12)
    form.boxes[line] = MadeBox(page, box)


def _question(form: MadeForm, page: int, top: float, line: str) -> None:
    form.print(page, 45 if line != "fund" else 36, top + 9, line if line != "fund" else "Did you dispose of any?")
    for place, answer in enumerate(("Yes", "No")):
        down = top + 12 * (place + 1)
        form.boxes[f"{line} {answer}"] = MadeBox(page, (67, down, 75, down + 8), check=True)
        form.print(page, 79, down + 8, f"{answer}. Go on.")


def _printed(form: MadeForm) -> bytes:
    pdf = FPDF(unit="pt", format="Letter")
    pdf.set_auto_page_break(auto=False)
    for page in range(1 + max(page for page, *_ in form.words)):
        pdf.add_page()
        pdf.set_font("Helvetica", size=8)
        for on, left, baseline, text in form.words:
            if on == page:
                pdf.text(left, baseline, text)
    return bytes(pdf.output())


def _with_boxes(form: MadeForm, printed: bytes, *, usage_rights: bool = True, signed: bool = False) -> bytes:
    """Put the boxes in: names and order by chance, kinds and flags in a field above each, XFA and usage rights."""
    writer, chance = PdfWriter(clone_from=PdfReader(io.BytesIO(printed))), random.Random(form.seed)
    fields: list[Any] = []
    boxes = list(form.boxes.values())
    chance.shuffle(boxes)
    for box in boxes:
        page = writer.pages[box.page]
        fields.append(_add(writer, page, box, f"q{chance.randrange(10**9)}"))
    acro = DictionaryObject({NameObject("/Fields"): ArrayObject(fields)})
    acro[NameObject("/XFA")] = ArrayObject([TextStringObject("template")])
    writer._root_object[NameObject("/AcroForm")] = acro
    kind = NameObject("/DocMDP" if signed else "/UR3")
    if usage_rights or signed:
        rights = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/Sig")}))
        writer._root_object[NameObject("/Perms")] = DictionaryObject({kind: rights})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _add(writer: PdfWriter, page: Any, box: MadeBox, name: str) -> Any:
    above = DictionaryObject({NameObject("/T"): TextStringObject(name)})
    above[NameObject("/FT")] = NameObject("/Btn" if box.check else "/Tx")
    above[NameObject("/Ff")] = NumberObject(box.flags)
    if box.longest:
        above[NameObject("/MaxLen")] = NumberObject(box.longest)
    field_above = writer._add_object(above)
    left, top, right, bottom = box.place
    corners = (left, HEIGHT - bottom, right, HEIGHT - top)
    widget = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): ArrayObject(map(FloatObject, corners)),
            NameObject("/Q"): NumberObject(box.aligned),
            NameObject("/Parent"): field_above,
        }
    )
    if box.check:
        cross = DecodedStreamObject()
        cross.set_data(b"0 0 m 8 8 l S 0 8 m 8 0 l S")
        cross.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
        cross[NameObject("/BBox")] = ArrayObject(map(FloatObject, (0, 0, 8, 8)))
        states = DictionaryObject({NameObject("/On7"): writer._add_object(cross)})
        widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): states})
    reference = writer._add_object(widget)
    above[NameObject("/Kids")] = ArrayObject([reference])
    page.setdefault(NameObject("/Annots"), ArrayObject()).append(reference)
    return field_above


def shown_in(form: MadeForm, data: bytes, pages: Sequence[int] = (0, 1)) -> list[dict[str, str]]:
    """What stands in each box of a flat file, page by page, as a reader sees it; blank boxes are left out.

    A check is "X". `pages` tells which page of the form each page of the file is.
    """
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == len(pages)
        return [dict(_shown(form, page, number)) for page, number in zip(pdf.pages, pages, strict=True)]


def _shown(form: MadeForm, page: Any, number: int) -> Iterator[tuple[str, str]]:
    words, crosses = page.extract_words(x_tolerance=1.5), page.curves + page.lines
    for key, box in form.boxes.items():
        if box.page == number:
            inside = [each for each in (crosses if box.check else words) if _is_inside(each, box.place)]
            if inside:
                yield key, "X" if box.check else " ".join(word["text"] for word in inside)


def _is_inside(found: dict[str, Any], place: Rectangle) -> bool:
    left, top, right, bottom = place
    across, down = (found["x0"] + found["x1"]) / 2, (found["top"] + found["bottom"]) / 2
    return bool(left < across < right and top < down < bottom)


def fields_of(data: bytes) -> dict[str, str]:
    """The fields of a file that are filled: name without the page, and value."""
    found = PdfReader(io.BytesIO(data)).get_fields() or {}
    return {name: str(each.get("/V")) for name, each in found.items() if each.get("/V") not in (None, "", "/Off")}
