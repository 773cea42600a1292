"""The face for xlwings: Excel on Windows (UDF Modules = addin.udfs), and xlwings Lite (`from addin.udfs import *`).

Every name here is imported as a worksheet function, so there is none but those, and no loop leaves one behind.
"""

from __future__ import annotations

import inspect as _inspect
from collections.abc import Callable as _Callable
from functools import partial as _partial
from typing import Annotated as _Annotated
from typing import Any as _Any

import xlwings as _xw

from . import functions as _functions
from .convention import Function as _Function
from .functions import REGISTRY as _REGISTRY

_CATEGORY = "isobook"
_LONGEST_HELP = 255  # characters that Excel takes


def _called(function: _Callable[..., _Any], *cells: _Any) -> _Any:
    """Single cells come as ranges of one cell, so that rows and columns can be told apart, and give a single value."""
    single = [len(cell) == len(cell[0]) == 1 if isinstance(cell, list) else True for cell in cells]
    if all(single):
        cells = tuple(cell[0][0] if isinstance(cell, list) else cell for cell in cells)
    return function(*cells)


def _face(function: _Function) -> _Callable[..., _Any]:
    """A function as xlwings wants it: plain parameters, help within Excel's limit, errors and shapes as they are."""
    called = _partial(_called, getattr(_functions, function.name))

    def face(*cells: _Any) -> _Any:
        return called(*cells)

    face.__name__ = face.__qualname__ = function.name
    face.__doc__ = function.help[:_LONGEST_HELP]
    parameters = []
    for each in function.parameters:
        options = {"doc": each.help[:_LONGEST_HELP], "err_to_str": True, "ndim": 2}
        hint = _Annotated[_Any, options]
        default = _inspect.Parameter.empty if each.required else None
        kind = _inspect.Parameter.POSITIONAL_OR_KEYWORD
        parameters.append(_inspect.Parameter(each.name, kind, default=default, annotation=hint))
        face.__annotations__[each.name] = hint
    face.__signature__ = _inspect.Signature(parameters)  # type: ignore[attr-defined]
    return face


globals().update({name: _xw.func(category=_CATEGORY)(_face(each)) for name, each in _REGISTRY.items()})
__all__ = list(_REGISTRY)
