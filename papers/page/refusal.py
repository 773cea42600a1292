"""A PDF that is not filled: which file, what was found in it, and what to do."""

from __future__ import annotations

from typing import Final

DOWNLOAD: Final = "Download the form of that year again from irs.gov/prior-year and leave it as it is."
OTHER_LAYOUT: Final = (
    f"{DOWNLOAD} If it is refused again, the form is laid out in a way that isobook does not know: type it."
)


class RefusedFormError(Exception):
    """A PDF that cannot be filled: its name, what was found, and what to do."""

    def __init__(self, file: str, found: str, remedy: str = DOWNLOAD) -> None:
        super().__init__(file, found, remedy)
        self.file, self.found, self.remedy = file, found, remedy

    def __str__(self) -> str:
        return f"{self.file}: {self.found}. {self.remedy}"


class NoSuchFormError(RefusedFormError):
    """A PDF that is none of the forms that are filled: it is passed over."""
