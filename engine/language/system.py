"""A system of tax: what is computed once for each, such as gains for regular tax and again for AMT."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class System:
    """A system is handed to what is computed once for each; it alone knows the names that are its own."""

    name: str  # as words say it
    prefix: str  # of the names of its columns, forms and entries
    before_title: str  # of the titles of its forms

    def named(self, name: str) -> str:
        """The system's own column, form or entry: 'gain', 'amt_gain'."""
        return f"{self.prefix}{name}"

    def titled(self, title: str) -> str:
        """The title of the system's own form: 'Schedule D', 'AMT Schedule D'."""
        return f"{self.before_title}{title}"

    def short(self, name: str) -> str:
        """What a preparer types for the system's own form: 'D', 'AMT-D'."""
        return f"{self.before_title.strip()}-{name}" if self.before_title else name
