"""Regular tax and AMT as values. Here alone stand the names that belong to each of the two."""

from __future__ import annotations

from typing import Final

from .language.system import System

REGULAR: Final = System("regular", "", "")
AMT: Final = System("AMT", "amt_", "AMT ")
SYSTEMS: Final = (REGULAR, AMT)

__all__ = ["AMT", "REGULAR", "SYSTEMS", "System"]
