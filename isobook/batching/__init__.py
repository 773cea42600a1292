"""A firm's night: many clients in one run, each workbook whole or not at all, and nothing done twice."""

from .run import Night, Outcome, run

__all__ = ["Night", "Outcome", "run"]
