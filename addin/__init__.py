"""Worksheet functions and their faces; they follow in a later version."""
