"""Public face: sell by 31 December or keep (docs/planning.md). The work is done in `clients.scenarios`."""

from .clients.scenarios import December, Decision, december

__all__ = ["December", "Decision", "december"]
