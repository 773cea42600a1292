"""`python -m tests.same_output record`, `compare` or `show KEY`, with `--only` the beginning of the keys.

compare lists what differs from tests/cases/same_output.json, and writes what there is now to build/same_output.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from time import monotonic

from .desk import ENVIRONMENT, ROOT
from .jobs import PRESENT, Job, digests, jobs

RECORD = ROOT / "tests" / "cases" / "same_output.json"
MAY_BE_NEW = ("docs/",)  # a page more changes none of those that there were
PROCESSES = 2


def computed(chosen: Iterable[Job], recorded: Mapping[str, str] | None) -> dict[str, str]:
    """All digests, worked out side by side."""
    found: dict[str, str] = {}
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        for part in pool.map(partial(digests, recorded=recorded), chosen):
            found |= part
    return dict(sorted(found.items()))


def compared(found: Mapping[str, str], recorded: Mapping[str, str]) -> list[str]:
    """A line for each key that is not as it was."""
    words = {key: "differs" for key in found.keys() & recorded.keys() if found[key] != recorded[key]}
    words |= dict.fromkeys(recorded.keys() - found.keys(), "missing")
    words |= {key: "new" for key in found.keys() - recorded.keys() if not key.startswith(MAY_BE_NEW)}
    return [f"{words[key]:8} {key}" for key in sorted(words)]


def main(arguments: list[str]) -> int:
    """Exit code 1 where anything differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.same_output", description=__doc__)
    parser.add_argument("verb", choices=("record", "compare", "show"))
    parser.add_argument("key", nargs="?", default="", help="show: the outputs whose keys begin so")
    parser.add_argument("--only", default="", help="the beginning of the keys, such as examples or random/01")
    asked = parser.parse_args(arguments)
    only = asked.key or asked.only
    chosen = [job for job in jobs() if job.name.startswith(only) or only.startswith(f"{job.name}/")]
    os.environ.update(ENVIRONMENT)
    if asked.verb == "show":
        for key, content in (output for job in chosen for output in job.outputs() if output[0].startswith(only)):
            sys.stdout.buffer.write(f"=== {key}\n".encode() + content + b"\n")
        return 0
    begun = monotonic()
    recorded: dict[str, str] = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
    others = {key: digest for key, digest in recorded.items() if not key.startswith(only)}
    wanted = {key: digest for key, digest in recorded.items() if key.startswith(only)}
    shutil.rmtree(PRESENT, ignore_errors=True)
    found = computed(chosen, wanted if asked.verb == "compare" else None)
    found = {key: digest for key, digest in found.items() if key.startswith(only)}
    seconds = monotonic() - begun
    if asked.verb == "record":
        RECORD.write_text(json.dumps(dict(sorted((others | found).items())), indent=0) + "\n", encoding="utf-8")
        sys.stdout.write(f"Recorded {len(found):,} outputs in {seconds:.0f} seconds: {RECORD.relative_to(ROOT)}\n")
        return 0
    differences = compared(found, wanted)
    sys.stdout.write("".join(f"{line}\n" for line in differences))
    sys.stdout.write(f"Compared {len(found):,} outputs in {seconds:.0f} seconds: {len(differences):,} not as before.\n")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
