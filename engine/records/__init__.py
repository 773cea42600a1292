"""What comes in: exercises, sales, splits, returns and the client they belong to, each refused or taken whole."""

from .client import (
    MOST_EXERCISES,
    MOST_SALES,
    MOST_SPLITS,
    ROUNDINGS,
    TAX_METHODS,
    Client,
    Rounding,
    TaxMethod,
    too_many,
)
from .lots import Resolved, ResolvedSale, resolve
from .rows import CARRIED_IN, Exercise, Return
from .sales import Sale, Split

__all__ = [
    "CARRIED_IN",
    "MOST_EXERCISES",
    "MOST_SALES",
    "MOST_SPLITS",
    "ROUNDINGS",
    "TAX_METHODS",
    "Client",
    "Exercise",
    "Resolved",
    "ResolvedSale",
    "Return",
    "Rounding",
    "Sale",
    "Split",
    "TaxMethod",
    "resolve",
    "too_many",
]
