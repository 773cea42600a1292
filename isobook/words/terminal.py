"""What the command says: drawn tables on a terminal, plain aligned lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

MARKS: Final = frozenset(" ,;&()[]{}'`")  # what PowerShell, the command prompt or a shell does not take as letters
TextRow = tuple[str, ...]  # line, label, then the amounts: as many in each row


class TableSection(NamedTuple):
    """Rows under a title."""

    title: str
    rows: Sequence[TextRow]


def say(line: str = "") -> None:
    """Print one line. Client text in it cannot steer the terminal."""
    typer.echo(printable(line))


def complain(line: str) -> None:
    """Print one line on stderr."""
    typer.echo(printable(line), err=True)


def typed(path: Path) -> str:
    """The path as it is typed in a command: in quotation marks where a window would divide it or read it otherwise."""
    words = str(path)
    return words if set(words).isdisjoint(MARKS) else f'"{words}"'


def tell_folder(made: Path | None) -> None:
    """Say that a file's folder was not there and was made: it may be a slip in its name."""
    if made:
        say(f"  The folder {made} was not there; it was made.")


def printable(line: str) -> str:
    """The line with a space for each control character, and for what no encoding can hold."""
    return line if line.isprintable() else "".join(each if each.isprintable() else " " for each in line)


def show(sections: Sequence[TableSection], heads: Sequence[str] = ()) -> None:
    """Print tables of lines, labels and amounts, in columns of one width; `heads` name the columns of amounts."""
    shown = [section for section in sections if section.rows]
    if shown and sys.stdout.isatty():
        Console().print(_drawn(shown, heads))
        return
    for line in plain_lines(shown, heads):
        say(line)


def _drawn(sections: Sequence[TableSection], heads: Sequence[str]) -> Table:
    table = Table(show_header=bool(heads), box=box.SIMPLE)
    table.add_column()
    table.add_column()
    amounts = len(sections[0].rows[0]) - 2
    for head in heads or [""] * amounts:
        table.add_column(Text(head), justify="right")
    for title, rows in sections:
        table.add_row("", Text(title, "bold"), *[""] * amounts)
        for row in rows:
            table.add_row(*map(Text, row))
        table.add_section()
    return table


def plain_lines(sections: Sequence[TableSection], heads: Sequence[str] = ()) -> Iterator[str]:
    """The same tables as aligned lines of text."""
    shown = [section for section in sections if section.rows]
    every = [row for section in shown for row in section.rows] + ([("", "", *heads)] if heads else [])
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    if heads and shown:
        yield _aligned(("", "", *heads), widths)
    for title, rows in shown:
        yield f"  {title}"
        for row in rows:
            yield _aligned(row, widths)


def _aligned(row: TextRow, widths: Sequence[int]) -> str:
    texts = [f"{text:<{width}}" for text, width in zip(row[:2], widths[:2], strict=True)]
    amounts = [f"{amount:>{width}}" for amount, width in zip(row[2:], widths[2:], strict=True)]
    return f"    {'  '.join([*texts, *amounts])}".rstrip()
