"""The face for LibreOffice Calc: the registry written out as an extension (.oxt) that needs no compiler.

An extension is a zip: the interface as IDL text, the help texts, a UNO component in Python, the engine beside it.
Tested with LibreOffice 7.4.7 on Linux.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, files, version
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from .convention import Function, FunctionArgument
from .functions import REGISTRY

IMPLEMENTATION: Final = "isobook"  # in a formula of a file: ISOBOOK.TMT(...)
TESTED: Final = "7.4.7"
OURS: Final = ("engine", "addin")
NEEDED: Final = ("pydantic", "pydantic-core", "annotated-types", "typing-extensions", "typing-inspection")
EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # of a zip: the same registry gives the same bytes
COMPONENT: Final = Path(__file__).with_name("calc_component.py")

MANIFEST: Final = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
<manifest:file-entry manifest:media-type="application/vnd.sun.star.uno-typelibrary;type=RDB"
  manifest:full-path="types.idl"/>
<manifest:file-entry manifest:media-type="application/vnd.sun.star.configuration-data"
  manifest:full-path="CalcAddIns.xcu"/>
<manifest:file-entry manifest:media-type="application/vnd.sun.star.uno-component;type=Python"
  manifest:full-path="calc_component.py"/>
</manifest:manifest>
"""
DESCRIPTION: Final = """<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006">
<identifier value="org.isobook.calc"/><version value="{version}"/>
<display-name><name lang="en">isobook: worksheet functions for ISO and AMT</name></display-name>
</description>
"""
XCU: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  oor:name="CalcAddIns" oor:package="org.openoffice.Office">
<node oor:name="AddInInfo"><node oor:name={name} oor:op="replace"><node oor:name="AddInFunctions">
{functions}
</node></node></node></oor:component-data>
"""


def extension(packages: Path | None = None) -> bytes:
    """The content of an .oxt file. `packages` holds pydantic for LibreOffice's Python; else that of this one is put in.

    Raises FileNotFoundError where there is no pydantic.
    """
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted({**_described(), **dict(_modules(packages))}.items()):
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def idl() -> str:
    """The functions as a UNO interface. A required argument is a range, as only that tells a blank cell from 0."""
    methods = "\n".join(f"  {_method(each)}" for each in REGISTRY.values())
    return (
        "module org { module isobook { module calc {\ninterface XAddIn : com::sun::star::uno::XInterface {\n"
        f"{methods}\n}};\n}}; }}; }};\n"
    )


def _method(function: Function) -> str:
    arguments = ", ".join(
        f"[in] {'sequence< sequence<any> >' if each.required else 'any'} {_camel(each.name)}"
        for each in function.parameters
    )
    return f"sequence< sequence<any> > {function.name}({arguments});"


def _camel(name: str) -> str:
    """IDL takes no underscore in the name of an argument."""
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)


def _described() -> dict[str, bytes]:
    texts = {
        "types.idl": idl(),
        "CalcAddIns.xcu": XCU.format(
            name=quoteattr(IMPLEMENTATION), functions="\n".join(map(_help, REGISTRY.values()))
        ),
        "calc_component.py": COMPONENT.read_text(encoding="utf-8"),
        "description.xml": DESCRIPTION.format(version=our_version()),
        "META-INF/manifest.xml": MANIFEST,
    }
    return {name: text.encode() for name, text in texts.items()}


def _help(function: Function) -> str:
    named = _texts(DisplayName=function.name, Description=function.help, CompatibilityName=function.name)
    arguments = "".join(map(_argument_help, function.parameters))
    return (
        f'<node oor:name="{function.name}" oor:op="replace">{named}'
        '<prop oor:name="Category"><value>Add-In</value></prop>'
        f'<node oor:name="Parameters">{arguments}</node></node>'
    )


def _argument_help(parameter: FunctionArgument) -> str:
    named = _texts(DisplayName=parameter.name, Description=parameter.help)
    return f'<node oor:name="{_camel(parameter.name)}" oor:op="replace">{named}</node>'


def _texts(**texts: str) -> str:
    return "".join(
        f'<prop oor:name="{name}"><value xml:lang="en-US">{escape(text)}</value></prop>' for name, text in texts.items()
    )


def our_modules() -> Iterator[tuple[str, bytes]]:
    """The engine and the functions, by their path in a folder of modules."""
    home = Path(__file__).parents[1]
    for package in OURS:
        for path in (home / package).rglob("*"):
            if path.is_file() and path.suffix in (".py", ".toml", ".md"):
                yield path.relative_to(home).as_posix(), path.read_bytes()


def _modules(packages: Path | None) -> Iterator[tuple[str, bytes]]:
    """What the component imports, under pythonpath/: the engine, the functions, and pydantic."""
    found = _of_this_python() if packages is None else _of_folder(packages)
    yield from ((f"pythonpath/{name}", data) for name, data in our_modules())
    yield from ((f"pythonpath/{name}", path.read_bytes()) for name, path in found)


def _of_this_python() -> Iterator[tuple[str, Path]]:
    for package in NEEDED:
        for each in files(package) or ():
            if _is_shipped(PurePosixPath(each.as_posix())):
                yield each.as_posix(), Path(str(each.locate()))


def _of_folder(folder: Path) -> Iterator[tuple[str, Path]]:
    if not (folder / "pydantic").is_dir():
        raise FileNotFoundError(f"{folder} holds no pydantic: install it there with pip install --target")
    for path in sorted(folder.rglob("*")):
        name = PurePosixPath(path.relative_to(folder).as_posix())
        if path.is_file() and _is_shipped(name):
            yield str(name), path


def _is_shipped(name: PurePosixPath) -> bool:
    return ".." not in name.parts and "__pycache__" not in name.parts and name.suffix in (".py", ".so", ".pyd")


def our_version() -> str:
    """The version of isobook."""
    try:
        return version("isobook")
    except PackageNotFoundError:  # a checkout that is not installed
        return "0"
