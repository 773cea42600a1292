"""What comes in: exercises, sales, splits, returns, grants and the client they are of, each refused or taken whole."""

from .client import (
    MOST_EXERCISES,
    MOST_GRANTS,
    MOST_SALES,
    MOST_SPLITS,
    ROUNDINGS,
    TAX_METHODS,
    Client,
    Rounding,
    TaxMethod,
    too_many,
)
from .grants import Grant, ResolvedGrant, resolve_grants
from .lots import Resolved, ResolvedSale
from .rows import CARRIED_IN, Exercise, Return
from .sales import Sale, Split

__all__ = [
    "CARRIED_IN",
    "MOST_EXERCISES",
    "MOST_GRANTS",
    "MOST_SALES",
    "MOST_SPLITS",
    "ROUNDINGS",
    "TAX_METHODS",
    "Client",
    "Exercise",
    "Grant",
    "Resolved",
    "ResolvedGrant",
    "ResolvedSale",
    "Return",
    "Rounding",
    "Sale",
    "Split",
    "TaxMethod",
    "resolve_grants",
    "too_many",
]
