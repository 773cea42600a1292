"""The first sheets of the client pack: one page with everything, and the letter."""
