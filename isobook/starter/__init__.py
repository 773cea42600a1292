"""The files that a new client begins with: empty tables, what each column is, settings, and a small example."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

import typer

from engine.columns import EXERCISES, RETURNS, SALES, SPLITS

TABLES: Final = {f"{table.name}.csv": table for table in (EXERCISES, SALES, RETURNS, SPLITS)}
COPIED: Final = ("client.toml", "example/client.toml", "example/exercises.csv", "example/returns.csv")


def make_folder(folder: Path) -> list[Path]:
    """Write the starting files into a folder and list them; a folder that has any of them is wrong use."""
    contents = _contents()
    names = {Path(name).parts[0] for name in contents}
    found = sorted(each.name for each in folder.iterdir() if each.name.lower() in names) if folder.is_dir() else []
    if found:
        raise typer.BadParameter(f"{folder} already has {', '.join(found)}: give another folder.", param_hint="FOLDER")
    if folder.exists() and not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no folder: give another name.", param_hint="FOLDER")
    written: list[Path] = []
    try:
        for name, content in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                written.append(path)
                file.write(content)
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


def _contents() -> dict[str, bytes]:
    tables = {name: f"{','.join(table.names)}\n".encode() for name, table in TABLES.items()}
    columns = {"columns.txt": "\n".join(_explained()).encode()}
    return tables | columns | {name: files(__package__).joinpath(name).read_bytes() for name in COPIED}


def _explained() -> Iterator[str]:
    """What each column is, in the words of its own messages; what every row needs is marked."""
    yield "What each column holds. Every row needs those marked *, and every exercise but an RSU date_granted and"
    yield "exercise_price; leave the others blank where they do not apply. Headers may be left out with their column."
    for name, table in TABLES.items():
        yield f"\n{name}"
        width = max(map(len, table.names))
        for column in table:
            yield f"{'*' if column.is_needed else ' '} {column.name:<{width}}  {column.expected}"
    yield ""
