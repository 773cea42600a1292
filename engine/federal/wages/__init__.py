"""Wages in law: what a Form W-2 reports of options and stock, held against what the records make."""
