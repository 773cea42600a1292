"""The figures of the law for many returns at once: one NumPy array a parameter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from ..filing import STATUSES, Status
from ..readings.arrays import Floats
from .tax_year import parameters


def parameters_for(year: int, statuses: Sequence[Status]) -> dict[str, Floats]:
    """The parameters of a year for many returns, 'law.exemption' -> one figure per return; a series a row per bracket.

    What is the same for every filing status stands once.
    """
    places = {status: place for place, status in enumerate(STATUSES)}
    which = np.array([places[status] for status in statuses], dtype=np.int64)
    return {key: block[..., which] if block.shape[-1] > 1 else block for key, block in _block(year).items()}


@cache
def _block(year: int) -> dict[str, Floats]:
    books = [parameters(year, status) for status in STATUSES]
    found = {key: np.array([book[key] for book in books], dtype=np.float64).T for key in books[0]}
    return {key: block[..., :1] if np.ptp(block, axis=-1).max() == 0 else block for key, block in found.items()}
