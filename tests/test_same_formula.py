"""A formula in the letters of another program is the same formula; another formula is not."""

from __future__ import annotations

import pytest

from workbook_templates.read_back.edits.same_formula import formula_shape, plain_formula

ALIKE = [
    ("ROUND(0.15*C52,rounding)", "ROUND(0.150000000000000000005*C52,rounding)"),  # as gnumeric writes 15%
    ("MIN(C5,100000)", "min(C5, 1E5)"),
    ('_xlfn.TEXTJOIN(", ",TRUE,A1:A3)', 'TEXTJOIN(", ",TRUE(),A1:A3)'),
    ("_xlfn._xlws.FILTER(A1:A3,B1:B3>0)", "FILTER(A1:A3,B1:B3>0)"),
    ("'Inputs'!B6+'6251 2025'!C14", "Inputs!B6+'6251 2025'!C14"),
    ("-0", "0"),  # gnumeric again
    ("IF(A1=.5,1,2)", "IF(A1=0.50,1.0,2)"),
]
UNLIKE = [
    ("ROUND(0.15*C52,rounding)", "ROUND(0.1500001*C52,rounding)"),
    ("C52+1", "C521"),
    ("C5-0.5", "C50.5"),
    ('IF(A1="a b",1,2)', 'IF(A1="ab",1,2)'),  # words keep their spaces
    ('IF(A1="Yes",1,2)', 'IF(A1="yes",1,2)'),
    ("'6251 2025'!C14", "'6251 2024'!C14"),
    ("SUM(C5:C9)", "SUM(C5:C10)"),
]


@pytest.mark.parametrize(("ours", "theirs"), ALIKE)
def test_what_programs_write_in_other_letters_is_the_same_formula(ours: str, theirs: str) -> None:
    """Numbers as numbers, whatever the case, the spaces, the prefixes and the quotes of sheets."""
    assert plain_formula(ours) == plain_formula(theirs)


@pytest.mark.parametrize(("ours", "theirs"), UNLIKE)
def test_another_number_cell_or_word_is_another_formula(ours: str, theirs: str) -> None:
    """The seventh digit of a rate counts, and so does each letter between quotes."""
    assert plain_formula(ours) != plain_formula(theirs)


def test_the_shape_of_a_formula_leaves_its_cells_out() -> None:
    """The same total four rows further down; a total of another column is still a total."""
    assert formula_shape("SUM(H6:H21)") == formula_shape("SUM(H6:H25)") == "SUM(#:#)"
    assert formula_shape("ROUND(0.15*C52,2)") != formula_shape("ROUND(0.2*C52,2)")
