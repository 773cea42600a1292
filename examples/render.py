"""Draw every sheet of a workbook: python examples/render.py BOOK.xlsx OUTDIR (needs LibreOffice and poppler-utils)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the checkout, where `tests` is no installed package

from tests.spreadsheets import render


def main(arguments: list[str]) -> int:
    """Print the path of each picture; 2 where the arguments are wrong."""
    if len(arguments) != 2 or not Path(arguments[0]).is_file():
        sys.stderr.write(f"{__doc__}\n")
        return 2
    for picture in render(*arguments):
        sys.stdout.write(f"{picture}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
