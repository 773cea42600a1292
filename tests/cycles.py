"""Python's search for reference cycles, less often: a workbook is a hundred thousand objects, hardly any in a cycle."""

import gc


def search_seldom() -> None:
    """Let this process search after a hundred times as many new objects as it would."""
    gc.set_threshold(100_000, 20, 50)
