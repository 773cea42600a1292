"""A text in a box of an official form: as large as fits, in the form's own manner, or refused."""

import sys
from decimal import Decimal

import pytest

from papers.figures.manner import amount_text
from papers.filling.appearance import drawn_text
from papers.filling.fitting import LEADING, PADDING, TextDoesNotFitError, fitted, text_width
from papers.official import forms_at_hand
from papers.page.printed_page import BoxKind, PrintedBox
from tests.official_pdf import made_6251


def box(
    width: float, height: float, *, longest: int | None = None, several: bool = False, comb: bool = False
) -> PrintedBox:
    """A box for text at the upper left corner of a page."""
    kind = BoxKind.TEXT
    return PrintedBox(0, 0, width, height, 0, kind, False, longest, comb, several, 0, "")


@pytest.mark.parametrize(
    ("amount", "digits", "in_parentheses", "text"),
    [
        ("1234567.5", 0, False, "1,234,568"),
        ("-1234.5", 0, False, "(1,235)"),
        ("-1234.5", 0, True, "1,235"),
        ("1234.5", 2, False, "1,234.50"),
        ("-0.004", 2, False, "-0-"),
        ("0.4", 0, False, "-0-"),
    ],
)
def test_dollars_in_a_box(amount: str, digits: int, in_parentheses: bool, text: str) -> None:
    """Commas, parentheses below zero but where the form prints them, -0- for nothing; half goes away from zero."""
    assert amount_text(Decimal(amount), digits, in_parentheses=in_parentheses) == text


def test_a_width_is_that_of_the_font() -> None:
    """Helvetica: a figure is 556 thousandths of the size, a comma 278; "1,234" at 8 points is 20.016 points wide."""
    assert text_width("1,234", 8) == pytest.approx((4 * 556 + 278) * 8 / 1000)


def test_an_amount_stays_at_eight_points_where_it_fits() -> None:
    """A box of 72 points takes twelve figures of 4.448 points."""
    assert fitted("123,456,789", box(72, 12)).size == 8


def test_a_long_text_becomes_smaller_and_a_description_takes_more_lines() -> None:
    """Every line is within the box, and all of them within its height."""
    name = "1,500 sh " + " ".join(["International Consolidated Robotics Holdings"] * 2)
    found = fitted(name, box(136, 24, several=True))
    assert " ".join(found.lines) == name
    assert len(found.lines) > 1
    assert all(text_width(line, found.size) <= 136 - 2 * PADDING for line in found.lines)
    assert len(found.lines) * found.size * LEADING <= 24
    assert fitted("Consolidated Robotics", box(60, 12)).size < 8


@pytest.mark.parametrize(
    ("text", "words"),
    [("M" * 200, "200 characters, more than the box can show"), ("12345", "5 characters where the box takes 4")],
)
def test_what_does_not_fit_is_refused_and_never_cut(text: str, words: str) -> None:
    """A name cut short would be another name."""
    with pytest.raises(TextDoesNotFitError, match=words):
        fitted(text, box(100, 12, longest=4 if len(text) == 5 else None))


def test_parentheses_are_escaped_in_the_drawing() -> None:
    """In PDF a text stands between parentheses: those in it have a backslash before them."""
    assert rb"(\(1,000\)) Tj" in drawn_text("(1,000)", box(72, 12))


def test_a_comb_has_one_character_a_cell() -> None:
    """Nine cells of 10 points: nine texts, the first figure, 4.448 points wide, 2.78 from the left."""
    drawn = drawn_text("000000000", box(90, 12, longest=9, comb=True))
    assert drawn.count(b"(0) Tj") == 9
    assert b"1 0 0 1 2.78 " in drawn


def test_without_the_pdf_library_the_message_says_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """An extra that is not installed is no damaged file."""
    data = made_6251(2024).data()
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (refused,) = forms_at_hand({"a.pdf": data}).refused
    assert str(refused).startswith("a.pdf: the PDF libraries are not installed. Add the extra isobook[office]: ")
