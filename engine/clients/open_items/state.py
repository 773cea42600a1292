"""How a client stands by its open items: one of four states, the same in every face."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from ...columns import ItemKind
from .item import OpenItem


class ClientState(StrEnum):
    """Whether a client's forms can be reviewed and signed."""

    READY = "ready"  # nothing is missing, and nothing is to be confirmed
    TO_CONFIRM = "to confirm"
    NEEDS_ENTRIES = "needs entries"
    CANNOT_BE_BUILT = "cannot be built"  # its files are refused


PRESSING = (ItemKind.MISSING, ItemKind.CONFIRM)


def state_of(items: Iterable[OpenItem]) -> ClientState:
    """The state of a client whose files are taken."""
    kinds = {item.finding.kind for item in items if not item.is_settled}
    if ItemKind.MISSING in kinds:
        return ClientState.NEEDS_ENTRIES
    return ClientState.TO_CONFIRM if ItemKind.CONFIRM in kinds else ClientState.READY
