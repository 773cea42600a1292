"""The readings of an expression: exact amounts, arrays, words. The Excel reading lives with the workbook."""
