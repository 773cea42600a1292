"""The sheets of records: exercises, sales, grants as tables, and the records as they were received."""
