"""`isobook batch` as a process with workbooks of a few bytes: tests that kill it spend their time where it writes.

The processes that it begins import this module too, and so take the same shortcut.
"""

import os

from engine import Projection
from isobook.batching import work
from isobook.cli import main
from tests.command import HEADER, ROW


def quick(projection: Projection, _compression: str) -> bytes:
    """A workbook's stand-in; the client named in the environment takes its worker down with it."""
    if projection.client.name == os.environ.get("DEADLY"):
        os._exit(9)
    return f"{projection.client.name} {HEADER} {ROW}\n".encode() * 200


work._filled = quick

if __name__ == "__main__":
    main()
