"""Pyodide under node, with pydantic for its Python and the wheel that xlwings Lite is given."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from addin.install import functions_wheel
from tests.addin.cases import Case

ROOT = Path(__file__).parents[2]
PACKAGES = ROOT / ".tools" / "pyodide-314.0.7"  # where tools/install_programs.sh puts them
SECONDS = 90


def answers(cases: list[Case], folder: Path) -> list[Any]:
    """What each call gives there."""
    if not PACKAGES.is_dir():
        raise RuntimeError(f"{PACKAGES} is missing: run tools/install_programs.sh, or make programs")
    wheel = folder / "isobook_functions-0-py3-none-any.whl"
    wheel.write_bytes(functions_wheel())
    calls = json.dumps([(case.function, case.cells) for case in cases])
    command = ["node", str(Path(__file__).with_name("pyodide.mjs")), str(PACKAGES), str(wheel)]
    done = subprocess.run(command, input=calls, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(f"Pyodide failed:\n{done.stderr[-3000:]}")
    found: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return found
