"""What an accountant needs to have the functions in Excel: an add-in workbook, its VBA, settings, a wheel, a guide.

The workbook is xlwings' own template (BSD) with our ribbon and settings; nothing of xlwings.pro is used.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
import zipfile
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from .calc import EARLIEST, our_modules, our_version
from .reference import markdown
from .vba import MODULE, wrappers

XLWINGS: Final = "0.37.8"  # its VBA names its DLL with the version, so both must be this one
TEMPLATE: Final = "quickstart_addin_ribbon.xlam"
PROJECT: Final = "myaddin"  # as the template's VBA calls itself: the settings sheet bears this name
ANY_PYTHON: Final = r"C:\path\to\python.exe"
RIBBON: Final = """<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui">
<ribbon><tabs><tab id="isobookTab" label="isobook"><group id="isobookGroup" label="ISO and AMT">
<button id="isobookFunctions" label="Functions" size="large" imageMso="FunctionWizard"
 onAction="isobook_functions.ShowFunctions" /></group></tab></tabs></ribbon>
</customUI>
"""
LITE_MAIN: Final = """# xlwings Lite: paste this into main.py. Every function of isobook is then a worksheet function.
from addin.udfs import *  # noqa: F403
"""
GUIDES: Final = ("worksheet-excel.md", "worksheet-lite.md", "worksheet-calc.md")


class WrongVersionError(Exception):
    """xlwings is not the version whose template and DLL belong together."""


def addin_files(python: str | None = None) -> dict[str, bytes]:
    """All files by their path in the folder; `python` is the interpreter that Excel is to start (default: this one)."""
    interpreter = python or (sys.executable if sys.platform == "win32" else ANY_PYTHON)
    wheel = f"isobook_functions-{our_version()}-py3-none-any.whl"
    texts = {
        "isobook_functions.bas": wrappers().replace("\n", "\r\n"),
        "xlwings.conf": "".join(f'"{key}","{value}"\n' for key, value in _settings(interpreter).items()),
        "lite/main.py": LITE_MAIN,
        "lite/requirements.txt": f"pydantic>=2.7\nhttps://YOUR-SERVER/{wheel}\n",
        "functions.md": markdown(),
        **{name: guide(name) for name in GUIDES},
    }
    made = {name: text.encode() for name, text in texts.items()}
    return {"isobook.xlam": workbook(interpreter), f"lite/{wheel}": functions_wheel(), **made}


def workbook(interpreter: str) -> bytes:
    """The add-in workbook. Raises WrongVersionError."""
    import xlwings

    if xlwings.__version__ != XLWINGS:
        raise WrongVersionError(
            f"xlwings is {xlwings.__version__}, expected {XLWINGS}: pip install xlwings=={XLWINGS}, then try again."
        )
    template = Path(xlwings.__file__).with_name(TEMPLATE)
    made = BytesIO()
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = _changed(name, source.read(name), interpreter)
            target.writestr(zipfile.ZipInfo(name, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def functions_wheel() -> bytes:
    """The engine and the functions alone, for Pyodide: pure Python that needs pydantic only."""
    name = f"isobook_functions-{our_version()}.dist-info"
    content = dict(our_modules())
    metadata = (
        f"Metadata-Version: 2.1\nName: isobook-functions\nVersion: {our_version()}\nRequires-Dist: pydantic>=2.7\n"
    )
    content[f"{name}/METADATA"] = metadata.encode()
    content[f"{name}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: isobook\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in sorted(content.items()))
    content[f"{name}/RECORD"] = f"{record}{name}/RECORD,,\n".encode()
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(content.items()):
            archive.writestr(zipfile.ZipInfo(path, EARLIEST), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def guide(name: str) -> str:
    """One of the guides, as docs/ has it."""
    return files(__package__).joinpath("guides", name).read_text(encoding="utf-8").replace("VERSION", XLWINGS)


def _settings(interpreter: str) -> dict[str, str]:
    return {"INTERPRETER_WIN": interpreter, "UDF MODULES": MODULE}


def _changed(name: str, content: bytes, interpreter: str) -> bytes:
    """One part of the template, with our ribbon and settings in it."""
    match name:
        case "customUI/customUI.xml":
            return RIBBON.encode()
        case "xl/workbook.xml":
            return _replaced(content, f'name="_{PROJECT}.conf"', f'name="{PROJECT}.conf"')
        case "xl/worksheets/sheet1.xml":
            for row, value in {1: interpreter, 6: MODULE}.items():
                content = _typed(content, row, value)
        case "docProps/core.xml":
            return content.replace(b"Felix Zumstein", b"isobook").replace(b"Felix", b"isobook")
    return content


def _typed(sheet: bytes, row: int, value: str) -> bytes:
    """Type a value beside the key that stands in a row of the settings sheet."""
    found = re.search(rf'<row r="{row}" spans="1:1"[^>]*>.*?(?=</row>)'.encode(), sheet)
    if not found:
        raise WrongVersionError(f"the template of xlwings {XLWINGS} has no row {row} in its settings")
    cell = f'<c r="B{row}" s="1" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    widened = found[0].replace(b'spans="1:1"', b'spans="1:2"')
    return sheet[: found.start()] + widened + cell.encode() + sheet[found.end() :]


def _replaced(content: bytes, old: str, new: str) -> bytes:
    """Replace what the template of this version holds."""
    if old.encode() not in content:
        raise WrongVersionError(f"the template of xlwings {XLWINGS} has no {old}")
    return content.replace(old.encode(), new.encode())


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
