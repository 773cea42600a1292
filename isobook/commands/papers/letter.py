"""The command `isobook letter`: a letter to the client in Word, and beside it the list of what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final

import typer

from engine.clients.projection import Projection
from engine.errors import INSTALL
from engine.records import Client
from papers.word.firm import Firm, read_firm
from papers.word.picture import MOST_BYTES
from papers.word.requests import Requests, requests_of
from workbook_templates.fill import shape_of, values_of
from workbook_templates.letter import LETTER
from workbook_templates.letter.parts.paragraphs import letter_parts

from ...files.whole_file import CannotWriteError, check_writable, write_whole
from ...sources import open_source
from ...user_files import first_bytes, read_toml
from ...words.forms import computed, show_edits
from ...words.open_items import tell_open
from ...words.terminal import complain, say
from ..options import NOT_ENCRYPTED, PasswordFlag, RoundingFlag, Source, TaxMethodFlag, password_in

SUFFIX: Final = ".docx"
EXTRA: Final = f"The Word library is not installed. Add the extra isobook[office]: {INSTALL}."
LINE: Final = 'name = "Sample & Partners LLP"'
EDITED: Final = "it is there already with something else in it, and what was edited in it would be lost"


def letter(
    source: Source,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT.docx", help="The letter; OUT-requests.docx goes beside it.")
    ],
    firm: Annotated[
        Path | None,
        typer.Option(
            metavar="TOML", help="A file with the firm's name, address, logo, signer. [default: as on Inputs]"
        ),
    ] = None,
    rounding: RoundingFlag = None,
    tax_method: TaxMethodFlag = None,
    password_file: PasswordFlag = None,
) -> None:
    """Write a letter to the client, in Word.

    It says what the sheet Letter of the workbook says, to be edited and sent. Beside it goes the list of documents
    that open items wait for. No file is ever replaced.
    """
    if output.suffix.lower() != SUFFIX:
        raise typer.BadParameter(f"{output} does not end in {SUFFIX}: a letter is a Word document.", param_hint="-o")
    opened = open_source(source, rounding=rounding, tax_method=tax_method, password=password_in(password_file))
    projection = computed(opened.client)
    client, requests = opened.client, requests_of(projection)
    writes = _firm(firm, client)
    list_file = output.with_name(f"{output.stem}-requests{output.suffix}")
    _write(_documents(projection, requests, writes, output, list_file))
    for line in _told(client, writes, requests, list_file):
        say(f"  {line}")
    if opened.encrypted:
        say(f"  {NOT_ENCRYPTED}")
    tell_open(projection)
    show_edits(opened.all_notes())


def _firm(path: Path | None, client: Client) -> Firm:
    """The firm of the file; its name is that of the letterhead on Inputs where the file has none."""
    if path is None:
        return Firm().under(client.firm)
    firm = read_firm(path.name, read_toml(path, LINE), lambda logo: first_bytes(path.parent / logo, MOST_BYTES + 1))
    return firm.under(client.firm)


def _documents(
    projection: Projection, requests: Requests, firm: Firm, output: Path, list_file: Path
) -> Mapping[Path, bytes]:
    """The files to write."""
    try:  # only this command needs the library
        from papers.word.letter_document import letter_document
        from papers.word.requests_document import requests_document
    except ImportError:
        complain(EXTRA)
        raise typer.Exit(1) from None
    shape = shape_of(projection)
    parts = letter_parts(shape, values_of(projection, shape)[LETTER])
    files = {output: letter_document(parts, firm)}
    if requests.count:
        files[list_file] = requests_document(requests, projection.client.name, firm)
    return files


def _write(files: Mapping[Path, bytes]) -> None:
    """Write both, or neither where one is there already with something else in it."""
    for path, data in files.items():
        if path.is_symlink() or (path.exists() and not (path.is_file() and path.read_bytes() == data)):
            raise CannotWriteError(path, EDITED, "Give another name.")
        check_writable(path)
    for path, data in files.items():
        write_whole(path, data)
        say(f"Made {path}")


def _told(client: Client, firm: Firm, requests: Requests, list_file: Path) -> Iterator[str]:
    """What the letter still lacks, what is asked, and what is not."""
    if not client.letter_date:
        yield "The date is left open: click [Date] in Word. Or type it in the letterhead on Inputs."
    blank = {"firm": firm.name, "address of the client": client.client_address, "salutation": client.salutation}
    if lacking := [name for name, words in blank.items() if not words]:
        yield f"Blank in the letter, because nothing is entered: {', '.join(lacking)}."
    if requests.count:
        counts = [f"{len(asked)} from the {whom}" for whom, asked in requests.by_whom.items()]
        yield f"Documents asked for: {', '.join(counts)}."
    else:
        yield f"Nothing is to be asked of the client: no {list_file.name} is made."
        if list_file.exists():
            yield f"{list_file} is of an earlier run. Delete it if it is not needed."
    if requests.of_preparer:
        yield f"Not asked of the client: {_points(requests.of_preparer)} for the preparer (isobook check lists them)."


def _points(count: int) -> str:
    return f"{count:,} point{'' if count == 1 else 's'}"
