"""Everything that a user sees, held against what version 0.1.0 showed: `python -m tests.same_output`."""
