"""xlwings' own dispatch and VBA writer on any system: only what it imports of Windows (pywin32, ctypes) is a stub.

Run as a program, in a process of its own: reads calls as JSON, writes {"results": …, "vba": …, "seconds": …}.
"""

from __future__ import annotations

import ctypes
import io
import json
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

ROOT = Path(__file__).parents[2]
OF_WINDOWS = (
    "pythoncom", "win32api", "win32con", "win32gui", "win32process", "win32timezone", "win32event", "win32com",
    "win32com.client", "win32com.server", "win32com.server.util", "win32com.server.dispatcher",
    "win32com.server.policy",
)  # fmt: skip
MISSING = -2147352572  # what VBA passes for an argument that is left out
ERRORS = {
    "#DIV/0!": -2146826281, "#N/A": -2146826246, "#NAME?": -2146826259, "#NULL!": -2146826288, "#NUM!": -2146826252,
    "#REF!": -2146826265, "#VALUE!": -2146826273,
}  # fmt: skip


def dispatched(calls: list[tuple[str, list[Any]]], repeat: int = 1) -> dict[str, Any]:
    """What xlwings hands back to Excel for each call, the VBA of its import, and the seconds that all calls took."""
    program = [sys.executable, "-m", "tests.addin.windows", str(repeat)]
    answer = subprocess.run(
        program, input=json.dumps(calls), capture_output=True, text=True, check=True, cwd=ROOT, timeout=100
    )
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def as_com(cell: Any) -> Any:
    """A cell as COM hands it over: floats, dates, numbers of errors; a range is tuples of tuples, a blank None."""
    if isinstance(cell, list):
        return tuple(tuple(map(as_com, row)) for row in cell)
    if isinstance(cell, dict):
        return datetime.fromisoformat(cell["date"])
    if isinstance(cell, str):
        return ERRORS.get(cell, cell)
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def install() -> Any:
    """Put the stubs in place; gives xlwings' module of worksheet functions, which is the real one."""
    times = ModuleType("pywintypes")
    vars(times).update(com_error=type("com_error", (Exception,), {}), TimeType=datetime, IID=str)
    sys.modules.update({"pywintypes": times, **{name: mock.MagicMock(__file__=name) for name in OF_WINDOWS}})
    loaders = {name: mock.MagicMock() for name in ("windll", "oledll", "PyDLL")}
    with mock.patch.multiple(ctypes, create=True, **loaders):
        import xlwings
        import xlwings._xlwindows
    from xlwings import udfs

    xlwings.engines.add(xlwings.main.Engine(impl=xlwings._xlwindows.engine))
    vars(xlwings)["func"] = udfs.xlfunc
    return udfs


def main(repeat: int) -> None:
    """Answer the calls on standard input."""
    udfs = install()
    from addin import udfs as module

    text = io.StringIO()
    udfs.generate_vba_wrapper("addin.udfs", module, text, SimpleNamespace(Name="isobook.xlam"))
    calls = [(function, [as_com(cell) for cell in cells]) for function, cells in json.load(sys.stdin)]
    results: list[Any] = []
    caller, start = mock.MagicMock(), time.perf_counter()
    for _ in range(repeat):
        results = [_called(udfs, module, function, cells, caller) for function, cells in calls]
    seconds = time.perf_counter() - start
    json.dump({"results": results, "vba": text.getvalue(), "seconds": seconds}, sys.stdout)


def _called(udfs: Any, module: Any, function: str, cells: list[Any], caller: Any) -> Any:
    left_out = len(getattr(module, function).__xlfunc__["args"]) - len(cells)
    return udfs.call_udf("addin.udfs", function, (*cells, *[MISSING] * left_out), None, caller)


if __name__ == "__main__":
    main(int(sys.argv[1]))
