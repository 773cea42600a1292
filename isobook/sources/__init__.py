"""Whatever comes in becomes engine records."""

from .client_folder import read_source, source_name

__all__ = ["read_source", "source_name"]
