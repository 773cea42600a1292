"""Blank forms are read and proven: form and year from the page, each box by its place; what does not fit is refused."""

import io
from collections.abc import Callable

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from papers.boxes.box_map import BoxMap
from papers.boxes.mapped import by_form_and_year, mapped
from papers.page.reading import read_blank, widgets_of
from papers.page.refusal import NoSuchFormError, RefusedFormError
from tests.official_pdf import MadeBox, MadeForm, made_6251, made_8801, made_8949, made_schedule_d


def proven(form: MadeForm, file: str = "form.pdf") -> BoxMap:
    """The map of a made form."""
    return mapped(read_blank(file, form.data()))


def why(data: bytes) -> str:
    """The words with which a file is refused."""
    with pytest.raises(RefusedFormError) as refused:
        mapped(read_blank("form.pdf", data))
    return str(refused.value)


@pytest.mark.parametrize(
    ("made", "title", "left_out"),
    [
        (made_6251(2024), "Form 6251", set()),
        (made_6251(2025), "Form 6251", set()),
        (made_8801(2024), "Form 8801", {"20"}),
        (made_8949(2024), "Form 8949", {"I total f", "II total f"}),
        (made_8949(2025, rows=11), "Form 8949", {"I total f", "II total f", *(f"box {each}" for each in "GHIJKL")}),
    ],
    ids=["6251", "6251 of 2025", "8801", "8949", "8949 of 2025"],
)
def test_each_box_is_found_where_it_was_drawn(made: MadeForm, title: str, left_out: set[str]) -> None:
    """Field names and their order say nothing: they are made by chance, and every box has its line all the same."""
    found = proven(made)
    assert found.form.title == title
    assert set(found.left_out) == left_out
    assert set(found.boxes) == set(made.boxes) - left_out
    for key, box in found.boxes.items():
        there = made.boxes[key]
        assert (box.page, *map(round, (box.left, box.top, box.right, box.bottom))) == (
            there.page,
            *map(round, there.place),
        ), key


def test_the_boxes_of_schedule_d_that_cannot_be_known_are_left_out_with_a_reason() -> None:
    """Lines 1a, 4, 5, 8a, 11 to 13 are net figures; the fund and line 20 are no entries; (g) of 1a and 8a is shaded."""
    made = made_schedule_d(2024)
    found = proven(made)
    nets = {*(f"{line} {column}" for line in ("1a", "8a") for column in "deh"), "4", "5", "11", "12", "13"}
    answers = {f"{line} {answer}" for line in ("fund", "20") for answer in ("Yes", "No")}
    assert set(found.left_out) == nets | answers | {"1a g", "8a g"}
    assert set(found.boxes) == set(made.boxes) - set(found.left_out)
    assert found.in_parentheses == {"6", "14", "21"}


def test_parentheses_and_zeros_are_read_from_the_page() -> None:
    """Lines 2b, 2f, 2s stand in parentheses; "-0- here and on lines 7, 9, and 11" names three more."""
    found = proven(made_6251(2024))
    assert found.in_parentheses == {"2b", "2f", "2s"}
    assert found.zero_written == {"6", "7", "9", "10", "11"}


def test_the_year_is_that_of_the_page_whatever_the_file_is_called() -> None:
    """A form of 2022 in a file of 2023 is the form of 2022."""
    assert proven(made_6251(2022), "2023/f6251.pdf").year == 2022


def test_a_form_of_2017_is_refused_in_words() -> None:
    """Its law is not covered: the years that are stand in the message."""
    assert "Form 8949 of 2017. isobook computes the years 2018 to 2026" in why(made_8949(2017).data())


def test_a_year_at_the_head_that_is_not_the_one_at_the_foot_is_refused() -> None:
    """A page put together of two forms is no form."""
    made = made_6251(2024)
    made.words = [(page, left, down, "2023" if text == "2024" else text) for page, left, down, text in made.words]
    assert "Form 6251 with 2024 at its foot and 2023 at its head" in why(made.data())


def test_two_boxes_in_each_others_place_are_refused() -> None:
    """The number beside the box must be that of its row: 2i and 2j printed the wrong way round."""
    made = made_6251(2024)
    turned = {"2i": "2j", "2j": "2i"}
    made.words = [(page, left, down, turned.get(text, text)) for page, left, down, text in made.words]
    told = why(made.data())
    assert "has the number 2j beside it, on the row of line 2i" in told
    assert "has the number 2i beside it, on the row of line 2j" in told


