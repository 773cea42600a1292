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
PACKAGES = ("engine", "workbook_templates", "addin", "papers", "isobook", "law_book")
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


# Names that begin so outside engine/systems.py, which declares the systems, and outside the declared columns and forms.
JSON_KEYS = {
    "amt_crossover": "isobook plan --json",
    "amt_gain": "isobook plan --json",
    "amt_loss": "isobook plan --json",
    "amt_loss_left": "isobook plan --json",
    "amt_saved": "isobook plan --json",
    "amt_total": "the index of a batch",
    "amt_long_term": "carryover_out",
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
        if not path.startswith(("engine/systems.py", "engine/federal/", "engine/columns/"))
        for name in re.findall(r"(?<!\w)amt_\w*", source)
    }
    assert sorted((name, path) for name, path in found if name not in known) == []
    assert known & {name for name, _ in found} >= set(JSON_KEYS) - {"amt_gain"}


NAMERS = {  # what is computed once for each system asks the system for its name
    "engine/federal/forms/gain_worksheets.py",
    "engine/federal/forms/schedule_d.py",
    "engine/federal/year_forms.py",
    "engine/federal/stock/boxes_of_8949.py",
    "engine/federal/stock/sale_gains.py",
}
HOLE = "_0_"  # what a name is put together with
TAKEN_APART = {"removeprefix", "removesuffix", "startswith", "endswith", "partition", "rpartition", "split", "replace"}


def put_together(node: ast.AST) -> str:
    """A text as it is written, each value in it a hole: f"{name}_in" and name + "_in" are both "_0__in"."""
    match node:
        case ast.Constant(value=str(written)):
            return written
        case ast.JoinedStr(values=values):
            return "".join(map(put_together, values))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return put_together(left) + put_together(right)
    return HOLE


def names_worked_out(source: str, of_systems: set[str]) -> Iterator[tuple[int, str]]:
    """Where a name of a system is put together, or its prefix is looked for, and the name with its holes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr | ast.BinOp):
            for word in re.findall(r"\w+", put_together(node)):
                fixed = re.search("[a-z]{3}", word.replace(HOLE, ""))
                pattern = re.compile(r"\w*".join(map(re.escape, word.split(HOLE))))
                if HOLE in word and fixed and any(pattern.fullmatch(name) for name in of_systems):
                    yield node.lineno, word
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TAKEN_APART:
            for word in (each for argument in node.args for each in ast.walk(argument)):
                if isinstance(word, ast.Constant) and "amt_" in str(word.value):
                    yield node.lineno, str(word.value)


def test_no_name_of_a_system_is_put_together_or_taken_apart() -> None:
    """A name is that of a column, a line or a key as it is declared; a system alone puts its prefix before one."""
    declared = {line.leaf.line for line in RECORDS} | {column.name for column in RETURNS}
    of_systems = {name for name in declared | JSON_KEYS.keys() if name.startswith("amt_")}
    assert [
        f"{path}:{number}: {name}"
        for path, source in modules()
        if path != "engine/systems.py"
        for number, name in names_worked_out(source, of_systems)
    ] == []


def test_a_name_that_is_worked_out_is_found() -> None:
    """Held against itself, on what has stood in this house."""
    ways = ('f"{name}_carryover_in"', 'f"amt_{name}"', '"amt_" + name', 'name.removeprefix("amt_")')
    assert [len(list(names_worked_out(way, {"amt_gain", "amt_long_term_carryover_in"}))) for way in ways] == [1] * 4
    assert list(names_worked_out('f"{year}: amt_gain is blank"', {"amt_gain"})) == []


def test_only_what_is_computed_once_for_each_system_asks_it_for_a_name() -> None:
    """Whoever else wants a line or a column of a system finds it by its role, or among its columns."""
    found = {
        path
        for path, source in modules()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in ("named", "prefix")
        if ast.unparse(node.value) not in ("FEDERAL", "self")
    }
    assert found == NAMERS
