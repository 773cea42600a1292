"""What an open item is made of: its kind, why it is open, and whom to ask. Columns and rules declare it."""

from __future__ import annotations

from enum import StrEnum


class ItemKind(StrEnum):
    """How an open item presses, the most pressing first."""

    MISSING = "missing"  # something is needed and not there
    CONFIRM = "confirm"  # something was assumed, or what is there contradicts itself or is doubtful
    ESTIMATE = "estimate"  # a figure that is not final
    OPTIONAL = "optional"  # a comparison that would be a further check


class Why(StrEnum):
    """Why an item is open."""

    BLANK = "blank"  # nothing is entered
    ASSUMED = "assumed"  # a blank was taken for something
    CONFLICT = "conflict"  # two entries contradict each other
    DOUBTFUL = "doubtful"  # what is entered is unusual, or seen by no document
    UNPROVEN = "unproven"  # it counts only with a proof
    PROVISIONAL = "provisional"  # the law or the figure is not settled yet


class Ask(StrEnum):
    """Who can settle an item."""

    CLIENT = "client"
    EMPLOYER = "employer"
    BROKER = "broker"
    PREPARER = "preparer"
