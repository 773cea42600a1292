"""A workbook that isobook made, also after a person edited it, as the tables of a client."""

from .as_received import NotOursError
from .reading import ReadBack, read_back
from .xlsx_package import UnreadableError

__all__ = ["NotOursError", "ReadBack", "UnreadableError", "read_back"]
