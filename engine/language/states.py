"""How something stands: the words that the sheets show, said once. Whoever compares asks for the state."""

from __future__ import annotations

from enum import StrEnum

from .expressions import Flag, Text, text


class State(StrEnum):
    """A check, a year or a form stands so; the value is the word that is shown."""

    # a check
    AGREE = "agree"  # all checks together
    AGREES = "agrees"
    DIFFERS = "DIFFERS"
    OPEN = "open"
    NOT_COMPARED = "not compared"  # optional: nothing was typed to compare with
    AS_TYPED = "as typed"  # a figure that is typed stands between the two
    # a year, and its forms
    READY = "ready"
    NOT_READY = "not ready"
    NEEDS = "needs"  # followed by what is missing, or by the year that is
    COMPUTED = "computed"
    PROVISIONAL = "provisional"
    CONFIRM = "confirm"  # a client, or an open item
    AS_FILED = "as filed"
    FILED_PROVISIONAL = "filed, provisional"

    @property
    def said(self) -> Text:
        """The word, as a line shows it."""
        return text(self.value)

    def stands_in(self, line: Text) -> Flag:
        """Tell whether a line shows this state and nothing else."""
        return line.equals(self.value)
