"""The commands that make papers: the official forms, the report, the letter, files for tax software."""
