"""The letter for other papers than the sheet: its tables, and its paragraphs with what each is."""
