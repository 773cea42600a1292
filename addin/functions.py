"""The worksheet functions, each a reading of the engine's own expressions. The Python name is the worksheet name.

Cell values in: numbers, text, dates, None, error strings, or rows of these. The same out: a range gives rows, an error
is its string. No spreadsheet program is imported here.
"""

from .convention import REGISTRY
from .worksheet.planning import ISO_CROSSOVER, ISO_MAX_SHARES
from .worksheet.stock import AMT_BASIS, AMT_GAIN, ISO_ADJ, ISO_BASIS, ISO_DISPOSITION, ISO_GAIN, ISO_INCOME
from .worksheet.tax import AMT, AMT_CREDIT, AMT_EXEMPTION, AMT_PARAM, REG_TAX, TMT

# isort: split
from .worksheet.form_words import (  # last: files of an installation list them as declared
    AMT_EXPLAIN,
    AMT_FORM,
    ISO_CHECK,
)

__all__ = [
    "AMT", "AMT_BASIS", "AMT_CREDIT", "AMT_EXEMPTION", "AMT_EXPLAIN", "AMT_FORM", "AMT_GAIN", "AMT_PARAM",
    "ISO_ADJ", "ISO_BASIS", "ISO_CHECK", "ISO_CROSSOVER", "ISO_DISPOSITION", "ISO_GAIN", "ISO_INCOME",
    "ISO_MAX_SHARES", "REGISTRY", "REG_TAX", "TMT",
]  # fmt: skip
