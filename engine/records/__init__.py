"""What comes in: exercises, returns and the client they belong to, each refused or taken whole."""

from .client import MOST_EXERCISES, ROUNDINGS, TAX_METHODS, Client, Rounding, TaxMethod, too_many
from .rows import CARRIED_IN, Exercise, Return

__all__ = [
    "CARRIED_IN",
    "MOST_EXERCISES",
    "ROUNDINGS",
    "TAX_METHODS",
    "Client",
    "Exercise",
    "Return",
    "Rounding",
    "TaxMethod",
    "too_many",
]
