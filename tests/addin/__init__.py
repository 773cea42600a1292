"""How each face of the add-in is called in tests, all on one table of cases: tests/cases/functions.jsonl."""
