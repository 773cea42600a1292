"""The record tables of exercises and sales together: their columns in order of calculation.

Exercises come first, then their sales, then what is left of each exercise: a module declares its columns when it is
imported, and each imports the one before it.
"""

from . import line_2i  # noqa: F401  # which imports all the others
from .exercises import RECORDS, exercises
from .sales import sales

__all__ = ["RECORDS", "exercises", "sales"]
