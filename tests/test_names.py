"""The names of the house: one public class of each name, and no year or system where none belongs."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "workbook_templates", "addin", "isobook", "law_book")
YEAR_BRANCH = re.compile(r"year *(<|>=|==) *20[12]")


def modules() -> Iterator[tuple[str, str]]:
    """Every module of ours: its path and its text."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def test_no_two_public_classes_have_one_name() -> None:
    """A reader who meets a name knows which one is meant, also for names given to types."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path, source in modules():
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path)
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def test_no_module_branches_on_a_year_outside_its_jurisdiction() -> None:
    """What changes with a year is stated where the form is declared."""
    branches = [
        f"{path}:{number}"
        for path, source in modules()
        if not path.startswith("engine/federal/")
        for number, line in enumerate(source.splitlines(), 1)
        if YEAR_BRANCH.search(line)
    ]
    assert branches == []
