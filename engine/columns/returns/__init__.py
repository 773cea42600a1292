"""The columns of returns.csv, in the order of the file: income, deductions, lines of Form 6251, what is carried in."""

from .stages import Stage, open_year_of, stage_when_blank, stages_of
from .tax_return import RETURNS, ReturnColumns

__all__ = ["RETURNS", "ReturnColumns", "Stage", "open_year_of", "stage_when_blank", "stages_of"]
