"""The parts of an .xlsx file, within limits that a hostile file cannot pass."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Any, Final
from zipfile import BadZipFile, LargeZipFile, ZipFile

from lxml import etree  # type: ignore[import-untyped]

MOST_UNPACKED: Final = 8_000_000  # of what is held at once: a part that is read whole, or one row of a sheet
MOST_STREAMED: Final = 400_000_000  # of a part that is read piece by piece, only as far as is needed
MOST_PARTS: Final = 4_000
ENCRYPTED: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also the .xls of Excel 97
BROKEN: Final = (
    *(BadZipFile, LargeZipFile, zlib.error, EOFError, OSError, RuntimeError),  # the zip file
    *(etree.XMLSyntaxError, LookupError, ValueError, TypeError, OverflowError),  # what is in it
)
SAVE_AGAIN: Final = "Open it in Excel or LibreOffice, save it as .xlsx, and give that file."


class UnreadableError(Exception):
    """A file that is no workbook that can be read: what it is instead, and what to do."""

    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(found)
        self.found, self.remedy = found, remedy


class Package:
    """The zip file and its parts. Raises UnreadableError for what is no .xlsx, and any of BROKEN for a broken one."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(ENCRYPTED):
            remedy = "Open it in Excel or LibreOffice, remove the password or save it as .xlsx, and give that file."
            raise UnreadableError("a file under a password, or one of Excel 97 (.xls)", remedy)
        self._zip = ZipFile(BytesIO(data))
        if len(self._zip.namelist()) > MOST_PARTS:
            raise UnreadableError(f"more than {MOST_PARTS:,} parts", SAVE_AGAIN)

    def contents(self) -> set[tuple[str, int]]:
        """The name and CRC-32 of each part."""
        return {(part.filename, part.CRC) for part in self._zip.infolist()}

    def main(self) -> str:
        """The part that is the workbook."""
        for kind, target in self.targets("").values():
            if kind.endswith("/officeDocument"):
                return target
        raise UnreadableError("a zip file without a workbook", SAVE_AGAIN)

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id -> (type, target within the zip)."""
        home = PurePosixPath(part).parent
        relations = self.xml(str(home / "_rels" / f"{PurePosixPath(part).name}.rels") if part else "_rels/.rels")
        found = {}
        for relation in relations.iterfind("{*}Relationship"):
            target = str(relation.get("Target", ""))
            inside = target[1:] if target.startswith("/") else str(home / target)
            found[str(relation.get("Id"))] = (str(relation.get("Type")), inside)
        return found

    def xml(self, part: str) -> Any:
        """A part that is read whole, as an element."""
        with self._zip.open(part) as stream:
            content = stream.read(MOST_UNPACKED + 1)
        if len(content) > MOST_UNPACKED:
            raise UnreadableError(f"a part of more than {MOST_UNPACKED:,} bytes", SAVE_AGAIN)
        return _without_doctype(etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True)))

    def elements(self, part: str, name: str) -> Iterator[Any]:
        """The elements of a name in a part that is read piece by piece; each is forgotten when the next is asked for.

        What programs leave between them, comments too, is passed over.
        """
        stream = Bounded(self._zip.open(part))
        found = etree.iterparse(
            stream, tag=f"{{*}}{name}", resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        for _, element in found:
            yield _without_doctype(element)
            stream.forget()
            _drop(element)


def _without_doctype(element: Any) -> Any:
    """The element. Raises UnreadableError where its part declares entities: the format has none (ECMA-376, part 2)."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("a part with a DOCTYPE, which no spreadsheet program writes", SAVE_AGAIN)
    return element


def _drop(element: Any) -> None:
    """Forget an element that was read, and those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


class Bounded:
    """A stream that ends with an error where a part, or one row in it, is larger than any that people make."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._left, self._held = stream, MOST_STREAMED, 0

    def forget(self) -> None:
        """What was read so far is held no longer."""
        self._held = 0

    def read(self, size: int = 65_536) -> bytes:
        """The next bytes."""
        chunk = self._stream.read(size)
        self._left -= len(chunk)
        self._held += len(chunk)
        if self._left < 0:
            raise UnreadableError(f"a part of more than {MOST_STREAMED:,} bytes", SAVE_AGAIN)
        if self._held > MOST_UNPACKED:
            raise UnreadableError(f"a row of more than {MOST_UNPACKED:,} bytes", SAVE_AGAIN)
        return chunk


def what_is_wrong(error: Exception) -> str:
    """What a file is that raised one of BROKEN."""
    if isinstance(error, BadZipFile | EOFError):
        return "no zip file, as every .xlsx is, or a broken one"
    return "a part is missing" if isinstance(error, KeyError) else "a part is broken"
