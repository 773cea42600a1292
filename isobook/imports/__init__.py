"""Files of brokers and filers become rows of exercises.csv and sales.csv."""

from .files import read_file
from .found_records import Reading
from .merged import Merged
from .merging import merge

__all__ = ["Merged", "Reading", "merge", "read_file"]
