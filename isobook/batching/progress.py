"""How far a run is: a bar on a terminal, a plain line now and then elsewhere; on stderr, without a client's name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from ..words.terminal import complain

SECONDS_BETWEEN_LINES: Final = 10.0


class Advance(Protocol):
    """Called with the number of clients that were done since."""

    def __call__(self, count: int) -> None:
        """Show it."""


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f} a second")


@contextmanager
def progress(step: str, total: int) -> Iterator[Advance]:
    """Show a step of so many clients."""
    if sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(step, total=total)
            yield lambda count: bar.update(task, advance=count)
    else:
        yield _Lines(step, total)


class _Lines:
    """The same in lines, one every few seconds."""

    def __init__(self, step: str, total: int) -> None:
        self._step, self._total, self._done = step, total, 0
        self._start = self._said = monotonic()

    def __call__(self, count: int) -> None:
        self._done += count
        now = monotonic()
        if now - self._said < SECONDS_BETWEEN_LINES:
            return
        self._said = now
        rate = self._done / (now - self._start)
        left = (self._total - self._done) / rate
        complain(f"{self._step}: {self._done:,} of {self._total:,}, {rate:,.0f} a second, {left:,.0f} seconds left")
