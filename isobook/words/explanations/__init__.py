"""Why a figure is what it is: lines of forms, and the records behind them, as words and as JSON."""
