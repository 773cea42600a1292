"""Public face: the credit and losses still to come (docs/planning.md). The work is done in `clients.carryforwards`."""

from .clients.carryforwards import recovery, trapped_loss

__all__ = ["recovery", "trapped_loss"]
