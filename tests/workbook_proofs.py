"""Many workbooks proved side by side, one process a core: recalculating is nearly all that these tests wait for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, TypeVar

from engine import Client
from isobook.sources import read_source
from tests.cycles import search_seldom
from tests.spreadsheets import cells, differences, lint, recalculated_by_formualizer, recalculated_by_ironcalc
from tests.spreadsheets.engines import Values
from tests.workbook_facts import generated_client
from workbook_templates.fill import workbook

CHECKOUT = Path(__file__).parents[1]
MOST_PROCESSES = 4
Key = TypeVar("Key")
Result = TypeVar("Result")


class Proof(NamedTuple):
    """One workbook, what it shows, and what was found wrong with it; an empty list is right."""

    path: Path
    cached: Values
    ironcalc: list[str]
    formualizer: list[str]
    lint: list[str]


def client_of(book: str) -> Client:
    """The client of an example folder, or of a seed."""
    return generated_client(int(book)) if book.isdigit() else read_source(CHECKOUT / "examples" / book)


def prove(book: str, folder: Path) -> Proof:
    """Build the workbook of an example folder, or of a seed, and let the engines that need no program at it."""
    path = folder / f"{book}.xlsx"
    path.write_bytes(workbook(client_of(book)))
    cached = cells(path)
    by_ironcalc = differences_from(cached, path, "ironcalc", recalculated_by_ironcalc(path, whole=not book.isdigit()))
    by_formualizer = differences_from(cached, path, "formualizer", recalculated_by_formualizer(path))
    return Proof(path, cached, by_ironcalc, by_formualizer, lint(path))


def differences_from(cached: Values, path: Path, engine: str, values: Values) -> list[str]:
    """As `differences`, which reads the file twice more: needless where all is equal at first sight."""
    same = {place: _shown(value) for place, value in cached.items()} == {
        place: _shown(value) for place, value in values.items()
    }
    return [] if same else differences(path, engine, values)


def _shown(value: object) -> object:
    return "" if value is None else value


def side_by_side(work: Callable[[Key, Path], Result], keys: Iterable[Key], folder: Path) -> dict[Key, Future[Result]]:
    """Do work(key, folder) for all keys; an error is raised where its result is asked for."""
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=search_seldom) as pool:
        return {key: pool.submit(work, key, folder) for key in keys}
