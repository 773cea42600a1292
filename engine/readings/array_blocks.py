"""Many returns at once, block by block: choices that spare what no return of a block needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

BLOCK: Final = 16_384  # returns computed at a time: what is in between stays in the processor's cache


def is_many(value: object) -> bool:
    """Tell an array of one value per return from a value for all."""
    return isinstance(value, np.ndarray) and value.ndim > 0


def all_of(*tests: Any) -> Any:
    """Tell where all tests hold; a test that fails for all returns decides at once."""
    if any(not is_many(test) and not test for test in tests):
        return False
    return reduce(np.logical_and, [test for test in tests if is_many(test)] or [True])


def any_of(*tests: Any) -> Any:
    """Tell where a test holds; one that holds for all returns decides at once."""
    if any(not is_many(test) and test for test in tests):
        return True
    return reduce(np.logical_or, [test for test in tests if is_many(test)] or [False])


def when(test: Any, then: Any, otherwise: Any) -> Any:
    """Choose for each return; at once, where the test is one for all."""
    if is_many(test):
        return np.where(test, then, otherwise)
    return then if test else otherwise


def which(test: Any) -> tuple[bool, bool]:
    """Tell whether a test holds for some returns, and whether it fails for some."""
    if is_many(test):
        return bool(test.any()), not test.all()
    return bool(test), not test


def merged(test: Any, some: bool, others: bool, then: Any, otherwise: Any) -> Any:
    """Put together what the two branches of a choice gave, each computed only if some return takes it."""
    if some and others:
        return np.where(test, then, otherwise)
    return then if some else otherwise


def alone(values: Any) -> Any:
    """One value, if it is the same for all returns of a block."""
    if not is_many(values) or not len(values):
        return values
    if values.ndim > 1:
        return [alone(row) for row in values]
    first, middle, last = values[0], values[len(values) // 2], values[-1]
    if first == first:
        same = first == middle and first == last and values.dtype.kind in "biufU" and bool((values == first).all())
    else:
        same = values.dtype.kind == "f" and bool(np.isnan(values).all())
    return first.item() if same else values


def in_blocks(
    loaded: Callable[..., Any], computed: Callable[..., Any], keys: Sequence[str]
) -> Callable[..., dict[str, Any]]:
    """Compute many returns block by block: what is in between stays in the processor's cache.

    A value that all returns of a block share counts as one number, so that nothing is computed for what nobody has.
    Values have one entry a return (in their last dimension), or stand for all returns.
    """

    def figure(*ago: Any) -> dict[str, Any]:
        values = [alone(value) if np.shape(value)[-1:] == (1,) else value for value in loaded(*ago)]
        size = max((value.shape[-1] for value in values if is_many(value)), default=1)
        parts = []
        for start in range(0, max(size, 1), BLOCK):
            rows, count = slice(start, start + BLOCK), min(BLOCK, size - start)
            found = computed(*(alone(value[..., rows] if is_many(value) else value) for value in values))
            parts.append([np.broadcast_to(each, (count,)) for each in found])
        return {key: _whole(found) for key, found in zip(keys, zip(*parts, strict=True), strict=True)}

    return figure


def _whole(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """One column of its blocks; no zero in it has a sign."""
    column = np.concatenate(parts)
    if column.dtype.kind == "f":
        column += 0.0
    return column
