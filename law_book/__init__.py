"""The law book: every line of every form, year by year, in words for a reviewer; read from the expressions."""