def test_the_lines_of_another_year_are_refused() -> None:
    """From 2025 line 1 is 1a and 1b: a form of 2025 with line 1 is not the one that is filed."""
    made = made_6251(2024)
    made.words = [(page, left, down, text.replace("2024", "2025")) for page, left, down, text in made.words]
    told = why(made.data())
    assert "line 1a has no box" in told
    assert "is for line 1, which Form 6251 of 2025 does not have" in told


def test_a_box_too_many_and_a_box_too_few_are_refused() -> None:
    """Every line has one box: the message names the line."""
    more, fewer = made_6251(2024), made_6251(2024)
    left, top, right, bottom = more.boxes["9"].place
    more.boxes["again"] = MadeBox(0, (left, top + 1, right - 1, bottom))
    del fewer.boxes["2g"]
    assert "line 9 has two boxes" in why(more.data())
    assert "line 2g has no box" in why(fewer.data())


def test_a_column_of_schedule_d_on_another_row_is_refused() -> None:
    """Line 1b must name Box A, whose totals it takes."""
    made = made_schedule_d(2024)
    turned = {"Box A": "Box B", "Box B": "Box A"}
    made.words = [
        (page, left, down, next((text.replace(old, new) for old, new in turned.items() if old in text), text))
        for page, left, down, text in made.words
    ]
    assert "line 1b does not name Box A; line 2 does not name Box B" in why(made.data())


def test_totals_that_are_not_on_line_2_are_refused() -> None:
    """Form 8949 has sales on line 1 and totals on line 2: another number in the margin is another form."""
    made = made_8949(2024)
    made.words = [(page, left, down, "9" if text == "2" else text) for page, left, down, text in made.words]
    assert "page 1 has no rows of sales with totals under them" in why(made.data())


def _printed_only(text: str) -> bytes:
    pdf = FPDF(unit="pt", format="Letter")
    pdf.add_page()
    pdf.set_font("Helvetica", size=8)
    pdf.text(36, 700, text)
    return bytes(pdf.output())


def _changed(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made_6251(2024).data())))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _fill_one(writer: PdfWriter) -> None:
    widget = next(widgets_of(writer.pages[0]))
    widget[NameObject("/V")] = TextStringObject("1,234")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_printed_only("Form 6251 (2024)"), "a PDF without boxes to fill (no AcroForm)"),
        (b"%PDF-1.7 cut off", "a PDF that cannot be read"),
        (b"no PDF at all", "a PDF that cannot be read"),
        (_changed(lambda writer: writer.encrypt("secret")), "a PDF with a password or encryption"),
        (made_6251(2024).data(signed=True), "a signed PDF: filling it would break the signature"),
        (_changed(_fill_one), "page 1 has a box that is filled in already"),
        (_changed(lambda writer: writer.pages[0].rotate(90)), "page 1 is turned or cut"),
    ],
    ids=["no AcroForm", "damaged", "no PDF", "encrypted", "signed", "filled", "turned"],
)
def test_a_file_that_cannot_be_filled_is_refused_with_the_reason(data: bytes, words: str) -> None:
    """What was found, and what to do: download the form again."""
    told = why(data)
    assert words in told
    assert "irs.gov/prior-year" in told


def test_a_draft_is_refused() -> None:
    """The IRS prints DRAFT AS OF across a form that is not to be filed."""
    made = made_6251(2024)
    made.print(0, 200, 400, "DRAFT AS OF")
    assert "a draft, which is not to be filed. Download the final form from irs.gov." in why(made.data())


def test_another_form_is_passed_over() -> None:
    """Form 1040 in the folder is no fault: it is none of the forms that are filled."""
    made = MadeForm()
    made.head("Another form", "Form 1040 (2024)", 2024)
    with pytest.raises(NoSuchFormError, match=r"none of Forms 6251, 8801, 8949 and Schedule D"):
        proven(made)


def test_two_copies_of_one_form_are_one_and_two_layouts_are_refused() -> None:
    """The first by name is taken where all boxes stand alike; where they do not, nobody can tell which is meant."""
    one, other = proven(made_8949(2024), "a.pdf"), proven(made_8949(2024), "b.pdf")
    found, refused = by_form_and_year([other, one])
    assert [each.blank.file for each in found.values()] == ["a.pdf"]
    assert refused == []
    found, refused = by_form_and_year([one, proven(made_8949(2024, rows=11), "c.pdf")])
    assert found == {}
    assert "a.pdf, c.pdf: Form 8949 of 2024 more than once, with boxes in other places" in str(refused[0])
