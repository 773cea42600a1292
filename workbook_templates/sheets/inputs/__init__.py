"""Parts of the sheet Inputs: words in place of codes, and lines that are folded away."""
