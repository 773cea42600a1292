"""Workbooks: the engine's figures as live formulas with their values, laid out for a reviewer."""
