"""Whatever comes in becomes engine records."""

from .open_source import Opened, open_source, read_source, source_name

__all__ = ["Opened", "open_source", "read_source", "source_name"]
