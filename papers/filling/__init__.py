"""Texts become a PDF: how they fit their boxes, how the boxes look, the pages put together."""
