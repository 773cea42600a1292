"""What the commands write for Excel and LibreOffice, the pages made from the registry, and the example workpaper."""

from __future__ import annotations

import ast
import io
import platform
import re
import runpy
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from addin import install, vba
from addin.calc import extension, idl
from addin.functions import REGISTRY
from addin.install import GUIDES, XLWINGS, WrongVersionError, addin_files, guide
from addin.reference import EXAMPLES, GROUPS, markdown
from tests.addin.calc import for_calc, recalculated
from tests.addin.windows import dispatched
from tests.command import run, wrong_use

ROOT = Path(__file__).parents[1]
WORKPAPER = ROOT / "examples" / "workpaper"


def part(data: bytes, name: str) -> str:
    """One file of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_the_vba_calls_python_as_xlwings_own_wrappers_do() -> None:
    """The same heads and the same calls; errors become real ones, once for each function."""
    theirs = dispatched([])["vba"]
    calls = re.compile(r"XLPy\.CallUDF\(.*?ActiveWorkbook, Application\.Caller\)")
    heads = re.compile(r"Function (\w+\(.*\))$", re.MULTILINE)
    ours = [head for head in heads.findall(vba.wrappers()) if head.split("(")[0] in REGISTRY]
    assert sorted(ours) == sorted(heads.findall(theirs))
    assert sorted(calls.findall(vba.wrappers())) == sorted(calls.findall(theirs))
    assert vba.wrappers().count("WithErrors(XLPy.") == len(REGISTRY)


def test_no_line_of_vba_is_too_long() -> None:
    """The editor takes 1,023 characters a line and 24 continued lines."""
    lines = vba.wrappers().splitlines()
    assert max(map(len, lines)) < 1023
    assert all(len(each.parameters) < 24 for each in REGISTRY.values())
    assert all(line.isascii() for line in lines)


def test_the_add_in_workbook_is_the_template_with_our_settings_and_ribbon() -> None:
    """The sheet that its VBA reads names the module and the interpreter; every part is XML still."""
    book = addin_files(r"C:\Python & co\python.exe")["isobook.xlam"]
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))  # raises where it is none
    assert 'name="myaddin.conf"' in part(book, "xl/workbook.xml")
    sheet = ElementTree.fromstring(part(book, "xl/worksheets/sheet1.xml"))
    typed = {cell.get("r"): "".join(cell.itertext()) for cell in sheet.iter() if cell.get("t") == "inlineStr"}
    assert typed == {"B1": r"C:\Python & co\python.exe", "B6": "addin.udfs"}
    assert 'onAction="isobook_functions.ShowFunctions"' in part(book, "customUI/customUI.xml")


def test_another_version_of_xlwings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its DLL would not be found by the template's VBA."""
    monkeypatch.setattr(install, "XLWINGS", "0.1.0")
    with pytest.raises(WrongVersionError, match=f"xlwings is {XLWINGS}, expected 0.1.0"):
        addin_files()


def test_the_project_pins_the_version_of_the_template() -> None:
    """One number in pyproject.toml and in the code."""
    assert f'"xlwings=={XLWINGS}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_same_files_come_out_each_time() -> None:
    """Byte for byte, the extension too."""
    assert addin_files() == addin_files()
    assert extension() == extension()


def test_nothing_of_the_paid_part_of_xlwings_is_named() -> None:
    """Neither in the code nor in what is written."""
    sources = [path.read_text("utf-8") for path in (ROOT / "addin").rglob("*.py")]
    assert not any(re.search(r"import xlwings\.pro|xlwings import pro|xlwings\.server|LICENSE_KEY", s) for s in sources)


def test_files_are_written_with_the_guide(tmp_path: Path) -> None:
    """On any system; what is written is told."""
    outcome = run("addin", "files", str(tmp_path / "addin"), "--python", r"C:\py\python.exe")
    assert outcome.exit_code == 0
    assert {str(path.relative_to(tmp_path / "addin")) for path in (tmp_path / "addin").rglob("*.*")} == set(
        addin_files()
    )
    assert (tmp_path / "addin" / "xlwings.conf").read_text() == (
        '"INTERPRETER_WIN","C:\\py\\python.exe"\n"UDF MODULES","addin.udfs"\n'
    )


