"""A client over the years: projection, planning, carryforwards, explanations, and what deserves a look."""
