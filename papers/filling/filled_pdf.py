"""The filled PDF: the pages of the blank form with their boxes, without scripts, XFA and usage rights.

Nothing but pages is taken from the blank file. Each box becomes a field of its own, so that a page may stand there
several times. The same figures and the same blank file give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from ..figures.manner import FilledForm, FilledSheet
from ..page.printed_page import BoxKind, PrintedBox
from ..page.reading import inherited, widgets_of
from .appearance import FONT_KEY, drawn_text
from .fitting import FONT

KEPT: Final = ("/FT", "/Ff", "/MaxLen", "/Q")  # of the fields above a widget
DROPPED: Final = ("/Parent", "/Kids", "/A", "/AA", "/StructParent", "/TM", "/TU")
DEFAULT_APPEARANCE: Final = f"/{FONT_KEY} 8 Tf 0 g"


def filled_pdf(filled: FilledForm, *, flat: bool = False) -> bytes:
    """The bytes of a filled form; `flat` draws the figures into the pages and leaves no boxes.

    Raises TextDoesNotFitError.
    """
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    font = writer._add_object(_font())
    fields: list[Any] = []
    for number, sheet in enumerate(filled.sheets, 1):
        reader = PdfReader(io.BytesIO(filled.boxes.blank.data))  # read anew: a page that is taken twice is two pages
        source = reader.pages[sheet.page]
        _cut_loose(source)
        page = writer.add_page(source)
        names = _names(filled, sheet, number)
        for box, widget in zip(filled.boxes.blank.pages[sheet.page].boxes, widgets_of(page), strict=True):
            _fill(writer, widget, box, sheet, names[box], font)
        if flat:
            _flatten(writer, page)
        else:
            fields += _annotations(page)
    _finish(writer, filled, fields, font)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def _font() -> Any:
    from pypdf.generic import DictionaryObject, NameObject

    entries = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": f"/{FONT}", "/Encoding": "/WinAnsiEncoding"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in entries.items()})


def _cut_loose(page: Any) -> None:
    """Give each widget what it has from the fields above it, and drop scripts and the tie to those fields."""
    from pypdf.generic import ArrayObject, NameObject

    widgets = [each for each in _annotations(page) if each.get_object().get("/Subtype") == "/Widget"]
    page[NameObject("/Annots")] = ArrayObject(widgets)  # no links: they lead to pages that do not come along
    for widget in widgets_of(page):
        for key in KEPT:
            if (value := inherited(widget, key)) is not None:
                widget[NameObject(key)] = value
    for widget in widgets_of(page):
        for key in DROPPED:
            widget.pop(key, None)
    for key in ("/StructParents", "/AA"):
        page.pop(key, None)


def _names(filled: FilledForm, sheet: FilledSheet, number: int) -> dict[PrintedBox, str]:
    """A name for each field, unlike all others of the file: what its box takes, behind the number of the page."""
    known = {box: key for key, box in filled.boxes.boxes.items()}
    boxes = filled.boxes.blank.pages[sheet.page].boxes
    return {box: f"page {number}: {known.get(box, f'box {place}, left blank')}" for place, box in enumerate(boxes, 1)}


def _fill(writer: Any, widget: Any, box: PrintedBox, sheet: FilledSheet, name: str, font: Any) -> None:
    from pypdf.generic import NameObject, TextStringObject

    widget[NameObject("/T")] = TextStringObject(name)
    widget[NameObject("/TU")] = TextStringObject(name)
    if box.kind is BoxKind.CHECK:
        state = NameObject(box.on if box in sheet.checked else "/Off")
        widget[NameObject("/V")] = widget[NameObject("/AS")] = state
        return
    text = sheet.texts.get(box, "")
    widget[NameObject("/DA")] = TextStringObject(DEFAULT_APPEARANCE)
    widget[NameObject("/V")] = TextStringObject(text)
    widget[NameObject("/AP")] = _appearance(writer, text, box, font)


def _appearance(writer: Any, text: str, box: PrintedBox, font: Any) -> Any:
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject

    stream = DecodedStreamObject()
    stream.set_data(drawn_text(text, box) if text else b"/Tx BMC\nEMC\n")
    corners = (0.0, 0.0, box.right - box.left, box.bottom - box.top)
    fonts = DictionaryObject({NameObject(f"/{FONT_KEY}"): font})
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(round(each, 3)) for each in corners),
            NameObject("/Resources"): DictionaryObject({NameObject("/Font"): fonts}),
        }
    )
    return DictionaryObject({NameObject("/N"): writer._add_object(stream)})


def _annotations(page: Any) -> list[Any]:
    """The annotations of a page, as references."""
    return list(page.get("/Annots") or ())


def _flatten(writer: Any, page: Any) -> None:
    """Draw the look of each box into the page, and take the boxes away."""
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

    resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
    drawings = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
    content = [b"Q\n"]
    for place, reference in enumerate(_annotations(page)):
        widget = reference.get_object()
        look = widget.get("/AP", {}).get("/N")
        state = widget.get("/AS")
        if look is not None and state is not None:
            look = look.get_object().get(state)
        if look is None:
            continue
        key, corner = f"/Box{place}", widget["/Rect"]
        drawings[NameObject(key)] = look.indirect_reference
        content.append(f"q 1 0 0 1 {float(corner[0]):.3f} {float(corner[1]):.3f} cm {key} Do Q\n".encode())
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(b"".join(content))
    old = page["/Contents"]
    streams = list(old) if isinstance(old, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(before), *streams, writer._add_object(after)])
    del page["/Annots"]


def _finish(writer: Any, filled: FilledForm, fields: Sequence[Any], font: Any) -> None:
    """The list of fields, their font, and the title; no date, so that the same figures give the same bytes."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

    if fields:
        fonts = DictionaryObject({NameObject(f"/{FONT_KEY}"): font})
        writer._root_object[NameObject("/AcroForm")] = DictionaryObject(
            {
                NameObject("/Fields"): ArrayObject(fields),
                NameObject("/DA"): TextStringObject(DEFAULT_APPEARANCE),
                NameObject("/DR"): DictionaryObject({NameObject("/Font"): fonts}),
            }
        )
    writer.add_metadata({"/Title": f"{filled.boxes.form.title}, {filled.boxes.year}", "/Producer": "isobook"})
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
