"""A template of a book that openpyxl holds, for the tests of what a template does."""

from __future__ import annotations

from openpyxl import Workbook

from workbook_templates.xlsx.cached_xlsx import Cached, workbook_parts
from workbook_templates.xlsx.cutting import Slots, cut
from workbook_templates.xlsx.template import Template


def compile_template(book: Workbook, cached: Cached, slots: Slots) -> Template:
    """Save the book with its tokens, and cut all of its files at them."""
    return Template(cut(workbook_parts(book, cached), slots))
