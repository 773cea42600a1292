"""Papers to file and to hand over: the fillable forms of the IRS, filled with the figures of a client."""
