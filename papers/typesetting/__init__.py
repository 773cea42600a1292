"""How a paper of our own is set: what stands on its pages as data, the font, tables, the chart, the PDF. No tax."""