def test_install_puts_the_workbook_where_excel_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows; elsewhere it says what to do instead."""
    assert "isobook addin files FOLDER" in wrong_use("addin", "install")
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    outcome = run("addin", "install")
    assert outcome.exit_code == 0
    start = tmp_path / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "isobook.xlam"
    assert start.read_bytes() == (tmp_path / "isobook-addin" / "isobook.xlam").read_bytes()


def test_the_extension_has_everything_that_the_component_imports(tmp_path: Path) -> None:
    """The engine with its parameters, the functions, pydantic; a folder without pydantic is refused."""
    assert run("addin", "calc", str(tmp_path / "isobook.oxt")).exit_code == 0
    with zipfile.ZipFile(tmp_path / "isobook.oxt") as archive:
        names = set(archive.namelist())
    wanted = {
        "engine/federal/parameters/2026.toml",
        "addin/functions.py",
        "pydantic/__init__.py",
        "typing_extensions.py",
    }
    assert {f"pythonpath/{name}" for name in wanted} < names
    assert any(name.startswith("pythonpath/pydantic_core/_pydantic_core") for name in names)
    assert "pip install --target" in wrong_use("addin", "calc", "x.oxt", "--packages", str(tmp_path))
    assert "end it in .oxt" in wrong_use("addin", "calc", "isobook.zip")


def test_no_argument_in_idl_has_an_underscore() -> None:
    """LibreOffice would not read the file; required arguments are ranges, so that blanks are blanks there."""
    arguments = re.findall(r"\[in\] (.*?) (\w+)[,)]", idl())
    assert [name for _, name in arguments if "_" in name] == []
    required = sum(each.required for function in REGISTRY.values() for each in function.parameters)
    assert sum(kind.startswith("sequence") for kind, _ in arguments) == required


def test_the_reference_is_what_the_registry_says() -> None:
    """`isobook addin reference > docs/functions.md` after a change."""
    assert (ROOT / "docs" / "functions.md").read_text("utf-8") == markdown() == run("addin", "reference").stdout


def test_every_function_is_in_the_reference_once_with_an_example() -> None:
    """No function is forgotten."""
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(REGISTRY)
    assert set(EXAMPLES) == set(REGISTRY)


@pytest.mark.parametrize("name", GUIDES)
def test_the_guide_in_the_docs_is_the_one_that_is_written(name: str) -> None:
    """And says in plain words what was run, and that Excel was not."""
    page = (ROOT / "docs" / name).read_text("utf-8")
    assert page == guide(name)
    assert "What was tested" in page
    assert "not been run" in page


def values(path: Path) -> dict[str, Any]:
    """What the cells of the workpaper show."""
    sheet = load_workbook(path, data_only=True)["Workpaper"]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_the_workpaper_is_what_its_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte: its values are those of the functions, its Functions sheet that of the registry."""
    monkeypatch.setattr(sys, "argv", ["make.py", str(tmp_path / "made.xlsx")])
    runpy.run_path(str(WORKPAPER / "make.py"), run_name="__main__")
    assert (tmp_path / "made.xlsx").read_bytes() == (WORKPAPER / "workpaper.xlsx").read_bytes()


def test_the_workpaper_shows_what_its_description_says() -> None:
    """28,847 + 1,742: 26% of (205,750 - 88,100) is 30,589; 26% of 10,000 more; 33,300.01 / 40 is 832 shares."""
    shown = values(WORKPAPER / "workpaper.xlsx")
    assert [shown[cell] for cell in ("H14", "B19", "B20", "B21", "B31", "B32")] == [
        40_000,
        30_589,
        28_847,
        1_742,
        2_600,
        832,
    ]
    described = (ROOT / "examples" / "README.md").read_text("utf-8").split("## workpaper")[1]
    assert [figure for figure in ("40,000", "1,742", "2,600", "832") if figure not in described] == []


@pytest.mark.real_program
def test_calc_shows_in_the_workpaper_what_stands_there(tmp_path: Path) -> None:
    """Without the values of the file, by the functions alone: the exercises, the year, the what-if and Form 6251."""
    book = load_workbook(WORKPAPER / "workpaper.xlsx")
    for row in book["Workpaper"].iter_rows():
        for cell in row:
            if isinstance(cell.value, ArrayFormula):
                cell.value.text = for_calc(cell.value.text or "")
            elif cell.data_type == "f":
                cell.value = for_calc(str(cell.value))
    book.save(tmp_path / "workpaper.xlsx")
    assert values(recalculated(tmp_path / "workpaper.xlsx", tmp_path)) == values(WORKPAPER / "workpaper.xlsx")


def test_the_calc_component_imports_by_whole_names() -> None:
    """LibreOffice loads that file alone, in no package: a relative import would make every function #VALUE!."""
    tree = ast.parse((ROOT / "addin" / "calc_component.py").read_text(encoding="utf-8"))
    assert [node.level for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level] == []
