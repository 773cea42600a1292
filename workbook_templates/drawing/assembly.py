"""A book put together from sheets that are drawn already: their files numbered, their names in one list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from ..xlsx.template import Hole, Stretch, Template, TemplatePart
from ..xlsx.zip_writer import Packed, pack
from .layout import BOOK, CellRange, Sheet, absolute
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
_BOOK: Final = "xl/workbook.xml"
_EMPTY: Final = "xl/worksheets/sheet1.xml"
_FIRST: Final = re.compile(r'<Override PartName="/xl/worksheets/sheet1\.xml"[^>]*/>')  # in a book of one empty sheet
_SHEETS: Final = re.compile("<sheets>.*</sheets>(?:<definedNames ?/>)?")
BINDING: Final = "binding"  # the key of the Binding among the values of the book
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
    shared["xl/_rels/workbook.xml.rels"] = _workbook_relations(len(sheets)).encode()
    first = list(shared).index(_EMPTY)
    bound = _bound(shared[_BOOK].decode(), sheets)
    packed = [bound if name == _BOOK else pack(name, content) for name, content in shared.items()]
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


class Binding(NamedTuple):
    """How the sheets of a client's book are bound: the same drawn sheets stand in another order for another client."""

    order: Sequence[str]  # titles, from the first sheet to the last
    hidden: Set[str]  # titles of the sheets that are not shown and do not print
    areas: Mapping[str, str]  # the printed area of a sheet, where it depends on the client
    first_pages: Set[str] = frozenset()  # titles of the sheets of which the first page alone is printed


def _bound(xml: str, sheets: Sequence[Sheet]) -> TemplatePart:
    """The list of sheets and of names, with a hole for what depends on the client."""
    before, _, after = _SHEETS.sub("@", xml).partition("@")
    hole = Hole((BOOK, BINDING), {Binding: _listed}, (sheets, "".join(_names(sheets))))
    return TemplatePart(_BOOK, [Stretch([before], [hole])], after)


def _listed(binding: Binding, context: tuple[Sequence[Sheet], str]) -> str:
    """The sheets in their order, all names, and what is printed of each sheet that is shown."""
    sheets, names = context
    files = {sheet.title: (number, sheet) for number, sheet in enumerate(sheets, 1)}
    if files.keys() != set(binding.order) or len(files) != len(binding.order):
        raise ValueError(f"the order names other sheets than the book has: {files.keys() ^ set(binding.order)}")
    listed = "".join(
        f'<sheet xmlns:r="{_RELATIONS}" name="{escape(title)}" sheetId="{files[title][0]}"'
        f' state="{"hidden" if title in binding.hidden else "visible"}" r:id="rId{files[title][0]}"/>'
        for title in binding.order
    )
    printed = "".join(
        f'<definedName name="_xlnm.{name}" localSheetId="{place}">{escape(cells)}</definedName>'
        for place, title in enumerate(binding.order)
        if title not in binding.hidden  # LibreOffice prints a hidden sheet that has a print area
        for name, cells in _printed(files[title][1], _area(files[title][1], binding))
    )
    return f"<sheets>{listed}</sheets><definedNames>{names}{printed}</definedNames>"


def _area(sheet: Sheet, binding: Binding) -> str | None:
    """The printed area that a client needs, where it is not the one drawn."""
    return binding.areas.get(sheet.title) or (sheet.first_page if sheet.title in binding.first_pages else None)


def _printed(sheet: Sheet, area: str | None) -> Iterator[tuple[str, str]]:
    """The rows repeated on each printed page, and the printed area."""
    for name, cells in sheet.printed.items():
        if name == "Print_Area" and area:
            yield name, f"'{sheet.title}'!{absolute(area)}"
        elif cells:
            yield name, cells


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


def _workbook_relations(sheets: int) -> str:
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheets + 1)]
    targets += [("styles", "styles.xml"), ("theme", "theme/theme1.xml")]
    lines = (
        f'<Relationship Type="{_RELATIONS}/{kind}" Target="{target}" Id="rId{number}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(lines)}</Relationships>'
