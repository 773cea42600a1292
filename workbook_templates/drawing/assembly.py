"""A book put together from sheets that are drawn already: their files numbered, their names in one list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from ..xlsx.template import Template, TemplatePart
from ..xlsx.zip_writer import Packed, pack
from .layout import CellRange, Sheet, absolute
from .style_table import style_table

_TYPES: Final = "[Content_Types].xml"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_KINDS: Final = {
    "sheet": f"{_OFFICE}spreadsheetml.worksheet+xml",
    "drawing": f"{_OFFICE}drawing+xml",
    "comments": f"{_OFFICE}spreadsheetml.comments+xml",
    "chart": f"{_OFFICE}drawingml.chart+xml",
}
_VML: Final = f'<Default Extension="vml" ContentType="{_OFFICE}vmlDrawing"/>'
_EMPTY: Final = "xl/worksheets/sheet1.xml"
_FIRST: Final = re.compile(r'<Override PartName="/xl/worksheets/sheet1\.xml"[^>]*/>')  # in a book of one empty sheet
_SHEETS: Final = re.compile("<sheets>.*</sheets>(?:<definedNames ?/>)?")
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NUMBERED: Final = re.compile(r"\b(sheet|drawing|comments|vmlDrawing|chart)(\d+)(?=\.)")


def assemble(sheets: Sequence[Sheet], *, cents: bool) -> Template:
    """The template of a book with these sheets, in order.

    Raises ValueError for a name that two sheets give, and for one that is used and stands nowhere.
    """
    parts: list[TemplatePart | Packed] = []
    before: Counter[str] = Counter()
    for sheet in sheets:
        parts += _numbered(sheet, before)
        before.update(_kind(part) for part in sheet.parts)
        before["vmlDrawing"] = before["comments"]
    parts.sort(key=lambda part: _kind(part) == "chart")  # charts after all sheets, as openpyxl writes them
    shared = dict(style_table(cents).parts)
    shared[_TYPES] = _content_types(shared[_TYPES].decode(), parts).encode()
    shared["xl/workbook.xml"] = _workbook(shared["xl/workbook.xml"].decode(), sheets).encode()
    shared["xl/_rels/workbook.xml.rels"] = _workbook_relations(len(sheets)).encode()
    first = list(shared).index(_EMPTY)
    packed = [pack(name, content) for name, content in shared.items()]
    return Template([*packed[:first], *parts, *packed[first + 1 :]])


def _numbered(sheet: Sheet, before: Mapping[str, int]) -> Iterator[TemplatePart | Packed]:
    """The files of a sheet with the numbers that they have in the book."""

    def number(text: str) -> str:
        return _NUMBERED.sub(lambda found: f"{found[1]}{int(found[2]) + before[found[1]]}", text)

    for part in sheet.parts:
        name = part.name if isinstance(part, TemplatePart) else part.name.decode()
        yield (
            part._replace(name=number(name))
            if isinstance(part, TemplatePart)
            else part._replace(name=number(name).encode())
        )
    for name, content in sheet.relations.items():
        yield pack(number(name), number(content.decode()).encode())


def _kind(part: TemplatePart | Packed) -> str:
    """sheet, drawing, comments, vmlDrawing or chart; "" for a file of relations."""
    name = part.name if isinstance(part, TemplatePart) else part.name.decode()
    found = _NUMBERED.search(name)
    return found[1] if found and not name.endswith(".rels") else ""


def _content_types(xml: str, parts: Sequence[TemplatePart | Packed]) -> str:
    kinds = (
        (part.name if isinstance(part, TemplatePart) else part.name.decode(), _KINDS.get(_kind(part))) for part in parts
    )
    ours = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds if kind)
    return _FIRST.sub(lambda _: ours, xml).replace("<Override", f"{_VML}<Override", 1)


def _workbook(xml: str, sheets: Sequence[Sheet]) -> str:
    """The list of sheets and of names."""
    listed = "".join(
        f'<sheet xmlns:r="{_RELATIONS}" name="{escape(sheet.title)}" sheetId="{number}" state="{sheet.state}"'
        f' r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    names = "".join([*_names(sheets), *_printed(sheets)])
    return _SHEETS.sub(lambda _: f"<sheets>{listed}</sheets><definedNames>{names}</definedNames>", xml)


def _names(sheets: Sequence[Sheet]) -> Iterator[str]:
    places: dict[str, CellRange] = {}
    for sheet in sheets:
        if taken := places.keys() & sheet.names.keys():
            raise ValueError(f"names that two sheets give: {', '.join(sorted(taken))}")
        places |= sheet.names
    used = set().union(*(sheet.used for sheet in sheets))
    if lost := sorted(used - places.keys()):
        raise ValueError(f"formulas use names that stand nowhere: {', '.join(lost)}")
    for name in sorted(used):
        title, cells = places[name]
        yield f"<definedName name=\"{name}\">'{escape(title)}'!{absolute(cells)}</definedName>"


def _printed(sheets: Sequence[Sheet]) -> Iterator[str]:
    """The rows repeated on each printed page, and the printed area."""
    for number, sheet in enumerate(sheets):
        for name, cells in sheet.printed.items():
            yield f'<definedName name="_xlnm.{name}" localSheetId="{number}">{escape(cells)}</definedName>'


def _workbook_relations(sheets: int) -> str:
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheets + 1)]
    targets += [("styles", "styles.xml"), ("theme", "theme/theme1.xml")]
    lines = (
        f'<Relationship Type="{_RELATIONS}/{kind}" Target="{target}" Id="rId{number}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(lines)}</Relationships>'
