"""US federal law: the parameters of each year, the forms, and the order in which a year is computed."""
