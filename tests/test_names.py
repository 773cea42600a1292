"""The names of the house: one public class of each name, and no year or system where none belongs."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from engine.columns import RETURNS
from engine.federal.stock.record_tables import RECORDS
from engine.federal.tax_year import PARAMETERS

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "workbook_templates", "addin", "isobook", "law_book")
YEAR_BRANCH = re.compile(r"year *(<|>=|==) *20[12]")


def modules() -> Iterator[tuple[str, str]]:
    """Every module of ours: its path and its text."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def names_of_types(node: ast.stmt) -> Iterator[str]:
    """The public class that a statement declares, or the names that it gives to types; a TypeVar is made by a call."""
    match node:
        case ast.ClassDef(name=str(name)):
            names = [name]
        case ast.Assign(targets=targets, value=value) if not isinstance(value, ast.Call):
            names = [target.id for target in targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=str(name)), annotation=ast.Name(id="TypeAlias")):
            names = [name]
        case _:
            names = []
    yield from (name for name in names if name[0].isupper() and not name.isupper())


def test_no_two_public_classes_have_one_name() -> None:
    """A reader who meets a name knows which one is meant, also for names given to types."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path, source in modules():
        for node in ast.parse(source).body:
            for name in names_of_types(node):
                found[name].append(path)
    assert {"Figure", "Cells", "Kind"} <= found.keys()
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


# Names that begin so outside engine/federal, which declares the systems: none of them is put together or taken apart.
JSON_KEYS = {
    "amt_crossover": "isobook plan --json",
    "amt_gain": "isobook plan --json",
    "amt_loss": "isobook plan --json",
    "amt_loss_left": "isobook plan --json",
    "amt_saved": "isobook plan --json",
    "amt_total": "the index of a batch",
    "amt_short_term": "carryover_out",
}


def test_the_prefix_of_a_system_stands_in_names_of_columns_figures_and_keys_alone() -> None:
    """Columns of the records and returns, figures of the law (AMT_PARAM takes them by name), keys of JSON."""
    columns = {line.leaf.line for line in RECORDS} | {column.name for column in RETURNS}
    figures = {each.name for each in PARAMETERS}
    known = columns | figures | JSON_KEYS.keys()
    found = {
        (name, path)
        for path, source in modules()
        if not path.startswith(("engine/federal/", "engine/columns/"))
        for name in re.findall(r"(?<!\w)amt_\w*", source)
    }
    assert sorted((name, path) for name, path in found if name not in known) == []
    assert known & {name for name, _ in found} >= set(JSON_KEYS) - {"amt_gain"}
