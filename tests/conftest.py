"""The whole suite: its longest files first, Python's search for reference cycles seldom, no example by the clock."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.cycles import search_seldom

# A file is worked on by one process: what takes minutes must not begin when the other processes are out of work.
LONGEST = (
    "test_workbook_changes",
    "test_workbook_engines",
    "test_many_clients",
    "test_read_back_random_edits",
    "test_batch_killed",
    "test_batch",
    "test_read_back_edits",
    "test_read_back",
    "test_six_years_typed",
    "test_workbook_hostile",
    "test_readme",
    "test_addin_faces",
    "test_plan_sheet",
    "test_read_back_libreoffice",
    "test_letter_docx",
    "test_report",
)

search_seldom()
settings.register_profile("isobook", deadline=None)  # a machine that is busy is no defect of the code
settings.load_profile("isobook")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; a file's tests stay together and in order."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(Path(item.path).stem, len(places)))
