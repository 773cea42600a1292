"""Which isobook made a workbook: a digest of everything that its bytes depend on but the client."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import engine
import workbook_templates
from workbook_templates.xlsx.zip_writer import has_isal

from . import file_names as names

_PACKAGES: Final = (engine.__file__, workbook_templates.__file__, names.__file__)
_LIBRARIES: Final = ("isobook", "openpyxl", "pydantic")


@cache
def program() -> str:
    """The program: its packages' files, the libraries that write, and whether ISA-L deflates."""
    digest = hashlib.sha256(json.dumps([version(name) for name in _LIBRARIES]).encode())
    digest.update(b"isal" if has_isal() else b"zlib")
    for package in _PACKAGES:
        folder = Path(package or "").parent
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def program_and(settings: dict[str, Any]) -> str:
    """The program and the settings of a run."""
    return f"{program()} {json.dumps(settings, sort_keys=True)}"
