"""Lines compiled into one Python function: placed in branches, built of statements, written out and run."""
