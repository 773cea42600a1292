"""Pictures of a workbook's printed pages."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from .libreoffice import convert_to_pdf, run

DOTS_PER_INCH = 90


def render(path: str | Path, folder: str | Path) -> list[Path]:
    """Draw every page of every sheet as BOOK-01.png … in `folder`, in the order of the tabs."""
    path, folder = Path(path), Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{path.stem}-*.png"):
        old.unlink()
    with TemporaryDirectory() as temporary:
        [pdf] = convert_to_pdf([path], Path(temporary))
        run(["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(pdf), str(folder / path.stem)], 120)
    return sorted(folder.glob(f"{path.stem}-*.png"))
