"""What comes in: exercises, sales, splits, returns, grants and the client they are of, each refused or taken whole."""

from .client import (
    LETTERHEAD,
    MOST_ANSWERS,
    MOST_EXERCISES,
    MOST_GRANTS,
    MOST_SALES,
    MOST_SPLITS,
    MOST_W2,
    ROUNDINGS,
    TAX_METHODS,
    Client,
    Rounding,
    TaxMethod,
    too_many,
)
from .exercise import Exercise
from .grants import Grant, ResolvedGrant, resolve_grants
from .lots import Resolved, ResolvedSale
from .plain_records import Answer, FormW2
from .sale import Sale
from .splits import Split
from .tax_return import Return

__all__ = [
    "LETTERHEAD",
    "MOST_ANSWERS",
    "MOST_EXERCISES",
    "MOST_GRANTS",
    "MOST_SALES",
    "MOST_SPLITS",
    "MOST_W2",
    "ROUNDINGS",
    "TAX_METHODS",
    "Answer",
    "Client",
    "Exercise",
    "FormW2",
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
