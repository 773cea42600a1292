"""What the sheets say beyond the forms: summaries, checks, the plan, the records as received."""
