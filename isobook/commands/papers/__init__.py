"""The commands that make papers: the official forms, files for tax software."""
