"""Everything that knows the file format .xlsx, and no tax: cells, parts, templates with places to fill, the zip."""
