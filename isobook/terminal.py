"""What the command says: drawn tables on a terminal, plain aligned lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = tuple[str, str, str]  # line, label, amount


class Section(NamedTuple):
    """Rows under a title."""

    title: str
    rows: Sequence[Row]


def say(line: str = "") -> None:
    """Print one line. Client text in it cannot steer the terminal."""
    typer.echo(printable(line))


def complain(line: str) -> None:
    """Print one line on stderr."""
    typer.echo(printable(line), err=True)


def printable(line: str) -> str:
    """The line with a space for each control character, and for what no encoding can hold."""
    return line if line.isprintable() else "".join(each if each.isprintable() else " " for each in line)


def show(sections: Sequence[Section]) -> None:
    """Print tables of lines, labels and amounts, in columns of one width."""
    shown = [section for section in sections if section.rows]
    if shown and sys.stdout.isatty():
        Console().print(_drawn(shown))
    elif shown:
        _show_plain(shown)


def _drawn(sections: Sequence[Section]) -> Table:
    table = Table(show_header=False, box=box.SIMPLE)
    table.add_column()
    table.add_column()
    table.add_column(justify="right")
    for title, rows in sections:
        table.add_row("", Text(title, "bold"), "")
        for row in rows:
            table.add_row(*map(Text, row))
        table.add_section()
    return table


def _show_plain(sections: Sequence[Section]) -> None:
    columns = zip(*(row for section in sections for row in section.rows), strict=True)
    lines, labels, amounts = (max(map(len, column)) for column in columns)
    for title, rows in sections:
        say(f"  {title}")
        for line, label, amount in rows:
            say(f"    {line:<{lines}}  {label:<{labels}}  {amount:>{amounts}}")
