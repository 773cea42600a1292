"""A firm's night: many clients in one run, each workbook whole or not at all, and nothing done twice."""

from .run import BatchRun, Outcome, run

Night = BatchRun  # its name in docs/python.md

__all__ = ["BatchRun", "Night", "Outcome", "run"]
