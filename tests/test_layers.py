"""The direction of imports, and what the engine's exact path may never touch: read from the source, nothing is run."""

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]

# Each package, and the packages of ours that it may import beside itself.
MAY_IMPORT: dict[str, set[str]] = {
    "engine": set(),
    "workbook_templates": {"engine"},
    "addin": {"engine"},
    "law_book": {"engine", "workbook_templates"},
    "isobook": {"engine", "workbook_templates", "addin"},
}

# The engine from the ground up: a module imports from its own floor and those before it. New modules get theirs here.
FLOORS = (
    ("money", "errors", "nodes"),
    ("expressions",),
    ("lines",),
    ("tax_year", "records"),
    ("readings",),
    ("forms",),
    ("years",),
    ("projection", "partial", "grant_notes", "wages_notes"),
    ("planning", "explain", "show_compiled"),
    ("carryforwards",),
    ("scenarios",),
    ("__init__",),
)
FLOOR = {module: height for height, modules in enumerate(FLOORS) for module in modules}

ENGINE_LIBRARIES = sys.stdlib_module_names | {"pydantic"}
# The one reading in binary floats, and so the one that has NumPy.
ARRAYS = {PurePosixPath("engine/readings/arrays.py"), PurePosixPath("engine/readings/array_blocks.py")}
CLOCKS = {"now", "today", "utcnow"}

Source = tuple[PurePosixPath, ast.Module]


def sources(package: str) -> list[Source]:
    """Every module of a package, parsed, under its path from the root of the checkout."""
    paths = sorted((ROOT / package).rglob("*.py"))
    assert paths, f"no modules found in {ROOT / package}"
    return [(PurePosixPath(p.relative_to(ROOT).as_posix()), ast.parse(p.read_text("utf-8"))) for p in paths]


def imports(source: Source) -> Iterator[tuple[str, list[str]]]:
    """Each import of a module: where it stands, and the full dotted name split into its parts."""
    path, tree = source
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            home = path.parts[: len(path.parts) - node.level] if node.level else ()
            base = [*home, *([node.module] if node.module else [])]
            names = [".".join([*base, alias.name]) for alias in node.names]
        else:
            continue
        for name in names:
            yield f"{path}:{node.lineno} imports {name}", name.split(".")


def floor_name(parts: Sequence[str]) -> str:
    """The name of an engine module in the table of floors: engine/forms/form_6251.py and engine.forms are `forms`."""
    return parts[1].removesuffix(".py") if len(parts) > 1 else "__init__"


def floor(parts: Sequence[str]) -> int:
    """The floor of an engine module; a name that is no module comes from the package itself, which is the roof."""
    return FLOOR.get(floor_name(parts), FLOOR["__init__"])


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_import_only_what_lies_below_them(package: str) -> None:
    """Workbooks and the add-in stand on the engine and not on each other; nothing stands on the command."""
    forbidden = MAY_IMPORT.keys() - MAY_IMPORT[package] - {package}
    breaches = [where for source in sources(package) for where, parts in imports(source) if parts[0] in forbidden]
    assert breaches == []


def test_the_engine_imports_only_pydantic_and_the_standard_library() -> None:
    """No spreadsheet library reaches the law, and NumPy only its reading for many returns at once."""
    breaches = [
        where
        for source in sources("engine")
        for where, parts in imports(source)
        if parts[0] not in ENGINE_LIBRARIES | {"engine"} and not (parts[0] == "numpy" and source[0] in ARRAYS)
    ]
    assert breaches == []


def test_every_engine_module_has_its_floor() -> None:
    """A module that the table of floors does not name would escape the test of their order."""
    assert {floor_name(path.parts) for path, _ in sources("engine")} - FLOOR.keys() == set()


def test_no_engine_module_imports_from_a_floor_above_its_own() -> None:
    """Money knows no expressions, expressions no lines, lines no forms, forms no projection."""
    breaches = [
        where
        for source in sources("engine")
        for where, parts in imports(source)
        if parts[0] == "engine" and floor(parts) > floor(source[0].parts)
    ]
    assert breaches == []


def test_the_exact_path_holds_no_binary_float() -> None:
    """Outside the array reading the engine neither writes a float literal nor makes a float of an amount."""
    breaches = [
        f"{path}:{node.lineno}"
        for path, tree in sources("engine")
        if path not in ARRAYS
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
    ]
    assert breaches == []


def test_the_engine_reads_no_clock() -> None:
    """The same records give the same figures on any day."""
    attributes = [
        f"{path}:{node.lineno} reads .{node.attr}"
        for path, tree in sources("engine")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS
    ]
    modules = [where for source in sources("engine") for where, parts in imports(source) if parts[0] == "time"]
    assert attributes + modules == []
