"""How a sheet is drawn and put into a book: pages, styles, charts, names, and Excel's formulas."""
