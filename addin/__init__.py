"""Worksheet functions over the engine, and their faces: xlwings in Excel, an extension in LibreOffice Calc."""
