"""The direction of imports, and what the engine's exact path may never touch: read from the source, nothing is run.

A hall is a folder of a package, or a module at its root. HALLS names the neighbors of each; no module, and no hall,
may lead back to itself.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "workbook_templates", "addin", "papers", "isobook", "law_book")

# Each hall, and the halls that it may import: those of its own floor by their last name, packages below by theirs.
LAW = {"engine", "errors", "filing", "systems", "language", "columns", "readings", "federal", "records", "clients"}
PAPERS = {"page", "boxes", "figures", "filling"}
BOOKS = {"xlsx", "drawing", "contents", "letter", "sheets", "read_back", "fill", "intake"}
HALLS: dict[str, set[str]] = {
    "engine": {"clients", "errors", "records"},
    "engine.errors": set(),
    "engine.filing": set(),
    "engine.systems": {"language"},
    "engine.language": set(),
    "engine.columns": {"filing", "systems", "language"},
    "engine.readings": {"language"},
    "engine.federal": {"filing", "systems", "language", "columns", "readings"},
    "engine.records": {"errors", "filing", "language", "columns"},
    "engine.clients": {"errors", "filing", "systems", "language", "columns", "readings", "federal", "records"},
    "engine.planning": {"clients"},
    "engine.carryforwards": {"clients"},
    "engine.scenarios": {"clients"},
    "workbook_templates.xlsx": set(),
    "workbook_templates.drawing": LAW | {"xlsx"},
    "workbook_templates.contents": LAW | {"xlsx", "drawing"},
    "workbook_templates.letter": LAW | {"xlsx", "drawing", "contents"},
    "workbook_templates.sheets": LAW | {"xlsx", "drawing", "contents", "letter"},
    "workbook_templates.fill": LAW | {"xlsx", "drawing", "contents", "letter", "sheets"},
    "workbook_templates.intake": LAW | {"xlsx", "drawing", "contents", "sheets", "fill"},
    "workbook_templates.read_back": LAW | {"xlsx", "contents", "sheets"},
    "addin": LAW | {"addin"},
    "law_book": LAW | {"law_book", "drawing"},
    "papers.page": LAW,
    "papers.boxes": LAW | {"page"},
    "papers.figures": LAW | {"page", "boxes"},
    "papers.filling": {"page", "boxes", "figures"},
    "papers.official": LAW | PAPERS,
    "papers.typesetting": {"drawing"},
    "papers.report": LAW | BOOKS | {"page", "figures", "typesetting"},
    "papers.word": LAW | BOOKS,
    "isobook.user_files": {"errors"},
    "isobook.encryption": {"errors", "user_files"},
    "isobook.files": LAW | {"encryption", "sources"},
    "isobook.sources": LAW | BOOKS | {"encryption", "user_files"},
    "isobook.starter": LAW,
    "isobook.comparison": LAW | BOOKS,
    "isobook.imports": LAW | {"encryption", "user_files", "sources", "files"},
    "isobook.words": LAW | BOOKS | {"sources", "files", "comparison"},
    "isobook.tax_software": LAW | BOOKS | {"files", "figures"},
    "isobook.batching": LAW
    | BOOKS
    | {"workbook_templates"}
    | {"encryption", "user_files", "sources", "files", "words"},
    "isobook.commands": LAW
    | BOOKS
    | PAPERS
    | {"official", "typesetting", "report", "word"}
    | {"addin", "encryption", "sources", "files", "words", "starter", "comparison", "imports", "batching"}
    | {"tax_software", "user_files"},
    "isobook.cli": {"engine", "commands", "files", "words"},
    "isobook.__main__": {"cli"},
}
FLAT = {"addin", "law_book"}  # packages that are one hall

ENGINE_LIBRARIES = sys.stdlib_module_names | {"pydantic"}
# The one reading in binary floats, and so the one that has NumPy.
ARRAYS = {
    PurePosixPath("engine/federal/law_arrays.py"),
    PurePosixPath("engine/readings/arrays.py"),
    PurePosixPath("engine/readings/array_blocks.py"),
}
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


def module_of(path: PurePosixPath) -> str:
    """The dotted name of a module; that of a package for its __init__."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    """Every module of ours, and those of ours that it imports, inside functions too."""
    parsed = {module_of(source[0]): source for package in PACKAGES for source in sources(package)}
    found: dict[str, set[str]] = {name: set() for name in parsed}
    for name, source in parsed.items():
        for _, parts in imports(source):
            whole, home = ".".join(parts), ".".join(parts[:-1])
            found[name] |= {each for each in (whole if whole in parsed else home,) if each in parsed and each != name}
    return found


def hall_of(module: str) -> str:
    """The hall of a module: `engine.federal` of engine.federal.forms.form_6251."""
    top, *rest = module.split(".")
    return top if top in FLAT or not rest else f"{top}.{rest[0]}"


def halls_of(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The halls, and those that each one imports."""
    found: dict[str, set[str]] = {}
    for module, imported in graph.items():
        others = {hall_of(each) for each in imported} - {hall_of(module)}
        found.setdefault(hall_of(module), set()).update(others)
    return found


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """The names of one circle, or none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_leads_back_to_itself(graph: dict[str, set[str]]) -> None:
    """Within a hall and between halls no circle of imports."""
    assert circle(graph) == []


def test_no_hall_leads_back_to_itself(graph: dict[str, set[str]]) -> None:
    """Whoever reads from the ground up meets each hall once."""
    assert circle(halls_of(graph)) == []


def test_a_circle_is_found() -> None:
    """Held against itself: a test of circles that finds none anywhere would pass everything."""
    assert set(circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})) == {"a", "b", "c"}


def test_every_hall_imports_only_its_neighbours(graph: dict[str, set[str]]) -> None:
    """The map of the house, hall by hall; a new hall gets its line here."""
    breaches = [
        f"{hall} imports {other}"
        for hall, others in halls_of(graph).items()
        for other in sorted(others)
        if other.rsplit(".", 1)[-1] not in HALLS.get(hall, set())
    ]
    assert breaches == []


def test_no_hall_holds_more_than_a_dozen_modules() -> None:
    """A folder that grows beyond a dozen files wants a second look at what it holds."""
    counts = {
        folder.relative_to(ROOT).as_posix(): len([each for each in folder.glob("*.py") if each.name != "__init__.py"])
        for package in PACKAGES
        for folder in {path.parent for path in (ROOT / package).rglob("*.py")}
    }
    crowded = {folder: count for folder, count in counts.items() if count > 12}
    assert crowded == {}


def test_the_engine_imports_only_pydantic_and_the_standard_library() -> None:
    """No spreadsheet library reaches the law, and NumPy only its reading for many returns at once."""
    breaches = [
        where
        for source in sources("engine")
        for where, parts in imports(source)
        if parts[0] not in ENGINE_LIBRARIES | {"engine"} and not (parts[0] == "numpy" and source[0] in ARRAYS)
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
