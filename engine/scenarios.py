"""Public face: sell by December 31 or keep (docs/planning.md). The work is done in `clients.scenarios`."""

from .clients.scenarios import December, Decision, december

__all__ = ["December", "Decision", "december"]
