"""The sheets of an intake workbook that no other workbook has in this way: where to start, and bare record tables."""
