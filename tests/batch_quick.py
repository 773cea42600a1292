"""`isobook batch` as a process with workbooks of a few bytes: tests that kill it spend their time where it writes.

The processes that it begins import this module too, under another name, and so take the same shortcut.
"""

import os
import sys

from engine import Projection
from isobook.batching import one_client as work
from isobook.cli import main
from tests.command import HEADER, ROW
from workbook_templates.xlsx.zip_writer import Compression


def quick(projection: Projection, compression: Compression) -> bytes:
    """A workbook's stand-in; the client named in the environment takes its worker down with it."""
    if projection.client.name == os.environ.get("DEADLY"):
        os._exit(9)
    return f"{projection.client.name} {compression} {HEADER} {ROW}\n".encode() * 200


def run_forked(*arguments: str) -> None:
    """The command in a process that was forked, and so begins at once."""
    vars(work)["workbook_of"] = quick
    sys.argv = ["isobook", "batch", *arguments]
    main()


if __name__ in ("__main__", "__mp_main__"):
    vars(work)["workbook_of"] = quick
if __name__ == "__main__":
    main()
