"""Public face: the turning points of each year (docs/planning.md). The work is done in `clients.planning`."""

from .clients.planning import ExercisableGrant, TurningPoints, allocate, turning_points

__all__ = ["ExercisableGrant", "TurningPoints", "allocate", "turning_points"]
