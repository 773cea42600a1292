"""What the lead sheet shows: its rows, their totals, the proof and the conclusion."""
