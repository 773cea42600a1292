"""Parts and elements named as Excel names them: programs that look for those very names find no others.

openpyxl puts notes into `xl/comments/comment1.xml` and writes drawings and charts without prefixes, all of it legal.
ExcelJS opens no such file, for it knows `xl/comments1.xml` and `xdr:wsDr` alone.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as Tree

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_PREFIXES: Final = {
    "xdr": f"{_DRAWING}/spreadsheetDrawing",
    "c": f"{_DRAWING}/chart",
    "a": f"{_DRAWING}/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_PREFIXED: Final = re.compile(r"xl/(?:drawings/drawing|charts/chart|drawings/vmlDrawing)\d+\.(?:xml|vml)")
_NOTES: Final = re.compile(rb"(?<=xl/)comments/comment(?=\d+\.xml)")
_BOXES: Final = re.compile(rb"(?<=xl/drawings/)commentsDrawing(?=\d+\.vml)")

for _prefix, _uri in _PREFIXES.items():
    Tree.register_namespace(_prefix, _uri)


def as_excel_names(text: bytes) -> bytes:
    """The name of a part, or a file that speaks of parts, with the names that Excel gives."""
    return _BOXES.sub(b"vmlDrawing", _NOTES.sub(b"comments", text))


def with_prefixes(name: str, content: bytes) -> bytes:
    """A drawing, a chart or the boxes of notes with the prefixes that Excel writes; other parts as they are."""
    if not _PREFIXED.fullmatch(name):
        return content
    xml = Tree.tostring(Tree.fromstring(content), encoding="unicode")  # noqa: S314  # openpyxl wrote it
    return xml.replace(" />", "/>").encode()
