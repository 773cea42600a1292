"""The forms and worksheets: each line one expression, in the order of the printed page."""
