"""Copies of a file without what no formula rests on, but on which other programs spend most of their time.

What a name means, each formula and each value stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from .workbook_file import Source, opened

BOOK = "xl/workbook.xml"
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
RELATIONS = re.compile(r"xl/worksheets/_rels/sheet\d+\.xml\.rels")
NAMES = re.compile(r"<definedNames>.*</definedNames>", re.DOTALL)
NAME = re.compile(r'<definedName [^>]*?name="([^"]*)".*?</definedName>', re.DOTALL)
FORMULA = re.compile(r"<f(?:ormula[12]?)?[^<>]*>([^<]+)<")
WORD = re.compile(r"[A-Za-z_]\w*")
FORMULA_AND_VALUE = re.compile(r"<f>[^<]*</f><v>[^<]*</v>")
REMARKS = re.compile(r"<Relationship [^>]*/(?:comments|vmlDrawing)\"[^>]*/>")
REMARKS_DRAWN = re.compile(r"<legacyDrawing [^>]*/>")


def with_used_names(source: Source, folder: Path, empty: Iterable[str] = ()) -> Path:
    """Only the names that formulas use, the most used first: ironcalc searches its list anew for each name it meets.

    The formula cells of the `empty` sheets are blank.
    """
    file = opened(source)
    emptied = {part for title, part in file.sheet_parts if title in empty}
    parts = {part: FORMULA_AND_VALUE.sub("", file.parts[part].decode()) for part in emptied}
    texts = [parts.get(part) or data.decode() for part, data in file.parts.items() if SHEET.fullmatch(part)]
    used = Counter(word.lower() for text in texts for each in FORMULA.findall(text) for word in WORD.findall(each))
    names = {each[0]: used[each[1].lower()] for each in NAME.finditer(file.parts[BOOK].decode())}
    kept = "".join(sorted((name for name, uses in names.items() if uses), key=lambda name: -names[name]))
    parts[BOOK] = NAMES.sub(lambda _: f"<definedNames>{kept}</definedNames>", file.parts[BOOK].decode())
    return _copy(file.parts | {part: text.encode() for part, text in parts.items()}, folder / "used names.xlsx")


def without_remarks(source: Path, folder: Path) -> Path:
    """No remarks: LibreOffice is half of its time at drawing them."""
    parts = dict(opened(source).parts)
    for part, data in parts.items():
        if RELATIONS.fullmatch(part):
            parts[part] = REMARKS.sub("", data.decode()).encode()
        elif SHEET.fullmatch(part):
            parts[part] = REMARKS_DRAWN.sub("", data.decode()).encode()
    return _copy(parts, folder / source.name)


def _copy(parts: Mapping[str, bytes], target: Path) -> Path:
    target.parent.mkdir(exist_ok=True)
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return target
