"""FDX tax documents (JSON): each Tax3921 and Tax3922, in the names of versions 5 to 6.4, wherever it is nested."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from engine.errors import Problem

from ...sources.headers import plain
from ..found_records import FoundAt, FoundLot, Reading, equal_rows

LAYOUT: Final = "FDX tax document"
NAMES: Final = {  # Tax3921 of FDX, and our columns
    "optionGrantDate": "date_granted",
    "optionExerciseDate": "date_exercised",
    "exercisePrice": "exercise_price",
    "exerciseMarketValue": "fmv_exercise",
    "numberOfShares": "shares",
}
ONLY_3922: Final = {  # what Tax3922 has beside them
    "grantMarketValue": "fmv_grant",
    "titleTransferDate": "date_transferred",
    "grantDateExercisePrice": "price_at_grant",
}
CORPORATION: Final = (  # who granted the option: box 6 and transferor of Form 3921, corporation of Form 3922
    *("corporation", "corporateNameAddress", "corporationNameAddress", "transferor", "transferorNameAddress"),
    "issuer",
)


class FdxEntity(NamedTuple):
    """A form of a document: which one, its path, itself, and the issuer of the statement that it stands in."""

    form: str
    path: str
    cells: Mapping[str, Any]
    issuer: Any


def is_json(data: bytes) -> bool:
    """Tell whether a file is JSON by its first character."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read(file: str, data: bytes) -> Reading:
    """The exercises and purchases of a document."""
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
    for entity in found:
        lot = _lot(file, entity)
        corrected = entity.cells.get("corrected")
        if corrected not in (None, True, False):
            where, value = f"{file}: {entity.path}" if entity.path else file, _text(corrected) or "an object"
            reading.problems.append(Problem(where, None, "corrected", value, "true or false", "Correct the value."))
        reading.lots.append(lot)
    reading.problems += equal_rows(reading.lots)
    if not found:
        remedy = "isobook reads Tax3921 and Tax3922 of FDX, with optionGrantDate, exercisePrice and so on."
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


def _forms(node: Any, path: str = "", issuer: Any = None) -> Iterator[FdxEntity]:
    """Each Tax3921 and Tax3922, told by the names that it has."""
    if isinstance(node, list):
        for number, each in enumerate(node, 1):
            yield from _forms(each, f"{path}[{number}]", issuer)
    elif isinstance(node, dict):
        issuer = node.get("issuer") or issuer
        if form := _form(path, node):
            yield FdxEntity(form, path, node, issuer)
            return
        for name, each in node.items():
            yield from _forms(each, f"{path}.{name}" if path else name, issuer)


def _form(path: str, node: Mapping[str, Any]) -> str:
    named = plain(path.rsplit(".", 1)[-1].split("[")[0])
    typed = plain(str(node.get("taxFormType", node.get("formType", ""))))
    scalars = {name for name, value in node.items() if not isinstance(value, dict | list)}
    if ONLY_3922.keys() & scalars or (scalars & NAMES.keys() and "tax3922" in (named, typed)):
        return "3922"
    return "3921" if len(NAMES.keys() & scalars) >= 3 or (named == "tax3921" and NAMES.keys() & scalars) else ""


def _lot(file: str, entity: FdxEntity) -> FoundLot:
    names = NAMES | (ONLY_3922 if entity.form == "3922" else {})
    cells = {column: _text(entity.cells.get(name)) for name, column in names.items()}
    cells = {column: cell.split("T")[0] if column.startswith("date") else cell for column, cell in cells.items()}
    cells |= {"employer": _employer(entity), "kind": "ESPP" if entity.form == "3922" else "ISO"}
    where = f"{file}: {entity.path}" if entity.path else file
    place = FoundAt(where, None, {column: name for name, column in names.items()})
    account, corrected = _text(entity.cells.get("accountNumber")), entity.cells.get("corrected") is True
    return FoundLot({name: cell for name, cell in cells.items() if cell}, place, account, corrected=corrected)


def _employer(entity: FdxEntity) -> str:
    """The corporation of box 6, else the transferor, else the issuer: the first line of a name as FDX writes it."""
    for value in (*(entity.cells.get(name) for name in CORPORATION), entity.issuer):
        if name := _name(value):
            return name
    return ""


def _name(value: Any) -> str:
    """The name of a party: itself, or name1, name, or the same of its business name."""
    if isinstance(value, Mapping):
        found = (_name(value.get(name)) for name in ("name1", "name", "businessName"))
        return next(filter(None, found), "")
    return value.strip() if isinstance(value, str) else ""


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()
