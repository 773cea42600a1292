"""The report of a client, section by section: what the workbook says, as content of a paper. It computes nothing."""
