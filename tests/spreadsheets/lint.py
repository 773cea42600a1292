"""Faults that no validator at hand finds, though Excel may refuse or mend the file for them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from .formula_lint import FormulaLint
from .styles import cell_formats, children
from .workbook_file import RELATION_ID, Cell, Source, WorkbookFile, opened, tag

FOREIGN_PARTS = ("xl/externalLinks", "xl/vbaProject", "xl/embeddings", "xl/activeX", "xl/ctrlProps", "xl/connections")
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LONGEST_TITLE, LONGEST_CELL_TEXT, LONGEST_LIST = 31, 32_767, 255


def lint(source: Source) -> list[str]:
    """List the faults of a file, each with its place; none where Excel, phones and other engines can use it."""
    book = opened(source)
    formulas = FormulaLint(book)
    return [
        *(f"part {part}: external, macro or embedded" for part in book.parts if part.startswith(FOREIGN_PARTS)),
        *_titles(book),
        *formulas.names,
        *_print_areas(book),
        *_styles(book),
        *_cells(book, formulas),
        *_duplicates(book),
        *_shared_texts(book),
        *(fault for title, root in book.sheets.items() for fault in _sheet(book, formulas, title, root)),
        *_charts(book, formulas),
    ]


def utf16_units(text: str) -> int:
    """Count as Excel counts: a character outside the basic plane is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _titles(book: WorkbookFile) -> Iterator[str]:
    titles = [title for title, _ in book.sheet_parts]
    for title in titles:
        if not 0 < utf16_units(title) <= LONGEST_TITLE or re.search(r"[\[\]:*?/\\]|^'|'$", title):
            yield f"sheet title {title!r}: Excel refuses it"
        if title.lower() == "history":
            yield f"sheet title {title!r}: Excel keeps this title for itself"
    for title, count in Counter(map(str.lower, titles)).items():
        if count > 1:
            yield f"sheet title {title!r}: {count} sheets have it"


def _print_areas(book: WorkbookFile) -> Iterator[str]:
    printed = {name.sheet for name in book.names if name.name == "_xlnm.Print_Area"}
    for sheet in book.workbook.iter(tag("sheet")):
        if sheet.get("state", "visible") == "visible" and sheet.get("name") not in printed:
            yield f"{sheet.get('name')}: no print area"


def _styles(book: WorkbookFile) -> Iterator[str]:
    formats = cell_formats(book)
    for place, cell_format in enumerate(formats):
        if not cell_format.parts_exist:
            yield f"cell format {place}: its font, fill or border does not exist"
    for title, root in book.sheets.items():
        for element in (*root.iter(tag("row")), *root.iter(tag("col"))):
            style = element.get("s") or element.get("style") or "0"
            if int(style) >= len(formats):
                yield f"{title} {element.attrib}: style {style} does not exist"
    for cell in book.cells:
        if cell.style >= len(formats):
            yield f"{cell.sheet}!{cell.coordinate}: style {cell.style} does not exist"
        elif cell.formula is not None and not formats[cell.style].locked:
            yield f"{cell.sheet}!{cell.coordinate}: formula in an unlocked cell"
        elif formats[cell.style].looks_like_input and formats[cell.style].locked:
            yield f"{cell.sheet}!{cell.coordinate}: looks like an input, but is locked"


def _cells(book: WorkbookFile, formulas: FormulaLint) -> Iterator[str]:
    for cell in book.cells:
        for fault in (*_value(cell), *(formulas.formula(cell.formula) if cell.formula is not None else ())):
            yield f"{cell.sheet}!{cell.coordinate}: {fault}"


def _value(cell: Cell) -> Iterator[str]:
    if cell.formula_kind not in (None, "normal"):
        yield f"{cell.formula_kind} formula; expected a formula of one cell"
    if cell.value is None or (cell.value == "" and cell.formula is not None and cell.kind == "n"):
        if cell.formula is not None:
            yield "formula without a cached value"
    elif cell.kind == "e":
        yield f"cached error {cell.value}"
    elif cell.kind in ("n", "s", "b") and not _is_number(cell.value):
        yield f"{cell.value!r} is not a number"
    elif utf16_units(cell.value) > LONGEST_CELL_TEXT:
        yield f"text of {utf16_units(cell.value)} UTF-16 units, at most {LONGEST_CELL_TEXT} are allowed"


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _duplicates(book: WorkbookFile) -> Iterator[str]:
    for (sheet, coordinate), count in Counter((cell.sheet, cell.coordinate) for cell in book.cells).items():
        if count > 1:
            yield f"{sheet}!{coordinate}: stands {count} times in the file"


def _shared_texts(book: WorkbookFile) -> Iterator[str]:
    for place, text in enumerate(book.shared_texts):
        if utf16_units(text) > LONGEST_CELL_TEXT:
            yield f"shared text {place}: more than {LONGEST_CELL_TEXT} UTF-16 units"
    known = {str(place) for place in range(len(book.shared_texts))}
    for cell in book.cells:
        if cell.kind == "s" and (cell.value or "") not in known:
            yield f"{cell.sheet}!{cell.coordinate}: shared text {cell.value} does not exist"


def _sheet(book: WorkbookFile, formulas: FormulaLint, title: str, root: Element) -> Iterator[str]:
    for element in root.iter(tag("dataValidation")):
        yield from (f"{title}!{element.get('sqref')} validation: {fault}" for fault in _validation(formulas, element))
    differential_styles = len(children(book.xml("xl/styles.xml"), "dxfs"))
    for block in root.iter(tag("conditionalFormatting")):
        for rule in block.iter(tag("cfRule")):
            for fault in _rule(formulas, rule, differential_styles):
                yield f"{title}!{block.get('sqref')} conditional format: {fault}"
    for link in root.iter(tag("hyperlink")):
        missing = None if link.get(RELATION_ID) else formulas.location(link.get("location", ""))
        if missing:
            yield f"{title}!{link.get('ref')} link: {missing}"


def _rule(formulas: FormulaLint, rule: Element, differential_styles: int) -> Iterator[str]:
    if int(rule.get("dxfId", "-1")) >= differential_styles:
        yield f"differential style {rule.get('dxfId')} does not exist"
    for formula in rule.iter(tag("formula")):
        yield from formulas.formula(formula.text or "")


def _validation(formulas: FormulaLint, element: Element) -> Iterator[str]:
    for formula in (*element.iter(tag("formula1")), *element.iter(tag("formula2"))):
        text = formula.text or ""
        if element.get("type") == "list" and text.startswith('"'):
            if utf16_units(text) - 2 > LONGEST_LIST:
                yield f"list of more than {LONGEST_LIST} characters"
        else:
            yield from formulas.formula(text)


def _charts(book: WorkbookFile, formulas: FormulaLint) -> Iterator[str]:
    for part in book.parts:
        if not re.fullmatch(r"xl/charts/chart\d+\.xml", part):
            continue
        for reference in (*book.xml(part).iter(f"{CHART}numRef"), *book.xml(part).iter(f"{CHART}strRef")):
            text = reference.findtext(f"{CHART}f") or ""
            if fault := formulas.location(text):
                yield f"part {part}: {fault}"
            if not list(reference.iter(f"{CHART}pt")):
                yield f"part {part}: {text} has no cached points, previewers draw an empty chart"
