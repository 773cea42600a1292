"""firm.toml: what the letterhead takes from it, and what is refused."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from struct import pack

import docx
import pytest

from engine import InputError
from papers.word.firm import Firm, read_firm
from tests.command import EXAMPLES, run


def _chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


def png(width: int = 40, height: int = 10) -> bytes:
    """A gray picture."""
    header = _chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    lines = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + header + _chunk(b"IDAT", lines) + _chunk(b"IEND", b"")


# The head of a JPEG of 24 by 8 dots: JFIF, the frame, a scan without a picture, the mark of the end.
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x08\x00\x18\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9"
)


def _beside(data: bytes) -> Callable[[str], bytes]:
    return lambda _: data


def _nowhere(_: str) -> bytes:
    raise FileNotFoundError(2, "No such file or directory")


def _refused(text: str, logo: Callable[[str], bytes] = _nowhere) -> str:
    with pytest.raises(InputError) as error:
        read_firm("firm.toml", tomllib.loads(text), logo)
    return str(error.value)


def test_the_letterhead_stands_on_the_first_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logo, name, address and how the firm is reached; the signer above its name; both papers bear it."""
    monkeypatch.chdir(tmp_path)
    Path("firm.toml").write_text(
        'name = "Łukasz & Sons LLP"\naddress = ["100 Main Street", "Springfield, IL"]\nphone = "555-0100"\n'
        'email = "a@b.example"\nwebsite = "b.example"\nsigner = "D. Oak, CPA"\nlogo = "art/logo.png"\n',
        encoding="utf-8",
    )
    Path("art").mkdir()
    Path("art/logo.png").write_bytes(png())
    assert run("letter", str(EXAMPLES / "open-items"), "-o", "out.docx", "--firm", "firm.toml").exit_code == 0
    for name in ("out.docx", "out-requests.docx"):
        document = docx.Document(BytesIO(Path(name).read_bytes()))
        header = document.sections[0].first_page_header
        words = [paragraph.text for paragraph in header.paragraphs if paragraph.text]
        assert words == [
            "Łukasz & Sons LLP",
            "100 Main Street  ·  Springfield, IL",
            "555-0100  ·  a@b.example  ·  b.example",
        ]
        assert len(header._element.xpath(".//pic:pic")) == 1
        assert document.core_properties.author == "Łukasz & Sons LLP"
    signature = docx.Document(BytesIO(Path("out.docx").read_bytes())).paragraphs[-1].text.split("\n")
    assert signature[0] == "Sincerely,"
    assert signature[-2:] == ["D. Oak, CPA", "Łukasz & Sons LLP"]


def test_without_a_name_it_is_the_firm_of_the_letterhead_on_inputs() -> None:
    """What the file says goes before what the workbook says."""
    assert read_firm("firm.toml", {"signer": "D. Oak"}, _nowhere).under("Acorn LLP").name == "Acorn LLP"
    assert read_firm("firm.toml", {"name": "Oak LLP"}, _nowhere).under("Acorn LLP").name == "Oak LLP"
    assert read_firm("firm.toml", {}, _nowhere) == Firm()


def test_the_size_of_a_logo_is_read_from_png_and_jpeg() -> None:
    """40 by 10 and 24 by 8 dots, as they were made."""
    for data, size in ((png(), (40, 10)), (JPEG, (24, 8))):
        logo = read_firm("firm.toml", {"logo": "logo"}, _beside(data)).logo
        assert logo is not None
        assert (logo.width, logo.height) == size


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "an empty file"),
        (b"GIF89a", "neither PNG nor JPEG"),
        (png()[:-20], "a PNG that is damaged or cut off"),
        (png().replace(b"IDAT", b"IDAX"), "a PNG that is damaged or cut off"),
        (png(width=0), "a picture without width or height"),
        (JPEG[:-2], "a JPEG that is damaged or cut off"),
        (JPEG[:20], "a JPEG that is damaged or cut off"),
        (b"\xff\xd8\xff" + b"\0" * 5_000_000, "more than 5,000,000 bytes"),
    ],
)
def test_a_logo_that_is_no_whole_picture_is_refused(data: bytes, found: str) -> None:
    """Word would say that the letter is damaged."""
    told = _refused('logo = "logo.png"', _beside(data))
    assert f"logo.png: {found}" in told
    assert "expected a whole picture, PNG or JPEG, of at most 5 MB" in told


def test_a_logo_that_is_not_there_is_refused() -> None:
    """The path is told, and where it is looked for."""
    told = _refused('logo = "mark.png"')
    assert told.startswith('firm.toml, logo: found "mark.png (No such file or directory)"')
    assert told.endswith("Put it beside firm.toml, or correct or remove the line logo.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('nam = "Oak LLP"', "expected a known key; the nearest is name"),
        ("motto = 3", "expected one of name, phone, email, website, signer, address, logo"),
        ('address = "100 Main Street"', 'Write it so: address = ["100 Main Street", "Springfield, IL 62701"].'),
        ("address = [1, 2]", "expected a list of at most 8 lines of text"),
        ("phone = 5550100", "expected one line of text in quotation marks"),
        ('name = "Oak\\u0001"', "expected one line of text in quotation marks"),
        ('name = "Oak\\nLLP"', "expected one line of text in quotation marks"),
    ],
)
def test_what_is_wrong_with_the_file_is_refused_in_words(text: str, told: str) -> None:
    """Every problem names the file and the key."""
    refused = _refused(text)
    assert refused.startswith("firm.toml")
    assert told in refused
