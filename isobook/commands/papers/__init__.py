"""The commands that make papers: the official forms, the report, files for tax software."""
