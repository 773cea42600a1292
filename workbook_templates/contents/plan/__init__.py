"""What if more were exercised: sentences, a ladder of share counts and what each rung leads to, for the sheet Plan."""

from .values import plan_values

__all__ = ["plan_values"]
