"""The language in which law is written: nodes, expressions, lines, forms, tables, exact money. It knows no tax."""
