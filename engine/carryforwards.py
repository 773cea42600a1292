"""Public face: the credit and losses still to come (docs/planning.md). The work is done in `clients.carryforwards`."""

from .clients.carryforwards import Recovery, TrappedLoss, recovery, trapped_loss

__all__ = ["Recovery", "TrappedLoss", "recovery", "trapped_loss"]
