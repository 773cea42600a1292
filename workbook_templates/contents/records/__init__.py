"""What the sheets of records say beyond their tables: words of a row, conclusions, sums of the $100,000 limit."""
