"""The worksheet functions themselves, a module a subject: stock, the tax of a year, planning, words and tables."""
