"""The finished file: without what python-docx's template leaves in it, and the same bytes for the same document."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from docx.document import Document

FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name
LEFT: Final = re.compile(  # a picture of an empty page, the program that drew it, older styles, a bibliography
    r"thumbnail|extended-properties|stylesWithEffects|customXml$"
)
DATES: Final = ("created", "modified")


def packed(document: Document) -> bytes:
    """The .docx: no day of making in it, for isobook has no clock."""
    for holder in (document.part.package, document.part):
        for name in [name for name, each in holder.rels.items() if LEFT.search(each.reltype)]:
            del holder.rels[name]
    properties = document.core_properties._element  # no public way to leave a date out
    for each in [each for each in properties if each.tag.rpartition("}")[2] in DATES]:
        properties.remove(each)
    whole = io.BytesIO()
    document.save(whole)
    return _undated(whole.getvalue())


def _undated(data: bytes) -> bytes:
    """The same parts in the same order, without the time at which they were put together."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for each in source.infolist():
            about = ZipInfo(each.filename, FIRST_DAY)
            about.compress_type = ZIP_DEFLATED
            about.create_system = 0  # the same on every system
            made.writestr(about, source.read(each))
    return target.getvalue()
