"""Widths of text, lines of wrapped text and heights of rows."""

from __future__ import annotations

import pytest

from workbook_templates.xlsx.text_fit import lines_needed, row_height, width_px


def test_width_is_the_sum_of_the_advances() -> None:
    """A (1185) and a (981) of 2048 units at 9 points, 12 pixels: 2166 / 2048 x 12 = 12.69 pixels."""
    assert width_px("Aa", 9) == pytest.approx(12.691, abs=0.001)


def test_bold_is_three_percent_wider() -> None:
    """Bold of the same size."""
    assert width_px("Aa", 9, bold=True) == pytest.approx(width_px("Aa", 9) * 1.03)


@pytest.mark.parametrize(("other", "like"), [("é", "e"), ("–", "0"), ("Ł", "0")])
def test_a_letter_outside_the_table_has_a_width(other: str, like: str) -> None:
    """An accent adds nothing; a character that the table lacks counts as a digit."""
    assert width_px(other, 10) == width_px(like, 10)


def test_an_empty_text_takes_one_line() -> None:
    """An empty row has the height of one line."""
    assert lines_needed("", 10, 10) == 1


def test_text_that_just_fits_stays_on_one_line() -> None:
    """Ten digits at 10 points are 67.58 pixels; a column of 9.86 characters leaves trunc(7 x 9.86 + 5) - 6 = 68."""
    assert lines_needed("0" * 10, 9.86, 10) == 1


def test_one_pixel_less_room_breaks_the_word() -> None:
    """The same digits in 67 pixels."""
    assert lines_needed("0" * 10, 9.72, 10) == 2


def test_an_indent_takes_nine_pixels() -> None:
    """The same digits in 68 pixels and in 77 with an indent."""
    assert lines_needed("0" * 10, 9.86, 10, indent=1) == 2
    assert lines_needed("0" * 10, 11.15, 10, indent=1) == 1


def test_text_breaks_between_words() -> None:
    """Three words of 40.55 pixels in a room of 60 take three lines: none is cut to fill a line."""
    assert lines_needed("000000 000000 000000", 8.72, 10) == 3


def test_a_typed_line_break_begins_a_line() -> None:
    """Paragraphs are counted apart."""
    assert lines_needed("a\n\nb", 30, 10) == 3


def test_the_two_line_why_of_the_exercises_is_counted_as_two() -> None:
    """The longest reason on the Exercises sheet, 9 points, indented, in a column of 35 characters."""
    why = "Underwater: 9.00 is below 12.00. Floored at zero alone; it offsets nothing."
    assert lines_needed(why, 35, 9, indent=1) == 2


@pytest.mark.parametrize(
    ("lines", "size", "prose", "height"), [(1, 10, False, 16.5), (2, 9, False, 26.5), (3, 11, True, 52.5)]
)
def test_row_height_follows_lines_and_size(lines: int, size: int, prose: bool, height: float) -> None:
    """Lines x size x 1.25 + 4; prose: lines x 14.5 + 9."""
    assert row_height(lines, size, prose=prose) == height


def test_no_row_is_higher_than_excel_allows() -> None:
    """409 points at most."""
    assert row_height(100, 11, prose=True) == 409
