"""Before exercising more: how much spread a year still takes, what that costs, and the sentence that says so."""

from .cost import PlanCost, cost_of_more, cost_of_more_spread, whole_shares_within
from .turning_points import (
    CENT,
    LARGEST,
    ExercisableGrant,
    TurningPoints,
    allocate,
    exactly,
    in_cents,
    largest,
    shares_within,
    turning_point,
    turning_points,
    what_if,
)

__all__ = [
    "CENT",
    "LARGEST",
    "ExercisableGrant",
    "PlanCost",
    "TurningPoints",
    "allocate",
    "cost_of_more",
    "cost_of_more_spread",
    "exactly",
    "in_cents",
    "largest",
    "shares_within",
    "turning_point",
    "turning_points",
    "what_if",
    "whole_shares_within",
]
