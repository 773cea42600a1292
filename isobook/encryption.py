"""Workbooks under a password, as Excel itself encrypts them (ECMA-376 agile encryption, AES-256): made and opened.

Needs msoffcrypto-tool, the extra `isobook[office]`. A password comes from a file, never from an argument, and goes
into no message.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from engine.errors import INSTALL, InputError, Problem

from .user_files import PASSWORD_FILE, read_bytes

LONGEST: Final = 255  # characters that Excel takes
OPTION: Final = "--password-file"
NOT_INSTALLED: Final = f"needs the extra isobook[office]: {INSTALL}"
_EXPECTED: Final = PASSWORD_FILE.what
_OPENS: Final = "a workbook, with its password where it has one"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what an encrypted workbook is wrapped in, and an .xls is
_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")  # the part of it that is the workbook
_MOST_SPINS: Final = 10_000_000  # hash rounds that the format allows; Excel takes 100,000


def read_password(path: Path) -> str:
    """The password in the first line of a file. Raises InputError, which does not quote it."""
    try:
        line = read_bytes(path, PASSWORD_FILE).partition(b"\n")[0]
        password = line.decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError:
        raise _refusal(path.name, "other bytes", _EXPECTED, "Save it again as text in UTF-8.") from None
    if not password or not password.isprintable():
        found = "no password" if not password else "a hidden character"
        raise _refusal(path.name, found, _EXPECTED, "Write it into the first line.")
    if len(password) > LONGEST:
        raise _refusal(path.name, f"more than {LONGEST} characters", _EXPECTED, "Excel takes no longer one.")
    return password


def can_encrypt() -> bool:
    """Tell whether the extra is installed."""
    try:
        import msoffcrypto  # type: ignore[import-untyped] # noqa: F401
    except ImportError:
        return False
    return True


def encrypted(data: bytes, password: str) -> bytes:
    """The .xlsx file under a password. Its salt is new each time, so the bytes are too."""
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]  # an extra: isobook works without it

    target = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, target)
    return target.getvalue()


def is_encrypted(data: bytes) -> bool:
    """Tell a workbook under a password from any other file, an .xls too."""
    return data.startswith(_OLE) and _PACKAGE in data


def decrypted(file: str, data: bytes, password: str | None) -> bytes:
    """The workbook behind its password; what has none is given back as it is.

    `file` is the name for messages. Raises InputError: no password was given, or another one, or the file is broken.
    """
    if not is_encrypted(data):
        return data
    if password is None:
        remedy = f"Give {OPTION} FILE: a text file whose first line is the password."
        raise _refusal(file, "a workbook under a password", _OPENS, remedy)
    from msoffcrypto.exceptions import InvalidKeyError  # type: ignore[import-untyped]  # an extra
    from msoffcrypto.format.ooxml import OOXMLFile

    target = BytesIO()
    try:
        locked = OOXMLFile(BytesIO(data))
        if locked.info.get("spinValue", 0) > _MOST_SPINS:
            raise ValueError(locked.type)
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(target, verify_integrity=True)
    except InvalidKeyError:
        remedy = f"Check the first line of the file given with {OPTION}: capitals count, and so do spaces at its end."
        raise _refusal(file, "a workbook under another password, or a damaged one", _OPENS, remedy) from None
    except Exception:  # noqa: BLE001  # a damaged file makes the library raise whatever it stumbles on
        remedy = "Open it in Excel or LibreOffice, save it without a password, and give that file."
        raise _refusal(file, "a damaged workbook under a password", _OPENS, remedy) from None
    return target.getvalue()


def _refusal(file: str, value: str, expected: str, remedy: str) -> InputError:
    return InputError([Problem(file, None, "", value, expected, remedy)])
