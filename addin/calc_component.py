"""The component that LibreOffice Calc loads from the extension; runs in LibreOffice's own Python."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, Final

import unohelper  # type: ignore[import-not-found]
from org.isobook.calc import XAddIn  # type: ignore[import-not-found]

from addin import functions  # whole names: LibreOffice loads this file alone, in no package
from addin.convention import Function
from engine.language.nodes import Kind

CODES: Final = {
    "#N/A": 0x7FFF, "#VALUE!": 519, "#NUM!": 503, "#REF!": 524, "#NAME?": 525, "#DIV/0!": 532, "#NULL!": 521,
}  # fmt: skip


def error(code: int) -> float:
    """Calc carries an error as NaN with its number in the low word."""
    number: float = struct.unpack("<d", struct.pack("<Q", 0x7FF8000000000000 | code))[0]
    return number


ERRORS: Final = {name: error(code) for name, code in CODES.items()}


def cell(value: Any, kind: Kind, required: bool) -> Any:
    """A cell or a range as the functions take it.

    A blank comes as "" inside a range, and as 0 alone in an optional argument, where no date and no word is 0.
    """
    if isinstance(value, tuple):
        if len(value) == len(value[0]) == 1:
            return value[0][0]
        return [list(row) for row in value]
    return None if value == 0 and not required and kind in (Kind.DAY, Kind.TEXT) else value


def shown(value: Any) -> Any:
    """A result as Calc takes it: always rows, errors as numbers."""
    rows = value if isinstance(value, list) else [[value]]
    return tuple(tuple(ERRORS.get(each, each) if isinstance(each, str) else each for each in row) for row in rows)


def method(function: Function) -> Callable[..., Any]:
    """A function as a method of the component."""
    figure = getattr(functions, function.name)
    parameters = [(each.argument.kind, each.required) for each in function.parameters]

    def call(_self: Any, *values: Any) -> Any:
        pairs = zip(values, parameters, strict=False)
        return shown(figure(*(cell(value, *parameter) for value, parameter in pairs)))

    return call


AddIn = type("AddIn", (unohelper.Base, XAddIn), {name: method(each) for name, each in functions.REGISTRY.items()})
AddIn.__init__ = lambda self, context: None  # type: ignore[misc]

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for this name
g_ImplementationHelper.addImplementation(AddIn, "isobook", ("com.sun.star.sheet.AddIn",))
