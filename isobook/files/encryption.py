"""A workbook under a password, as Excel itself encrypts it: ECMA-376 agile encryption, AES-256.

Needs msoffcrypto-tool, the extra `isobook[encrypt]`. A password comes from a file, never from an argument, and goes
into no message.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from engine import InputError, Problem

LONGEST: Final = 255  # characters that Excel takes
_EXPECTED: Final = "a text file in UTF-8 whose first line is the password"


def read_password(path: Path) -> str:
    """The password in the first line of a file. Raises InputError, which does not quote it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            line = file.readline(4 * LONGEST)
    except UnicodeDecodeError:
        raise _refusal(path, "other bytes", "Save it again as text in UTF-8.") from None
    except OSError as error:
        raise _refusal(path, error.strerror or "no access", "Check the path and its permissions.") from None
    password = line.rstrip("\r\n")
    if not password or not password.isprintable():
        raise _refusal(path, "no password" if not password else "a hidden character", "Write it into the first line.")
    if len(password) > LONGEST:
        raise _refusal(path, f"more than {LONGEST} characters", "Excel takes no longer one.")
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


def _refusal(path: Path, value: str, remedy: str) -> InputError:
    return InputError([Problem(path.name, None, "", value, _EXPECTED, remedy)])
