"""FDX tax documents (JSON): each Tax3921 in them, in the names of versions 5 to 6.4, wherever it is nested."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from engine.errors import Problem

from ...sources.headers import plain
from ..found_records import FoundAt, FoundLot, Reading, equal_rows
from .form_3921 import NOT_TAKEN

LAYOUT: Final = "FDX tax document"
NAMES: Final = {  # Tax3921 of FDX, and our columns
    "optionGrantDate": "date_granted",
    "optionExerciseDate": "date_exercised",
    "exercisePrice": "exercise_price",
    "exerciseMarketValue": "fmv_exercise",
    "numberOfShares": "shares",
}
ONLY_3922: Final = {"grantMarketValue", "titleTransferDate", "grantDateExercisePrice"}
FdxEntity = tuple[str, str, Mapping[str, Any]]  # form, path in the document, entity


def is_json(data: bytes) -> bool:
    """Tell whether a file is JSON by its first character."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read(file: str, data: bytes) -> Reading:
    """The exercises of a document; what is no Tax3921 is named."""
    reading = Reading(file, LAYOUT)
    try:
        document, doubled = _document(data)
        found = list(_forms(document))
    except (ValueError, RecursionError, ArithmeticError) as error:
        reason = str(error) or type(error).__name__
        reading.problems.append(Problem(file, None, "", reason, "JSON in UTF-8", "Download it again."))
        return reading
    if doubled:
        names = ", ".join(sorted(doubled))[:100]
        expected = "each name once in an object: nothing says which value is meant"
        reading.problems.append(Problem(file, None, names, names, expected, "Download it again, or remove one of two."))
    for form, path, entity in found:
        if form == "3922":
            reading.left.append(f"{path or 'Tax3922'}: {NOT_TAKEN}")
        else:
            reading.lots.append(_lot(file, path, entity))
    reading.problems += equal_rows(reading.lots)
    if not found:
        remedy = "isobook reads Tax3921 of FDX, with optionGrantDate, exercisePrice and so on."
        reading.problems.append(Problem(file, None, "", "no Tax3921", "an FDX Tax3921 in the JSON", remedy))
    return reading


def _document(data: bytes) -> tuple[Any, set[str]]:
    """The document with exact numbers, and the names that stand twice in an object."""
    doubled: set[str] = set()

    def as_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            doubled.update(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        return found

    text = data.decode("utf-8-sig")
    document = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=str, object_pairs_hook=as_object)
    return document, doubled


def _forms(node: Any, path: str = "") -> Iterator[FdxEntity]:
    """Each Tax3921 and Tax3922, told by the names that it has."""
    if isinstance(node, list):
        for number, each in enumerate(node, 1):
            yield from _forms(each, f"{path}[{number}]")
    elif isinstance(node, dict):
        if form := _form(path, node):
            yield form, path, node
            return
        for name, each in node.items():
            yield from _forms(each, f"{path}.{name}" if path else name)


def _form(path: str, node: Mapping[str, Any]) -> str:
    named = plain(path.rsplit(".", 1)[-1].split("[")[0])
    typed = plain(str(node.get("taxFormType", node.get("formType", ""))))
    scalars = {name for name, value in node.items() if not isinstance(value, dict | list)}
    if ONLY_3922 & scalars or (scalars & NAMES.keys() and "tax3922" in (named, typed)):
        return "3922"
    return "3921" if len(NAMES.keys() & scalars) >= 3 or (named == "tax3921" and NAMES.keys() & scalars) else ""


def _lot(file: str, path: str, entity: Mapping[str, Any]) -> FoundLot:
    cells = {column: _text(entity.get(name)) for name, column in NAMES.items()}
    cells = {column: cell.split("T")[0] if column.startswith("date") else cell for column, cell in cells.items()}
    cells |= {"employer": _employer(entity), "kind": "ISO"}
    place = FoundAt(f"{file}: {path}" if path else file, None, {column: name for name, column in NAMES.items()})
    account = _text(entity.get("accountNumber"))
    corrected = entity.get("corrected") is True
    return FoundLot({name: cell for name, cell in cells.items() if cell}, place, account, corrected=corrected)


def _employer(entity: Mapping[str, Any]) -> str:
    """The corporation of box 6, else the transferor; the first line of a name as FDX writes it."""
    for name in ("corporation", "corporateNameAddress", "transferor", "transferorNameAddress"):
        value = entity.get(name)
        if isinstance(value, Mapping):
            value = value.get("name1") or value.get("name")
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()
