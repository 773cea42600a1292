"""Proofs for a produced .xlsx: other engines recalculate it, validators read it, LibreOffice draws it."""

from .engines import (
    cells,
    differences,
    recalculated_by_formualizer,
    recalculated_by_ironcalc,
    recalculated_by_libreoffice,
)
from .lint import lint
from .open_xml import validate_open_xml
from .render import render
from .typed_input import type_in

__all__ = [
    "cells",
    "differences",
    "lint",
    "recalculated_by_formualizer",
    "recalculated_by_ironcalc",
    "recalculated_by_libreoffice",
    "render",
    "type_in",
    "validate_open_xml",
]
